"""What is read: services from the catalogue, requests as the public or a key may see them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from liuchi.cases import rules as cases
from liuchi.cases import words
from liuchi.cases.catalogue import queries as catalogue
from liuchi.cases.joining.rules import NOT_A_PLACE
from liuchi.cases.models import Case, FilingCondition
from liuchi.cases.open311 import rules
from liuchi.cases.public.rules import spot
from liuchi.cases.rest import reads
from liuchi.kernel.context import CHINA
from liuchi.kernel.media import queries as media
from liuchi.kernel.media.models import Media
from liuchi.people.access import Actor
from liuchi.people.tokens.access import TokenActor
from liuchi.territory import queries as territory

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
WITH = ("area__parent", "matter", "unit")


def discovery(request: HttpRequest) -> dict[str, Any]:
    """Where the interface is, in which formats, and how to get a key."""
    newest = FilingCondition.objects.aggregate(at=Max("valid_from"))["at"]
    changed = f"{(newest or timezone.now()).astimezone(CHINA):%Y-%m-%d %H:%M}"
    about = reads.address(request, "/developers")
    return {
        "changeset": changed,
        "contact": about,
        "key_service": _("Ask the administrator of this office for a key: %(address)s") % {"address": about},
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": reads.address(request, "/open311/v2"),
                "changeset": changed,
                "type": "production",
                "formats": list(rules.FORMATS.values()),
            }
        ],
    }


def services() -> list[dict[str, Any]]:
    """Every matter of the catalogue (4 queries)."""
    return [
        {
            "service_code": entry.matter.code,
            "service_name": entry.matter.label,
            "description": "；".join(each.label for each in entry.conditions) or entry.matter.label,
            "metadata": len(entry.conditions) > 1,
            "type": "realtime",
            "keywords": ", ".join(part for part in (entry.matter.name, entry.matter.name_en) if part),
            "group": entry.matter.major_label,
        }
        for entry in catalogue.entries(timezone.now())
    ]


def entry_of(code: str) -> catalogue.Entry | None:
    """One matter with its conditions."""
    found = catalogue.entries(timezone.now(), code=code) if code else []
    return found[0] if found else None


def definition(entry: catalogue.Entry) -> dict[str, Any]:
    """Where a matter has several filing conditions, which of them it is; nobody has to know."""
    attributes = [
        {
            "variable": True,
            "code": "condition",
            "datatype": "singlevaluelist",
            "required": False,
            "datatype_description": None,
            "order": 1,
            "description": _("Which of these is it?"),
            "values": [{"key": str(each.pk), "name": each.label} for each in entry.conditions],
        }
    ]
    return {"service_code": entry.matter.code, "attributes": attributes if len(entry.conditions) > 1 else []}


def seen_by(actor: Actor) -> QuerySet[Case]:
    """What the public may read: matters of public places once they are known, nothing in confidence, nothing that was taken
    back; with a key also what that may see."""
    public = Q(matter__isnull=False, parent=None) & ~Q(state__in=("withdrawn", "approval"))
    public &= ~Q(matter__code__in=NOT_A_PLACE)
    for major in rules.PRIVATE_MAJORS:
        public &= ~Q(matter__code__startswith=major)
    if isinstance(actor, TokenActor):
        public |= _of_key(actor)
    return Case.objects.filter(public, record__secrecy=0)


def _of_key(actor: TokenActor) -> Q:
    own = Q(source=actor.token.source) if actor.may("cases.report") else Q(pk__in=[])
    return own | actor.q("cases.see", area="area__first", units=("unit_id",))


def by_status(found: QuerySet[Case], wanted: list[str]) -> QuerySet[Case]:
    """open, closed or both."""
    if len(wanted) == len(rules.STATUSES):
        return found
    states = cases.OPEN if "open" in wanted else set(cases.STATES) - cases.OPEN
    return found.filter(state__in=states)


def shapes(request: HttpRequest, found: list[Case]) -> list[dict[str, Any]]:
    """Requests as the specification names their parts (2 queries more where a key brings photos)."""
    actor = request.actor  # type: ignore[attr-defined]
    open_to = _within(actor, found)
    photos = media.of_records(open_to) if open_to else {}
    return [_shape(request, case, photos.get(case.pk, []), whole=case.pk in open_to) for case in found]


def _within(actor: Actor, found: list[Case]) -> set[Any]:
    """Those whose words and photos this key may see."""
    if not isinstance(actor, TokenActor) or not found:
        return set()
    ids = [case.pk for case in found]
    return set(Case.objects.filter(_of_key(actor), pk__in=ids).values_list("pk", flat=True))


def _shape(request: HttpRequest, case: Case, files: list[Media], *, whole: bool) -> dict[str, Any]:
    closed = case.state not in cases.OPEN
    shown = next((one for one in files if one.kind == "photo" and one.shown), None)
    lon, lat = case.lon, case.lat
    if lon is not None and lat is not None and not whole:
        lon, lat = spot(lon, lat)
    return {
        "service_request_id": case.number,
        "status": "closed" if closed else "open",
        "status_notes": words.state_for_reporter(case)[0],
        "service_name": case.matter.label if case.matter else None,
        "service_code": case.matter.code if case.matter else "",
        "description": case.masked[:4000] if whole else None,
        "agency_responsible": case.unit.name if case.unit else None,
        "service_notice": None,
        "requested_datetime": _said(case.reported_at),
        "updated_datetime": _said(case.closed_at if closed and case.closed_at else reads.updated_at(case)),
        "expected_datetime": _said(case.due_at),
        "address": (case.place_words if whole else "") or _area(case),
        "address_id": case.area.code if case.area else None,
        "zipcode": None,
        "lat": lat,
        "long": lon,
        "media_url": reads.address(request, media.url(shown, "shown", True)) if shown else None,
    }


def _area(case: Case) -> str | None:
    """槐荫社区第七网格: near enough to know where, and no door."""
    if not case.area:
        return None
    above = case.area.parent.name if case.area.parent and case.area.level == "grid" else ""
    return above + case.area.name


def _said(at: datetime | None) -> str | None:
    return at.astimezone(CHINA).isoformat(timespec="seconds") if at else None


def is_ours(request: HttpRequest, jurisdiction: str) -> bool:
    """Whether a jurisdiction is this one: the code of its area, or the name under which it is reached."""
    home = territory.root()
    names = {request.get_host().partition(":")[0], home.code if home else ""}
    names.add(settings.PUBLIC_URL.rpartition("/")[2].partition(":")[0])
    return jurisdiction.removeprefix("www.") in names - {""}
