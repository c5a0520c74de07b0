"""Programmes with their versions, applications, what was admitted for which term, and the letters."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from liuchi.admissions import rules
from liuchi.kernel.access import Target
from liuchi.kernel.records.models import Record
from liuchi.people.models import Business, Organisation, Person


class Programme(models.Model):
    """What one can be admitted to (项目). `draft` is what the desk is writing; what counts are the versions.

    `seen` counts applications and `numbered` letters of `number_year`: both only while the row is locked.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        OPEN = "open", pgettext_lazy("programme", "Open")
        CLOSED = "closed", _("Closed")

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    draft = models.JSONField(default=dict)
    version = models.ForeignKey("Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    seen = models.IntegerField(default=0)
    numbered = models.IntegerField(default=0)
    number_year = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    def access_target(self) -> Target:
        return Target(area_first=self.area.first)


class Version(models.Model):
    """What a programme said from a day on. Applications and terms keep the one they began under."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.SmallIntegerField()
    data = models.JSONField()
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="admissions_version_once")]

    @cached_property
    def definition(self) -> rules.Definition:
        return rules.read(self.data)


class Invitation(models.Model):
    """Somebody is invited to apply; for programmes to which nobody comes uninvited."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "person"], name="admissions_invited_once")]


class InvitationCode(models.Model):
    """An invitation on paper or in a chat, for somebody who has no account yet: a code that works once, until a day.

    `for_cipher` holds whom it is meant for, `filled_cipher` what the clerk filled in; both go when nobody needs them.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="codes")
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60, blank=True)
    code_cipher = models.BinaryField(null=True, blank=True)
    code_index = models.BinaryField(max_length=32, unique=True)
    for_cipher = models.BinaryField(null=True, blank=True)
    filled_cipher = models.BinaryField(null=True, blank=True)
    made_at = models.DateTimeField()
    until = models.DateField()  # the last day
    ended_at = models.DateTimeField(null=True, blank=True)  # taken back by the desk
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["programme", "until"], condition=Q(taken_at=None, ended_at=None), name="admissions_codes_open"
            ),
            models.Index(fields=["taken_by", "programme"]),
        ]

    def access_target(self) -> Target:
        return Target(area_first=self.area.first)


class Application(models.Model):
    """One application, by a person for oneself, a shop or a unit. The answers are encrypted; the photos are its media."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    number = models.CharField(max_length=32, blank=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="applications")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    business = models.ForeignKey(Business, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, default="draft")
    step = models.SmallIntegerField(default=0)
    role = models.CharField(max_length=20, blank=True)  # whose turn it is at the desk; empty: nobody's there
    answers_cipher = models.BinaryField(null=True, blank=True)
    returned_cipher = models.BinaryField(null=True, blank=True)  # the last return: its marks, and the answers of then
    # a shop that is entered into the register only when this is approved; shop: its trade, address and area
    shop_name = models.CharField(max_length=80, blank=True)
    shop = models.JSONField(default=dict, blank=True)
    marks = models.JSONField(default=dict, blank=True)  # field -> what is to be corrected
    reason = models.TextField(blank=True)  # why it was refused; why the appeal was decided so
    appeal = models.TextField(blank=True)  # what the applicant says against it
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    waiting_since = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # who applies twice in a row goes on with the first
            models.UniqueConstraint(
                fields=["programme", "person", "shop_name"],
                condition=Q(state__in=sorted(rules.OPEN), business=None, organisation=None),
                name="admissions_one_open_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["programme", "business"],
                condition=Q(state__in=sorted(rules.OPEN), business__isnull=False),
                name="admissions_one_open_of_a_business",
            ),
            models.UniqueConstraint(
                fields=["programme", "organisation"],
                condition=Q(state__in=sorted(rules.OPEN), organisation__isnull=False),
                name="admissions_one_open_of_a_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=~Q(role=""), name="admissions_at_the_desk"),
            models.Index(
                fields=["programme", "waiting_since"], condition=Q(state="waiting"), name="admissions_waiting"
            ),
            models.Index(fields=["person", "state"]),
        ]

    stood_in = False  # not kept here: whether who decides now deputises for the holder of the role

    def __str__(self) -> str:
        return self.number

    def access_target(self) -> Target:
        return Target(area_first=self.area.first, owners=(self.person_id,))


class Admission(models.Model):
    """What somebody holds, for a term. Ended, never deleted."""

    record = models.OneToOneField(Record, on_delete=models.PROTECT, primary_key=True, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="admissions")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="admission"
    )
    # nobody where a shop or unit is admitted whose keeper has no account
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    business = models.ForeignKey(Business, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    area = models.ForeignKey("territory.Area", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=60)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)  # the last day, included
    state = models.CharField(max_length=10, default=rules.RUNNING)
    ended_on = models.DateField(null=True, blank=True)  # the first day on which it does not run any more
    reason = models.TextField(blank=True)
    told = models.SmallIntegerField(null=True, blank=True)  # the notice of the end that went out: 30 or 7
    asked_at = models.DateTimeField(null=True, blank=True)  # the holder would like to go on

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "title"],
                condition=Q(state="running", business=None, organisation=None),
                name="admissions_held_once_by_a_person",
            ),
            models.UniqueConstraint(
                fields=["programme", "business", "title"],
                condition=Q(state="running", business__isnull=False),
                name="admissions_held_once_by_a_business",
            ),
            models.UniqueConstraint(
                fields=["programme", "organisation", "title"],
                condition=Q(state="running", organisation__isnull=False),
                name="admissions_held_once_by_a_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["ends"], condition=Q(state="running"), name="admissions_running_until"),
            models.Index(fields=["programme", "state"]),
            models.Index(fields=["person", "state"]),
        ]

    def __str__(self) -> str:
        return self.title

    def access_target(self) -> Target:
        return Target(area_first=self.area.first, owners=(self.person_id,) if self.person_id else ())


class Grant(models.Model):
    """One thing an admission brought into being, as kernel.granting made it."""

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="grants")
    kind = models.CharField(max_length=40)
    made = models.UUIDField(null=True, blank=True)  # the record made, if one was
    ended = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["admission", "kind"], name="admissions_granted_once")]


class Letter(models.Model):
    """The paper of one term (聘书、证书). The code is found by its blind index; it is decrypted to be printed again."""

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="letters")
    number = models.CharField(max_length=40, unique=True)
    code_cipher = models.BinaryField()
    code_index = models.BinaryField(max_length=32, unique=True)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)
    issued_on = models.DateField()
    replaced = models.BooleanField(default=False)  # by the letter of the next term
    printed = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["-issued_on", "-pk"]

    def __str__(self) -> str:
        return self.number
