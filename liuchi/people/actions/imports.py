"""Carries out a checked workbook: all of it or nothing."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people import rules
from liuchi.people.actions.logins import free_username, open_login
from liuchi.people.actions.persons import register_person
from liuchi.people.actions.posts import appoint
from liuchi.people.actions.units import open_unit
from liuchi.people.models import Role
from liuchi.people.phones import normal_phone
from liuchi.people.sheets.plan import Known, kinds, make_plan, roles, same_person
from liuchi.people.sheets.reading import as_day, read
from liuchi.territory.models import Area


@dataclass(frozen=True, slots=True)
class Key:
    """What is handed to a new member of staff, once."""

    name: str
    unit: str
    role: str
    username: str
    password: str


@dataclass(slots=True)
class Imported:
    units: int
    posts: int
    known: int
    keys: list[Key]


def import_workbook(ctx: Context, data: bytes) -> Imported:
    """Writes units and staff of a workbook. The same file again changes nothing and says so.

    Raises Refused("faults") if a cell is wrong: then nothing is written.
    """
    today = rules.local_day(ctx.at)
    with transaction.atomic():
        plan = make_plan(read(data), today)
        if plan.faults:
            sentence = _("%(n)s cells need a look first. Nothing was written.") % {"n": plan.faults}
            raise Refused("faults", sentence, field="file")
        result = Imported(units=0, posts=0, known=plan.known, keys=[])
        known = Known()
        known_kinds, known_roles = kinds(), roles()
        for line in plan.units:
            if line.word == "same":
                continue
            cells, area = line.cells, known.area(line.cells["area"])
            parents = known.units.get(cells["parent"], [])
            unit = open_unit(
                ctx,
                kind=known_kinds[cells["kind"].lower()],
                name=cells["name"],
                parent=parents[0] if parents else None,
                area=area if isinstance(area, Area) else None,
                office_phone=cells["office_phone"],
            )
            known.units.setdefault(unit.name, []).append(unit)
            result.units += 1
        for line in plan.staff:
            if line.word == "same":
                continue
            cells = line.cells
            area = known.area(cells["area"])
            unit_ = known.units.get(cells["unit"], [None])[0]
            phone = normal_phone(cells["phone"]) or ""
            person = same_person(cells["name"], phone, cells["unit"])
            role = known_roles[cells["role"].lower()]
            if person is None or isinstance(person, str):
                person = register_person(ctx, name=cells["name"], phone=phone)
                login, password = open_login(ctx, person, cells["username"] or free_username(cells["name"]))
                label = str(Role(role).label)
                result.keys.append(Key(person.name, unit_.name if unit_ else "", label, login.username, password))
            appoint(
                ctx,
                person,
                role=role,
                organisation=unit_,
                area=area if isinstance(area, Area) else None,
                title=cells["title"],
                begins=as_day(cells["begins"]) if cells["begins"] else today,
                ends=as_day(cells["ends"]) if cells["ends"] else None,
            )
            result.posts += 1
    return result
