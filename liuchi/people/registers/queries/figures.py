"""How many, by area and period: for the desk and for briefings. Figures of persons come out as they may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from liuchi.people.models import (
    BranchService,
    Business,
    Claim,
    ClaimPost,
    HomeComing,
    Organisation,
    Registration,
    ServiceMember,
    TradeBranch,
)
from liuchi.people.registers.rules import withheld_all
from liuchi.people.registers.trades import BUSINESSES, GROUPS
from liuchi.people.rules import withheld
from liuchi.territory.models import Area


@dataclass(frozen=True, slots=True)
class Table:
    """One breakdown: (label, count or None if withheld), largest first; total likewise."""

    rows: list[tuple[str, int | None]]
    total: int | None


def within(area: Area | None, look_up: str = "area__first") -> Q:
    """What lies in an area and below; everything for None."""
    return Q(**{f"{look_up}__gte": area.first, f"{look_up}__lte": area.last}) if area else Q()


def registered(where: Q, on: date, *, since: date | None = None) -> QuerySet[Registration]:
    """Registrations in force on a day; since: only those made from that day on."""
    found = Registration.objects.filter(where, registered_on__lte=on).filter(Q(ended_on=None) | Q(ended_on__gt=on))
    return found.filter(registered_on__gte=since) if since else found


def by_trade(where: Q, on: date) -> Table:
    """New-employment groups by trade."""
    counts = _counts(registered(where, on), "trade")
    return _table({str(GROUPS.get(code, code)): count for code, count in counts.items()})


def by_branch(where: Q, on: date) -> Table:
    """By the branch that serves them."""
    return _table(_counts(registered(where, on), "branch__organisation__name"), _("No branch yet"))


def by_platform(where: Q, on: date) -> Table:
    """By platform."""
    return _table(_counts(registered(where, on), "platform"), _("No platform given"))


def by_area(where: Q, on: date) -> Table:
    """By area of work."""
    return _table(_counts(registered(where, on), "area__name"))


def branches(where: Q, on: date) -> list[dict[str, Any]]:
    """The branches by trade with how many they serve and how often they did this year, and how many signed in at them."""
    found = list(TradeBranch.objects.filter(where).select_related("organisation__area").order_by("organisation__name"))
    counts = _counts(registered(Q(branch__in=found), on), "branch_id")
    people, _total = withheld_all({branch.pk: counts.get(branch.pk, 0) for branch in found})
    served = dict(
        BranchService.objects.filter(branch__in=found, on__year=on.year)
        .values_list("branch_id")
        .annotate(n=Sum("occasions"))
        .order_by()
    )
    home = home_comings([branch.pk for branch in found], on)
    return [
        {
            "branch": branch,
            "trade": GROUPS.get(branch.trade, branch.trade),
            "people": people[branch.pk],
            "served": served.get(branch.pk, 0),
            "home": home.get(branch.pk, 0),
        }
        for branch in found
    ]


def home_comings(branch_ids: list[UUID], on: date) -> dict[UUID, int | None]:
    """branch -> how many signed in by its code, as it may be shown."""
    found = HomeComing.objects.filter(organisation__in=branch_ids, signed_on__lte=on)
    found = found.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))
    return withheld_all(_counts(found, "organisation_id"))[0]


def signed_in(area: Area | None, on: date) -> int | None:
    """How many members are signed in to the branches of an area by the home-coming code."""
    here = HomeComing.objects.filter(within(area, "organisation__area__first"), signed_on__lte=on)
    return withheld(here.filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on)).count())


def services(area: Area | None, begins: date, ends: date) -> tuple[int, int]:
    """What branches did in a period: (how many services, how often somebody was served)."""
    found = BranchService.objects.filter(within(area, "branch__organisation__area__first"), on__range=(begins, ends))
    sums = found.aggregate(n=Count("pk"), served=Sum("occasions"))
    return sums["n"], sums["served"] or 0


def service(posts: Q, begins: date, ends: date) -> dict[str, Any]:
    """Double registration in a period: members registered, members who claimed a post, and what was confirmed.

    posts: which areas, as `within` or an actor's `q` says it."""
    here = ClaimPost.objects.filter(posts)
    members = ServiceMember.objects.filter(posts, registered_on__range=(begins, ends))
    claims = Claim.objects.filter(post__in=here)
    claimed = claims.filter(claimed_on__range=(begins, ends), given_back_on=None)
    confirmed = claims.filter(confirmed_on__range=(begins, ends))
    sums = confirmed.aggregate(occasions=Sum("occasions"), hours=Sum("hours"), members=Count("member", distinct=True))
    few = withheld(sums["members"]) is None
    return {
        "members": withheld(members.count()),
        "claimed": withheld(claimed.values("member").distinct().count()),
        "posts": here.filter(begins__date__range=(begins, ends)).count(),
        "occasions": None if few else sums["occasions"] or 0,
        "hours": None if few else sums["hours"] or 0,
    }


def businesses(where: Q, on: date) -> Table:
    """Shops and firms by trade on a day. They are no persons: nothing is withheld."""
    found = Business.objects.filter(where, opened_on__lte=on).filter(Q(closed_on=None) | Q(closed_on__gt=on))
    counts = _counts(found, "trade")
    rows = sorted(counts.items(), key=lambda row: -row[1])
    return Table([(str(BUSINESSES.get(code, code)), count) for code, count in rows], sum(counts.values()))


def branch_units(where: Q) -> QuerySet[Organisation]:
    """Party organisations that may have a home-coming code."""
    return Organisation.objects.filter(where, kind=Organisation.Kind.PARTY_BODY, closed_on=None).select_related("area")


def _counts(found: QuerySet[Any], by: str) -> dict[Any, int]:
    return dict(found.order_by().values_list(by).annotate(n=Count("pk")))


def _table(counts: Mapping[str | None, int], nothing: str = "") -> Table:
    named: dict[str, int] = {}
    for label, count in counts.items():
        named[label or nothing] = named.get(label or nothing, 0) + count
    shown, total = withheld_all(named)
    rows = sorted(shown.items(), key=lambda row: (row[1] is None, -(row[1] or 0), row[0]))
    return Table(rows, total)
