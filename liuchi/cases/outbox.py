"""What the phone's outbox may deliver for cases. Each handler only reads the form and calls the action."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from liuchi.cases import actions, words
from liuchi.cases.models import Case
from liuchi.kernel import given
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox import actions as outbox
from liuchi.people.acting import acting

Body = dict[str, Any]


def register_all() -> None:
    """Called when the program starts."""
    outbox.register("case.report", report, per_minute=settings.REPORTS_PER_MINUTE)
    outbox.register("case.add", add, per_minute=30)
    outbox.register("case.withdraw", withdraw, per_minute=30)
    outbox.register("case.rate", rate, per_minute=30)
    outbox.register("case.cover", cover, per_minute=30)
    outbox.register("case.accept", accept, per_minute=120)
    outbox.register("case.handle", handle, per_minute=120)
    for verb, turn in TURNS.items():
        outbox.register(f"case.{verb}", turn, per_minute=60)


def report(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.report`` -> number, receipt, url, id, how many alike are open close by."""
    if body.get("visit") is True:  # heard on the doorstep: the request is theirs who said it, not the visitor's
        ctx = replace(acting(ctx, "cases.visit"), channel="visit")
    taken = actions.report(
        ctx,
        actions.Said(
            text=text_in(body, "text"),
            lon=_number(body, "lon"),
            lat=_number(body, "lat"),
            accuracy=_number(body, "accuracy"),
            place_source=text_in(body, "place_source") or "none",
            place_id=_id(body, "place_id"),
            place_words=text_in(body, "place_text", "place"),
            phone=text_in(body, "phone"),
            behalf=text_in(body, "behalf"),
            matter_id=_id(body, "matter"),
            media=media,
        ),
    )
    return told(taken)


def told(taken: actions.Taken) -> Body:
    """What the phone is told of a report."""
    case = taken.case
    return {
        "id": str(case.pk),
        "number": case.number,
        "receipt": taken.receipt,
        "url": f"/r/{taken.receipt}",
        "near": len(taken.near),
    }


def add(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.add``"""
    case_id, by_receipt = _whose(body)
    return _now(actions.add(ctx, case_id, text_in(body, "text"), by_receipt=by_receipt))


def withdraw(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.withdraw``"""
    case_id, by_receipt = _whose(body)
    return _now(actions.withdraw(ctx, case_id, text_in(body, "text"), by_receipt=by_receipt))


def rate(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.rate``"""
    case_id, by_receipt = _whose(body)
    return _now(actions.rate(ctx, case_id, body.get("stars"), text_in(body, "text"), by_receipt=by_receipt))  # type: ignore[arg-type]


def cover(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.cover``: the reporter covers more of a photo that was sent."""
    case_id, by_receipt = _whose(body)
    photo = _id(body, "photo")
    if photo is None:
        raise _unreadable("photo")
    return _now(actions.cover_own(ctx, case_id, photo, body.get("covers"), by_receipt=by_receipt))


def accept(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.accept``"""
    return _now(actions.accept(ctx, case_in(body)))


def handle(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.handle``; outcome ``cannot`` is an older phone's word for not_done."""
    outcome = {"cannot": "not_done", "": "done"}.get(text_in(body, "outcome"), text_in(body, "outcome"))
    return _now(actions.handle(ctx, case_in(body), text_in(body, "text"), outcome, media))


def urge(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.urge``: who reported it asks how it stands."""
    case_id, by_receipt = _whose(body)
    return _now(actions.urge(ctx, case_id, text_in(body, "text"), by_receipt=by_receipt))


def reopen(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.reopen``: who reported it says that it is not right."""
    case_id, by_receipt = _whose(body)
    return _now(actions.reopen(ctx, case_id, text_in(body, "text"), by_receipt=by_receipt))


def give_back(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.give_back``"""
    return _now(actions.give_back(ctx, case_in(body), text_in(body, "text")))


def ask_extension(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.ask_extension``: value in the hours or days of the limit."""
    return _now(actions.ask_extension(ctx, case_in(body), _number(body, "value") or 0, text_in(body, "text")).case)


def ask_suspension(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.ask_suspension``: until a day, ``2026-12-01``."""
    until = given.day(text_in(body, "until"))
    if until is None:
        raise Refused("until", _("Choose a day after today and within a year."), field="until")
    return _now(actions.ask_suspension(ctx, case_in(body), until, text_in(body, "text")).case)


def resume(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.resume``"""
    return _now(actions.resume(ctx, case_in(body)))


def escalate(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.escalate``"""
    return _now(actions.escalate(ctx, case_in(body), text_in(body, "text")))


TURNS = {
    "urge": urge,
    "reopen": reopen,
    "give_back": give_back,
    "ask_extension": ask_extension,
    "ask_suspension": ask_suspension,
    "resume": resume,
    "escalate": escalate,
}


def _now(case: Case) -> Body:
    return {"case": str(case.pk), "state": case.state, "state_word": words.state(case.state)}


def _whose(body: Body) -> tuple[UUID, bool]:
    if body.get("receipt"):
        return actions.case_of_receipt(text_in(body, "receipt")), True
    return case_in(body), False


def case_in(body: Body) -> UUID:
    """The case that the form names. Raises Refused."""
    found = _id(body, "case")
    if found is None:
        raise _unreadable("case")
    return found


def text_in(body: Body, name: str, field: str | None = None) -> str:
    """A text of the form, empty where there is none. Raises Refused for what is no text."""
    said = body.get(name)
    if said is None:
        return ""
    if not isinstance(said, str):
        raise _unreadable(field or name)
    try:
        said.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, cut by a broken keyboard
        said = said.encode(errors="ignore").decode()
    return said


def _number(body: Body, name: str) -> float | None:
    said = body.get(name)
    if said is None:
        return None
    if isinstance(said, bool) or not isinstance(said, int | float) or said != said or abs(said) > 1e12:
        raise _unreadable("place")
    return float(said)


def _id(body: Body, name: str) -> UUID | None:
    said = body.get(name)
    if said is None or said == "":
        return None
    try:
        return UUID(str(said))
    except ValueError:
        raise _unreadable("place" if name == "place_id" else name)


def _unreadable(field: str) -> Refused:
    return Refused("form", _("This could not be read. Open the page again; what you wrote is kept."), field=field)
