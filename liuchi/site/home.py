"""The phone's first page in one answer: what is near, what is on, what one was thanked with and appointed to.

Each app says its own part; what they are put together to stands here, because only the site knows them all.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from ninja import Router

from liuchi.admissions import home as admissions
from liuchi.duties import queries as duties
from liuchi.people.models import Role
from liuchi.people.registers.queries import own as registers
from liuchi.places import api as places
from liuchi.places.words import day_head
from liuchi.points import home as points
from liuchi.points.templatetags.points import last_day
from liuchi.publications import home as publications
from liuchi.site.opened import opened

router = Router(tags=["home"])
TILES = 4


@router.post("/home")
def home(request: HttpRequest, standing: places.Standing) -> dict[str, Any]:
    """`{station, tiles: [{small, title, url}], points, appointments, correct, shift, doors}` for whoever asks; where somebody
    stands (`standing`, WGS-84 degrees, may be left out) is used for the nearest station and forgotten."""
    actor, there = request.actor, opened()  # type: ignore[attr-defined]
    near = places.home(standing)
    learning = publications.home(actor)
    held = admissions.home(actor)
    thanks = points.home(actor)
    roster = duties.home(actor.person_id, timezone.now())
    return {
        "station": near["nearest"],
        "tiles": (_today(near["today"]) + _lecture(learning["lecture"]) + _lessons(learning["lessons"]))[:TILES],
        "points": {**thanks, "codes": [{**code, "until": last_day(code["until"])} for code in thanks["codes"]]},
        "appointments": [{**one, "until": _day(one["until"])} for one in held["appointments"]],
        "correct": {"count": held["open"], "url": held["url"]} if held["open"] else None,
        "shift": roster["next"][0] if roster["next"] else None,
        "doors": [
            *_registers(actor),
            *(
                {"icon": icon, "title": title, "url": url}
                for room, icon, title, url in (
                    ("services", "book", _("Services for riders"), "/services"),
                    ("lessons", "play", pgettext("door", "Short lessons"), learning["url"]),
                    ("duties", "heart", _("Lend a hand"), roster["url"]),
                    ("programmes", "badge", pgettext("door", "Apply"), held["url"]),
                    ("rooms", "door", pgettext("door", "Rooms"), "/rooms"),
                    ("counter", "window", pgettext("door", "Counter"), "/counter"),
                )
                if room in there
            ),
        ],
    }


def _registers(actor: Any) -> list[dict[str, str]]:
    """What a rider may still join stands on the rider's own page until it is done; on "Me" everybody has it."""
    return registers.not_yet(actor) if any(post.role == Role.RIDER for post in actor.posts) else []


def _today(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"small": f"{one['when']} · {one['where']}", "title": one["title"], "url": one["url"]} for one in events[:2]
    ]


def _lecture(one: dict[str, Any] | None) -> list[dict[str, Any]]:
    return [{"small": _moment(one["when"]), "title": one["title"], "url": one["url"]}] if one else []


def _lessons(offered: list[dict[str, Any]]) -> list[dict[str, Any]]:
    small = _("A lesson of %(minutes)s minutes")
    return [{"small": small % {"minutes": one["minutes"]}, "title": one["title"], "url": one["url"]} for one in offered]


def _moment(at: datetime) -> str:
    """今天 15:00, 周二 15:00: as the events beside it are told."""
    local = timezone.localtime(at)
    return f"{day_head(local.date(), timezone.localdate())} {local.hour}:{local.minute:02}"


def _day(day: str | None) -> str | None:
    return formats.date_format(date.fromisoformat(day), "DATE_FORMAT") if day else None
