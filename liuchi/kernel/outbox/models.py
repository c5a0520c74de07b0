"""What the phone's outbox needs on the server: a token of its own, and a memory of what already arrived."""

from django.db import models


class Token(models.Model):
    """Lets a phone deliver what it kept, long after the page's sign-in has expired. Only a hash is stored."""

    hash = models.CharField(max_length=64, unique=True)
    person_id = models.UUIDField(null=True, db_index=True)  # None: nobody signed in, reports only
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_outbox_token"


class Write(models.Model):
    """One write that arrived: the same key again gets the same answer and changes nothing."""

    key = models.UUIDField(primary_key=True)
    verb = models.CharField(max_length=40)
    body_digest = models.CharField(max_length=64)
    sender = models.CharField(max_length=64)
    result = models.BinaryField()  # JSON, encrypted: it holds the receipt, of which nothing else keeps more than a hash
    arrived_at = models.DateTimeField()

    class Meta:
        db_table = "kernel_outbox_write"


class Slowed(models.Model):
    """How often a sender wrote within a window of time. Rows are swept when their window is over."""

    sender = models.CharField(max_length=120)
    window = models.BigIntegerField()
    count = models.IntegerField(default=0)

    class Meta:
        db_table = "kernel_slowed"
        constraints = [models.UniqueConstraint(fields=["sender", "window"], name="kernel_slowed_once")]
