"""Counting without identity: how often something was opened, used or attended on a day."""

from django.db import models

from liuchi.kernel.records.models import Record


class Count(models.Model):
    """A number for each thing, kind of counting and day. what: open, read, passed, use, came."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+", db_index=False)
    what = models.CharField(max_length=8)
    on = models.DateField()  # in Asia/Shanghai
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "what", "on"], name="publications_counted_once_a_day")]


class Seen(models.Model):
    """Keeps one device from counting twice: a keyed digest of its random token, the thing and the kind of counting, which
    leads back to nobody and is dropped after ``until``."""

    digest = models.CharField(max_length=64, primary_key=True)
    until = models.DateField(db_index=True)
