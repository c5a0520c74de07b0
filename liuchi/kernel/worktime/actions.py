"""Publishing a calendar, and moving open deadlines with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel import worktime
from liuchi.kernel.context import Context, system
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.kernel.worktime import queries
from liuchi.kernel.worktime.models import CalendarVersion
from liuchi.kernel.worktime.official import official_days, package_version
from liuchi.kernel.worktime.rules import FIRST_DAY, LAST_DAY

# A transaction that computed a deadline by the older calendar is over after this time.
_SETTLE_AFTER = timedelta(minutes=1)


def publish_calendar(
    ctx: Context, days: Mapping[date, bool | None] | None = None, complete_years: Iterable[int] = ()
) -> CalendarVersion:
    """Publishes a calendar: that of the package, then what this office entered before, then ``days``.

    days: day -> worked (True), free (False), or None to take back what was entered; complete_years: years whose days are
    now all entered, so that the desk no longer warns. Moves all open deadlines, in the same transaction.
    Raises Refused ``no_change`` and ``day_range``.
    """
    days = dict(days or {})
    for day in days:
        if not FIRST_DAY <= day <= LAST_DAY:
            raise Refused("day_range", _("The calendar goes from 2000 to 2099. Please check the year."), field="day")
    with transaction.atomic():
        last = CalendarVersion.objects.select_for_update().order_by("-number").first()
        own: dict[str, bool] = dict(last.own) if last else {}
        for day, works in days.items():
            if works is None:
                own.pop(day.isoformat(), None)
            else:
                own[day.isoformat()] = works
        own_years = sorted(set(last.own_years if last else ()) | set(complete_years))
        official, official_years = official_days()
        merged = {day.isoformat(): works for day, works in official.items()} | own
        years = sorted(official_years | set(own_years))
        if last and (last.days, last.years, last.own) == (merged, years, own):
            raise Refused("no_change", _("Nothing has changed in the calendar, so there is nothing to publish."))
        version = CalendarVersion(
            record=records.create("calendar"),
            number=last.number + 1 if last else 1,
            published_at=ctx.recorded_at,
            own=own,
            own_years=own_years,
            days=merged,
            years=years,
            package=package_version(),
        )
        version.save(force_insert=True)
        queries.forget()
        version.moved = _move(ctx, version.number)
        version.save(update_fields=["moved"])
        facts = {"number": version.number, "package": version.package, "own_days": len(own), "moved": version.moved}
        facts["changed"] = sorted(
            day for day in merged.keys() | (last.days if last else merged) if _differs(day, merged, last)
        )
        journal.write(ctx, version.record, "calendar.published", facts)
        transaction.on_commit(queries.forget)
    return version


def _differs(day: str, merged: Mapping[str, bool], last: CalendarVersion | None) -> bool:
    return last is not None and merged.get(day) != last.days.get(day)


def _move(ctx: Context, number: int) -> int:
    calendar = queries.numbered(number)
    return sum(mover(ctx, calendar) for mover in worktime.movers())


def follow_package(at: datetime) -> CalendarVersion | None:
    """Publishes a calendar when the package has other days than the last one published, as after an upgrade in the
    autumn in which the next year's days came out. For the worker's tick; None when nothing is new."""
    last = CalendarVersion.objects.order_by("-number").first()
    if last and last.package == package_version():
        return None
    try:
        return publish_calendar(system(at))
    except Refused:  # a new version of the package with the same days
        CalendarVersion.objects.filter(pk=last.pk).update(package=package_version())  # type: ignore[union-attr]
        return None


def settle(at: datetime) -> int:
    """Moves what was filed by the older calendar in the very moment of publishing. For the worker's tick."""
    moved = 0
    waiting = CalendarVersion.objects.filter(settled=False, published_at__lte=at - _SETTLE_AFTER).order_by("number")
    for version in waiting:
        with transaction.atomic():
            if queries.current().number == version.number:
                moved += _move(system(at), version.number)
            version.moved += moved
            version.settled = True
            version.save(update_fields=["moved", "settled"])
    return moved
