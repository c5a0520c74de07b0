"""Dual points: a person asks for a statement, the community confirms it, the person hands it to the unit they work in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people import actions as people
from liuchi.people.access import Actor, actor_at
from liuchi.people.acting import acting
from liuchi.people.actions.living import living
from liuchi.people.models import Consent, Look, Organisation, Person
from liuchi.people.registers.seeing import in_charge, leads
from liuchi.points import rules
from liuchi.points.actions.acting import refuse_others
from liuchi.points.models import Statement, Transfer
from liuchi.territory.models import Area

PURPOSE = "points_home"
HOME, HOME_FILE = "points.home", "points.home_file"
MOST_IN_A_FILE = 1000
SEEN_FOR = timedelta(days=60)  # after the confirmation the community loses sight of it


def ask_statement(
    ctx: Context, person: Person, *, area: Area | None, home_unit: str, period: str, agreed: bool, shown: bool = False
) -> Statement:
    """Asks the community to confirm what was earned in a period. period: of rules.periods; agreed: that the community sees it;
    shown: that the unit's secretary may open the confirmed sheet.

    Raises Refused("agreed" | "home_unit" | "area" | "period" | "nothing" | "asked").
    """
    home_unit = home_unit.replace("\x00", "").strip()[:80]
    bounds = rules.periods(rules.local_day(ctx.at)).get(period)
    if not home_unit:
        raise Refused("home_unit", _("Which unit is it for?"), field="home_unit")
    if area is None:
        raise Refused("area", _("Which community shall confirm it?"), field="area")
    if bounds is None:
        raise Refused("period", _("Please choose a period."), field="period")
    if not agreed:
        raise Refused("agreed", _("The community can confirm only what you let it see."), field="agreed")
    begins, ends = bounds
    unit = _unit_of(home_unit) if shown else None
    if not earned(person, begins, ends):
        raise Refused("nothing", _("You got no points in this period yet."), field="period")
    try:
        with transaction.atomic():
            living(person.pk)
            people.give_consent(ctx, person, PURPOSE)
            record = records.create("points_statement", area.pk, secrecy=1)
            made = Statement.objects.create(
                record=record,
                person=person,
                area=area,
                home_unit=home_unit,
                shown_to=unit,
                begins=begins,
                ends=ends,
                asked_at=ctx.at,
                number=f"SJ-{rules.local_day(ctx.at):%Y%m%d}-{record.pk.hex[-6:].upper()}",
            )
            facts = {"begins": begins.isoformat(), "ends": ends.isoformat(), "shown": shown}
            journal.write(ctx, record, "points.statement_asked", facts, {"unit": home_unit}, about=person.pk)
    except IntegrityError:
        raise Refused("asked", _("You have already asked for this one."), field="period")
    return made


def earned(person: Person, begins: date, ends: date) -> list[tuple[str, int, int]]:
    """(event, times, points) of somebody in a period; for the person, and for whom the person asked to look."""
    rows = (
        Transfer.objects.filter(kind="award", holder__person=person, day__range=(begins, ends))
        .values("event")
        .annotate(times=Count("pk"), points=Sum("amount"))
        .order_by("event")
    )
    return [(row["event"], row["times"], row["points"]) for row in rows]


def confirm_statement(ctx: Context, statement: Statement) -> Statement:
    """社区确认: what the person earned, as the books say. Raises Refused when it was taken back."""
    with transaction.atomic():
        if statement.person_id:
            living(statement.person_id)
        one = _locked(statement)
        ctx = acting(ctx, "points.confirm", one)
        if one.person_id == ctx.person and not ctx.trusted:
            raise Refused("own", _("Nobody confirms their own. Please ask a colleague."), status=403)
        if not waiting_here(actor_at(ctx.person, ctx.at), ctx).filter(pk=one.pk).exists():
            raise Refused("state", _("This one waits for nobody any more."), status=409)
        if one.state != Statement.State.ASKED or one.person is None:
            raise Refused("state", _("This one waits for nobody any more."), status=409)
        lines = earned(one.person, one.begins, one.ends)
        one.state, one.confirmed_at = Statement.State.CONFIRMED, ctx.at
        one.lines, one.points = [list(line) for line in lines], sum(points for _event, _times, points in lines)
        one.save(update_fields=["state", "confirmed_at", "lines", "points"])
        journal.write(ctx, one.record, "points.statement_confirmed", {"points": one.points})
    return one


def take_back_statement(ctx: Context, statement: Statement) -> Statement:
    """The person does not want it any more: the community no longer sees it."""
    with transaction.atomic():
        one = _locked(statement)
        refuse_others(ctx, one.person_id)
        if one.state != Statement.State.TAKEN_BACK:
            one.state, one.shown_to = Statement.State.TAKEN_BACK, None
            one.save(update_fields=["state", "shown_to"])
            journal.write(ctx, one.record, "points.statement_taken_back")
    return one


def show_to_unit(ctx: Context, statement: Statement, shown: bool) -> Statement:
    """The person lets the secretary of their unit open the sheet, or ends it: at once, for what was not opened yet.

    Raises Refused("home_unit") for a unit that does not stand here, ("state") for what was taken back.
    """
    with transaction.atomic():
        if statement.person_id:
            living(statement.person_id)
        one = _locked(statement)
        if one.person_id is None or one.person_id != ctx.person or one.state == Statement.State.TAKEN_BACK:
            raise Refused("state", _("This one waits for nobody any more."), status=409)
        unit = _unit_of(one.home_unit) if shown else None
        if shown and one.person:
            people.give_consent(ctx, one.person, PURPOSE)  # to the text that speaks of the secretary
        if unit != one.shown_to:
            one.shown_to = unit
            one.save(update_fields=["shown_to"])
            journal.write(ctx, one.record, "points.statement_shown", {"shown": shown})
    return one


def open_at_unit(ctx: Context, statement: Statement) -> Statement:
    """The unit's secretary opens a sheet that was shown to them; the look is noted and the person sees it.

    Raises Refused("not_yours") for everybody else.
    """
    if statement.shown_to_id not in leads(actor_at(ctx.person, ctx.at)):
        raise _not_yours()
    _note_looks(ctx, [statement], HOME)
    return statement


def file_at_unit(ctx: Context, unit: Organisation, year: int) -> list[Statement]:
    """The sheets of periods that ended in a year, to be taken along as a file: each is noted as such. By name, never by points.

    Raises Refused("not_yours") for who is not the secretary at that very unit.
    """
    if unit.pk not in leads(actor_at(ctx.person, ctx.at)):
        raise _not_yours()
    with transaction.atomic():
        found = list(
            shown_to_units([unit.pk]).filter(ends__year=year).order_by("person__name", "begins")[:MOST_IN_A_FILE]
        )
        _note_looks(ctx, found, HOME_FILE)
    return found


def waiting_here(actor: Actor, ctx: Context) -> QuerySet[Statement]:
    """What somebody may confirm, and for some weeks look at again: of their own community, with a consent that still stands."""
    lately = Q(state=Statement.State.ASKED) | Q(confirmed_at__gt=ctx.at - SEEN_FOR)
    found = Statement.objects.filter(lately, person__isnull=False).exclude(state=Statement.State.TAKEN_BACK)
    if not ctx.trusted:
        found = found.filter(in_charge(actor))
    return found.filter(Exists(_agreed())).select_related("area", "person", "record")


def _agreed() -> QuerySet[Consent]:
    return Consent.objects.filter(person=OuterRef("person"), purpose=PURPOSE, withdrawn_at=None)


def shown_to_units(units: Collection[UUID]) -> QuerySet[Statement]:
    """What people let the secretaries of these units open: confirmed, and with a consent that still stands."""
    shown = Statement.objects.filter(shown_to__in=units, state=Statement.State.CONFIRMED, person__isnull=False)
    return shown.filter(Exists(_agreed())).select_related("area", "person", "record", "shown_to")


def _note_looks(ctx: Context, statements: Iterable[Statement], duty: str) -> None:
    Look.objects.bulk_create(
        Look(
            at=ctx.at,
            person_id=one.person_id,
            by_id=ctx.person,
            by_post_id=ctx.post,
            what="points",
            duty=duty,
            record_id=one.pk,
        )
        for one in statements
    )


def _not_yours() -> Refused:
    return Refused("not_yours", _("Only the secretary of this unit sees this."), status=403)


def _unit_of(name: str) -> Organisation:
    found = list(Organisation.objects.filter(name=name, closed_on=None)[:2])
    if len(found) != 1:
        sentence = _(
            "This unit does not stand here under this name. Leave the box empty and hand the sheet over yourself."
        )
        raise Refused("home_unit", sentence, field="home_unit")
    return found[0]


def _locked(statement: Statement) -> Statement:
    return (
        Statement.objects.select_for_update(of=("self",), no_key=True)
        .select_related("record", "area", "person__record", "shown_to")
        .get(pk=statement.pk)
    )
