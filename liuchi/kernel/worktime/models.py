"""The calendars that were published, each whole, so that a deadline of any day can be computed again."""

from django.db import models

from liuchi.kernel.records.models import Record


class CalendarVersion(models.Model):
    """One published calendar (工作日历). The highest number counts; older ones stay as they were.

    own: ``{"2027-02-08": false}`` what this office entered, day -> worked or not; own_years: years it says are complete;
    days, years: the same together with the official days of the package at that time; package: its version.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    number = models.IntegerField(unique=True)
    published_at = models.DateTimeField()
    own = models.JSONField(default=dict)
    own_years = models.JSONField(default=list)
    days = models.JSONField()
    years = models.JSONField()
    package = models.CharField(max_length=20)
    moved = models.IntegerField(default=0)  # open deadlines that were moved
    settled = models.BooleanField(default=False)  # movers ran once more after writers of that minute were done

    class Meta:
        db_table = "kernel_calendar"

    def __str__(self) -> str:
        return f"calendar {self.number}"
