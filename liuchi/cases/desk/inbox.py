"""The inbox: a list beside a map beside the case that is open. The server sends the list; cases are fetched one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from liuchi.cases import words
from liuchi.cases.desk import address
from liuchi.cases.desk.rows import lines
from liuchi.cases.models import Matter
from liuchi.cases.queries import lists
from liuchi.cases.queries.lists import Filter
from liuchi.kernel.access import needs
from liuchi.kernel.outbox.actions import happened_at
from liuchi.people.access import Actor
from liuchi.people.models import Organisation
from liuchi.territory import queries as territory
from liuchi.territory.models import Area


@needs("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    """The page, or only its list where the page asks for that (at most 12 queries). Words to search for are sent (POST) to
    the address of the filter; they lead to an address in which they can't be read."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    tabs = lists.tabs_of(actor)
    wanted = address.read(request.GET, tabs)
    part = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    if request.method == "POST":
        wanted = replace(wanted, words=address.words_of(request.POST.get("q", "")), page=1)
        if not part:
            return redirect(request.path + address.write(wanted))
    found = lists.inbox(actor, wanted, now)
    counts = lists.counts(actor, wanted, now)
    shown = lines(found.cases, now)
    context = {
        "lines": shown,
        "more": found.more,
        "wanted": wanted,
        "query": address.write(wanted),
        "tabs": _tabs(wanted, tabs, counts),
        "active": _active(wanted),
        "earlier": address.write(wanted, page=wanted.page - 1 if wanted.page > 2 else None),
        "later": address.write(wanted, page=wanted.page + 1),
        "other_order": address.write(wanted, order="newest" if wanted.order == "left" else None, page=None),
        "without_filter": address.write(Filter(tab=wanted.tab)),
        "since": now.isoformat(),
        "newest": max((case.pk.hex for case in found.cases), default="0" * 32),
        "open": request.GET.get("case", ""),
    }
    if part:
        response = render(request, "cases/desk/_list.html", context)
    else:
        response = render(request, "cases/desk/inbox.html", context | _page(request, wanted))
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "no-store"  # the list is of this minute, also when one comes back to it
    return response


def _page(request: HttpRequest, wanted: Filter) -> dict[str, Any]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    root = territory.root()
    return {
        "root": root,
        "elsewise": address.write(replace(wanted, words="", page=1)),
        "may_take": actor.may("cases.take"),
        "fixed": True,
        "main_class": "bare",
    }


@needs("cases.see")
@require_safe
def pulse(request: HttpRequest) -> JsonResponse:
    """What changed since the list was drawn: counts, how many are new, which of the cases on the screen are gone.

    ``?<filter>&since=<iso>&newest=<hex>&ids=<hex,hex>`` (at most 11 queries). The page asks every 15 seconds.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    tabs = lists.tabs_of(actor)
    wanted = replace(address.read(request.GET, tabs), page=1)
    since = happened_at(request.GET.get("since"), now)
    ids = [one for one in map(_id, request.GET.get("ids", "").split(",")[: lists.PAGE]) if one]
    gone = set(ids) - lists.still_there(actor, wanted, ids, now) if ids else set()
    new = lists.arrived(actor, wanted, since, _id(request.GET.get("newest", "")), now)
    return JsonResponse(
        {
            "counts": {tab: _told(count) for tab, count in lists.counts(actor, wanted, now).items()},
            "new": ngettext("%(n)s new", "%(n)s new", new) % {"n": new} if new else "",
            "gone": sorted(one.hex for one in gone),
        }
    )


@needs("cases.see")
@require_safe
def filters(request: HttpRequest) -> HttpResponse:
    """The form of the filter, fetched when it is opened: areas one level at a time, units, matters in use, channels."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted = address.read(request.GET, lists.tabs_of(actor))
    seen = lists.visible(actor).order_by()
    used = seen.exclude(matter=None).values("matter")
    units = seen.exclude(unit=None).values("unit")
    channels = sorted(seen.values_list("channel", flat=True).distinct())
    context = {
        "wanted": wanted,
        "areas": [(area, "\u2003" * depth) for area, depth in _areas(actor, wanted)],
        "units": Organisation.objects.filter(pk__in=units).order_by("name"),
        "matters": Matter.objects.filter(pk__in=used).order_by("code"),
        "channels": [(name, words.channel(name)) for name in channels],
        "box": ",".join(map(str, wanted.box)) if wanted.box else "",
    }
    return render(request, "cases/desk/_filters.html", context)


def _tabs(wanted: Filter, tabs: tuple[str, ...], counts: dict[str, int]) -> list[dict[str, Any]]:
    names = {
        "todo": _("To dispatch"),
        "asked": _("To answer"),
        "working": _("In work"),
        "to_accept": _("To accept"),
        "doing": _("Our work"),
        "to_check": _("To check"),
        "soon": _("Running out"),
        "ended": _("Finished"),
    }
    return [
        {
            "key": tab,
            "label": names[tab],
            "count": _told(counts[tab]) if tab in counts else "",
            "bad": tab == "soon" and counts.get(tab, 0) > 0,
            "here": tab == wanted.tab,
            "number": number,
            "url": address.write(wanted, tab=tab, page=None),
        }
        for number, tab in enumerate(tabs, 1)
        if tab != "asked" or counts.get(tab) or tab == wanted.tab  # mostly nobody asks for anything
    ]


def _told(count: int) -> str:
    return f"{count:,}+" if count >= lists.COUNT_CAP else str(count)


def _active(wanted: Filter) -> list[dict[str, str]]:
    """The filters in force as chips, each with the address without it."""
    chips = []
    if wanted.area and (area := Area.objects.filter(pk=wanted.area).first()):
        chips.append({"label": area.name, "url": address.write(wanted, area=None, page=None)})
    if wanted.unit and (unit := Organisation.objects.filter(pk=wanted.unit).first()):
        chips.append({"label": unit.name, "url": address.write(wanted, unit=None, page=None)})
    if wanted.matter and (matter := Matter.objects.filter(pk=wanted.matter).first()):
        chips.append({"label": matter.label, "url": address.write(wanted, matter=None, page=None)})
    if wanted.channel:
        chips.append({"label": words.channel(wanted.channel), "url": address.write(wanted, channel=None, page=None)})
    if wanted.words:
        label = _("“%(words)s”") % {"words": wanted.words}
        chips.append({"label": label, "url": address.write(wanted, q=None, page=None)})
    if wanted.box:
        chips.append({"label": _("What the map shows"), "url": address.write(wanted, box=None, page=None)})
    return chips


def _areas(actor: Actor, wanted: Filter) -> list[tuple[Area, int]]:
    """The tree to choose from: the areas above the chosen one that the person may see, itself, and those right below;
    each with its depth. So it stays short in a county as well."""
    chosen = Area.objects.filter(pk=wanted.area).first() if wanted.area else None
    scope = actor.scope("cases.see")
    tops = [
        one
        for one in (Area.objects.filter(first=first, last=last, valid_to=None).first() for first, last in scope.areas)
        if one
    ]
    tops = tops or [one for one in (territory.root(),) if one]
    if chosen is None or not any(top.first <= chosen.first <= top.last for top in tops):
        chosen = tops[0] if tops else None
    told: list[tuple[Area, int]] = []
    for top in tops:
        told.append((top, 0))
        if chosen and top.first <= chosen.first <= top.last:
            above = Area.objects.filter(
                first__gt=top.first - 1, first__lte=chosen.first, last__gte=chosen.last, valid_to=None
            )
            path = [area for area in above.order_by("first", "-last") if area.pk != top.pk and area.last <= top.last]
            told += [(area, depth) for depth, area in enumerate(path, 1)]
            below = Area.objects.filter(parent=chosen, valid_to=None).order_by("first")
            told += [(area, len(path) + 1) for area in below[:200]]
    return told


def _id(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
