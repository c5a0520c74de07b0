"""Addresses of places."""

from django.urls import include, path

from liuchi.places import views_keep, views_mobile, views_public
from liuchi.places.desk import days, lists, paper, points, sheets, shops

phone = [
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
desk = [
    path("desk/places", lists.places, name="desk"),
    path("desk/places/new", points.new, name="desk_new"),
    path("desk/places/signs", paper.signs, name="desk_signs"),
    path("desk/places/shops", shops.shops, name="desk_shops"),
    path("desk/places/import", sheets.upload, name="desk_import"),
    path("desk/places/import/confirm", sheets.confirm, name="desk_import_confirm"),
    path("desk/places/import/template", sheets.template, name="desk_template"),
    path("desk/places/<uuid:pk>", points.place, name="desk_place"),
    path("desk/places/<uuid:pk>/change", points.change, name="desk_change"),
    path("desk/places/<uuid:pk>/close", points.close, name="desk_close"),
    path("desk/places/<uuid:pk>/say", points.say, name="desk_say"),
    path("desk/places/<uuid:pk>/keepers", points.keepers, name="desk_keepers"),
    path("desk/places/<uuid:pk>/picture", points.picture, name="desk_picture"),
    path("desk/places/<uuid:pk>/day", days.exception, name="desk_day"),
    path("desk/places/<uuid:pk>/event", days.event, name="desk_event"),
    path("desk/places/<uuid:pk>/sign", paper.sign, name="desk_sign"),
    path("desk/places/events/<uuid:pk>", days.event_turn, name="desk_event_turn"),
]

urlpatterns = [
    path("", include((phone + desk, "places"))),
    path("", include("liuchi.places.rooms.urls")),
    path("", include("liuchi.places.counter.urls")),
]
