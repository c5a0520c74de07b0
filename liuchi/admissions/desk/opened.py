"""One application as the desk reads it: the answers, what was asked for when it was returned, what a yes would bring."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.admissions import queries, rules, words
from liuchi.admissions.actions.acting import answers_of, is_vacant, may_decide, returned_with
from liuchi.admissions.actions.admitting import places_left
from liuchi.admissions.actions.applying import lessons_of
from liuchi.admissions.models import Admission, Application
from liuchi.kernel.journal.models import Row
from liuchi.kernel.media import queries as media
from liuchi.kernel.worktime import queries as worktime
from liuchi.kernel.worktime import rules as clocks
from liuchi.people.models import Post
from liuchi.people.registers.trades import BUSINESSES
from liuchi.people.rules import local_day

STORY = {
    "application.sent": gettext_lazy("Sent"),
    "application.corrected": gettext_lazy("Corrected and sent again"),
    "application.passed": gettext_lazy("One check done"),
    "application.returned": gettext_lazy("Returned to be corrected"),
    "application.refused": gettext_lazy("Not approved"),
    "application.approved": gettext_lazy("Approved"),
    "application.appealed": gettext_lazy("Appeal"),
    "application.upheld": gettext_lazy("The appeal did not change it"),
    "application.overturned": gettext_lazy("Approved after the appeal"),
    "application.moved_up": gettext_lazy("Moved up from the waiting list"),
    "application.lapsed": gettext_lazy("Place on the waiting list ended"),
    "application.cancelled": gettext_lazy("Taken back"),
}


def left(one: Application) -> dict[str, Any] | None:
    """What is left of the time of this step, in words and as a share."""
    if one.due_at is None or one.sent_at is None:
        return None
    now = timezone.now()
    if now >= one.due_at:
        return {"word": _("overdue"), "share": 1.0, "tone": "bad"}
    minutes = clocks.elapsed(now, one.due_at, "work_day", worktime.current())
    days = round(minutes / 480, 1)
    said = _("%(n)s working days left") % {"n": f"{days:g}"}
    return {
        "word": said,
        "share": max(0.0, 1 - days / 5),
        "tone": "bad" if days < 0.5 else "warn" if days < 1.5 else "ok",
    }


def opened(request: HttpRequest, one: Application) -> dict[str, Any]:
    """All that the page shows of an application, and what somebody may do with it now (at most 9 queries)."""
    said, answers, back = one.version.definition, answers_of(one), returned_with(one)
    if one.state == "returned" and back:
        answers = back["answers"]  # what is being written now is the applicant's own until it is sent
    may = may_decide(request.actor, one) is not None
    word, tone = words.state(one)
    checks = said.checks
    last = one.step >= len(checks) - 1
    earlier = Application.objects.filter(programme=one.programme, person=one.person).exclude(
        Q(pk=one.pk) | Q(state="draft")
    )
    turns = {name for name in rules.TURNS if may and rules.may_turn(name, one.state, last_step=last)}
    return {
        "word": word,
        "tone": tone,
        "corrected": compared(said, back, answers) if one.state != "returned" else None,
        "yes": _yes(one, turns),
        "holder": words.holder(one),
        "shop_trade": BUSINESSES.get(one.shop["trade"], "") if one.shop_name else "",
        "alike": queries.alike(request.actor, one),
        "stops": words.stops(one),
        "answers": [
            {
                "field": field,
                "said": words.shown_answer(field, answers.get(field.key)),
                "spot": rules.spot_of(answers.get(field.key)),
                "phone": field.kind == "phone" and field.key in answers,
                "photos": _photos(one, answers.get(field.key, [])) if field.kind == "photo" else None,
                "mark": one.marks.get(field.key, ""),
            }
            for field in said.fields
        ],
        "lessons": lessons_of(said, one.person_id),
        "look": checks[one.step].look if one.state in ("sent", "checking") and one.step < len(checks) else "",
        "step": (one.step + 1, len(checks)),
        "whose": words.role(one.role) if one.role else "",
        "may_decide": may,
        "vacant": bool(one.role) and not may and is_vacant(one, timezone.now()),
        "may_hire": request.actor.may("people.edit"),
        "turns": turns,
        "rows": [
            {"when": timezone.localtime(row.at).strftime("%m-%d %H:%M"), "words": _story(row)}
            for row in Row.objects.filter(record_id=one.pk, verb__in=STORY).order_by("version")
        ],
        "earlier": list(earlier.order_by("-begun_at")[:5]),
        "held": Admission.objects.filter(application=one).first() if one.state == "admitted" else None,
        "left": left(one),
    }


def compared(said: rules.Definition, back: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any] | None:
    """What came back after it was returned: each mark with what stood there and what stands there now, and which other
    answers changed. A phone number is not told here, only whether it is another. None if it never was returned."""
    if not back:
        return None
    marks, before = back["marks"], back["answers"]

    def line(field: rules.Field) -> dict[str, Any]:
        old, new = before.get(field.key), answers.get(field.key)
        then, now = (words.told_apart(field, part, old) for part in (old, new))
        return {"label": field.label, "mark": marks.get(field.key, ""), "then": then, "now": now, "same": old == new}

    lines = [line(field) for field in said.fields]
    return {
        "marked": [one for one in lines if one["mark"]],
        "others": [one for one in lines if not one["mark"] and not one["same"]],
    }


def _yes(one: Application, turns: set[str]) -> dict[str, Any] | None:
    """What a yes would bring, line by line, told before it is given; None for who has none to give."""
    turn = next((name for name in ("pass", "approve", "overturn") if name in turns), None)
    if turn is None:
        return None
    said = one.version.definition
    if turn == "pass":
        check = said.checks[one.step + 1]
        whose = words.role(check.role)
        return {"turn": turn, "lines": [("forward", _("Next, %(who)s looks at it.") % {"who": whose}), *_look(check)]}
    if places_left(one.programme) == 0:
        full = _("All places are taken: it goes on the waiting list and moves up when one gets free.")
        return {"turn": turn, "lines": [("clock", full), *_told(one)]}
    begins = local_day(timezone.now())
    held = {"holder": words.holder(one), "title": one.title, "term": words.term(begins, said.last_day(begins))}
    lines = []
    if one.shop_name and not one.business_id:
        shop = {"shop": one.shop_name, "name": one.person}
        lines = [("building", _("%(shop)s is entered into the register, with %(name)s as its keeper.") % shop)]
    lines.append(("badge", _("%(holder)s: “%(title)s”, %(term)s.") % held))
    if said.letter_heading:
        lines.append(
            ("print", _("“%(heading)s” gets its number and can be printed.") % {"heading": said.letter_heading})
        )
    lines += [("plus", _("This is made as well: %(what)s.") % {"what": words.give(give.kind)}) for give in said.gives]
    return {"turn": turn, "lines": lines + _told(one), "last": True}


def _look(check: rules.Check) -> list[tuple[str, str]]:
    return [("search", check.look)] if check.look else []


def _told(one: Application) -> list[tuple[str, str]]:
    return [("bell", _("%(name)s is told at once.") % {"name": one.person})]


def _story(row: Row) -> str:
    """What happened; where a deputy decided, for whom."""
    said = str(STORY[row.verb])
    acted = row.side("actor") if row.facts.get("stood_in") else None
    held = Post.objects.filter(pk=acted["post"]).select_related("person").first() if acted and acted["post"] else None
    return f"{said} · " + _("a deputy stood in for %(name)s") % {"name": held.person} if held else said


def _photos(one: Application, keys: list[str]) -> list[dict[str, Any]]:
    there = {str(piece.key): piece for piece in media.of_record(one.pk)} if keys else {}
    return [
        {"url": media.url(there[key], "shown"), "thumb": media.url(there[key], "thumb"), "kind": "photo", "word": ""}
        for key in keys
        if key in there and there[key].thumb
    ]
