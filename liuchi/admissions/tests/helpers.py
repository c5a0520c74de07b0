"""A small place with its people, a programme in it, and short words for what they do."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from liuchi.admissions import actions, rules
from liuchi.admissions.models import Admission, Application, Programme
from liuchi.kernel.context import Context
from liuchi.people import actions as people
from liuchi.people.actions.businesses import register_business
from liuchi.people.models import Business, Person
from liuchi.people.tests.conftest import Place

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
ANSWERS = {"why": "天天路过，看得见", "phone": "13800001111", "yes": True}

SAID: dict[str, Any] = {
    "who": "person",
    "about": "随手看见的告诉社区，全凭自愿。",
    "fields": [
        {"key": "why", "label": "为什么", "kind": "long"},
        {"key": "phone", "label": "电话", "kind": "phone"},
        {"key": "photo", "label": "照片", "kind": "photo", "required": False},
        {"key": "yes", "label": "同意", "kind": "consent"},
    ],
    "checks": [
        {"role": "community_clerk", "look": "看一看", "days": 3},
        {"role": "dispatcher", "look": "复核", "days": 5},
    ],
    "appeal_role": "secretary",
    "titles": ["治理观察员"],
    "gives": [{"kind": "post"}],
    "letter_heading": "聘书",
    "letter_words": "兹聘请{name}同志为{title}，聘期自{from}至{until}。",
    "letter_mark": "六街试",
    "months": 12,
    "grounds": ["离开本片区", "冒用身份"],
}


def system(at: datetime = NOW) -> Context:
    return Context(at=at, recorded_at=at, channel="system")


def by(person: Person | None, at: datetime = NOW, channel: str = "desk") -> Context:
    return Context(at=at, recorded_at=at, person=person.pk if person else None, channel=channel)


def programme(place: Place, *, opened: bool = True, key: str = "test", **said: Any) -> Programme:
    """A programme of the street, opened."""
    one = actions.make(
        system(BEGINNING), name="观察员", area=place.street, unit=place.office, key=key, said=rules.read(SAID | said)
    )
    return actions.open_(system(BEGINNING), one.pk) if opened else one


def somebody(name: str = "王小河", phone: str = "") -> Person:
    return people.register_person(system(BEGINNING), name=name, phone=phone)


def shop(place: Place, name: str = "便民超市", keeper: Person | None = None, area: Any = None) -> Business:
    return register_business(
        system(BEGINNING), name=name, trade="grocery", area=area or place.community, keeper=keeper, address=name
    )


def applied(place: Place, one: Programme, person: Person, at: datetime = NOW, **more: Any) -> Application:
    """Written and sent."""
    more.setdefault("area", None if "business" in more else place.community)
    answers = more.pop("answers", ANSWERS)
    draft = actions.save(by(person, at, "phone"), one.pk, person, answers, **more)
    return actions.send(by(person, at, "phone"), draft.pk)


def approved(place: Place, application: Application, at: datetime = NOW) -> Application:
    """Through both checks."""
    actions.pass_on(by(place.person("community_clerk"), at), application.pk)
    return actions.approve(by(place.person("dispatcher"), at), application.pk)


def admitted(place: Place, one: Programme, person: Person, at: datetime = NOW) -> Admission:
    """Applied, approved: what is held now."""
    done = approved(place, applied(place, one, person, at), at)
    return Admission.objects.get(application=done)


def again(one: Any) -> Any:
    """As the database has it now."""
    return type(one).objects.get(pk=one.pk)


def days_later(days: float) -> datetime:
    return NOW + timedelta(days=days)


def day(text: str) -> date:
    return date.fromisoformat(text)
