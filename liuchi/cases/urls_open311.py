"""Addresses of Open311 GeoReport v2."""

from django.urls import path

from liuchi.cases.open311 import views

urlpatterns = [
    path("open311/discovery.<slug:form>", views.discovery),
    path("open311/v2/discovery.<slug:form>", views.discovery),
    path("open311/v2/services.<slug:form>", views.services),
    path("open311/v2/services/<str:code>.<slug:form>", views.service),
    path("open311/v2/requests.<slug:form>", views.requests),
    path("open311/v2/requests/<str:number>.<slug:form>", views.one),
    path("open311/v2/tokens/<str:token>.<slug:form>", views.token),
]
