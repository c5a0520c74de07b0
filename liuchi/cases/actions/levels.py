"""Up and down the levels of the office: grid, community, street, district (上报、下派)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.actions.acting import locked, settled, turn, words_of
from liuchi.cases.actions.clock import start_office_clock, stop_clock
from liuchi.cases.actions.giving import take_from_unit
from liuchi.cases.models import Case
from liuchi.kernel.access import roles_of
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people.access import actor_at
from liuchi.people.actions.posts import in_term
from liuchi.people.models import Post
from liuchi.people.rules import local_day
from liuchi.territory.models import Area


def escalate(ctx: Context, case_id: UUID, words: str, *, expect: int | None = None) -> Case:
    """上报: this level can't solve it; the next one up has it, with the reason. A unit that had it has it no more."""
    words = words_of(words, _("Say why it can't be solved here: the next level reads it."))
    with transaction.atomic():
        case = locked(case_id)
        here = level_of(ctx, case)
        above = _area_above(case, here, ctx.at)
        if above is None:
            raise Refused(
                "top", _("There is no office above that works with this installation. It stays here."), status=409
            )
        ctx = turn(ctx, case, "escalate")
        facts = {"from": here, "level": rules.LEVELS[above.level], "area": above.pk}
        case.level = rules.LEVELS[above.level]
        if case.unit_id:
            take_from_unit(case)
        stop_clock(case)
        start_office_clock(case, ctx.at)
        settled(ctx, case, "escalate", facts, words, expect=expect)
    return case


def send_down(ctx: Context, case_id: UUID, words: str = "", *, expect: int | None = None) -> Case:
    """下派: the level below can see to it itself, and has it."""
    words = words_of(words)
    with transaction.atomic():
        case = locked(case_id)
        ctx = turn(ctx, case, "send_down")
        here = case.level or rules.LEVELS["street"]
        below = [one for one in _line(case) if rules.LEVELS.get(one.level, 0) < here and one.level != "grid"]
        if not below:
            raise Refused("bottom", _("There is no office below for this place."), status=409)
        case.level = rules.LEVELS[below[0].level]
        start_office_clock(case, ctx.at)
        settled(ctx, case, "send_down", {"from": here, "level": case.level, "area": below[0].pk}, words, expect=expect)
    return case


def level_of(ctx: Context, case: Case) -> int:
    """The level of the office that has it: where it was put, else that of the post of the one who acts."""
    if case.level:
        return case.level
    held = actor_at(ctx.person, ctx.at).posts
    levels = [rules.LEVELS.get(post.level or "", 0) for post in held if post.role in roles_of("cases.escalate")]
    return max(levels, default=rules.LEVELS["community"])


def _line(case: Case) -> Iterable[Area]:
    """The area of a case and those it lies in, from the top down."""
    areas = []
    area = case.area
    while area is not None:
        areas.append(area)
        area = area.parent
    return reversed(areas)


def _area_above(case: Case, level: int, at: datetime) -> Area | None:
    """The nearest area above this level in which somebody dispatches."""
    for area in sorted(_line(case), key=lambda one: rules.LEVELS.get(one.level, 0)):
        if rules.LEVELS.get(area.level, 0) <= level or area.level == "grid":
            continue
        if Post.objects.filter(in_term(local_day(at)), area=area, role__in=roles_of("cases.dispatch")).exists():
            return area
    return None
