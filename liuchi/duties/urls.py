"""Addresses of duties."""

from django.urls import include, path

from liuchi.duties import views_desk, views_hours, views_mobile

pages = [
    path("duties", views_mobile.duties, name="duties"),
    path("duties/join", views_mobile.join, name="join"),
    path("duties/hours", views_hours.hours, name="hours"),
    path("duties/hours/certificate", views_hours.issue, name="issue"),
    path("duties/hours/<uuid:pk>", views_hours.certificate, name="certificate"),
    path("duties/v/<str:paper>", views_hours.verify, name="verify"),
    path("duties/here/<uuid:pk>", views_mobile.here, name="here"),
    path("duties/<uuid:shift>", views_mobile.shift, name="shift"),
    path("desk/duties", views_desk.week, name="week"),
    path("desk/duties/rhythms", views_desk.rhythms, name="rhythms"),
    path("desk/duties/new", views_desk.new, name="new"),
    path("desk/duties/<uuid:pk>", views_desk.duty, name="duty"),
    path("desk/duties/<uuid:pk>/end", views_desk.end, name="end"),
    path("desk/duties/<uuid:pk>/sheet", views_desk.sheet, name="sheet"),
    path("desk/duties/shifts/<uuid:shift>", views_desk.shift, name="desk_shift"),
]

urlpatterns = [path("", include((pages, "duties")))]
