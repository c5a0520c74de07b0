"""A small place with two of everything, and somebody signed in for each role."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from liuchi.cases import actions as cases
from liuchi.cases.models import FilingCondition, Matter
from liuchi.cases.models.matter import UnitRole
from liuchi.kernel.context import Context
from liuchi.kernel.media.actions import receive
from liuchi.kernel.media.preparing import prepare
from liuchi.kernel.records import actions as records
from liuchi.people import actions
from liuchi.people.models import Person
from liuchi.people.tests.conftest import Place, area, made_place
from liuchi.site.demo.pictures import picture
from tests.access import admissions, duties, early, interfaces, notices, places, points, publications, registers, ways
from tests.access.rows import ROLES

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class World:
    """Two of everything, and somebody signed in for each role."""

    place: Place
    clients: dict[str, Client]
    own: SimpleNamespace
    other: SimpleNamespace


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
    motion = cases.ask_extension(desk, taken.case.pk, 1, "等配件")
    deputy = actions.hire(ctx, name="代班", role="rider", begins=LONG_AGO.date(), password="y" * 9)[0]
    absence = actions.set_absence(ctx, post, begins=now, ends=now + timedelta(days=1), deputy=deputy)
    media = taken.case.record.media.get()
    prepare(media.pk)
    things = SimpleNamespace(
        area=grid.pk, community=grid.parent_id, unit=unit.pk, post=post.pk, person=post.person_id, case=taken.case.pk, receipt=taken.receipt,
        absence=absence.pk, media=media.pk, matter=shared["matter"].code, condition=shared["draft"].pk, motion=motion.pk,
    )  # fmt: skip
    side = SimpleNamespace(area=grid, unit=unit, reporter=reporter)
    for app in (notices, registers, points, places, admissions, publications, duties, early, interfaces, ways):
        vars(things).update(app.things(ctx, side))
    return things


def fill(address: str, about: str, things: SimpleNamespace) -> str:
    """The address with the thing it is about in place of `<uuid:pk>` and the like."""

    def value(found: re.Match[str]) -> str:
        name = found[0].strip("<>").split(":")[-1]
        if name == "variant":
            return "thumb"
        if name in ("turn", "form"):
            return {"turn": "pause", "form": "json"}[name]
        if name == "media_id":
            return str(things.media)
        if name == "name":
            return about.partition(" ")[2]
        if name == "case_id" and about == "motion":
            return str(things.case)
        if name == "at":
            return "0"
        if name == "code":
            return str(things.matter)
        return str(getattr(things, about.partition(" ")[0]))

    return "/" + re.sub(r"<[^>]+>", value, address)
