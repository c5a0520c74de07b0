"""The desk's page of working days: a year to look at, days to turn over, and publishing."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liuchi.kernel.access import needs
from liuchi.kernel.context import CHINA, of_request
from liuchi.kernel.errors import Refused
from liuchi.kernel.worktime import queries
from liuchi.kernel.worktime.actions import publish_calendar
from liuchi.kernel.worktime.rules import FIRST_DAY, LAST_DAY, Calendar


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the page. usual: it is as the weekday says; own: this office entered it."""

    date: date
    works: bool
    usual: bool
    own: bool
    today: bool

    @property
    def word(self) -> str:
        """Said beside the number, since colour never stands alone."""
        if self.usual:
            return ""
        return _("works") if self.works else _("off")

    @property
    def label(self) -> str:
        """For those who hear the page."""
        day = date_format(self.date, "DATE_FORMAT")
        return f"{day} · {_('working day') if self.works else _('day off')}"


@needs("calendar.see")
def working_days(request: HttpRequest) -> HttpResponse:
    """A year of working days; administrators turn days over and publish."""
    today = timezone.now().astimezone(CHINA).date()
    year = _year(request.GET.get("year") or request.POST.get("year"), today.year)
    if request.method == "POST":
        return _publish(request, year)
    known = queries.current()
    newest = queries.versions()[:1]
    own = newest[0].own if newest else {}
    return render(
        request,
        "worktime/calendar.html",
        {
            "year": year,
            "before": year - 1 if year > FIRST_DAY.year else None,
            "after": year + 1 if year < LAST_DAY.year else None,
            "months": [
                (date_format(date(year, month, 1), "F"), _weeks(known, year, month, own, today))
                for month in range(1, 13)
            ],
            "weekdays": [_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su")],
            "unknown": year not in known.known_years,
            "may_publish": request.actor.may("calendar.publish"),  # type: ignore[attr-defined]
            "newest": newest[0] if newest else None,
        },
    )


def _weeks(known: Calendar, year: int, month: int, own: dict[str, bool], today: date) -> list[list[Day | None]]:
    """Weeks from Monday; None where another month's day would stand."""
    return [
        [
            Day(
                day,
                works=known.works_on(day),
                usual=known.works_on(day) == (day.weekday() < 5),
                own=day.isoformat() in own,
                today=day == today,
            )
            if day.month == month
            else None
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(year, month)
    ]


def _publish(request: HttpRequest, year: int) -> HttpResponse:
    if not request.actor.may("calendar.publish"):  # type: ignore[attr-defined]
        raise Refused("not_yours", _("Only an administrator publishes the calendar."), status=403)
    known = queries.current()
    turned: dict[date, bool | None] = {}
    for said in request.POST.getlist("turn"):
        try:
            day = date.fromisoformat(said)
        except ValueError:
            raise Refused("day", _("A day could not be read. Open the page again."), field="turn")
        if not FIRST_DAY <= day <= LAST_DAY:
            raise Refused("day_range", _("The calendar goes from 2000 to 2099. Please check the year."), field="day")
        turned[day] = not known.works_on(day)
    try:
        version = publish_calendar(
            of_request(request, "desk"), turned, complete_years=[year] if request.POST.get("complete") else []
        )
    except Refused as refused:
        messages.warning(request, refused.sentence)
    else:
        messages.success(
            request,
            ngettext(
                "Published. %(moved)s open deadline moved.", "Published. %(moved)s open deadlines moved.", version.moved
            )
            % {"moved": version.moved},
        )
    return redirect(f"{request.path}?year={year}")


def _year(said: str | None, otherwise: int) -> int:
    try:
        year = int(said or otherwise)
    except ValueError:
        return otherwise
    return year if FIRST_DAY.year <= year <= LAST_DAY.year else otherwise
