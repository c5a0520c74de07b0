"""News of benefits (惠民信息) for who asked for them: what is new in a week, in one message, with the way out in it.

Apps above say what is new (`register`); nothing new, no message. The week's message has one name, so nobody gets two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liuchi.kernel.context import system
from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.delivery.models import Message
from liuchi.people import rules
from liuchi.people.actions.groups import NEWS
from liuchi.people.models import Registration

WEEK = timedelta(days=7)
TELLS_FROM = (0, 10)  # Monday, ten o'clock
AT_ONCE = 500
NAMED = 3


@dataclass(frozen=True, slots=True)
class Fresh:
    """Something new, and the range of areas that it is for (Area.first and last)."""

    name: str
    first: int
    last: int


Source = Callable[[datetime, datetime], Iterable[Fresh]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """source(begins, ends) says what began in that time and can be had now."""
    _sources[name] = source


def tell_week(at: datetime) -> bool:
    """Tells who asked for it what the last seven days brought, on Monday morning; true if there are more to tell."""
    here = at.astimezone(rules.PLACE_ZONE)
    if here.weekday() != TELLS_FROM[0] or here.hour < TELLS_FROM[1]:
        return False
    monday = here.replace(hour=0, minute=0, second=0, microsecond=0)
    fresh = [one for source in _sources.values() for one in source(monday - WEEK, monday)]
    if not fresh:
        return False
    thing = f"news:{monday.date().isoformat()}"
    told = Message.objects.filter(thing=thing).values("person_id")
    asked = Registration.objects.filter(
        ended_on=None,
        person__login__is_active=True,
        person__consents__purpose=NEWS,
        person__consents__withdrawn_at=None,
    )
    found = list(asked.exclude(person__in=told).select_related("person", "area").order_by("pk")[:AT_ONCE])
    told_now = 0
    for entry in found:
        here_now = (one.name for one in fresh if one.first <= entry.area.last and entry.area.first <= one.last)
        names = list(dict.fromkeys(here_now))
        if names and entry.person:
            with translation.override(entry.person.language):
                delivery.tell(system(at), entry.person.pk, thing, _title(names), _body(names), "/services")
            told_now += 1
    return len(found) == AT_ONCE and told_now > 0


def _title(names: list[str]) -> str:
    return ngettext("New around you: %(n)s thing", "New around you: %(n)s things", len(names)) % {"n": len(names)}


def _body(names: list[str]) -> str:
    said = "、".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
    way_out = _("You asked for this, at most once a week. To end it: Me, Registers in which I stand, Withdraw.")
    return f"{said}\n{way_out}"
