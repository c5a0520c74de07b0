"""Leaflets and notices (宣传资料): what is handed out, in which batches, and how far it went."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.access import Target
from liuchi.kernel.records.models import Record
from liuchi.people.models import Organisation, Person
from liuchi.territory.models import Area


class Material(models.Model):
    """One leaflet, notice or board, with the page that its QR leads to (``/l/<code>``). Its pictures are the record's media."""

    class Kind(models.TextChoices):
        LEAFLET = "leaflet", _("Leaflet")  # 宣传单
        NOTICE = "notice", _("Notice")  # 告知书
        BOARD = "board", _("Publicity board")  # 宣传栏

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.LEAFLET)
    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=80)
    words = models.TextField()
    purpose = models.CharField(max_length=80, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    valid_until = models.DateField(null=True, blank=True)  # the last day
    made_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.title

    def access_target(self) -> Target:
        return Target(area_first=self.area.first)


class Batch(models.Model):
    """So many of a material, given to a team or to one person who volunteers, to be handed out in an area (随单发放).

    handed: what was reported as handed out, the sum of its HandOuts. Both team and person empty: the person was erased.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="batches")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    count = models.IntegerField()
    key = models.UUIDField(unique=True, null=True)  # the form's own: a double tap is one
    handed = models.IntegerField(default=0)
    returned = models.IntegerField(null=True, blank=True)
    given_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-given_on", "-record"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(team=None) | models.Q(person=None), name="publications_batch_team_or_person"
            ),
            models.CheckConstraint(
                condition=models.Q(handed__lte=models.F("count")), name="publications_batch_no_more_than_given"
            ),
        ]

    @property
    def left(self) -> int:
        """How many are still in the hands of those who got them."""
        return self.count - self.handed - (self.returned or 0)


class HandOut(models.Model):
    """Some of a batch went to people in a grid on a day. Who said so is in the journal alone, and no finer place anywhere."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    key = models.UUIDField(unique=True)  # the phone's own: a double tap is one
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="hand_outs")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    count = models.IntegerField()
    on = models.DateField(db_index=True)
