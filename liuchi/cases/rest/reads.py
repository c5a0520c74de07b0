"""Cases as a key may see them. What is kept in confidence no key sees."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from liuchi.cases import rules, shapes
from liuchi.cases.actions.contact import contact_target
from liuchi.cases.masks import masked
from liuchi.cases.models import Case
from liuchi.cases.queries.lists import visible
from liuchi.cases.rest.schemas import CasesWanted
from liuchi.kernel.context import CHINA
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import queries as media
from liuchi.people.tokens.access import TokenActor
from liuchi.territory.models import Area

WITH = ("area", "matter", "unit")


def seen_by(actor: TokenActor) -> QuerySet[Case]:
    """What the key may see: what its post may, and what came in by the key itself."""
    own = Q(source=actor.token.source) if actor.may("cases.report") else Q(pk__in=[])
    reach = actor.q("cases.see", area="area__first", units=("unit_id",))
    return Case.objects.filter(reach | own, record__secrecy=0)


def one_of(actor: TokenActor, case_id: UUID) -> Case:
    """One case. Raises Refused (404) for what the key may not see."""
    case = seen_by(actor).select_related(*WITH).filter(pk=case_id).first()
    if case is None:
        raise Refused("not_found", _("There is no such case."), status=404)
    return case


def page_of(actor: TokenActor, wanted: CasesWanted) -> tuple[list[Case], bool]:
    """What the post may see, the latest to arrive first, and whether there is more (one query)."""
    cases = visible(actor).filter(record__secrecy=0)
    if wanted.state:
        cases = cases.filter(state__in=[one for one in wanted.state.split(",") if one in rules.STATES])
    if wanted.matter:
        cases = cases.filter(matter__code=plain(wanted.matter))
    if wanted.area:
        within = Area.objects.filter(code=plain(wanted.area), valid_to=None)
        cases = cases.filter(area__first__gte=within.values("first")[:1], area__first__lte=within.values("last")[:1])
    if wanted.since:
        cases = cases.filter(reported_at__gte=moment(wanted.since, "since"))
    if wanted.until:
        cases = cases.filter(reported_at__lt=moment(wanted.until, "until"))
    if wanted.cursor:
        cases = cases.filter(pk__lt=wanted.cursor)
    found = list(cases.select_related(*WITH).order_by("-pk")[: wanted.limit + 1])
    return found[: wanted.limit], len(found) > wanted.limit


def moment(said: datetime, field: str) -> datetime:
    """A time that names its zone, or is of this place. Raises Refused for one that no calendar here has."""
    try:
        at = said if said.tzinfo else said.replace(tzinfo=CHINA)
        at = at.astimezone(UTC)
    except OverflowError:
        at = datetime.min.replace(tzinfo=UTC)
    if not 1900 < at.year < 2200:
        raise Refused("time", _("This time can't be read. It looks like 2026-11-22T09:30:00+08:00"), field=field)
    return at


def plain(text: str) -> str:
    """A NUL says nothing, and PostgreSQL takes none."""
    return text.replace("\x00", "")


def shape(case: Case) -> dict[str, Any]:
    """A case without anybody's name or number."""
    return {
        "id": case.pk,
        "number": case.number,
        "state": case.state,
        "outcome": case.outcome or None,
        "channel": case.channel,
        "text": case.masked,
        "reply": masked(case.reply) or None,
        "matter": {"code": case.matter.code, "name": case.matter.label} if case.matter else None,
        "area": {"code": case.area.code, "name": case.area.name} if case.area else None,
        "unit": {"id": case.unit.pk, "name": case.unit.name} if case.unit else None,
        "place": case.place_words,
        "lon": case.lon,
        "lat": case.lat,
        "reported_at": case.reported_at,
        "due_at": case.due_at,
        "updated_at": updated_at(case),
        "closed_at": case.closed_at,
    }


def detail(request: HttpRequest, actor: TokenActor, case: Case) -> dict[str, Any]:
    """With photos and what the key may do."""
    photos = [one for one in media.of_record(case.pk) if one.kind == "photo" and one.shown]
    turns = [name for name in shapes.can(case, actor, for_reporter=False) if name in ("accept", "handle")]
    return shape(case) | {
        "photos": [address(request, media.url(one, "shown", True)) for one in photos],
        "can": turns + (["contact"] if actor.may("cases.contact", contact_target(case)) else []),
    }


def updated_at(case: Case) -> datetime:
    """When something of it last changed for whoever looks from outside."""
    times = (
        case.reported_at, case.filed_at, case.dispatched_at, case.accepted_at, case.handled_at, case.checked_at,
        case.closed_at,
    )  # fmt: skip
    return max(at for at in times if at)


def address(request: HttpRequest, path: str) -> str:
    """A whole address, as the house is reached from outside."""
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
