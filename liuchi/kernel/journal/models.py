"""The journal's tables: rows that never change, side rows that can be erased, seals that chain what is there."""

from typing import Any

from django.db import models

from liuchi.kernel.records.models import Record


class Row(models.Model):
    """One thing that happened, written in the same transaction as the change itself.

    facts hold ids, codes and numbers; whatever is personal lies in a Side, of which this row has only a salted digest.
    hash covers every column here but id and itself, so a row can be checked without its neighbours.
    """

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="journal", db_index=False)
    version = models.IntegerField()  # 1, 2, 3 … on this record; catches lost updates
    verb = models.CharField(max_length=40)
    schema = models.SmallIntegerField(default=1)
    area_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    local_date = models.DateField()  # of ``at`` in Asia/Shanghai: days are counted on it
    channel = models.CharField(max_length=16)
    facts = models.JSONField(default=dict)
    actor_digest = models.CharField(max_length=64, blank=True)
    personal_digest = models.CharField(max_length=64, blank=True)
    algorithm = models.CharField(max_length=8, default="sha256")
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "kernel_journal_row"
        constraints = [models.UniqueConstraint(fields=["record", "version"], name="kernel_journal_once")]

    def __str__(self) -> str:
        return f"{self.verb} {self.record_id} v{self.version}"

    def side(self, kind: str) -> dict[str, Any] | None:
        """The erasable values of ``actor`` or ``personal``, or None when there are none or they were erased."""
        return next((side.body for side in self.sides.all() if side.kind == kind), None)


class Side(models.Model):
    """Values that tie a row to a person. Deleted with its salt when it is erased; the row then keeps a digest of nothing."""

    row = models.ForeignKey(Row, on_delete=models.CASCADE, related_name="sides", db_index=False)
    kind = models.CharField(max_length=8, choices=[("actor", "actor"), ("personal", "personal")])
    person_id = models.UUIDField(null=True)  # whom the values are about
    salt = models.CharField(max_length=32)
    body = models.JSONField()

    class Meta:
        db_table = "kernel_journal_side"
        indexes = [
            models.Index(
                fields=["person_id"], name="kernel_journal_side_person", condition=models.Q(person_id__isnull=False)
            )
        ]
        constraints = [models.UniqueConstraint(fields=["row", "kind"], name="kernel_journal_side_once")]


class Seal(models.Model):
    """Closes a batch of rows. hash = H(number, previous, count, rows, sealed_at); mac = HMAC(hash) with a key kept
    outside the database, so that who can write the database still can't make a seal."""

    number = models.BigIntegerField(primary_key=True)
    previous = models.CharField(max_length=64)
    count = models.IntegerField()
    rows = models.CharField(max_length=64)  # digest of the row hashes in order
    sealed_at = models.DateTimeField()
    algorithm = models.CharField(max_length=8, default="sha256")
    hash = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    class Meta:
        db_table = "kernel_journal_seal"


class Position(models.Model):
    """Where a sealed row stands. Consumers read by (seal, place): row numbers become visible out of order, these do not."""

    row = models.OneToOneField(Row, on_delete=models.PROTECT, primary_key=True, related_name="position")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="positions", db_index=False)
    place = models.IntegerField()

    class Meta:
        db_table = "kernel_journal_position"
        constraints = [models.UniqueConstraint(fields=["seal", "place"], name="kernel_journal_place_once")]


class Cursor(models.Model):
    """How far a consumer has read: the next row has a greater (seal, place)."""

    consumer = models.CharField(max_length=40, primary_key=True)
    seal = models.BigIntegerField(default=0)
    place = models.IntegerField(default=-1)
    failed = models.IntegerField(default=0)  # times in a row that the same batch failed
    problem = models.TextField(blank=True)

    class Meta:
        db_table = "kernel_journal_cursor"
