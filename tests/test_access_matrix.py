"""Every address x every role x own and other area; the table is in access_matrix.py."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from liuchi.cases import actions as cases
from liuchi.cases.models import FilingCondition, Matter
from liuchi.cases.models.matter import UnitRole
from liuchi.kernel.context import Context
from liuchi.kernel.media.actions import receive
from liuchi.kernel.media.preparing import prepare
from liuchi.kernel.outbox.models import Slowed
from liuchi.kernel.records import actions as records
from liuchi.people import actions
from liuchi.people.models import Person
from liuchi.people.tests.conftest import Place, area, made_place
from liuchi.site.demo.pictures import picture
from tests.access_matrix import MATRIX, ROLES, Row

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class World:
    """Two of everything, and somebody signed in for each role."""

    place: Place
    clients: dict[str, Client]
    own: SimpleNamespace
    other: SimpleNamespace
    values: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module", autouse=True)
def unpainted() -> Iterator[None]:
    """Pages are not drawn: who comes in is decided before, and drawing 1,300 of them would take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda self, context=None, request=None: "")
        yield


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once; each request is undone after its answer."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def build() -> World:
    place = made_place()
    ctx = Context(at=LONG_AGO, recorded_at=LONG_AGO, channel="replay")
    resident, login, _password = _resident(ctx, "jumin", "13900000001")
    stranger, _login, _password = _resident(ctx, "moshengren", "13900000002")
    clients = {"A": Client()}
    for letter, role in ROLES.items():
        if letter != "A":
            clients[letter] = Client()
            clients[letter].force_login(login if letter == "R" else place.person(role or "").login)
    far_community = area("340881002001", "河东社区", "community", place.other_street)
    far_grid = area("340881002001001", "河东第一网格", "grid", far_community)
    far_unit = actions.open_unit(ctx, kind="team", name="河东环卫队", area=place.other_street)
    worker, _login, _password = actions.hire(
        ctx,
        name="远方",
        role="grid_worker",
        area=far_grid,
        username="yuanfang",
        begins=LONG_AGO.date(),
        password="x" * 9,
    )
    matter = Matter.objects.create(
        record=records.create("matter"), kind="event", code="06042", major="市容环境类", name="垃圾站（箱）满溢", source="gbt",
        valid_from=LONG_AGO,
    )  # fmt: skip
    condition, draft = (
        FilingCondition.objects.create(
            matter=matter, text=text, closing="清运", limit_value=4, limit_type="work_hour", unit_role=UnitRole.SANITATION,
            valid_from=since,
        )
        for text, since in (("满溢", LONG_AGO), ("草稿", None))
    )  # fmt: skip
    shared = {"matter": matter, "condition": condition, "draft": draft}
    own = _things(ctx, place.grid, place.crew, place.posts["grid_worker"], resident, **shared)
    other = _things(ctx, far_grid, far_unit, worker.posts.get(), stranger, **shared)
    return World(place, clients, own, other)


def _resident(ctx: Context, username: str, phone: str) -> tuple[Person, Any, str]:
    person = actions.register_person(ctx, name="示例", phone=phone)
    login, password = actions.open_login(ctx, person, username, "six foot alley")
    return person, login, password


def _things(ctx: Context, grid: Any, unit: Any, post: Any, reporter: Person, **shared: Any) -> SimpleNamespace:
    """One of each kind that an address can be about, all of one place."""
    now = timezone.now()
    said = Context(at=now, recorded_at=now, person=reporter.pk, channel="phone")
    photo = uuid4()
    receive(ctx, photo, "photo", BytesIO(picture("wall")))
    taken = cases.report(said, cases.Said(text="桶满了", area=grid, media=[photo], phone="13700000000"))
    desk = Context(at=now, recorded_at=now, channel="replay")
    cases.file_and_dispatch(desk, taken.case.pk, shared["matter"].pk, shared["condition"].pk, unit.pk)
    deputy = actions.hire(ctx, name="代班", role="rider", begins=LONG_AGO.date(), password="y" * 9)[0]
    absence = actions.set_absence(ctx, post, begins=now, ends=now + timedelta(days=1), deputy=deputy)
    media = taken.case.record.media.get()
    prepare(media.pk)
    return SimpleNamespace(
        area=grid.pk, community=grid.parent_id, unit=unit.pk, post=post.pk, person=post.person_id, case=taken.case.pk, receipt=taken.receipt,
        absence=absence.pk, media=media.pk, matter=shared["matter"].code, condition=shared["draft"].pk,
    )  # fmt: skip


def addresses(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """Every pattern of the site, as written."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern)


def fill(address: str, about: str, things: SimpleNamespace) -> str:
    """The address with the thing it is about in place of `<uuid:pk>` and the like."""

    def value(found: re.Match[str]) -> str:
        name = found[0].strip("<>").split(":")[-1]
        if name == "variant":
            return "thumb"
        if name == "name":
            return about.partition(" ")[2]
        if name == "code":
            return str(things.matter)
        return str(getattr(things, about.partition(" ")[0]))

    return "/" + re.sub(r"<[^>]+>", value, address)


def answer(world: World, row: Row, letter: str, things: SimpleNamespace) -> str:
    """The sign for what one role gets; whatever the request did is undone."""
    cache.clear()
    Slowed.objects.all().delete()
    url = fill(row.address, row.about, things)
    # a reason for the turns that need one, and the community for a grid that is to be drawn
    sent = {"words": "理由", "parent": things.community}
    with transaction.atomic():
        told = getattr(world.clients[letter], row.method.lower())(url, sent)
        transaction.set_rollback(True)
    to_sign_in = told.headers.get("Location", "").startswith("/account/login/")
    if told.status_code == 401 or to_sign_in:
        return ">"
    if told.status_code == 403:
        return "-"
    if told.status_code == 404:
        return "0"
    assert told.status_code < 500, f"{row.method} {url} as {ROLES[letter]}: {told.status_code}"
    return "+"


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    rows = {row.address for row in MATRIX}
    there = set(addresses())
    assert not there - rows, f"addresses without a row in tests/access_matrix.py: {sorted(there - rows)}"
    assert not rows - there, f"rows without an address: {sorted(rows - there)}"


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: f"{row.method} /{row.address} {row.about}")
def test_each_role_gets_the_answer_of_the_table(world: World, row: Row) -> None:
    heads = "".join(ROLES)
    got = "".join(answer(world, row, letter, world.own) for letter in ROLES)
    if set(row.own) == {"*"}:
        assert set(got) <= {"+", "0"}
        return
    assert f"{heads}\n{got}" == f"{heads}\n{row.own}", "in one's own area"
    if row.other:
        got = "".join(answer(world, row, letter, world.other) for letter in ROLES)
        assert f"{heads}\n{got}" == f"{heads}\n{row.other}", "in another area"


def test_what_is_about_a_thing_is_tried_elsewhere_too() -> None:
    lacking = [row.address for row in MATRIX if "<" in row.address and not row.other]
    assert not lacking


def test_an_unknown_thing_is_a_404_for_everybody_who_comes_in(world: World) -> None:
    for address in ("desk/cases/{}", "desk/people/{}", "desk/posts/{}"):
        assert (
            world.clients["X" if "cases" not in address else "D"].get("/" + address.format(uuid4())).status_code == 404
        )
