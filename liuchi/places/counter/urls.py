"""Addresses of the counter."""

from django.urls import include, path

from liuchi.places.counter import views_desk, views_mobile, views_opening

pages = [
    path("counter", views_mobile.counters, name="counters"),
    path("counter/<uuid:pk>", views_mobile.counter, name="counter"),
    path("counter/<uuid:pk>/number", views_mobile.number, name="number"),
    path("counter/hall/<uuid:pk>", views_mobile.hall, name="hall"),
    path("counter/n/<str:number>", views_mobile.ticket, name="ticket"),
    path("counter/m/<int:matter>", views_mobile.matter, name="matter"),
    path("counter/m/<int:matter>/appointment", views_mobile.appoint, name="appoint"),
    path("counter/appointments/<int:pk>", views_mobile.appointment, name="appointment"),
    path("counter/e/<str:receipt>", views_mobile.errand, name="errand"),
    path("desk/counter", views_desk.desk, name="desk"),
    path("desk/counter/new", views_opening.new, name="new"),
    path("desk/counter/<uuid:pk>", views_opening.change, name="change"),
    path("desk/counter/<uuid:pk>/close", views_opening.close, name="close"),
    path("desk/counter/<uuid:pk>/call", views_desk.call, name="call"),
    path("desk/counter/<uuid:pk>/day", views_opening.day, name="day"),
    path("desk/counter/<uuid:pk>/word", views_desk.word, name="word"),
    path("desk/counter/<uuid:pk>/errands/find", views_desk.find, name="find"),
    path("desk/counter/<uuid:pk>/errands/new", views_desk.take, name="take"),
    path("desk/counter/<uuid:pk>/services", views_opening.services, name="services"),
    path("desk/counter/<uuid:pk>/services/new", views_opening.new_matter, name="new_matter"),
    path("desk/counter/services/<int:matter>", views_opening.matter, name="edit_matter"),
    path("desk/counter/errands/<uuid:pk>", views_desk.errand, name="desk_errand"),
]

urlpatterns = [path("", include((pages, "counter")))]
