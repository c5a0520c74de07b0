"""Addresses of notices."""

from django.urls import path

from liuchi.notices import views_choice, views_desk, views_mobile

urlpatterns = [
    path("messages", views_mobile.messages, name="messages"),
    path("messages/read", views_mobile.read, name="messages_read"),
    path("me/notices", views_choice.choice, name="my_notices"),
    path("me/notices/browser", views_choice.browser, name="my_browser"),
    path("me/notices/mail", views_choice.proof, {"channel": "mail"}, name="my_proof"),
    path("me/notices/sms", views_choice.proof, {"channel": "sms"}, name="my_proof"),
    path("desk/mail", views_desk.stuck_mail, name="stuck_mail"),
]
