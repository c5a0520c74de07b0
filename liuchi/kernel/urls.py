"""Addresses of the kernel: the outbox, media, the gallery of components."""

from django.urls import path

from liuchi.kernel.hooks import views_desk as hooks
from liuchi.kernel.media import views as media
from liuchi.kernel.outbox import views as outbox
from liuchi.kernel.retention import views_desk as retention
from liuchi.kernel.ui import views as ui
from liuchi.kernel.worktime import views_desk as worktime

urlpatterns = [
    path("outbox", outbox.deliver, name="outbox"),
    path("outbox/media", media.upload, name="outbox_media"),
    path("media/<uuid:media_id>/<slug:variant>", media.show, name="media"),
    path("outbox/token", outbox.new_token, name="outbox_token"),
    path("desk/gallery", ui.gallery, name="gallery"),
    path("desk/calendar", worktime.working_days, name="working_days"),
    path("desk/hooks", hooks.listed, name="hooks"),
    path("desk/hooks/new", hooks.new, name="hook_new"),
    path("desk/hooks/<uuid:pk>", hooks.opened, name="hook"),
    path("desk/hooks/<uuid:pk>/<slug:turn>", hooks.turned, name="hook_turn"),
    path("desk/retention", retention.page, name="retention"),
    path("offline", ui.offline, name="offline"),
]
