"""Signs that a person may see, and what came of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from liuchi.cases.early.models import EarlySign
from liuchi.cases.models import Case
from liuchi.cases.queries import lists
from liuchi.people.access import Actor
from liuchi.people.models import Role
from liuchi.people.queries import on_duty_over

SHOWN = 50
COUNTED = timedelta(days=90)


def visible(actor: Actor) -> QuerySet[EarlySign]:
    """Those within somebody's area."""
    found = EarlySign.objects.filter(actor.q("cases.early", area="area__first"))
    return found.select_related("area", "compound", "matter", "record", "case")


def open_signs(actor: Actor) -> list[EarlySign]:
    """What waits for an answer, the newest first (one query)."""
    return list(visible(actor).filter(answer="").order_by("-raised_at")[:SHOWN])


def answers(actor: Actor, at: datetime) -> dict[str, int]:
    """How the signs of the last three months were answered (one query)."""
    found = visible(actor).filter(raised_at__gte=at - COUNTED).order_by()
    return dict(found.values_list("answer").annotate(n=Count("pk")).values_list("answer", "n"))


def records_of(actor: Actor, sign: EarlySign) -> list[Case]:
    """The requests behind a sign that this person may see, the newest first (one query)."""
    found = lists.visible(actor).filter(local_date__range=(sign.first_on, sign.last_on))
    if sign.compound_id:
        found = found.filter(Q(place=sign.compound_id) | Q(place__compound=sign.compound_id))
    else:
        found = found.filter(area=sign.area_id)
    found = found.filter(Q(matter=sign.matter_id) | Q(matter=None)).select_related("area", "matter", "unit")
    return [case for case in found.order_by("-reported_at")[:200] if _is(case, sign.matter_id)]


def _is(case: Case, matter: UUID) -> bool:
    return case.matter_id == matter or bool(case.suggestions and case.suggestions[0]["matter"] == str(matter))


def whom_to_tell(sign: EarlySign, at: datetime) -> set[UUID]:
    """The grid leader and the street desk whose area the place lies in, as of then."""
    leaders = on_duty_over([Role.GRID_LEADER], sign.area.first, at)
    return leaders | on_duty_over([Role.DISPATCHER], sign.area.first, at, level="street")
