"""What each turn at the desk does with what its form sent: the name in the address, and the word for the toast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils.translation import gettext as _

from liuchi.cases import actions
from liuchi.cases.desk.case import as_id, chosen_in
from liuchi.cases.models import Case
from liuchi.cases.queries import lists
from liuchi.kernel import given
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import actions as media
from liuchi.kernel.media.rules import MAX_BYTES

Turning = Callable[[Context, Case, Any, HttpRequest], str]
MOST_PHOTOS = 9


def _unit(sent: Any) -> UUID:
    unit = as_id(sent.get("unit", ""))
    if unit is None:
        raise Refused("unit", _("First choose who should do it: press U."), field="unit")
    return unit


def expected(sent: Any) -> int | None:
    return given.whole(sent.get("expect"))


def _photo(ctx: Context, uploaded: Any) -> UUID:
    """Takes a photo from a form; its key is made here, since a form is sent once."""
    if uploaded.size > MAX_BYTES:
        raise Refused("too_large", _("This photo is too large. Choose one below 20 MB."), field="photos", status=413)
    key = uuid4()
    media.receive(ctx, key, "photo", uploaded, uploaded.size)
    return key


def _dispatch(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    chosen = chosen_in(sent)
    if chosen["matter_id"] is None:
        raise Refused("matter", _("First choose what kind of matter it is: press M."), field="matter")
    if chosen["unit_id"] is None:
        raise Refused("unit", _("First choose who should do it: press U."), field="unit")
    done = actions.file_and_dispatch(
        ctx, case.pk, chosen["matter_id"], chosen["condition_id"], chosen["unit_id"], expect=expected(sent)
    )
    return _("Given to %(unit)s") % {"unit": done.unit.name if done.unit else ""}


def _refuse(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    kind, bar, reason = sent.get("reason", "").partition("|")
    if not bar:
        kind, reason = "", kind
    said = sent.get("words", "").strip() or reason
    actions.refuse(ctx, case.pk, said, kind or "refused", sent.get("whose", ""), expect=expected(sent))
    return _("Not taken up; the reporter is told why")


def _accept(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    actions.accept(ctx, case.pk, expect=expected(sent))
    return _("Accepted")


def _handle(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    keys = [_photo(ctx, one) for one in request.FILES.getlist("photos")[:MOST_PHOTOS]]
    actions.handle(ctx, case.pk, sent.get("words", ""), sent.get("outcome", "done"), keys, expect=expected(sent))
    return (
        _("Reported as not possible")
        if sent.get("outcome", "done") == "not_done"
        else _("Reported as done; the desk checks it")
    )


def _check(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    if case.state == "checked":
        actions.close(ctx, case.pk, expect=expected(sent))
    else:
        actions.check_and_close(ctx, case.pk, sent.get("words", ""), expect=expected(sent))
    return _("Checked and closed")


def _dispute(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    actions.dispute(ctx, case.pk, sent.get("words", ""), expect=expected(sent))
    return _("The supervisor decides")


def _give_back(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    actions.give_back(ctx, case.pk, sent.get("words", ""), as_id(sent.get("unit", "")), expect=expected(sent))
    return _("Returned")


def _decide(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    done = actions.decide(ctx, case.pk, _unit(sent), sent.get("words", ""), expect=expected(sent))
    return _("Given to %(unit)s") % {"unit": done.unit.name if done.unit else ""}


def _transfer(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    done = actions.transfer(ctx, case.pk, _unit(sent), sent.get("words", ""), expect=expected(sent))
    return _("Given to %(unit)s") % {"unit": done.unit.name if done.unit else ""}


def _add_unit(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    part = actions.add_unit(ctx, case.pk, _unit(sent), sent.get("words", ""), expect=expected(sent))
    return _("%(unit)s helps") % {"unit": part.unit.name if part.unit else ""}


def _split(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    part = actions.split(ctx, case.pk, sent.get("words", ""), expect=expected(sent))
    return _("Split off as %(number)s") % {"number": part.number}


def _ask_extension(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    value = given.number(sent.get("value")) or 0
    actions.ask_extension(ctx, case.pk, value, sent.get("words", ""), expect=expected(sent))
    return _("Asked for more time")


def _ask_suspension(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    until = given.day(sent.get("until"))
    if until is None:
        raise Refused("until", _("Choose a day after today and within a year."), field="until")
    actions.ask_suspension(ctx, case.pk, until, sent.get("words", ""), expect=expected(sent))
    return _("Asked to put it on hold")


def _merge(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    number = (sent.get("other_number", "").strip() or sent.get("number", "").strip()).upper()
    main = lists.visible(request.actor).filter(number=number).first()  # type: ignore[attr-defined]
    if main is None:
        raise Refused(
            "number", _("There is no request with this number. It looks like LC-2026-11-0417."), field="number"
        )
    actions.merge(ctx, case.pk, main.pk, expect=expected(sent))
    return _("Merged into %(number)s") % {"number": main.number}


def _plain(action: Callable[..., object], said: Callable[[], str], *, words: bool = True) -> Turning:
    """A turn that needs no more than words, or nothing."""

    def turn(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
        action(ctx, case.pk, *([sent.get("words", "")] if words else []), expect=expected(sent))
        return said()

    return turn


def _urge(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    actions.urge(ctx, case.pk, sent.get("words", ""))
    return _("Reminded")


def _appeal(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    actions.appeal(ctx, case.pk, sent.get("words", ""))
    return _("The appeal waits for the supervisor")


def _unsupervise(ctx: Context, case: Case, sent: Any, request: HttpRequest) -> str:
    actions.supervise(ctx, case.pk, sent.get("words", ""), on=False, expect=expected(sent))
    return _("No longer under supervision")


# The name in the address -> what it does, and the word for the toast.
TURNS: dict[str, Turning] = {
    "dispatch": _dispatch,
    "refuse": _refuse,
    "accept": _accept,
    "handle": _handle,
    "check": _check,
    "dispute": _dispute,
    "give_back": _give_back,
    "decide": _decide,
    "transfer": _transfer,
    "add_unit": _add_unit,
    "split": _split,
    "ask_extension": _ask_extension,
    "ask_suspension": _ask_suspension,
    "resume": _plain(actions.resume, lambda: _("Goes on"), words=False),
    "appeal": _appeal,
    "urge": _urge,
    "supervise": _plain(actions.supervise, lambda: _("Put under supervision")),
    "unsupervise": _unsupervise,
    "escalate": _plain(actions.escalate, lambda: _("Passed up")),
    "send_down": _plain(actions.send_down, lambda: _("Sent down")),
    "rework": _plain(actions.rework, lambda: _("Back to the unit")),
    "recall": _plain(actions.recall, lambda: _("Opened again")),
    "merge": _merge,
    "unmerge": _plain(actions.unmerge, lambda: _("Taken apart"), words=False),
}
