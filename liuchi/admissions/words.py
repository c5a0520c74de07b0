"""How states, turns, faults and figures of admissions are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from liuchi.admissions import rules
from liuchi.admissions.models import Admission, Application
from liuchi.kernel import granting
from liuchi.people.models import Role

Words = str | Promise

STATES: Mapping[str, tuple[Words, str]] = {  # word and tone
    "draft": (gettext_lazy("Not sent yet"), "warn"),
    "sent": (gettext_lazy("Sent"), "info"),
    "checking": (gettext_lazy("Being checked"), "info"),
    "returned": (gettext_lazy("To be corrected"), "warn"),
    "refused": (gettext_lazy("Not approved"), "bad"),
    "appealed": (gettext_lazy("Appeal is being looked at"), "info"),
    "waiting": (gettext_lazy("On the waiting list"), "warn"),
    "admitted": (gettext_lazy("Approved"), "ok"),
    "closed": (gettext_lazy("Not approved, appeal decided"), "plain"),
    "cancelled": (gettext_lazy("Taken back"), "plain"),
}
TERM_STATES: Mapping[str, tuple[Words, str]] = {
    "running": (gettext_lazy("Valid"), "ok"),
    "ended": (gettext_lazy("Term over"), "plain"),
    "withdrawn": (pgettext_lazy("admission", "Withdrawn"), "bad"),
    "given_back": (gettext_lazy("Given back"), "plain"),
}
STOPS: Mapping[str, Words] = {
    "written": pgettext_lazy("stop", "Apply"),
    "checked": pgettext_lazy("stop", "Check"),
    "decided": pgettext_lazy("stop", "Decide"),
    "letter": pgettext_lazy("stop", "Certificate"),
}
WHO: Mapping[str, Words] = {
    "person": gettext_lazy("Anybody with an account"),
    "rider": gettext_lazy("Riders and couriers"),
    "business": gettext_lazy("Shops and firms, through their keeper"),
    "organisation": gettext_lazy("Units, through somebody in a post there"),
}
KINDS: Mapping[str, Words] = {
    "text": gettext_lazy("One line"),
    "long": gettext_lazy("Several lines"),
    "choice": gettext_lazy("One of several"),
    "several": gettext_lazy("Several of them"),
    "number": gettext_lazy("Number"),
    "date": gettext_lazy("Day"),
    "name": gettext_lazy("Name (from the account)"),
    "phone": gettext_lazy("Phone (encrypted, from the account)"),
    "platform": gettext_lazy("Platform (from the register)"),
    "photo": gettext_lazy("Photo or document"),
    "place": gettext_lazy("Place, in words and on the map"),
    "consent": gettext_lazy("Tick of consent"),
}
RENEWALS: Mapping[str, Words] = {
    "none": gettext_lazy("Not renewed"),
    "office": gettext_lazy("The office renews"),
    "ask": gettext_lazy("The holder asks, the office confirms"),
}
_ANSWERS: Mapping[str, Words] = {
    "required": gettext_lazy("This is still missing."),
    "choice": gettext_lazy("Please choose from the list."),
    "number": gettext_lazy("Please enter a number."),
    "date": gettext_lazy("Please enter a day."),
    "phone": gettext_lazy("This is not a phone number. Enter 11 digits, or a landline with its area code."),
    "long": gettext_lazy("This is too long. Please say it shorter."),
    "spot": gettext_lazy("This is no place on the map. Mark it anew."),
    "photos": gettext_lazy("At most 6 photos."),
}
_PARTS: Mapping[str, Words] = {
    "about": gettext_lazy("Say what it is."),
    "titles": gettext_lazy("Name at least one title."),
    "checks": gettext_lazy("Name at least one check: nothing is decided by the program."),
    "letter_words": gettext_lazy(
        "The words of the letter need {name}, and know only {name} {title} {from} {until} {unit}."
    ),
    "letter_mark": gettext_lazy("Say what the numbers of the letters begin with, such as 六街聘."),
    "until": gettext_lazy("The last day is over."),
    "grounds": gettext_lazy("Name at least one ground for withdrawing."),
    "appeal_role": gettext_lazy("Appeals must go to another role than the last check."),
    "fields": gettext_lazy("Two fields have the same key."),
}


_CODES: Mapping[str, Words] = {
    "taken": gettext_lazy("This invitation was used already: each works once. Ask who gave it to you for another."),
    "taken_back": gettext_lazy("This invitation was taken back. Ask who gave it to you."),
    "over": gettext_lazy("This invitation has run out. Ask who gave it to you for another."),
}


def code_fault(code: str) -> str:
    """Why an invitation can't be taken up."""
    return str(_CODES[code])


def state(one: Application) -> tuple[Words, str]:
    """Word and tone of an application."""
    return STATES[one.state]


def term_state(one: Admission) -> tuple[Words, str]:
    """Word and tone of what somebody holds."""
    return TERM_STATES[one.state]


def stops(one: Application) -> list[dict[str, Any]]:
    """The four stops as the component shows them."""
    return [{"word": STOPS[stop], "mark": mark} for stop, mark in rules.stops(one.state)]


def role(name: str) -> Words:
    """A role by its name in Chinese or English."""
    return Role(name).label


def answer_fault(code: str) -> str:
    """What is wrong with an answer."""
    return str(_ANSWERS[code])


def faults(said: rules.Definition, today: date) -> list[str]:
    """What keeps a programme from being opened, as sentences."""
    out = []
    for part, code in rules.faults(said, list(granting.kinds()), today):
        if code.startswith("unknown:"):
            sentence = _("This house does not know “%(kind)s” yet, so the programme can't give it.")
            out.append(sentence % {"kind": give(code.partition(":")[2])})
        elif code == "political":
            out.append(_("Titles and questions must not tell who is a party member: anybody can read a letter."))
        elif part.startswith("fields."):
            number = int(part.partition(".")[2]) + 1
            lacks = _("Field %(n)s has no name.") if code == "label" else _("Field %(n)s needs at least two choices.")
            out.append(lacks % {"n": number})
        else:
            out.append(str(_PARTS[part]))
    return out


def give(kind: str) -> str:
    """What a grant is called."""
    known = granting.kinds().get(kind)
    return str(known.label) if known else str(_OFTEN.get(kind, kind))


# What other apps of the house bring, named also before they are there.
_OFTEN: Mapping[str, Words] = {"service_point": gettext_lazy("Friendly shop or service corner on the map")}


def term(begins: date, ends: date | None) -> str:
    """2026年7月26日 – 2027年7月25日, or from a day on."""
    if ends is None:
        return _("from %(day)s, without end") % {"day": date_format(begins)}
    return f"{date_format(begins)} – {date_format(ends)}"


def months(said: rules.Definition) -> str:
    """The term a programme gives."""
    if said.until:
        return _("to %(day)s") % {"day": date_format(date.fromisoformat(said.until))}
    if not said.months:
        return _("without end")
    if said.months % 12 == 0:
        years = said.months // 12
        return _("1 year") if years == 1 else _("%(n)s years") % {"n": years}
    return _("%(n)s months") % {"n": said.months}


def holder(one: Application | Admission) -> str:
    """Who applied or holds it: the shop, the unit or the person."""
    if one.business:
        return one.business.name
    if one.organisation:
        return one.organisation.name
    if isinstance(one, Application) and one.shop_name:
        return one.shop_name
    return str(one.person) if one.person else ""


def shown_answer(field: rules.Field, value: Any) -> str:
    """An answer in words; phone numbers and photos are shown elsewhere."""
    if field.kind == "consent":
        return _("Yes") if value else ""
    if isinstance(value, list | tuple):
        return "、".join(str(part) for part in value)
    if rules.spot_of(value):
        return str(value["words"]) or _("Marked on the map")
    if field.kind == "date" and value:
        return date_format(date.fromisoformat(str(value)))
    return str(value or "")


def told_apart(field: rules.Field, value: Any, before: Any) -> str:
    """An answer beside the one that stood there before: in words; of phone numbers only whether it is another, of photos
    how many, and how many of them are new."""
    if value in (None, "", [], False):
        return ""
    if field.kind == "phone":
        return "•••" if value == before else _("another number")
    if field.kind == "photo":
        new = len(set(value) - set(before or ()))
        said = ngettext("%(n)s photo", "%(n)s photos", len(value)) % {"n": len(value)}
        return said if not new else _("%(photos)s, %(n)s of them new") % {"photos": said, "n": new}
    said = shown_answer(field, value)
    if rules.spot_of(value) and rules.spot_of(value) != rules.spot_of(before):
        return f"{said} · " + _("Marked on the map")
    return said


def choices(known: Mapping[str, Words], only: Sequence[str] | None = None) -> list[tuple[str, Words]]:
    """Pairs for a select."""
    return [(key, word) for key, word in known.items() if only is None or key in only]
