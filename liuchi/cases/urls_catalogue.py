"""Addresses of the catalogue."""

from django.urls import path

from liuchi.cases import views_catalogue as views
from liuchi.cases.alike import views_desk as alike

urlpatterns = [
    path("catalogue", views.public, name="catalogue"),
    path("desk/catalogue", views.desk, name="catalogue_desk"),
    path("desk/catalogue/new", views.new_matter, name="catalogue_new"),
    path("desk/catalogue/publish", views.publish, name="catalogue_publish"),
    path("desk/catalogue/nearness", alike.page, name="nearness"),
    path("desk/catalogue/units", views.routing, name="catalogue_routing"),
    path("desk/catalogue/<str:code>", views.desk, name="catalogue_matter"),
    path("desk/catalogue/<str:code>/conditions/new", views.condition, name="catalogue_condition_new"),
    path("desk/catalogue/<str:code>/conditions/<int:pk>", views.condition, name="catalogue_condition"),
    path("desk/catalogue/<str:code>/conditions/<int:pk>/drop", views.drop, name="catalogue_drop"),
]
