"""Addresses of rooms."""

from django.urls import include, path

from liuchi.places.rooms import views_desk, views_mobile

pages = [
    path("rooms", views_mobile.rooms, name="rooms"),
    path("rooms/<uuid:pk>", views_mobile.room, name="room"),
    path("rooms/bookings/<uuid:pk>", views_mobile.booking, name="booking"),
    path("desk/rooms", views_desk.day, name="day"),
    path("desk/rooms/new", views_desk.new, name="new"),
    path("desk/rooms/<uuid:pk>", views_desk.change, name="change"),
    path("desk/rooms/<uuid:pk>/close", views_desk.close, name="close"),
    path("desk/rooms/<uuid:pk>/book", views_desk.book, name="book"),
    path("desk/rooms/<uuid:pk>/door", views_desk.door, name="door"),
    path("desk/rooms/bookings/<uuid:pk>", views_desk.booking, name="desk_booking"),
]

urlpatterns = [path("", include((pages, "rooms")))]
