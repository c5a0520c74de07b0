"""Each row of a case's story as a sentence, for its reporter or for the desk."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from liuchi.cases import words
from liuchi.cases.models import Case
from liuchi.kernel.journal.models import Row

if TYPE_CHECKING:
    from liuchi.cases.queries.story import Names


def told(row: Row, names: Names, for_reporter: bool) -> str:
    """What happened, in one line."""
    special = _SPECIAL.get(row.verb)
    if special:
        return special(row, names, for_reporter)
    return {
        "case.added": _("Added a word"),
        "case.placed": _("Its place was read from the photo"),
        "case.urgent": _("May be urgent, so the clock runs through nights and weekends"),
        "case.accepted": _("Has taken it on"),
        "case.checked": _("Looked: it is done"),
        "case.closed": _("Closed"),
        "case.refused": _("Not taken up"),
        "case.withdrawn": _("Taken back"),
        "case.taken_over": _("Taken over from another system"),
        "case.contact_seen": _("Looked up the phone number"),
        "case.photo_covered": _("Covered a photo in another way"),
        "case.deadline_moved": _("A new calendar of working days moved the time limit"),
        "case.disputed": _("Not clear whose it is; the supervisor decides"),
        "case.declined": _("Not admitted: it is not on the community's list"),
        "case.split": _("A part became a request of its own"),
        "case.resumed": _("Goes on after the hold"),
        "case.appealed": _("Appeal against the overdue mark"),
        "case.excused": _("The overdue mark is taken back"),
        "case.reworked": _("Looked: it is not done yet, back to the unit"),
        "case.reopened": _("Says that it is not right yet"),
        "case.recalled": _("Opened again after a call"),
        "case.unmerged": _("Taken apart again: a request of its own"),
        "case.motion_declined": _("Not granted"),
    }.get(row.verb, row.verb)


def _reported(row: Row, names: Names, for_reporter: bool) -> str:
    if for_reporter:
        return _("Your report arrived")
    if row.facts.get("parent"):
        return _("Made as a part")
    said = words.channel(row.channel)
    late = row.recorded_at - row.at
    if late.total_seconds() > 120 and row.channel in ("hotline", "mail", "wechat"):
        return _("%(channel)s; with us since %(when)s") % {"channel": said, "when": words.stamp(row.recorded_at)}
    if late.total_seconds() > 120 and row.channel != "import":
        return _("%(channel)s; arrived %(when)s, when there was network again") % {
            "channel": said,
            "when": words.stamp(row.recorded_at),
        }
    return said


def _filed(row: Row, names: Names, for_reporter: bool) -> str:
    matter = words.matter(names.matters.get(UUID(row.facts["matter"])))
    condition = names.conditions.get(row.facts.get("condition"))
    said = _("Filed as %(matter)s") % {"matter": matter or ""}
    return f"{said} · {condition}" if condition else said


def _given(row: Row, names: Names, for_reporter: bool) -> str:
    if row.facts.get("state") == "approval":
        return _("For %(unit)s, which is not on its list: the street is asked first") % {"unit": names.unit(row, "for")}
    limit = words.limit(row.facts["limit"], row.facts["clock"])
    facts = {"unit": names.unit(row), "limit": limit, "before": names.unit(row, "from")}
    if row.verb == "case.transferred" and not for_reporter:
        return _("From %(before)s to %(unit)s, limit %(limit)s") % facts
    if row.verb == "case.decided" and not for_reporter:
        return _("Decided: %(unit)s has it, limit %(limit)s") % facts
    return _("Given to %(unit)s, limit %(limit)s") % facts


def _handled(row: Row, names: Names, for_reporter: bool) -> str:
    outcome = row.facts.get("outcome", "")
    return _("Reported as done") if outcome == "done" else words.outcome(outcome)


def _returned(row: Row, names: Names, for_reporter: bool) -> str:
    facts = {"unit": names.unit(row, "from"), "next": names.unit(row)}
    if facts["next"]:
        return _("%(unit)s returned it, and names %(next)s") % facts
    return _("%(unit)s returned it") % facts


def _asked(row: Row, names: Names, for_reporter: bool) -> str:
    if row.verb == "case.extension_asked":
        return _("Asks for %(time)s more") % {"time": words.limit(row.facts["value"], row.facts["clock"])}
    return _("Asks to put it on hold until %(day)s") % {"day": _day(row)}


def _more_time(row: Row, names: Names, for_reporter: bool) -> str:
    if row.verb == "case.extended":
        return _("%(time)s more, with the desk's consent") % {
            "time": words.limit(row.facts["value"], row.facts["clock"])
        }
    return _("On hold until %(day)s; goes on by itself then") % {"day": _day(row)}


def _pressed(row: Row, names: Names, for_reporter: bool) -> str:
    if row.verb == "case.urged":
        own = row.facts.get("own")
        return (
            (_("You reminded the office") if for_reporter else _("The reporter reminds"))
            if own
            else _("The desk reminds")
        )
    return _("Put under supervision") if row.facts.get("on") else _("No longer under supervision")


def _moved(row: Row, names: Names, for_reporter: bool) -> str:
    level = level_word(row.facts["level"])
    if row.verb == "case.escalated":
        return _("Passed up to %(level)s") % {"level": level}
    return _("Sent down to %(level)s") % {"level": level}


def level_word(level: int) -> str:
    """The level of the office that holds a case (rules.LEVELS)."""
    return {2: _("the community"), 3: _("the street"), 4: _("the district")}.get(level, _("the office above"))


def _joined(row: Row, names: Names, for_reporter: bool) -> str:
    if for_reporter:
        return _("Somebody reported the same; both are dealt with together")
    return _("Merged into %(number)s") % {"number": row.facts["number"]}


def _unit_added(row: Row, names: Names, for_reporter: bool) -> str:
    return _("%(unit)s helps") % {"unit": names.unit(row)}


def _rated(row: Row, names: Names, for_reporter: bool) -> str:
    return _("%(stars)s of 5 stars for the service") % {"stars": row.facts["stars"]}


def _warned(row: Row, names: Names, for_reporter: bool) -> str:
    if row.facts["light"] >= 100:
        return _("The time limit is over")
    return _("%(share)s %% of the time limit are used") % {"share": row.facts["light"]}


def _day(row: Row) -> str:
    return date_format(date.fromisoformat(row.facts["until"]), "DATE_FORMAT")


_SPECIAL: dict[str, Any] = {
    "case.reported": _reported, "case.filed": _filed, "case.dispatched": _given, "case.entrusted": _given, "case.decided": _given,
    "case.transferred": _given, "case.admitted": _given, "case.handled": _handled, "case.returned": _returned,
    "case.extension_asked": _asked, "case.suspension_asked": _asked, "case.extended": _more_time,
    "case.suspended": _more_time, "case.urged": _pressed, "case.supervised": _pressed, "case.escalated": _moved,
    "case.sent_down": _moved, "case.merged": _joined, "case.unit_added": _unit_added, "case.rated": _rated,
    "case.warned": _warned,
}  # fmt: skip


def waited_for(case: Case) -> str:
    """What is waited for now; empty when nothing is."""
    if case.step_due is None:
        return ""
    when = {"when": words.moment(case.step_due), "due": words.moment(case.due_at)}
    if case.state == "suspended":
        return _("On hold until %(day)s; goes on by itself then") % {
            "day": date_format(case.suspended_until or case.step_due, "DATE_FORMAT")
        }
    return {
        "reported": _("Waiting for the desk, by %(when)s"),
        "filed": _("Waiting to be given to a unit, by %(when)s"),
        "approval": _("Waiting for the street's answer, by %(when)s"),
        "disputed": _("Waiting for the supervisor's decision, by %(when)s"),
        "dispatched": _("Waiting for the unit to take it on, by %(when)s; done by %(due)s"),
        "accepted": _("Being worked on; done by %(due)s"),
        "handled": _("Waiting to be checked, by %(when)s"),
        "checked": _("Waiting to be closed, by %(when)s"),
    }[case.state] % when
