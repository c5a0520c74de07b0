"""One case at the desk: everything on it that this person may know, and what they may do with it now."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from liuchi.cases import actions, shapes, words
from liuchi.cases.actions.acting import target_of
from liuchi.cases.actions.undoing import may_undo
from liuchi.cases.alike import queries as alike
from liuchi.cases.alike import words as alike_words
from liuchi.cases.desk.bar import bar_of
from liuchi.cases.desk.figures import figures
from liuchi.cases.desk.forms import form_of, titles
from liuchi.cases.desk.proposal import propose
from liuchi.cases.joining import queries as joining
from liuchi.cases.masks import masked
from liuchi.cases.models import Case
from liuchi.cases.queries import lists
from liuchi.cases.queries.near import cases_near
from liuchi.cases.queries.offers import offered, to_answer
from liuchi.cases.queries.story import Event, standing, timeline
from liuchi.cases.queries.told import level_word
from liuchi.cases.seeing import clear_addresses
from liuchi.kernel import given
from liuchi.kernel.access import needs
from liuchi.kernel.context import of_request
from liuchi.kernel.journal.queries import story
from liuchi.kernel.links.actions import thread
from liuchi.kernel.media import queries as media
from liuchi.people.access import Actor

# Enter does the first of these that is possible.
# What stands beside the main turn as a button of its own.
BESIDE = {"dispatch": ("refuse",), "accept": ("give_back",), "check": ("rework",), "close": ("rework",)}
MAIN_TURNS = ("dispatch", "decide", "accept", "handle", "check", "close")


def visible_case(request: HttpRequest, case_id: UUID) -> Case:
    """The case, if this person may see it; otherwise there is none (404)."""
    case = (
        lists.visible(request.actor)  # type: ignore[attr-defined]
        .select_related("area", "matter", "condition", "unit", "record", "place", "reporter")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise Http404
    return case


@needs("cases.see")
@require_safe
def page(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case on a page of its own; to the inbox only what goes into its right side."""
    case = visible_case(request, case_id)
    return show(request, case)


def show(request: HttpRequest, case: Case, refusal: str = "", status: int = 200, **chosen: Any) -> HttpResponse:
    """The case as it is now. refusal: a sentence above the turns; chosen: matter, condition and unit picked so far."""
    partial = request.headers.get("HX-Request")
    context = context_of(request, case, **chosen) | {"refusal": refusal, "main_class": "case-page"}
    response = render(request, "cases/desk/_case.html" if partial else "cases/desk/case.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    response["Cache-Control"] = "no-store"
    return response


def _rest(case: Case) -> str:
    """What the headline leaves out; all of it where the headline is only the beginning of a long line."""
    said = case.masked.strip()
    line, _end, more = said.partition("\n")
    return more if words.headline(line) == line else said


def context_of(request: HttpRequest, case: Case, **chosen: Any) -> dict[str, Any]:
    """Everything the template shows."""
    answering = chosen.pop("answering", "")
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    files = media.of_record(case.pk) + (media.of_record(case.parent_id) if case.parent_id else [])
    rows = standing(story(case.pk))
    events = timeline(case, for_reporter=False, now=now, rows=rows)
    pieces = shapes.pieces(files, events, clear=clear_addresses(actor, case, files))
    shown = figures(actor, case, files, pieces)
    can = offered(case, actor, now)
    motions = to_answer(case, actor)
    main = "" if motions else main_turn(can, case)
    clock = words.clock(case, now)
    contact = actions.masked_contact(case) if actor.may("cases.contact", actions.contact_target(case)) else ""
    return {
        "case": case,
        "title": words.title(case),
        "rest": _rest(case),
        "state_word": words.state(case.state),
        "channel": words.channel(case.channel),
        "place_source": words.place_source(case),
        "grid": case.area.name if case.area else "",
        "left": clock["left_word"],
        "over": (clock["left_minutes"] or 0) < 0,
        "tone": clock["clock_tone"] or ("ok" if case.outcome == "done" else "plain"),
        "share": clock["used_share"],
        "pictures": [one for one in shown if one["by"] == "reporter"],
        "afterwards": [one for one in shown if one["by"] == "handler"],
        "rows": [_row(event) for event in events],
        "reply": masked(case.reply),
        "outcome": words.outcome(case.outcome),
        "can": can,
        "main": main,
        "proposal": propose(case, now, **chosen) if main == "dispatch" else None,
        "limit": words.limit(case.condition.limit_value, case.condition.limit_type) if case.condition else "",
        "unknown_days": words.unknown_days(case),
        "near": near(actor, case),
        "met_too": met_too(case),
        "thread": [(kind, other) for kind, other in _thread(actor, case)],
        "contact": contact,
        "motions": motions,
        "more": titles(
            [name for name in can if name not in (main, "file", *BESIDE.get(main, ()))], case, timezone.localdate()
        ),
        "refusal_form": form_of("refuse", case, timezone.localdate()) if "refuse" in can else None,
        "sent": {},
        "slip": may_undo(case, actor.person_id, now),
        "flags": flags(case),
        "bar": bar_of(case, rows, now),
        "unsupervise": bool(case.supervised_at) and "supervise" in can,
        "belongs": belongs(actor, case),
        "answering": answering,
    }


def _row(event: Event) -> dict[str, Any]:
    """One line of the timeline. What is waited for has no time yet: it stands under the word for now. Photos stand
    above, each once."""
    row = shapes.line(event, [])
    return row if row["when"] else row | {"when": row["who"], "who": ""}


def flags(case: Case) -> list[tuple[str, str]]:
    """What a person should know at a glance: (word, tone)."""
    told = []
    if case.supervised_at:
        told.append((_("Under supervision"), "bad"))
    if case.reopenings:
        told.append((_("Opened again"), "warn"))
    if case.returns:
        word = ngettext("Returned once", "Returned %(n)s times", case.returns) % {"n": case.returns}
        told.append((word, "warn"))
    if case.reworks:
        told.append((ngettext("Reworked once", "Reworked %(n)s times", case.reworks) % {"n": case.reworks}, "warn"))
    if case.urges:
        told.append((ngettext("Reminded once", "Reminded %(n)s times", case.urges) % {"n": case.urges}, "warn"))
    if case.level:
        told.append((level_word(case.level), "info"))
    if case.state == "closed" and case.in_time is False:
        told.append((_("Was late"), "bad"))
    return told


def belongs(actor: Actor, case: Case) -> list[dict[str, Any]]:
    """The request it is a part of or merged into, its own parts, and what is merged into it (one query)."""
    tied = Q(parent_id=case.pk) | Q(main_id=case.pk) | Q(pk__in=[pk for pk in (case.parent_id, case.main_id) if pk])
    found = lists.visible(actor).filter(tied).select_related("unit").order_by("number")[:30]
    return [
        {
            "case": one,
            "how": _("is a part of")
            if one.pk == case.parent_id
            else _("is merged into")
            if one.pk == case.main_id
            else (_("helps") if one.part == "co" else _("part"))
            if one.parent_id == case.pk
            else _("merged into this one"),
            "state": words.state(one.state),
        }
        for one in found
    ]


def main_turn(can: list[str], case: Case) -> str:
    """What Enter does: file and dispatch at once, accept, handle, check and close - or nothing."""
    possible = ["dispatch" if name == "file" else name for name in can]
    return next((name for name in MAIN_TURNS if name in possible), "")


def near(actor: Actor, case: Case) -> list[dict[str, Any]]:
    """Open cases that this person may see as well: those that may be the same with the reasons, then what else is close by
    (three queries)."""
    now = timezone.now()
    hints = alike.hints(case, now) if case.step_due else []
    close = cases_near(case.lon, case.lat, now, but=case.pk) if case.lon is not None and case.lat is not None else []
    known = {hint.case.pk for hint in hints}
    found = [(hint.case, alike_words.reasons(hint)) for hint in hints]
    found += [(one.case, "") for one in close if one.case.pk not in known]
    return [
        {"case": one, "title": words.title(one), "why": why}
        for one, why in found
        if actor.may("cases.see", target_of(one))
    ]


def met_too(case: Case) -> str:
    """That others met it, too; how many from five on, since fewer are not counted out."""
    joined = joining.how_many(case.pk)
    if not joined:
        return ""
    if joined < joining.FEWEST:
        return _("Others met it, too")
    return _("%(n)s others met it, too") % {"n": joined}


def _thread(actor: Actor, case: Case) -> list[tuple[str, Case]]:
    """The cases that this one is tied to, where both may be seen."""

    def may_see(record: Any) -> bool:
        return record.kind == "case"

    tied = [(kind, record.pk) for kind, record in thread(case.pk, may_see)]
    seen = {one.pk: one for one in lists.visible(actor).filter(pk__in=[pk for _kind, pk in tied])} if tied else {}
    names = {"same": _("The same matter"), "arose": _("Arose from it"), "about": _("About it")}
    return [(names.get(kind, kind), seen[pk]) for kind, pk in tied if pk in seen]


@needs("cases.dispatch")
@require_safe
def proposal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Matter, condition and unit after the person chose another of them: only that part of the page is drawn anew."""
    case = visible_case(request, case_id)
    context = context_of(request, case, **chosen_in(request.GET))
    if context["main"] != "dispatch":
        return show(request, case, _("This case has moved on in the meantime. Look at it again."), status=409)
    return render(request, "cases/desk/_chosen.html", context)


def chosen_in(sent: Any) -> dict[str, Any]:
    """What a form or an address says of matter, condition and unit; unreadable ids count as not chosen."""
    condition = sent.get("condition", "")
    return {
        "matter_id": as_id(sent.get("matter", "")),
        "condition_id": given.whole(condition),
        "unit_id": as_id(sent.get("unit", "")),
    }


def as_id(said: str) -> UUID | None:
    """A UUID, or None for what is none."""
    try:
        return UUID(said)
    except ValueError:
        return None


@needs("cases.contact")
@require_POST
def contact(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Shows the reporter's number; the look is in the journal before the number is on the screen."""
    case = visible_case(request, case_id)
    number = actions.show_contact(of_request(request, "desk"), case.pk)
    case.record.refresh_from_db()
    response = render(
        request,
        "cases/desk/_contact.html",
        {
            "case": case,
            "looked": True,
            "number": number,
            "grouped": _grouped(number),
            "behalf": actions.behalf_of(case),
        },
    )
    # The look made the case one version younger: what stands on the page is still what the person decides on.
    response["HX-Trigger"] = json.dumps({"case:version": {"id": case.pk.hex, "version": case.record.version}})
    response["Cache-Control"] = "no-store"
    return response


def _grouped(number: str) -> str:
    """138 0000 0000: as it is read out and dialled."""
    return f"{number[:3]} {number[3:7]} {number[7:]}" if len(number) == 11 and number.startswith("1") else number
