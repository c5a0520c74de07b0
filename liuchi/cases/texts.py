"""What is told of cases: the originals of the texts, which an administrator may word another way."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from liuchi.notices import texts
from liuchi.notices.texts import Lazy, Text

_UNIT = (_("unit in charge"), _("Sanitation team"))
_WHEN = (_("time limit"), _("25 November 18:00"))
_DAY = (_("on hold until"), _("25 November"))
_NUMBER = (_("number"), "LC-2026-11-0417")
_PLACE = (_("place of the case"), _("12 Wenhui Road"))
_REPORTER, _UNITS, _OFFICE = _("To the reporter"), _("To the unit"), _("To the desk")


def _declare(key: str, to: Lazy, title: Lazy, body: Lazy, **names: tuple[Lazy, Lazy]) -> Text:
    return texts.declare(key, format_lazy("{} · {}", to, title), title, body, **names)


def _card(key: str, to: Lazy, title: Lazy) -> Text:
    """Number, place and day behind what happened; the matter stands behind the title."""
    return _declare(key, to, title, _("%(number)s · %(place)s · %(day)s"), number=_NUMBER, place=_PLACE, day=_DAY)


PASSED_ON = _declare(
    "case.passed_on", _REPORTER, _("Passed on"), _("%(unit)s has it, to be done by %(when)s."), unit=_UNIT, when=_WHEN
)
IN_WORK = _declare(
    "case.in_work", _REPORTER, _("In work"), _("%(unit)s is at it, to be done by %(when)s."), unit=_UNIT, when=_WHEN
)
NEW_TASK = _declare(
    "case.new_task", _UNITS, _("New task"), _("%(place)s · to be done by %(when)s"), place=_PLACE, when=_WHEN
)
ONCE_MORE = _declare(
    "case.once_more", _UNITS, _("Once more"), _("%(place)s · to be done by %(when)s"), place=_PLACE, when=_WHEN
)
GONE = _card("case.gone", _UNITS, _("No longer yours: it was given elsewhere"))
# verb -> what whoever has it reads, and whether outside the house too
OF_TASKS = {
    "case.added": (_card("case.added", _UNITS, _("The reporter added something")), True),
    "case.withdrawn": (_card("case.withdrawn", _UNITS, _("The reporter took it back")), True),
    "case.deadline_moved": (_card("case.deadline_moved", _UNITS, _("A new calendar moved the deadline")), False),
    "case.reworked": (_card("case.reworked", _UNITS, _("Not done yet, please look again")), True),
    "case.extended": (_card("case.extended", _UNITS, _("More time is granted")), False),
    "case.suspended": (_card("case.suspended", _UNITS, _("Put on hold")), False),
    "case.resumed": (_card("case.resumed", _UNITS, _("The hold is over")), True),
    "case.excused": (_card("case.excused", _UNITS, _("The overdue mark is taken back")), False),
    "case.motion_declined": (_card("case.motion_declined", _UNITS, _("Not granted")), True),
    "case.urged": (_card("case.urged", _UNITS, _("Somebody asks how it stands")), True),
}
SUPERVISED = _card("case.supervised", _UNITS, _("Put under supervision"))
NO_LONGER_SUPERVISED = _card("case.unsupervised", _UNITS, _("No longer under supervision"))
OVER = _card("case.over", _UNITS, _("The time limit is over"))
WARNED = _declare(
    "case.warned", _UNITS, _("%(share)s %% of the time limit are used"), _("%(number)s · %(place)s · %(day)s"),
    share=(_("share"), "80"), number=_NUMBER, place=_PLACE, day=_DAY,
)  # fmt: skip
TO_ANSWER = _card("case.to_answer", _OFFICE, _("Waits for your answer"))
TO_DECIDE = _card("case.to_decide", _OFFICE, _("Waits for your decision"))
TO_ADMIT = _card("case.to_admit", _OFFICE, _("May a community be given this?"))
PASSED_UP = _card("case.passed_up", _OFFICE, _("Passed up to you"))
GROUP_TASK = _declare("case.group_task", _("In the unit's group"), _("New task"), "")
GROUP_REPORT = _declare("case.group_report", _("In the desk's group"), _("New report"), "")
