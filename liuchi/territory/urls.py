"""Addresses of territory."""

from django.urls import path

from liuchi.territory import views_desk, views_map

app_name = "territory"
urlpatterns = [
    path("map/base.pmtiles", views_map.base_map, name="base_map"),
    path("map/style.json", views_map.map_style, name="map_style"),
    path("desk/areas", views_desk.areas, name="areas"),
    path("desk/areas/grids/new", views_desk.new_grid, name="new_grid"),
    path("desk/areas/import", views_desk.bring_in, name="import_grids"),
    path("desk/areas/<int:pk>", views_desk.area, name="area"),
    path("desk/areas/<int:pk>/change", views_desk.change, name="change_area"),
    path("desk/areas/<int:pk>/end", views_desk.end, name="end_area"),
]
