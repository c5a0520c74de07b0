"""The catalogue of matters (事项): what can be reported, on which conditions it is filed, and who is in charge."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from liuchi.cases.catalogue.files import english
from liuchi.kernel.records.models import Record
from liuchi.people.models import Organisation
from liuchi.territory.models import Area


class UnitRole(models.TextChoices):
    """What a unit does, whatever it is called in a place (责任单位的类别). ``Routing`` names the unit of a place."""

    BUS_OPERATOR = "bus_operator", _("Bus company")  # 公交
    CITY_MANAGEMENT = "city_management", _("City management")  # 城管
    CIVIL_AFFAIRS = "civil_affairs", _("Civil affairs")  # 民政
    COMMUNITY = "community", _("Community")  # 社区
    DRAINAGE = "drainage", _("Drainage")  # 排水
    EDUCATION = "education", _("Education, culture and sport")  # 教育文体
    ENVIRONMENT = "environment", _("Environment")  # 生态环境
    FIRE = "fire", _("Fire and rescue")  # 消防救援
    GAS = "gas", _("Gas supply")  # 燃气
    HEALTH = "health", _("Health")  # 卫生健康
    HEATING = "heating", _("Heating supply")  # 供热
    HOUSING = "housing", _("Housing and construction")  # 住建
    HUMAN_RESOURCES = "human_resources", _("Human resources and social security")  # 人社
    LANDSCAPING = "landscaping", _("Parks and greenery")  # 园林绿化
    MARKET_SUPERVISION = "market_supervision", _("Market supervision")  # 市场监管
    MUNICIPAL_WORKS = "municipal_works", _("Municipal works")  # 市政
    OWNER = "owner", _("Owner of the facility")  # 产权单位
    POLICE = "police", _("Police")  # 公安
    POWER = "power", _("Power supply")  # 供电
    PROPERTY = "property", _("Property management")  # 物业
    SANITATION = "sanitation", _("Sanitation")  # 环卫
    STREET = "street", _("Street office")  # 街道
    TELECOM = "telecom", _("Telecom")  # 通信
    TRAFFIC_POLICE = "traffic_police", _("Traffic police")  # 交警
    TRANSPORT = "transport", _("Transport")  # 交通运输
    WATER = "water", _("Water supply")  # 供水
    WATER_AFFAIRS = "water_affairs", _("Rivers and water affairs")  # 水务


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


class Matter(models.Model):
    """One entry of the catalogue: a component (管理部件) or an event (管理事项), GB/T 47678.5-2026 or a local addition.

    The code has 2 + 3 digits and is unique together with the kind; local codes count down from 99. The fault of a
    component (供水井盖异常) is an event with the component's own code and shares its filing conditions. A matter
    without ``valid_from`` is a draft.
    """

    KINDS = [("component", _("Component")), ("event", _("Event"))]
    SOURCES = [("gbt", "GB/T 47678.5-2026"), ("local", _("Local addition"))]

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="matter")
    kind = models.CharField(max_length=10, choices=KINDS)
    code = models.CharField(max_length=5)
    major = models.CharField(max_length=40)  # 大类
    major_en = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=60)  # 小类
    name_en = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=5, choices=SOURCES)
    component = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="fault")
    pinyin = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=60, blank=True)
    valid_from = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_matter"
        ordering = ["code", "kind"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="cases_matter_code_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page; Chinese where nobody has given another."""
        return self.name if _chinese() else self.name_en or self.name

    @property
    def major_label(self) -> str:
        return self.major if _chinese() else self.major_en or self.major


class FilingCondition(models.Model):
    """When a matter is filed, by when it must be done, and whose work it is (立案条件、结案标准、处置时限).

    Rows in force are never changed: a new limit is a new row that ``replaces`` the old one and counts from its
    publication, so for new dispatches only. Without ``valid_from`` it is a draft. Limits are whole numbers of
    ``limit_type``: urgent_hour (紧急工作时, run on), work_hour (工作时), work_day (工作日), natural_day (自然日).
    """

    LIMIT_TYPES = [
        ("urgent_hour", _("Urgent hours")),
        ("work_hour", _("Working hours")),
        ("work_day", _("Working days")),
        ("natural_day", _("Days")),
    ]

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="conditions")
    text = models.TextField()
    closing = models.CharField(max_length=120)
    limit_value = models.PositiveSmallIntegerField()
    limit_type = models.CharField(max_length=12, choices=LIMIT_TYPES)
    unit_role = models.CharField(max_length=20, choices=UnitRole.choices)
    co_roles = models.CharField(max_length=160, blank=True)  # of the units that help (协办), by spaces
    basis = models.CharField(max_length=120, blank=True)  # law or regulation
    source = models.CharField(
        max_length=8
    )  # rule: of a city's published rules; local: proposed with them; office: edited here
    position = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        db_table = "cases_filing_condition"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def label(self) -> str:
        """The words of the condition in the language of the page; as they stand where they are an office's own."""
        return self.text if _chinese() else english().get(self.text, self.text)

    @property
    def closing_label(self) -> str:
        """The closing standard in the language of the page."""
        return self.closing if _chinese() else english().get(self.closing, self.closing)


class Routing(models.Model):
    """Which organisation does the work of a role in an area; the nearest entry upwards counts."""

    unit_role = models.CharField(max_length=20, choices=UnitRole.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "cases_routing"
        constraints = [models.UniqueConstraint(fields=["unit_role", "area"], name="cases_routing_once")]

    def __str__(self) -> str:
        return f"{self.unit_role} · {self.area}: {self.organisation}"
