"""Addresses of places."""

from django.urls import include, path

from liuchi.places import views_keep, views_mobile, views_public

pages = [
    path("places", views_mobile.near, name="near"),
    path("places/events", views_mobile.whats_on, name="events"),
    path("places/keep", views_keep.keep, name="keep"),
    path("places/keep/<uuid:pk>", views_keep.keep_one, name="keep_one"),
    path("places/keep/<uuid:pk>/say", views_keep.say, name="say"),
    path("places/keep/<uuid:pk>/count", views_keep.count, name="count"),
    path("places/<uuid:pk>", views_mobile.detail, name="place"),
    path("p/<slug:sign_code>", views_public.sign, name="sign"),
    path("p/<slug:sign_code>/problem", views_public.problem, name="problem"),
    path("p/<slug:sign_code>/sent", views_public.problem_sent, name="problem_sent"),
]

urlpatterns = [path("", include((pages, "places"))), path("", include("liuchi.places.rooms.urls"))]
