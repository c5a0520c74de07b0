"""Where events go, how far each receiver is, and what went wrong."""

from django.db import models

from liuchi.kernel.records.models import Record


class Hook(models.Model):
    """One receiver. It reads the journal by itself: ``seal`` and ``place`` say what it had last, and it moves on when the
    receiver said yes, so that events come in order and each at least once.

    verbs: what it wants to know, by spaces; next_at: when it is tried next, or until when a worker has it; tries: how often
    the present event failed; answer: what came back last.
    """

    class State(models.TextChoices):
        ON = "on"
        PAUSED = "paused"
        STUCK = "stuck"  # given up; a person decides
        ENDED = "ended"

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    name = models.CharField(max_length=60)
    url = models.CharField(max_length=500)
    secret = models.BinaryField()
    verbs = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ON)
    seal = models.BigIntegerField()
    place = models.IntegerField()
    next_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    status = models.SmallIntegerField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    sent = models.IntegerField(default=0)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "kernel_hook"
        indexes = [models.Index(fields=["next_at"], condition=models.Q(state="on"), name="kernel_hook_due")]

    def __str__(self) -> str:
        return self.name

    @property
    def wanted(self) -> list[str]:
        return self.verbs.split()

    @property
    def bound_to(self) -> str:
        return f"hook.secret:{self.pk}"


class Failure(models.Model):
    """One time that an event did not arrive. Kept for a month."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="failures")
    at = models.DateTimeField()
    event = models.CharField(max_length=40)
    verb = models.CharField(max_length=40)
    status = models.SmallIntegerField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "kernel_hook_failure"
        ordering = ["-at", "-pk"]
