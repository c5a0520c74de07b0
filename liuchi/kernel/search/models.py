"""The search index: one entry for each thing that can be found."""

from django.db import models


class Entry(models.Model):
    """kind and key name the thing (``case``, its record id); area_no: its ``Area.first``; text: normal form of the words
    by which it is found. The tokens lie beside it: an FTS5 table on SQLite, a tsvector column on PostgreSQL (0002)."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=24)
    key = models.CharField(max_length=64)
    area_no = models.BigIntegerField(null=True)
    text = models.TextField()

    class Meta:
        db_table = "kernel_search"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="kernel_search_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
