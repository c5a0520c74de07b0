"""Where things are: the tree of areas, and the places one can name."""

from django.db import models

from liuchi.kernel.records.models import Record

LEVELS = [
    ("province", "省级"),
    ("city", "地级"),
    ("county", "县级"),
    ("street", "乡级（街道、镇）"),
    ("community", "村级（社区、村）"),
    ("grid", "单元网格"),
]


class Area(models.Model):
    """An administrative area (行政区划, GB/T 2260 and the codes of the statistics office) or a grid (网格, GB/T 47678).

    The id is a surrogate: codes change every year, records keep pointing to the area they lay in. ``first`` and ``last``
    are the 15-digit numbers from the code filled with 0 and 9, so that a subtree is one integer range:
    ``first__gte=a.first, first__lte=a.last``. An area without a code of its own gets a free one below its parent.
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

    class Meta:
        db_table = "territory_area"
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="territory_area_code_once")]
        indexes = [models.Index(fields=["first"]), models.Index(fields=["initials"])]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """Something with a name or number that people say when they say where: a compound, a building, a gate, a road, a shop."""

    KINDS = [
        ("compound", "小区"),
        ("building", "楼栋"),
        ("gate", "出入口"),
        ("road", "道路"),
        ("shop", "商铺"),
        ("station", "驿站"),
        ("other", "其他"),
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
    pinyin = models.CharField(max_length=240, blank=True)
    initials = models.CharField(max_length=80, blank=True)
    source = models.CharField(max_length=24, blank=True)  # osm, desk
    source_id = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "territory_place"
        indexes = [models.Index(fields=["lat", "lon"]), models.Index(fields=["source", "source_id"])]

    def __str__(self) -> str:
        return self.name or self.number
