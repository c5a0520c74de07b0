"""Dual points: a person asks for a statement, the community confirms it, the person hands it to the unit they work in."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people import actions as people
from liuchi.people.access import actor_at
from liuchi.people.models import Person
from liuchi.points import rules
from liuchi.points.models import Statement, Transfer
from liuchi.territory.models import Area

PURPOSE = "points_home"


def ask_statement(
    ctx: Context, person: Person, *, area: Area | None, home_unit: str, period: str, agreed: bool
) -> Statement:
    """Asks the community to confirm what was earned in a period. period: of rules.periods; agreed: that the community sees it.

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
    if not earned(person, begins, ends):
        raise Refused("nothing", _("You got no points in this period yet."), field="period")
    try:
        with transaction.atomic():
            people.give_consent(ctx, person, PURPOSE)
            record = records.create("points_statement", area.pk, secrecy=1)
            made = Statement.objects.create(
                record=record,
                person=person,
                area=area,
                home_unit=home_unit,
                begins=begins,
                ends=ends,
                asked_at=ctx.at,
                number=f"SJ-{rules.local_day(ctx.at):%Y%m%d}-{record.pk.hex[-6:].upper()}",
            )
            facts = {"begins": begins.isoformat(), "ends": ends.isoformat()}
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
        one = _locked(statement)
        if not actor_at(ctx.person, ctx.at).may("points.confirm", one):
            raise Refused(
                "not_allowed", _("Your post does not cover this. Ask your administrator if it should."), None, 403
            )
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
        if one.state != Statement.State.TAKEN_BACK:
            one.state = Statement.State.TAKEN_BACK
            one.save(update_fields=["state"])
            journal.write(ctx, one.record, "points.statement_taken_back")
    return one


def _locked(statement: Statement) -> Statement:
    return (
        Statement.objects.select_for_update(of=("self",), no_key=True)
        .select_related("record", "area", "person")
        .get(pk=statement.pk)
    )
