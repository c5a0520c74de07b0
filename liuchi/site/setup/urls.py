"""Addresses of the first-run wizard."""

from django.urls import path

from liuchi.site.setup import views

app_name = "setup"
urlpatterns = [
    path("setup", views.account, name="account"),
    path("setup/place", views.place, name="place"),
    path("setup/place/areas", views.areas, name="areas"),
    path("setup/map", views.map_file, name="map"),
    path("setup/map/progress", views.map_progress, name="map_progress"),
    path("setup/people", views.staff, name="people"),
    path("setup/people/confirm", views.staff_confirm, name="people_confirm"),
    path("setup/catalogue", views.catalogue, name="catalogue"),
    path("setup/starters", views.starters, name="starters"),
    path("setup/worker", views.worker, name="worker"),
    path("setup/done", views.done, name="done"),
]
