"""What a workbook would change: each row checked against what is there, each fault on its cell. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.kernel.errors import Refused
from liuchi.people import rules
from liuchi.people.actions.logins import checked_username
from liuchi.people.actions.posts import area_sentence
from liuchi.people.models import Login, Organisation, Person, Post, Role
from liuchi.people.phones import normal_phone
from liuchi.people.sheets.columns import spoken
from liuchi.people.sheets.reading import Line, as_day
from liuchi.territory.models import Area


@dataclass(slots=True)
class Plan:
    """The lines of both sheets after checking. `units` come in an order in which each one's parent stands before it."""

    units: list[Line] = field(default_factory=list)
    staff: list[Line] = field(default_factory=list)

    @property
    def faults(self) -> int:
        return sum(len(line.faults) for line in (*self.units, *self.staff))

    def count(self, sheet: str, word: str) -> int:
        return sum(1 for line in getattr(self, sheet) if line.word == word and not line.faults)

    @property
    def new_units(self) -> int:
        return self.count("units", "new")

    @property
    def new_staff(self) -> int:
        return self.count("staff", "new")

    @property
    def known(self) -> int:
        return self.count("units", "same") + self.count("staff", "same")

    @property
    def ready(self) -> bool:
        return not self.faults and bool(self.new_units or self.new_staff)


class Known:
    """What is there already, read once."""

    def __init__(self) -> None:
        self.areas: dict[str, list[Area]] = {}
        for area in Area.objects.filter(valid_to=None):
            for word in {area.name, area.code}:
                self.areas.setdefault(word, []).append(area)
        self.units: dict[str, list[Organisation]] = {}
        for unit in Organisation.objects.filter(closed_on=None):
            self.units.setdefault(unit.name, []).append(unit)
        self.usernames = set(Login.objects.values_list("username", flat=True))

    def area(self, word: str) -> Area | str | None:
        """The area of a name or code; a sentence if there is none or several."""
        if not word:
            return None
        found = self.areas.get(word, [])
        if len(found) == 1:
            return found[0]
        if found:
            return _("There are several areas of this name. Please write its code instead.")
        return _("No area has this name or code.")


def make_plan(read: Mapping[str, list[Line]], today: date) -> Plan:
    """Checks all rows. today: the first day of a post whose row names none."""
    known = Known()
    plan = Plan(read.get("units", []), read.get("staff", []))
    _check_units(plan, known)
    _check_staff(plan, known, today)
    return plan


def kinds() -> dict[str, str]:
    """The kinds of units by their names in all languages of the house."""
    return _by_word([(kind.value, str(word)) for kind in Organisation.Kind for word in spoken(kind.label)])


def roles() -> dict[str, str]:
    """The roles that can be given, by their names in all languages of the house."""
    return _by_word([(role.value, str(word)) for role in Role if role != Role.RESIDENT for word in spoken(role.label)])


def _by_word(pairs: list[tuple[str, str]]) -> dict[str, str]:
    return {word: value for value, word in pairs} | {value: value for value, _word in pairs}


def _check_units(plan: Plan, known: Known) -> None:
    known_kinds = kinds()
    in_sheet: dict[str, Line] = {}
    for line in plan.units:
        name = line.cells["name"]
        if not name:
            line.fault("name", _("Please enter a name."))
        elif len(name) > 80:
            line.fault("name", _("This name is too long: at most %(n)s characters.") % {"n": 80})
        elif name in in_sheet:
            line.fault("name", _("This unit already stands in row %(row)s.") % {"row": in_sheet[name].number})
        else:
            in_sheet[name] = line
        if line.cells["kind"].lower() not in known_kinds:
            line.fault(
                "kind",
                _("Please choose a kind from the list.")
                if line.cells["kind"]
                else _("Please choose what kind of unit it is."),
            )
        area = known.area(line.cells["area"])
        if isinstance(area, str):
            line.fault("area", area)
        there = known.units.get(name, [])
        if there:
            line.word, line.note = "same", _("already there")
        parent = line.cells["parent"]
        if not parent or line.word == "same":
            continue
        if parent == name:
            line.fault("parent", _("A unit can't hang below itself. Please choose another one above it."))
        elif len(known.units.get(parent, [])) > 1:
            line.fault("parent", _("There are several units of this name. Please set it up by hand."))
        elif parent not in known.units and not any(other.cells["name"] == parent for other in plan.units):
            line.fault("parent", _("No unit has this name, neither here nor in the sheet."))
    _order(plan, in_sheet)


def _order(plan: Plan, in_sheet: dict[str, Line]) -> None:
    """Parents before children; rings of units are faults."""
    done: dict[str, bool] = {}
    ordered: list[Line] = []

    def visit(line: Line, above: tuple[str, ...]) -> None:
        name = line.cells["name"]
        if done.get(name):
            return
        if name in above:
            line.fault("parent", _("These units hang below each other in a ring."))
            return
        parent = in_sheet.get(line.cells["parent"])
        if parent is not None and parent is not line and line.word != "same":
            visit(parent, (*above, name))
        if not done.get(name):
            done[name] = True
            ordered.append(line)

    for line in plan.units:
        if in_sheet.get(line.cells["name"]) is line:
            visit(line, ())
    plan.units = ordered + [line for line in plan.units if line not in ordered]


def _check_staff(plan: Plan, known: Known, today: date) -> None:
    known_roles = roles()
    new_units = {line.cells["name"] for line in plan.units}
    seen: dict[tuple, Line] = {}
    usernames: dict[str, Line] = {}
    phones: dict[str, Line] = {}
    for line in plan.staff:
        cells = line.cells
        if not cells["name"]:
            line.fault("name", _("Please enter a name."))
        role = known_roles.get(cells["role"].lower())
        if role is None:
            line.fault("role", _("Please choose a role from the list."))
        phone = normal_phone(cells["phone"]) if cells["phone"] else ""
        if phone is None:
            line.fault("phone", _("This is not a phone number. Enter 11 digits, or a landline with its area code."))
        _check_place(line, role, known, new_units)
        _check_term(line, today)
        _check_username(line, known, usernames)
        key = (phone or cells["name"], role, cells["unit"], cells["area"])
        if key in seen:
            line.fault("name", _("This row says the same as row %(row)s.") % {"row": seen[key].number})
        seen.setdefault(key, line)
        if phone:
            other = phones.setdefault(phone, line)
            if other is not line and other.cells["name"] != cells["name"]:
                line.fault("phone", _("Row %(row)s has the same phone for another name.") % {"row": other.number})
        if not line.faults:
            _find_double(line, role or "", phone or "", known)


def _check_place(line: Line, role: str | None, known: Known, new_units: set[str]) -> None:
    unit, area = line.cells["unit"], known.area(line.cells["area"])
    if unit and len(known.units.get(unit, [])) > 1:
        line.fault("unit", _("There are several units of this name. Please set it up by hand."))
    elif unit and unit not in known.units and unit not in new_units:
        line.fault("unit", _("No unit has this name, neither here nor in the sheet."))
    if role in rules.ROLES_WITH_UNIT and not unit:
        line.fault("unit", _("A handler acts for a unit: please choose it."))
    if isinstance(area, str):
        line.fault("area", area)
        return
    levels = rules.LEVELS_OF_ROLE.get(role or "")
    if (area is None and rules.needs_area(role or "", bool(unit))) or (area and levels and area.level not in levels):
        line.fault("area", area_sentence(role or ""))


def _check_term(line: Line, today: date) -> None:
    begins = as_day(line.cells["begins"]) if line.cells["begins"] else today
    ends = as_day(line.cells["ends"]) if line.cells["ends"] else None
    if begins is None:
        line.fault("begins", _("This is no date. Write it as 2026-11-22."))
    if line.cells["ends"] and ends is None:
        line.fault("ends", _("This is no date. Write it as 2026-11-22."))
    elif begins and ends and ends < begins:
        line.fault("ends", _("The last day must not lie before the first."))


def _check_username(line: Line, known: Known, usernames: dict[str, Line]) -> None:
    if not line.cells["username"]:
        return
    try:
        username = checked_username(line.cells["username"])
    except Refused as refused:
        line.fault("username", refused.sentence)
        return
    other = usernames.setdefault(username, line)
    if other is not line and other.cells["name"] != line.cells["name"]:
        line.fault("username", _("Row %(row)s has the same sign-in name.") % {"row": other.number})
    line.cells["username"] = username


def _find_double(line: Line, role: str, phone: str, known: Known) -> None:
    """Marks the row as known if somebody of this phone (or name, where no phone is given) already holds the post."""
    person = same_person(line.cells["name"], phone, line.cells["unit"])
    username = line.cells["username"]
    if person is None:
        if username in known.usernames:
            line.fault("username", _("This sign-in name is taken. Please choose another one."))
        return
    if isinstance(person, str):
        line.fault("phone", person)
        return
    unit = known.units.get(line.cells["unit"], [None])[0]
    area = known.area(line.cells["area"])
    same = Post.objects.filter(
        person=person, role=role, organisation=unit, area=area if isinstance(area, Area) else None
    )
    if same.exists():
        line.word, line.note = "same", _("already there")
    else:
        line.note = _("another post for somebody already known")


def same_person(name: str, phone: str, unit: str) -> Person | str | None:
    """The person of a row: with a phone by phone and name, without by name and unit. A sentence for a clash."""
    if phone:
        there = list(Person.objects.filter(phone_index=crypto.blind_index("phone", phone), login__isnull=False))
        if not there:
            return None
        fitting = [person for person in there if person.name == name]
        return fitting[0] if fitting else _("This phone belongs to somebody with another name.")
    posts = Post.objects.filter(person__name=name, organisation__name=unit) if unit else Post.objects.none()
    ids: set[UUID] = set(posts.values_list("person_id", flat=True))
    return Person.objects.get(pk=ids.pop()) if len(ids) == 1 else None
