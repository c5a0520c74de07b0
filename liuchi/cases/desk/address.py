"""The inbox's filter as a part of the page's address, so that a link shows the same to the next person.
Words that were typed stand in it encrypted (`kernel.typed`)."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from liuchi.cases.queries.lists import ORDERS, Filter
from liuchi.cases.rules import CHANNELS
from liuchi.kernel import geo, given, typed

LONGEST_WORDS = 100
LAST_PAGE = 200


def read(query: QueryDict, tabs: Collection[str]) -> Filter:
    """What an address asks for; what can't be read in it is left out, because old links should still open."""
    tab = query.get("tab", "")
    channel = query.get("channel", "")
    order = query.get("order", "")
    area, page = _whole(query.get("area")), _whole(query.get("page"))
    return Filter(
        tab=tab if tab in tabs else next(iter(tabs)),
        order=order if order in ORDERS else "left",
        area=area,
        unit=_id(query.get("unit")),
        matter=_id(query.get("matter")),
        channel=channel if channel in CHANNELS else "",
        words=words_of(typed.uncovered(query.get("q", ""), "inbox")),
        box=_box(query.get("box", "")),
        page=min(max(page or 1, 1), LAST_PAGE),
    )


def words_of(said: str) -> str:
    """What somebody typed, as it is looked for."""
    return said.strip()[:LONGEST_WORDS]


def write(wanted: Filter, **changes: object) -> str:
    """``?tab=todo&area=12``: the shortest address of a filter; changes replace parts of it, None leaves one out."""
    parts: dict[str, object] = {
        "tab": wanted.tab,
        "order": wanted.order if wanted.order != "left" else None,
        "area": wanted.area,
        "unit": wanted.unit,
        "matter": wanted.matter,
        "channel": wanted.channel,
        "q": typed.covered(wanted.words, "inbox"),
        "box": ",".join(f"{edge:.5f}" for edge in wanted.box) if wanted.box else None,
        "page": wanted.page if wanted.page > 1 else None,
    }
    return "?" + urlencode({name: value for name, value in (parts | changes).items() if value})


def _whole(said: str | None) -> int | None:
    return given.whole(said)


def _id(said: str | None) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        return None


def _box(said: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = (float(edge) for edge in said.split(","))
    except ValueError:
        return None
    if not (geo.is_position(west, south) and geo.is_position(east, north)):
        return None
    return (west, south, east, north) if west < east and south < north else None
