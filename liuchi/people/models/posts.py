"""Roles, posts and absences."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liuchi.kernel.records.models import Record
from liuchi.people.models.persons import Person
from liuchi.people.models.units import Organisation


class Role(models.TextChoices):
    """What a post may do. The abilities of each role stand in the `abilities.py` of the apps."""

    RESIDENT = "resident", _("Resident")  # 居民
    RIDER = "rider", _("Rider")  # 骑手、快递员等新就业群体
    OBSERVER = (
        "observer",
        _("Governance observer"),
    )  # 兼职信息员、治理观察员: a title, and nobody's case is opened by it
    GRID_WORKER = "grid_worker", _("Grid worker")  # 网格员
    GRID_LEADER = "grid_leader", _("Grid leader")  # 网格长
    COMMUNITY_CLERK = "community_clerk", _("Community clerk")  # 社区工作者
    DISPATCHER = "dispatcher", _("Street dispatcher")  # 派遣员
    HANDLER = "handler", _("Unit handler")  # 部门处置人员
    SECRETARY = "secretary", _("Secretary")  # 书记
    SUPERVISOR = "supervisor", _("Supervisor")  # 督办员
    ADMINISTRATOR = "administrator", _("Administrator")  # 系统管理员


class Post(models.Model):
    """A role held by a person for a term (任期), within an area and a unit. Ended, never deleted."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=60, blank=True)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)  # the last day, included

    class Meta:
        ordering = ["-begins"]
        indexes = [models.Index(fields=["role", "ends"])]

    def __str__(self) -> str:
        return f"{self.person} · {self.title or self.get_role_display()}"


class Absence(models.Model):
    """While the holder is away, the deputy acts with the post's powers (代班). Why somebody is away is not kept."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="absences")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputises")

    class Meta:
        ordering = ["-begins"]
