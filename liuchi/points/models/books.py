"""The books (账簿): accounts, transfers between them, and the entries of which each transfer is made."""

from django.db import models
from django.db.models import Q

from liuchi.people.models import Person
from liuchi.points.models.shop import Gift, Reservation, Window
from liuchi.points.rules import KINDS_OF_ACCOUNT, KINDS_OF_TRANSFER


class Account(models.Model):
    """One side of the books. What moves is points, or, where `counts` says units, pieces of one gift.

    No balance is kept here: it stands on the newest entry. An account of the house is one for each day (and event, or gift and
    window), so that the figures of a period are read from the last entries of few accounts and not from millions of rows.
    """

    kind = models.CharField(max_length=12, choices=[(name, name) for name in KINDS_OF_ACCOUNT])
    key = models.CharField(max_length=160, unique=True)  # rules.account_key: opened once, whoever comes first
    person = models.OneToOneField(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    event = models.CharField(max_length=40, blank=True)
    gift = models.ForeignKey(Gift, null=True, db_index=False, on_delete=models.PROTECT, related_name="+")
    window = models.ForeignKey(Window, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(null=True)

    class Meta:
        db_table = "points_account"
        indexes = [models.Index(fields=["kind", "day"], name="points_account_kind_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"  # never whose


class Transfer(models.Model):
    """Something moved: so many points for somebody, or pieces of a gift. Written once, never changed; undone by another one.

    holder: the person's account that it concerns, if any; amount: points that the holder got or gave, or pieces; row: number of
    the journal row that earned it; thing: the record that it was for; once: the same, where the rule thanks once for each thing;
    reason: a code, of a stocktaking.
    """

    kind = models.CharField(max_length=12, choices=[(name, name) for name in KINDS_OF_TRANSFER])
    at = models.DateTimeField()
    day = models.DateField()  # of `at`, in the place: caps and figures are by the day
    holder = models.ForeignKey(Account, null=True, db_index=False, on_delete=models.PROTECT, related_name="concerning")
    amount = models.IntegerField()
    event = models.CharField(max_length=40, blank=True)
    row = models.BigIntegerField(null=True)
    thing = models.UUIDField(null=True)
    once = models.UUIDField(null=True)
    reservation = models.ForeignKey(
        Reservation, null=True, db_index=False, on_delete=models.PROTECT, related_name="transfers"
    )
    reason = models.CharField(max_length=12, blank=True)
    reversal_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")

    class Meta:
        db_table = "points_transfer"
        indexes = [
            models.Index(fields=["holder", "day"], name="points_transfer_earned", condition=Q(kind="award")),
            models.Index(fields=["kind", "event", "day"], name="points_transfer_figures"),
            models.Index(fields=["reservation"], name="points_transfer_of", condition=Q(reservation__isnull=False)),
        ]
        constraints = [
            # the same row of the journal thanks the same person once, however often it is read
            models.UniqueConstraint(
                fields=["row", "event", "holder"], condition=Q(row__isnull=False), name="points_row_thanked_once"
            ),
            models.UniqueConstraint(
                fields=["once", "event", "holder"], condition=Q(once__isnull=False), name="points_thing_thanked_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="points_transfer_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Entry(models.Model):
    """One line of an account. All lines of a transfer sum to zero, points and each gift for themselves.

    number: 1, 2, 3 … within the account: of two who write the same line one is refused; balance: the sum of all lines up to this
    one, so that reading it needs no sum (`liuchi points verify` adds them up again); source: the account may go below zero,
    because things come from there.
    """

    account = models.ForeignKey(Account, db_index=False, on_delete=models.PROTECT, related_name="entries")
    number = models.IntegerField()
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="entries")
    amount = models.IntegerField()
    balance = models.BigIntegerField()
    source = models.BooleanField(default=False)

    class Meta:
        db_table = "points_entry"
        constraints = [
            models.UniqueConstraint(fields=["account", "number"], name="points_line_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="points_line_of_something"),
            # nobody ever owes points, no gift is handed out that is not there
            models.CheckConstraint(condition=Q(source=True) | Q(balance__gte=0), name="points_never_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}.{self.number}"
