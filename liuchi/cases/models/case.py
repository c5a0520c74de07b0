"""A case (案卷): one request, its place, its owner, its clock and its reply."""

from django.db import models

from liuchi.cases.models.matter import FilingCondition, Matter
from liuchi.cases.rules import CHANNELS, OUTCOMES, PARTS, STATES
from liuchi.kernel.records.models import Record
from liuchi.people.models import Organisation, Person
from liuchi.territory.models import Area, Place


def _where_known(first: str, *others: str) -> models.Index:
    """An index of the rows that have the first field."""
    known = models.Q(**{f"{first}__isnull": False})
    return models.Index(fields=[first, *others], name=f"cases_case_{first}", condition=known)


class Case(models.Model):
    """One request, from the report to the rating.

    The step fields say what is waited for now: from when, until when and on which clock. They are computed from
    ``step_from``, ``step_value`` and ``step_clock``, so that a new calendar can move ``step_due``.
    """

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="case")
    number = models.CharField(max_length=24)  # for people: LC-2026-11-0417
    source = models.CharField(max_length=24, blank=True)  # where an imported case came from …
    source_key = models.CharField(max_length=80, blank=True)  # … and its key there
    channel = models.CharField(max_length=16, choices=[(name, name) for name in CHANNELS])
    state = models.CharField(max_length=12, choices=[(name, name) for name in STATES])
    outcome = models.CharField(max_length=12, blank=True, choices=[(name, name) for name in OUTCOMES])

    # What was said. ``text`` is the reporter's own; ``masked`` has no phone, ID number or name and is what is shown and
    # searched.
    text = models.TextField(blank=True)
    masked = models.TextField(blank=True)
    reply = models.TextField(blank=True)  # what the unit did, told to the reporter

    # Where. Degrees are WGS-84; accuracy in metres.
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)
    place_source = models.CharField(max_length=8, blank=True)  # gps, photo, map, search, words
    place_words = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(Place, null=True, db_index=False, on_delete=models.PROTECT, related_name="cases")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="cases")

    # Who. A report needs no account: the receipt is enough, and only its hash is kept.
    reporter = models.ForeignKey(Person, null=True, db_index=False, on_delete=models.PROTECT, related_name="reports")
    receipt_hash = models.CharField(max_length=64, null=True)
    contact_cipher = models.BinaryField(null=True)
    contact_index = models.BinaryField(null=True)

    # What it is, and whose.
    matter = models.ForeignKey(Matter, null=True, db_index=False, on_delete=models.PROTECT, related_name="cases")
    condition = models.ForeignKey(
        FilingCondition, null=True, db_index=False, on_delete=models.PROTECT, related_name="cases"
    )
    suggestions = models.JSONField(default=list)  # [{matter, share, because}], by the model, for one key to confirm
    unit = models.ForeignKey(Organisation, null=True, db_index=False, on_delete=models.PROTECT, related_name="cases")
    handler = models.ForeignKey(Person, null=True, db_index=False, on_delete=models.PROTECT, related_name="handled")

    # When.
    reported_at = models.DateTimeField()
    local_date = models.DateField()  # of reported_at in Asia/Shanghai
    filed_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # The unit's limit, as it was when it got the case: a change of the catalogue does not touch it. It runs from limit_from
    # and stands still (limit_from null) while somebody else has the case; limit_left is what it had left then, in minutes of
    # its clock (null: the whole limit). due_at is what comes of that.
    limit_value = models.FloatField(null=True)
    limit_clock = models.CharField(max_length=12, blank=True)
    limit_from = models.DateTimeField(null=True)
    limit_left = models.FloatField(null=True)
    limit_more = models.FloatField(default=0)  # what extensions brought, in the hours or days of limit_value
    due_at = models.DateTimeField(null=True)
    in_time = models.BooleanField(null=True)  # handled by due_at, or excused after an appeal (申诉)
    warn_at = models.DateTimeField(null=True)  # the next light, at 80 and at 100 % of the unit's limit
    suspended_until = models.DateField(null=True)
    supervised_at = models.DateTimeField(null=True)  # 督办, until it is closed

    # What it went through.
    returns = models.SmallIntegerField(default=0)
    decided = models.BooleanField(default=False)  # the supervisor said whose it is: no unit may return it
    transfers = models.SmallIntegerField(default=0)
    extensions = models.SmallIntegerField(default=0)
    reworks = models.SmallIntegerField(default=0)
    reopenings = models.SmallIntegerField(default=0)
    urges = models.SmallIntegerField(default=0)
    level = models.SmallIntegerField(default=0)  # of the office that holds it (rules.LEVELS); 0: whoever sees it first

    # What it belongs to: a part of another case (协办、子案卷), or the same as another (并案).
    parent = models.ForeignKey("self", null=True, db_index=False, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=4, blank=True, choices=[(name, name) for name in PARTS])
    main = models.ForeignKey("self", null=True, db_index=False, on_delete=models.PROTECT, related_name="merged")

    step_from = models.DateTimeField(null=True)
    step_value = models.FloatField(null=True)
    step_clock = models.CharField(max_length=12, blank=True)
    step_due = models.DateTimeField(null=True)  # null when nothing is waited for any more

    stars = models.SmallIntegerField(null=True)  # of the service, never of a person
    rating = models.TextField(blank=True)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_case"
        # Each index costs every report; those of what a new report has not yet leave it out, and what is unique is said
        # as a constraint, because PostgreSQL gets a second index for a text that is unique by its field.
        indexes = [
            # with the area, so that the tabs are counted from the index alone
            models.Index(fields=["state", "step_due", "area", "level"], name="cases_case_inbox"),
            models.Index(fields=["state", "-reported_at"], name="cases_case_newest"),
            models.Index(fields=["local_date"], name="cases_case_day"),
            # of open cases alone: the look-up at each report must not grow with what is closed
            models.Index(fields=["lat", "lon"], name="cases_case_near", condition=models.Q(step_due__isnull=False)),
            _where_known("unit", "state", "step_due"),
            _where_known("reporter", "-reported_at"),
            _where_known("handler", "handled_at"),
            _where_known("matter"),
            _where_known("condition"),
            _where_known("place"),
            _where_known("parent"),
            _where_known("main"),
            _where_known("warn_at"),
            _where_known("suspended_until"),
            _where_known("supervised_at"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="cases_case_number_once"),
            models.UniqueConstraint(fields=["receipt_hash"], name="cases_case_receipt_once"),
            models.UniqueConstraint(
                fields=["source", "source_key"], condition=~models.Q(source_key=""), name="cases_case_source_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        """The person's own words are the headline: the first line of them."""
        return self.masked.strip().split("\n", 1)[0]


class NumberSeries(models.Model):
    """The last office number given in a month. One row a month; updated last in a transaction, so its lock is short."""

    month = models.CharField(max_length=7, primary_key=True)  # 2026-11
    last = models.IntegerField(default=0)

    class Meta:
        db_table = "cases_number_series"
