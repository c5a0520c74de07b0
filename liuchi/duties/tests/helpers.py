"""Sentences that the tests of duties share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from liuchi.duties import actions
from liuchi.duties.actions.duties import Said
from liuchi.duties.codes import code_of
from liuchi.duties.models import Duty, Shift, Signup
from liuchi.kernel.context import Context
from liuchi.people import actions as people
from liuchi.people.models import Person
from liuchi.people.tests.conftest import made_place
from liuchi.territory.models import Area

# A Monday, eight in the morning in Shanghai.
MONDAY = datetime(2026, 11, 23, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def by(person: Person | None, at: datetime = MONDAY, channel: str = "phone") -> Context:
    return Context(at=at, recorded_at=at, person=person.pk if person else None, channel=channel)


@dataclass
class Team:
    grid: Area
    clerk: Person
    volunteers: list[Person] = field(default_factory=list)


def a_team(number: int = 4) -> Team:
    place = made_place()
    team = Team(place.grid, place.person("community_clerk"))
    for at in range(number):
        person = people.register_person(by(None, LONG_AGO), name=f"志愿{at}", phone=f"1390000100{at}")
        actions.join(by(person, LONG_AGO))
        team.volunteers.append(person)
    return team


def a_duty(area: Area, at: datetime = MONDAY, **more: Any) -> Duty:
    said: dict[str, Any] = {
        "title": "驿站值班", "area": area, "rule": "FREQ=WEEKLY;BYDAY=WE", "starts_on": date(2026, 11, 2),
        "begins": time(9), "ends": time(11), "needs": 2, "where": "槐荫驿站",
    }  # fmt: skip
    return actions.open_duty(by(None, at, "replay"), Said(**{**said, **more}))


def first_shift(duty: Duty) -> Shift:
    return Shift.objects.filter(duty=duty).order_by("begins").first()  # type: ignore[return-value]


def comes(person: Person, shift: Shift, at: datetime | None = None, code: str = "") -> Signup:
    """Taps "I am here" with the digits of the roster."""
    return actions.check_in(by(person, at or shift.begins), shift.pk, code or code_of(shift.duty_id))


def after(shift: Shift, **delta: int) -> datetime:
    return shift.ends + timedelta(**delta)
