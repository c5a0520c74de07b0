"""A small place with people in it: two streets, communities, grids, and one post of each role."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from liuchi.kernel.context import Context
from liuchi.kernel.tests.kept import Kept
from liuchi.people import actions
from liuchi.people.models import Organisation, Person, Post
from liuchi.territory.models import Area

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


def context(at: datetime = NOW, person: object = None, channel: str = "desk") -> Context:
    return Context(at=at, recorded_at=at, person=person, channel=channel)


def area(code: str, name: str, level: str, parent: Area | None = None) -> Area:
    first, last = int(code.ljust(15, "0")), int(code.ljust(15, "9"))
    return Area.objects.create(code=code, name=name, level=level, parent=parent, first=first, last=last)


@dataclass
class Place:
    street: Area
    other_street: Area
    community: Area
    other_community: Area
    grid: Area
    other_grid: Area
    office: Organisation
    crew: Organisation
    gang: Organisation
    posts: dict[str, Post] = field(default_factory=dict)

    def person(self, role: str) -> Person:
        return self.posts[role].person


@pytest.fixture
def place(db: None) -> Place:
    return kept_place()


def made_place() -> Place:
    county = area("340881", "桐城市", "county")
    street = area("340881001", "六尺街道", "street", county)
    other_street = area("340881002", "河东街道", "street", county)
    community = area("340881001001", "槐荫社区", "community", street)
    other_community = area("340881001002", "文汇社区", "community", street)
    grid = area("340881001001001", "槐荫第一网格", "grid", community)
    other_grid = area("340881001001002", "槐荫第二网格", "grid", community)
    ctx = context(datetime(2026, 1, 1, tzinfo=UTC), channel="system")
    office = actions.open_unit(ctx, kind="government_unit", name="六尺街道办事处", area=street)
    crew = actions.open_unit(ctx, kind="government_unit", name="城管中队", parent=office)
    gang = actions.open_unit(ctx, kind="team", name="夜间巡查组", parent=crew)
    made = Place(street, other_street, community, other_community, grid, other_grid, office, crew, gang)
    where = {
        "rider": {},
        "grid_worker": {"area": grid},
        "grid_leader": {"area": community},
        "community_clerk": {"area": community},
        "dispatcher": {"area": street, "organisation": office},
        "handler": {"organisation": crew},
        "secretary": {"area": street},
        "supervisor": {"area": street},
        "administrator": {},
    }
    for number, (role, more) in enumerate(where.items()):
        person, _login, _password = actions.hire(
            ctx, name=f"示例{number}", role=role, phone=f"1380000000{number}", username=role.replace("_", ""),
            begins=date(2026, 1, 1), password="six foot alley", **more,
        )  # fmt: skip
        made.posts[role] = person.posts.get()
    return made


kept_place = Kept(made_place)


def client_of(person: Person) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(person.login)
    return client
