"""Which record arose from which: a case from a visit, works from a vote. So siblings need no import of each other."""

from django.db import models

from liuchi.kernel.records.models import Record


class Link(models.Model):
    """source gave rise to, or belongs with, target. kind: ``arose``, ``same`` (duplicates), ``about``."""

    source = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=16)

    class Meta:
        db_table = "kernel_link"
        constraints = [models.UniqueConstraint(fields=["source", "target", "kind"], name="kernel_link_once")]
