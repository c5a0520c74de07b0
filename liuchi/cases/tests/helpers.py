"""A small place to work in, and the turns of a case as sentences: ``dispatched(report(place), place)``."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from liuchi.cases import actions, rules
from liuchi.cases.models import Case, FilingCondition, Matter, Routing
from liuchi.cases.queries.story import timeline
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.records import actions as records
from liuchi.people import actions as people
from liuchi.people.models import Organisation, Person
from liuchi.territory.models import Area

# A Wednesday, ten in the morning in Shanghai.
TEN = datetime(2026, 11, 18, 2, tzinfo=UTC)
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = "外墙掉了一块，楼下有人走路"
SPOT = (117.0342, 30.5251)
PASSWORD = "six foot alley"


@dataclass
class Place:
    """A street with a community and a grid, its units, two matters, and somebody in each role."""

    street: Area
    community: Area
    grid: Area
    next_door: Area
    property: Organisation
    housing: Organisation
    wall: Matter
    falling: FilingCondition
    stained: FilingCondition
    lamp: Matter
    persons: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, role: str) -> Person:
        """``place.dispatcher``"""
        try:
            return self.__dict__["persons"][role]
        except KeyError:
            raise AttributeError(role) from None


def by(person: Person | None, at: datetime = TEN, channel: str = "desk") -> Context:
    """The context of something that a person does at a moment."""
    return Context(at=at, recorded_at=at, person=person.pk if person else None, channel=channel)


def area(code: str, name: str, level: str, parent: Area | None = None, **more: object) -> Area:
    first, last = int(code.ljust(15, "0")), int(code.ljust(15, "9"))
    return Area.objects.create(code=code, name=name, level=level, parent=parent, first=first, last=last, **more)


def matter(code: str, name: str, name_en: str, initials: str = "") -> Matter:
    return Matter.objects.create(
        record=records.create("matter"), kind="event", code=code, major="房屋", major_en="Housing", name=name,
        name_en=name_en, initials=initials, source="local", valid_from=BEGINNING,
    )  # fmt: skip


def condition(of: Matter, text: str, value: int, clock: str, role: str, co_roles: str = "") -> FilingCondition:
    return FilingCondition.objects.create(
        matter=of, text=text, closing="已修复", limit_value=value, limit_type=clock, unit_role=role, co_roles=co_roles,
        source="office", valid_from=BEGINNING,
    )  # fmt: skip


def a_place() -> Place:
    """Made through the actions of the people's floor."""
    county = area("340881", "六尺区", "county")
    street = area("340881001", "六尺街道", "street", county, home=True, lon=SPOT[0], lat=SPOT[1])
    next_door = area("340881002", "河东街道", "street", county)
    community = area("340881001001", "槐荫社区", "community", street)
    grid = area("340881001001007", "第七网格", "grid", community)
    ctx = Context(at=BEGINNING, recorded_at=BEGINNING, channel="system")
    office = people.open_unit(ctx, kind="government_unit", name="六尺街道办事处", area=street)
    property_manager = people.open_unit(ctx, kind="property_manager", name="槐荫物业", parent=office, area=community)
    housing = people.open_unit(ctx, kind="government_unit", name="住建分局", parent=office, area=street)
    wall, lamp = (
        matter("10093", "房屋外墙脱落", "Falling facade", "fwwqtl"),
        matter("03001", "路灯不亮", "Street lamp out", "ldbl"),
    )
    place = Place(
        street=street, community=community, grid=grid, next_door=next_door, property=property_manager, housing=housing,
        wall=wall, lamp=lamp,
        falling=condition(wall, "有坠落物，危及行人", 2, "urgent_hour", "property", "housing"),
        stained=condition(wall, "墙面有污渍", 5, "work_day", "housing"),
    )  # fmt: skip
    condition(lamp, "路灯不亮", 1, "work_day", "housing")
    Routing.objects.create(unit_role="property", area=community, organisation=property_manager)
    Routing.objects.create(unit_role="housing", area=street, organisation=housing)
    posts = {
        "dispatcher": {"area": street, "organisation": office},
        "handler": {"organisation": property_manager},
        "other_handler": {"organisation": housing},
        "grid_worker": {"area": grid},
        "grid_leader": {"area": community},
        "community_clerk": {"area": community},
        "secretary": {"area": street},
        "supervisor": {"area": street},
        "stranger": {"area": next_door},  # the dispatcher of another street
        "administrator": {},
        "district": {"area": county},  # the dispatcher of the level above
    }
    roles = {"other_handler": "handler", "stranger": "dispatcher", "district": "dispatcher"}
    for number, (name, post) in enumerate(posts.items()):
        person, _login, _password = people.hire(
            ctx, name=f"示例{number}", role=roles.get(name, name), phone=f"1380000{number:04d}",
            username=name.replace("_", ""), begins=date(2026, 1, 1), password=PASSWORD, **post,
        )  # fmt: skip
        place.persons[name] = person
    resident = people.register_person(ctx, name="示例居民")
    people.open_login(ctx, resident, "resident", PASSWORD)
    place.persons["resident"] = resident
    return place


def report(place: Place, text: str = WORDS, at: datetime = TEN, **said: object) -> Case:
    """Somebody without an account says something on the phone, on the grid of the place."""
    return told(place, text, at, **said).case


def told(
    place: Place, text: str = WORDS, at: datetime = TEN, by_whom: Person | None = None, **said: object
) -> actions.Taken:
    """The same with the receipt."""
    said.setdefault("area", place.grid)
    return actions.report(by(by_whom, at, "phone"), actions.Said(text=text, **said))  # type: ignore[arg-type]


def dispatched(case: Case, place: Place, at: datetime = TEN) -> Case:
    """The dispatcher files it as a falling facade and gives it to the property manager."""
    ctx = by(place.dispatcher, at)
    return actions.file_and_dispatch(ctx, case.pk, place.wall.pk, place.falling.pk, place.property.pk)


def accepted(case: Case, place: Place, at: datetime = TEN) -> Case:
    return actions.accept(by(place.handler, at), case.pk)


def handled(case: Case, place: Place, at: datetime = TEN, words: str = "已围挡并清除松动墙面") -> Case:
    return actions.handle(by(place.handler, at), case.pk, words)


def closed(case: Case, place: Place, at: datetime = TEN) -> Case:
    return actions.check_and_close(by(place.dispatcher, at), case.pk)


def brought_to(state: str, place: Place, at: datetime = TEN) -> Case:
    """A new case in this state, brought there the straight way."""
    case = report(place, at=at)
    if state == "withdrawn":
        return actions.withdraw(by(None, at, "phone"), case.pk, by_receipt=True)
    if state == "filed":
        return actions.file(by(place.dispatcher, at), case.pk, place.wall.pk, place.falling.pk)
    for name, step in (("dispatched", dispatched), ("accepted", accepted), ("handled", handled)):
        if state == "reported" or case.state == state:
            return case
        case = step(case, place, at)
        if name == state:
            return case
    case = actions.check(by(place.dispatcher, at), case.pk)
    return case if state == "checked" else actions.close(by(place.dispatcher, at), case.pk)


def verbs(case: Case) -> list[str]:
    """What the journal says of a case, oldest first."""
    return list(Row.objects.filter(record_id=case.pk).order_by("version").values_list("verb", flat=True))


def hours_later(hours: float) -> datetime:
    return TEN + timedelta(hours=hours)


def again(case: Case) -> Case:
    """The case as the database has it now."""
    return Case.objects.select_related("record", "unit", "matter", "area", "condition").get(pk=case.pk)


def many(place: Place, number: int, state: str = "reported") -> None:
    """So many cases at once, written past the actions, for what has to stay quick."""
    rows = records.create_many("case", [place.grid.pk] * number)
    due = TEN + timedelta(hours=2)
    Case.objects.bulk_create(
        [
            Case(
                record=record, number=f"LC-2026-11-{index:06d}", channel="phone", state=state, text=WORDS, masked=WORDS,
                lon=SPOT[0] + index % 100 / 1e4, lat=SPOT[1] + index // 100 % 100 / 1e4, place_words="槐荫里 3 幢东侧",
                area=place.grid, receipt_hash=f"{index:064d}", reported_at=TEN, local_date=TEN.date(),
                suggestions=[{"matter": str(place.wall.pk), "share": 0.9, "because": ["外墙"]}],
                step_from=TEN, step_value=2, step_clock="work_hour", step_due=due + timedelta(seconds=index),
            )
            for index, record in enumerate(rows)
        ],
        batch_size=2000,
    )  # fmt: skip


def refused(code: str) -> "_Refusal":
    """``with refused("wrong_state"):``"""
    return _Refusal(code)


class _Refusal:
    def __init__(self, code: str) -> None:
        self.code = code

    def __enter__(self) -> "_Refusal":
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        assert isinstance(error, Refused), f"expected a refusal {self.code}, got {error!r}"
        assert error.code == self.code, f"{error.code}: {error.sentence}"
        return True


def sound(case: Case) -> None:
    """What holds of every case, however it came here."""
    case = again(case)
    assert (case.step_due is not None) == (case.state in rules.OPEN)
    assert (case.closed_at is not None) == (case.state in rules.ENDED)
    assert (case.limit_from is not None) == (case.state in ("dispatched", "accepted"))
    if case.state in ("dispatched", "accepted", "suspended", "handled", "checked"):
        assert case.unit_id is not None and case.due_at is not None
    if case.state in ("reported", "filed", "approval", "disputed"):
        assert case.unit_id is None
    assert (case.handler_id is not None) <= (case.accepted_at is not None)
    assert (case.main_id is not None) >= (case.state == "merged")
    assert case.returns <= rules.MOST_RETURNS
    assert case.extensions <= rules.MOST_EXTENSIONS
    timeline(case, for_reporter=True, now=TEN)
    timeline(case, for_reporter=False, now=TEN)
