"""Media: a photo, a short voice message or a video that belongs to a record."""

from django.db import models

from liuchi.kernel.ids import new_id
from liuchi.kernel.records.models import Record


class Media(models.Model):
    """One file, as it came and as it is shown. All files are encrypted and lie in ``settings.MEDIA_FOLDER``.

    key: the phone's own, so that sending again is one upload; digest: keyed digest of the content; original, shown,
    thumb, clear: random names of files, empty where there is none or it was erased; clear: a photo as it would be shown
    without its covers (kept where there are covers, for the few who need to see it); covers: what is covered (covers.Cover),
    null until it was searched for faces; recovered: how often the covers were changed by hand; lon, lat (WGS-84) and taken_at: as the camera noted them.
    """

    class State(models.TextChoices):
        RECEIVED = "received"  # not yet looked at by the worker
        READY = "ready"
        BROKEN = "broken"  # can't be decoded; ``problem`` says why

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=5)
    type = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RECEIVED)
    problem = models.CharField(max_length=20, blank=True)
    tries = models.SmallIntegerField(default=0)
    size = models.IntegerField()
    digest = models.BinaryField(max_length=32)
    original = models.CharField(max_length=32)
    shown = models.CharField(max_length=32, blank=True)
    thumb = models.CharField(max_length=32, blank=True)
    clear = models.CharField(max_length=32, blank=True, default="")
    covers = models.JSONField(null=True)
    recovered = models.SmallIntegerField(default=0)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    taken_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    # no index by time: the sweep looks only at the few that were never attached
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, related_name="media")
    place = models.SmallIntegerField(default=0)  # order within the record

    class Meta:
        db_table = "kernel_media"
        ordering = ["place", "received_at"]
        indexes = [
            models.Index(fields=["received_at"], condition=models.Q(record=None), name="kernel_media_unattached"),
            models.Index(fields=["received_at"], condition=models.Q(state="received"), name="kernel_media_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
