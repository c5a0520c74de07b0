"""A certificate of hours: issued as of a day, with a number and a code by which anybody verifies it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.admissions.rules.letters import letter_number, new_code
from liuchi.duties import queries, rules
from liuchi.duties.models import Certificate
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.locks import one_at_a_time
from liuchi.kernel.records import actions as records
from liuchi.people.actions.living import living
from liuchi.people.models import Organisation
from liuchi.territory import queries as territory

MARK = "志服"
LINES = 60


def issue_certificate(ctx: Context, year: int | None = None) -> Certificate:
    """A certificate of what the acting person served, in a year or ever, in the name that they have now: a later name is a
    later certificate. The same once more is the one there is.

    Raises Refused("sign_in" | "nothing").
    """
    if ctx.person is None:
        raise Refused("sign_in", _("Please sign in first."), status=401)
    today = rules.local_day(ctx.at)
    with transaction.atomic():
        one_at_a_time("duties.certificate")  # numbers follow one another
        person = living(ctx.person)
        served = queries.hours(person.pk, year, LINES)
        if served.begins is None or served.ends is None:
            raise Refused("nothing", _("There is nothing to certify yet: you have served no shift in this time."))
        counts = {"begins": served.begins, "ends": served.ends, "times": served.times, "minutes": served.minutes}
        unit, name = _unit(), person.name
        there = Certificate.objects.filter(person=person, year=year, unit=unit, name=name, **counts).first()
        if there:
            return there
        number = Certificate.objects.filter(issued_on__year=today.year).count() + 1
        made = Certificate.objects.create(
            record=records.create("certificate", person.record.area_id, secrecy=1),
            person=person,
            name=name,
            code=new_code(),
            number=letter_number(MARK, today.year, number),
            unit=unit,
            year=year,
            lines=[[one.day.isoformat(), one.title, one.where, one.minutes] for one in served.newest],
            issued_on=today,
            **counts,
        )
        journal.write(ctx, made.record, "certificate.issued", {"times": made.times, "minutes": made.minutes})
    return made


def _unit() -> str:
    """The office of the place: who issues it."""
    root = territory.root()
    offices = Organisation.objects.filter(area=root, kind="government_unit", closed_on=None)
    office = offices.exclude(parent__kind="government_unit").order_by("name").first()
    return office.name if office else root.name if root else ""
