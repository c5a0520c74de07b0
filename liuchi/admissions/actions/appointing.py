"""Several at once: a list of people is invited, or appointed in one ceremony."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.admissions.actions.acting import locked_programme, officer
from liuchi.admissions.actions.admitting import admit, places_left
from liuchi.admissions.models import Admission, Invitation, Programme
from liuchi.kernel import crypto
from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.people import actions as people
from liuchi.people.actions.living import living
from liuchi.people.models import Business, Person
from liuchi.people.phones import normal_phone
from liuchi.people.rules import local_day
from liuchi.territory.models import Area

MOST = 300
BACK, AHEAD = timedelta(days=31), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Line:
    """One of the list. person or business where it is known already; otherwise name and phone register the person."""

    name: str
    area: Area
    title: str
    phone: str = ""
    person: Person | None = None
    business: Business | None = None


def appoint_many(
    ctx: Context, programme_id: UUID, lines: Sequence[Line], *, agreed: bool, begins: date | None = None
) -> list[Admission]:
    """Appoints all of them or nobody, each with a letter. agreed: each of them has said yes.

    Raises Refused("agreed" | "lines" | "full" | "double" | "area" | "phone").
    """
    if not agreed:
        raise Refused("agreed", _("Nobody is appointed without having agreed. Ask them first."), field="agreed")
    if not lines or len(lines) > MOST:
        raise Refused("lines", _("Enter from 1 to %(n)s people.") % {"n": MOST}, field="lines")
    today = local_day(ctx.at)
    if begins and not today - BACK <= begins <= today + AHEAD:
        raise Refused("begins", _("The first day lies at most a month back and a year ahead."), field="begins")
    with transaction.atomic():
        _living(line.person for line in lines if line.person)
        programme = running(programme_id)
        assert programme.version
        free = places_left(programme)
        if free is not None and free < len(lines):
            sentence = _("There are %(free)s places left, and the list has %(n)s.")
            raise Refused("full", sentence % {"free": free, "n": len(lines)}, field="lines", status=409)
        made = []
        for line in lines:
            one_ctx = officer(ctx, "admissions.appoint", Target(area_first=line.area.first))
            if not programme.area.first <= line.area.first <= programme.area.last:
                raise Refused("area", _("This lies outside of the place that the programme is for."), field="lines")
            titles = programme.version.definition.titles
            if line.title not in titles:
                raise Refused(
                    "title", _("%(title)s is no title of this programme.") % {"title": line.title}, field="lines"
                )
            if ctx.person and line.business and line.business.keeper_id == ctx.person:
                raise _oneself()
            person = line.person or (None if line.business else registered(one_ctx, line))
            if ctx.person and person and person.pk == ctx.person:
                raise _oneself()
            made.append(
                admit(
                    one_ctx,
                    programme,
                    programme.version,
                    area=line.area,
                    title=line.title,
                    person=line.business.keeper if line.business else person,
                    business=line.business,
                    begins=begins,
                )
            )
    return made


def invite(ctx: Context, programme_id: UUID, people_: Iterable[Person], area: Area | None = None) -> int:
    """Invites people to apply themselves; who is invited already stays so. area: for where, else all of the programme's
    place. Returns how many are new."""
    with transaction.atomic():
        people_ = _living(people_)
        programme = running(programme_id)
        target = Target(area_first=area.first) if area else programme.access_target()
        ctx = officer(ctx, "admissions.appoint", target)
        new = 0
        for person in people_:
            _invitation, made = Invitation.objects.get_or_create(
                programme=programme, person=person, defaults={"at": ctx.at}
            )
            if made:
                new += 1
                whom = {"person": str(person.pk)}
                journal.write(ctx, programme.record, "programme.invited", {}, whom, about=person.pk)
    return new


def _living(people_: Iterable[Person]) -> list[Person]:
    """The same people, none of whom is being erased meanwhile: locked before the programme, in one order."""
    return [living(pk) for pk in sorted({person.pk for person in people_})]


def _oneself() -> Refused:
    return Refused("self", _("Nobody appoints themselves: leave yourself out of the list."), field="lines")


def known_person(name: str, phone: str) -> Person | None:
    """The one person of this name and number; None if there is none, or several. An account whose number no officer has
    checked is not taken for them: anybody can sign up with a colleague's (`people.actions.persons.check_phone`)."""
    normal = normal_phone(phone)
    if normal is None:
        return None
    found = Person.objects.filter(phone_index=crypto.phone_index(normal), name=" ".join(name.split()), erased_at=None)
    found = found.exclude(phone_checked_at=None)
    first = list(found[:2])
    return first[0] if len(first) == 1 else None


def registered(ctx: Context, line: Line) -> Person:
    """The person of a line, registered if the house does not know them yet."""
    return known_person(line.name, line.phone) or people.register_person(
        ctx, name=line.name, phone=line.phone, area_id=line.area.pk
    )


def running(programme_id: UUID) -> Programme:
    """The programme, locked. Raises Refused if it is not open."""
    programme = locked_programme(programme_id)
    if programme.state != Programme.State.OPEN or programme.version is None:
        raise Refused("not_open", _("This programme is not open."), status=409)
    return programme
