"""A place with a window, a gift and published rules, and somebody who was thanked: ``thanked(world, person, times=3)``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.test import Client

from liuchi.kernel.context import Context
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal import consumers
from liuchi.kernel.journal.models import Row
from liuchi.kernel.records import actions as records
from liuchi.kernel.tests.kept import Kept
from liuchi.people import actions as people
from liuchi.people.models import Person
from liuchi.people.tests.conftest import Place, made_place
from liuchi.points import actions, codes, events, queries
from liuchi.points.models import Gift, Reservation, RuleSet, Window
from liuchi.points.rules import day_starts, local_day, month_bounds
from liuchi.points.verifying import verify

# A Wednesday, ten in the morning in Shanghai.
TEN = datetime(2026, 11, 18, 2, tzinfo=UTC)
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
VERB = "test.done"


def people_of(row: Row) -> set[UUID]:
    return {UUID(one) for one in row.facts["people"]}


EVENT = events.Event("test.done", "做了一件好事", VERB, people_of)
OTHER = events.Event("test.learned", "听了一堂课", "test.learned", people_of)


def by(person: Person | None, at: datetime = TEN, channel: str = "phone") -> Context:
    """The context of something that a person does at a moment."""
    return Context(at=at, recorded_at=at, person=person.pk if person else None, channel=channel)


@dataclass
class World:
    place: Place
    window: Window
    far: Window
    cup: Gift
    cut: Gift
    rules: RuleSet
    rider: Person

    def __getattr__(self, role: str) -> Person:
        if role == "place":
            raise AttributeError(role)
        return self.place.posts[role].person


def published(ctx: Context, lines: list[dict], day_cap: int = 20) -> RuleSet:
    """Rules as the desk makes them: drawn up, tried, published from the day of the context on."""
    draft = actions.draft_rules(ctx)
    actions.change_rules(ctx, draft, day_cap=day_cap, lines=lines)
    actions.try_rules(ctx, draft, 7)
    return actions.publish_rules(ctx, draft, local_day(ctx.at))


def made_world() -> World:
    """Needs the events EVENT and OTHER."""
    place = made_place()
    ctx = by(None, BEGINNING, "system")
    rules = published(ctx, [line(EVENT.key, 5, 20), line(OTHER.key, 3, once=False)])
    window = actions.open_window(ctx, name="槐荫驿站", area=place.grid, address="槐荫路 1 号", hours="每天 9:00-18:00")
    far = actions.open_window(ctx, name="河东驿站", area=place.other_street)
    cup = actions.make_gift(ctx, name="保温杯", cost=10)
    cut = actions.make_gift(ctx, name="理发一次", cost=5, kind="service", per_month=1)
    for gift in (cup, cut):
        actions.stock_in(ctx, window, gift, 5)
    rider = place.person("rider")
    actions.switch_on(ctx, rider)
    return World(place, window, far, cup, cut, rules, rider)


kept_world = Kept(made_world)


def last_month(at: datetime) -> datetime:
    """Noon of the last day of the month before."""
    return day_starts(month_bounds(local_day(at))[0]) - timedelta(hours=12)


def line(event: str, points: int, day_cap: int | None = None, once: bool = True) -> dict:
    return {"event": event, "points": points, "day_cap": day_cap, "once": once}


def happened(people_: list[Person], at: datetime = TEN, event: events.Event = EVENT, record: object = None) -> None:
    """A row of the journal that thanks these people."""
    record = record or records.create("test")
    facts = {"people": [str(one.pk) for one in people_]}
    journal.write(by(None, at, "system"), record, event.verb, facts)


def read() -> None:
    """What the worker does: seals the journal and lets points read it to its end."""
    journal.seal_all(TEN)
    while consumers.run("points"):
        pass


def thanked(person: Person, times: int = 4, at: datetime = TEN, event: events.Event = EVENT) -> int:
    """Somebody does something good so many times; returns the balance."""
    for _each in range(times):
        happened([person], at, event)
    read()
    return balance(person)


def balance(person: Person) -> int:
    return queries.account_of(person.pk)[1]


def somebody(name: str = "示例骑手", on: bool = True) -> Person:
    person = people.register_person(by(None, BEGINNING), name=name, phone="13900001234")
    if on:
        actions.switch_on(by(person, BEGINNING), person)
    return person


def reserved(world: World, gift: Gift | None = None, person: Person | None = None, at: datetime = TEN) -> Reservation:
    person = person or world.rider
    return actions.reserve(by(person, at), (gift or world.cup).pk, world.window.pk, uuid4())


def code(one: Reservation) -> str:
    return codes.code_of(one.pk, one.code_turn)


def assert_right() -> None:
    assert verify().problems == []


def client(person):
    browser = Client(headers={"Accept-Language": "en"})
    browser.cookies["django_language"] = "en"
    browser.force_login(person.login)
    return browser


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
