"""Where things are: the tree of areas, and the places one can name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from liuchi.kernel.access import Target
from liuchi.kernel.records.models import Record
from liuchi.territory import rules

LEVELS = [
    ("province", gettext_lazy("Province")),
    ("city", gettext_lazy("City")),
    ("county", gettext_lazy("County or district")),
    ("street", gettext_lazy("Street or town")),
    ("community", gettext_lazy("Community or village")),
    ("grid", gettext_lazy("Grid")),
]


class Area(models.Model):
    """An administrative area (行政区划, GB/T 2260 and the codes of the statistics office) or a grid (网格, GB/T 47678).

    The id is a surrogate: codes change every year, records keep pointing to the area they lay in. ``first`` and ``last``
    are the 15-digit numbers from the code filled with 0 and 9, so that a subtree is one integer range:
    ``first__gte=a.first, first__lte=a.last``. A grid drawn without a code gets the next free one below its community.
    """

    code = models.CharField(max_length=15)
    name = models.CharField(max_length=80)
    level = models.CharField(max_length=12, choices=LEVELS)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # the first day on which it is no more
    lon = models.FloatField(null=True, blank=True)  # of its middle, WGS-84 degrees
    lat = models.FloatField(null=True, blank=True)
    boundary = models.JSONField(null=True, blank=True)  # GeoJSON Polygon or MultiPolygon, WGS-84
    households = models.IntegerField(default=0)
    pinyin = models.CharField(max_length=160, blank=True)
    initials = models.CharField(max_length=40, blank=True)
    # The area that this installation works for. What no other area takes comes to its inbox.
    home = models.BooleanField(default=False)
    source = models.CharField(max_length=24, blank=True)  # divisions, osm:<code>, geojson, desk
    # Carries the journal of changes made by hand; a list from outside needs none.
    record = models.OneToOneField(
        Record, null=True, blank=True, on_delete=models.PROTECT, related_name="territory_area"
    )

    class Meta:
        db_table = "territory_area"
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="territory_area_code_once")]
        indexes = [models.Index(fields=["first"]), models.Index(fields=["initials"])]

    def __str__(self) -> str:
        return self.name

    def access_target(self) -> Target:
        return Target(area_first=self.first)


class Place(models.Model):
    """Something with a name or number that people say when they say where: a compound, a building, a gate, a road, a shop.

    ``facts`` holds what a map says beyond that: ``levels``, ``manager`` (物业), ``doors`` [{ref, lon, lat}] of a building,
    ``class`` of a road, ``what`` a shop sells or a place is, ``hours``.
    """

    KINDS = [
        ("compound", gettext_lazy("Compound")),
        ("building", gettext_lazy("Building")),
        ("gate", gettext_lazy("Gate")),
        ("road", gettext_lazy("Road")),
        ("shop", gettext_lazy("Shop")),
        ("station", gettext_lazy("Station")),
        ("other", gettext_lazy("Other place")),
    ]

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="place")
    kind = models.CharField(max_length=12, choices=KINDS)
    name = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=40, blank=True)  # 3幢, 41号
    street = models.CharField(max_length=120, blank=True)
    compound = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="inside")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="places")
    lon = models.FloatField()
    lat = models.FloatField()
    geometry = models.JSONField(null=True, blank=True)
    households = models.IntegerField(default=0)
    facts = models.JSONField(default=dict, blank=True)
    label = models.CharField(max_length=160, blank=True)  # what one says for it: 槐荫里3幢
    pinyin = models.CharField(max_length=240, blank=True)  # of the label, without tones
    initials = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=24, blank=True)  # osm:<code>, desk
    source_id = models.CharField(max_length=160, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # the first day on which it is no more

    class Meta:
        db_table = "territory_place"
        indexes = [models.Index(fields=["lat", "lon"]), models.Index(fields=["source", "source_id"])]

    def __str__(self) -> str:
        return rules.spaced(self.label or self.name or self.number)

    def access_target(self) -> Target:
        return Target(area_first=self.area.first if self.area else None)


class Stamp(models.Model):
    """Changes whenever the areas or the places do, so that each process knows when what it holds in memory is old."""

    name = models.CharField(max_length=12, primary_key=True)  # areas, places
    value = models.CharField(max_length=32)

    class Meta:
        db_table = "territory_stamp"

    def __str__(self) -> str:
        return f"{self.name} {self.value}"
