"""Addresses of notices."""

from django.urls import path

from liuchi.notices import views_choice, views_mobile
from liuchi.notices.desk import robots, sms, stuck, texts

urlpatterns = [
    path("messages", views_mobile.messages, name="messages"),
    path("messages/read", views_mobile.read, name="messages_read"),
    path("me/notices", views_choice.choice, name="my_notices"),
    path("me/notices/browser", views_choice.browser, name="my_browser"),
    path("me/notices/mail", views_choice.proof, {"channel": "mail"}, name="my_proof"),
    path("me/notices/sms", views_choice.proof, {"channel": "sms"}, name="my_proof"),
    path("desk/notices", stuck.stuck, name="stuck"),
    path("desk/notices/texts", texts.listing, name="texts"),
    path("desk/notices/texts/<str:key>", texts.change, name="text"),
    path("desk/notices/texts/<str:key>/restore", texts.restore, name="text_restore"),
    path("desk/notices/sms", sms.gateway, name="sms_gateway"),
    path("desk/notices/sms/test", sms.test, name="sms_test"),
    path("desk/notices/robots", robots.listing, name="robots"),
    path("desk/notices/robots/new", robots.new, name="robot_new"),
    path("desk/notices/robots/<uuid:pk>", robots.change, name="robot"),
    path("desk/notices/robots/<uuid:pk>/test", robots.test, name="robot_test"),
    path("desk/notices/robots/<uuid:pk>/close", robots.close, name="robot_close"),
]
