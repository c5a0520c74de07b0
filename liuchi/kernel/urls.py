"""Addresses of the kernel: the outbox, media, the gallery of components."""

from django.urls import path

from liuchi.kernel.outbox import views as outbox
from liuchi.kernel.ui import views as ui

urlpatterns = [
    path("outbox", outbox.deliver, name="outbox"),
    path("outbox/token", outbox.new_token, name="outbox_token"),
    path("desk/gallery", ui.gallery, name="gallery"),
    path("offline", ui.offline, name="offline"),
]
