"""Reads: the queue, appointments that are free, errands, figures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from liuchi.places.counter import rules
from liuchi.places.counter.hours import spans_on
from liuchi.places.counter.models import Appointment, Counter, Errand, Matter, Ticket

if TYPE_CHECKING:
    from liuchi.people.access import Actor

SHOWN = 40


def open_counters() -> QuerySet[Counter]:
    """All counters that are there, with their single days."""
    return Counter.objects.filter(closed_on=None).select_related("area", "record").prefetch_related("exceptions")


def seen_by(actor: Actor, ability: str = "counter.help") -> QuerySet[Counter]:
    """The counters of the areas of somebody's posts."""
    return open_counters().filter(actor.q(ability, area="area__first"))


def errands_seen_by(actor: Actor, ability: str = "counter.help") -> QuerySet[Errand]:
    """Their errands."""
    visible = actor.q(ability, area="counter__area__first")
    return Errand.objects.filter(visible).select_related("record", "counter__area", "matter", "helper")


@dataclass(slots=True)
class Queue:
    """A counter today: what is called at which window, who waits, who was passed over."""

    called: list[Ticket] = field(default_factory=list)
    waiting: list[Ticket] = field(default_factory=list)
    passed: list[Ticket] = field(default_factory=list)
    served: int = 0

    @property
    def minutes(self) -> list[int]:
        """What those who wait need."""
        return [ticket.matter.minutes if ticket.matter else 10 for ticket in self.waiting]


def queue(counter: Counter, at: datetime) -> Queue:
    """One query: the numbers of today that count."""
    today = Ticket.objects.filter(counter=counter, day=rules.local_day(at)).select_related("matter")
    found = Queue()
    for ticket in today.order_by("rank", "number"):
        if ticket.state == "done":
            found.served += 1
        else:
            {"called": found.called, "waiting": found.waiting, "passed": found.passed}[ticket.state].append(ticket)
    found.called.sort(key=lambda ticket: ticket.window)
    return found


def before(ticket: Ticket, found: Queue) -> tuple[int, int]:
    """(how many are before a number, about how many minutes)."""
    place = next((index for index, one in enumerate(found.waiting) if one.pk == ticket.pk), 0)
    return place, rules.wait(found.minutes[:place], ticket.counter.windows)


def waits(counters: list[Counter], at: datetime) -> dict[UUID, int]:
    """Counter -> how many wait now."""
    waiting = Ticket.objects.filter(counter__in=counters, day=rules.local_day(at), state="waiting")
    return dict(waiting.values_list("counter").annotate(n=Count("pk")))


def matters(counter: Counter) -> dict[str, list[Matter]]:
    """The services of a counter by group."""
    grouped: dict[str, list[Matter]] = defaultdict(list)
    for matter in counter.matters.filter(closed=False).order_by("group", "name")[:200]:
        grouped[matter.group or _("Other")].append(matter)
    return dict(grouped)


def free_times(counter: Counter, day: date, at: datetime) -> list[datetime]:
    """The half hours of a day that still have a place."""
    starts = [start for start in rules.starts(spans_on(counter, day), day) if start > at]
    if not starts or not counter.places:
        return []
    taken = Appointment.objects.filter(counter=counter, cancelled_at=None, start__gte=starts[0], start__lte=starts[-1])
    full = dict(taken.values_list("start").annotate(n=Count("pk")))
    return [start for start in starts if full.get(start, 0) < counter.places]


def mine(person: UUID, at: datetime) -> list[Appointment]:
    """Somebody's appointments from today on."""
    today = rules.moment(rules.local_day(at), datetime.min.time())
    ahead = Appointment.objects.filter(person=person, cancelled_at=None, start__gte=today)
    return list(ahead.select_related("counter", "matter").order_by("start")[:10])


def of_today(counter: Counter, at: datetime) -> list[Appointment]:
    """Today's appointments in their order, with the number of who has come; nobody's name."""
    begins = rules.moment(rules.local_day(at), datetime.min.time())
    today = Appointment.objects.filter(
        counter=counter, cancelled_at=None, start__gte=begins, start__lt=begins + timedelta(days=1)
    )
    return list(today.select_related("matter", "ticket").order_by("start", "place")[:60])


def errands(actor: Actor, counter: Counter) -> list[Errand]:
    """What is not handed over yet, the oldest first."""
    return list(
        errands_seen_by(actor).filter(counter=counter).exclude(stop="handed_over").order_by("received_at")[:SHOWN]
    )


def stops(errand: Errand) -> list[dict[str, str]]:
    """The line of four stops."""
    at = rules.STOPS.index(errand.stop)
    line = []
    for index, (_stop, word) in enumerate(Errand.STOPS):
        mark = "done" if index < at or errand.stop == "handed_over" else "now" if index == at else "next"
        line.append({"word": str(word), "mark": mark})
    return line


def counted(counter: Counter, since: date, until: date) -> dict[str, int]:
    """Figures of a counter in a time, from records: numbers by what became of them, errands, those for others."""
    numbers = Ticket.objects.filter(counter=counter, day__range=(since, until)).aggregate(
        taken=Count("pk"), served=Count("pk", filter=Q(state="done")), passed=Count("pk", filter=Q(state="passed"))
    )
    begins, ends = (
        rules.moment(since, datetime.min.time()),
        rules.moment(until + timedelta(days=1), datetime.min.time()),
    )
    taken_in = Errand.objects.filter(counter=counter, received_at__gte=begins, received_at__lt=ends).aggregate(
        errands=Count("pk"), for_others=Count("pk", filter=~Q(agreed=""))
    )
    return {**numbers, **taken_in}
