"""Work orders of another system (12345) that come as a sheet: what its columns mean, and what became of each row."""

from django.db import models

from liuchi.cases.models.case import Case
from liuchi.kernel.ids import new_id
from liuchi.people.models import Person


class OrderSheet(models.Model):
    """What the columns and the words of an office's sheet mean, kept under a name. columns: field -> head; words: field ->
    {word: code of a matter, of an area, or "" for left open}; source: with the order's own number it makes one case of it."""

    name = models.CharField(max_length=40)
    source = models.CharField(max_length=24)
    columns = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        db_table = "cases_order_sheet"
        constraints = [models.UniqueConstraint(fields=["name"], name="cases_order_sheet_once")]

    def __str__(self) -> str:
        return self.name


class OrderImport(models.Model):
    """One file on its way in. done: rows that are through; columns and words: as they were when it began. The file lies
    encrypted beside the database until ``kept_until``."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        STUCK = "stuck"  # the file is gone

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=24)
    columns = models.JSONField()
    words = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    total = models.IntegerField()
    done = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    kept_until = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cases_order_import"
        indexes = [models.Index(fields=["person", "-made_at"], name="cases_order_import_mine")]

    @property
    def share(self) -> int:
        """Hundredths that are through."""
        return 100 * self.done // max(self.total, 1)


class OrderRow(models.Model):
    """What became of one row. number: as Excel counts; word: new, there, or a reason of ``orders/words.py``."""

    of = models.ForeignKey(OrderImport, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.IntegerField()
    word = models.CharField(max_length=16)
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "cases_order_row"
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="cases_order_row_once")]
