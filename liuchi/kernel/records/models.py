"""Record: the one target that links, journal, search and access point to."""

from django.db import models

from liuchi.kernel.ids import new_id


class Record(models.Model):
    """Anything the house keeps: a case, a person, a place. The domain's own row shares its primary key.

    kind: ``case``, ``person``, ``place`` …; area_id: the area it lies in (territory.Area.id, no foreign key because
    the kernel is below the territory); secrecy: 0 open to whoever has the area, 1 only to those whose duty it is;
    version: number of journal rows written on it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=24)
    area_id = models.BigIntegerField(null=True, blank=True)
    secrecy = models.SmallIntegerField(default=0)
    version = models.IntegerField(default=0)

    class Meta:
        db_table = "kernel_record"
        # no index on kind or area: nothing is looked up by them, and each index costs every record

    # True between create() and the first journal row: that row is version 1 and needs no update of this row.
    fresh = False

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
