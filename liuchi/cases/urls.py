"""Addresses of cases."""

from django.urls import include, path

urlpatterns = [
    path("", include("liuchi.cases.urls_mobile")),
    path("", include("liuchi.cases.urls_desk")),
    path("", include("liuchi.cases.urls_catalogue")),
    path("", include("liuchi.cases.urls_open311")),
]
