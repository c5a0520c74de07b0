"""Addresses of notices."""

from django.urls import path

from liuchi.notices import views_desk, views_mobile

urlpatterns = [
    path("messages", views_mobile.messages, name="messages"),
    path("messages/read", views_mobile.read, name="messages_read"),
    path("desk/mail", views_desk.stuck_mail, name="stuck_mail"),
]
