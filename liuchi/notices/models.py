"""What a person chose, what waits to be told, staff's own wordings, robots of groups, browsers that take a push."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from liuchi.kernel import crypto
from liuchi.kernel.journal.models import Row
from liuchi.kernel.records.models import Record
from liuchi.notices import rules
from liuchi.people.models import Organisation, Person
from liuchi.territory.models import Area


class Choice(models.Model):
    """How somebody wants to be told (消息设置). Who has none gets what `rules.Wish` says.

    order: channels, the first that reaches the person is used; every: on all of them instead. proven: the blind index of
    the phone number to which a code went and came back.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="notice_choice")
    order = models.JSONField(default=list)
    every = models.BooleanField(default=False)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    urgent_passes = models.BooleanField(default=True)
    digest_at = models.TimeField(null=True)
    proven = models.BinaryField(max_length=32, null=True)
    changed_at = models.DateTimeField()

    @property
    def wish(self) -> rules.Wish:
        return rules.Wish(
            tuple(self.order), self.every, self.quiet_from, self.quiet_until, self.urgent_passes, self.digest_at
        )


class Held(models.Model):
    """A row of the journal that is told later, if there is still something to tell then."""

    row = models.ForeignKey(Row, on_delete=models.PROTECT, related_name="+")
    hold = models.IntegerField()  # seconds: the notices of the row's verb that wait so long
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row", "hold"], name="notices_held_once")]


class Waiting(models.Model):
    """A message that stands in the app and is to go out of the house later: after the quiet hours, with the day's digest."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    thing = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=500, blank=True)
    short = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thing"], name="notices_waiting_once")]


class Wording(models.Model):
    """Staff's own words for a text of a notice, in one language; without it the original stands."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    key = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "language"], name="notices_wording_once")]


class Robot(models.Model):
    """The robot of a group where an office lives (群机器人): of a unit, or of the desk of an area.

    address and secret are encrypted and never shown again.
    """

    class Kind(models.TextChoices):
        WECOM = "wecom", _("WeCom")  # 企业微信
        DINGTALK = "dingtalk", _("DingTalk")  # 钉钉
        FEISHU = "feishu", _("Feishu")  # 飞书

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    address = models.BinaryField()
    secret = models.BinaryField(null=True)
    urgent_only = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation=None) ^ models.Q(area=None), name="notices_robot_unit_or_desk"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """Whose group it is."""
        return self.organisation.name if self.organisation else self.area.name if self.area else ""


class Browser(models.Model):
    """A browser that takes pushes for somebody: its endpoint and keys (RFC 8291), encrypted together."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    endpoint_index = models.BinaryField(max_length=32, unique=True)
    cipher = models.BinaryField()
    made_at = models.DateTimeField()

    @property
    def subscription(self) -> str:
        """JSON of ``{endpoint, p256dh, auth}``."""
        return crypto.decrypt(self.cipher, f"browser:{bytes(self.endpoint_index).hex()}")


class Proof(models.Model):
    """A code that went to an address, to be typed in here: so nobody's messages go to a stranger by a slip."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=8)
    address = models.BinaryField()
    code = models.BinaryField(max_length=32)  # blind index of the six digits, for this person
    tries = models.SmallIntegerField(default=0)
    sent = models.SmallIntegerField(default=1)  # codes of that day
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "channel"], name="notices_proof_once")]
