"""Whom the turns of a shift concern, and what they read. Read by notices."""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from liuchi import notices
from liuchi.duties import rules, texts
from liuchi.duties.fitting import fitting
from liuchi.duties.models import Duty, Exchange, Shift, Signup
from liuchi.kernel.journal.models import Row
from liuchi.kernel.recurrence import words as recurrence
from liuchi.people.rules import shown_name
from liuchi.points import events

Told = tuple[str, str, str]


def register_all() -> None:
    """Called when the program starts."""
    notices.register("shift.tomorrow", _people, _of_shift(_tomorrow))
    notices.register("shift.called_off", _called_off_people, _of_shift(_called_off))
    notices.register("shift.offered", _whom_it_fits, _of_shift(_offered), mail=False)
    notices.register("shift.taken_over", _former, _of_shift(_taken_over))
    notices.register("shift.exchange_asked", _who_offered, _asked)
    notices.register("shift.exchange_answered", _who_asked, _answered)
    events.register(
        "shift.kept", gettext_lazy("A volunteers' shift was served"), "shift.served", _who_came, about=_which_shifts
    )


def _who_came(row: Row) -> set[UUID]:
    return set(
        Signup.objects.filter(pk=row.facts["signup"], came_at__isnull=False, left_at=None).values_list(
            "person", flat=True
        )
    )


def _which_shifts(person: UUID, shifts: Collection[UUID]) -> dict[UUID, events.About]:
    """Which of the shifts they served these were."""
    mine = Shift.objects.filter(pk__in=shifts, signups__person=person, signups__left_at=None).select_related("duty")
    return {
        one.pk: events.About(f"{one.duty.title} · {when(one)}", reverse("duties:shift", args=[one.pk])) for one in mine
    }


def _people(row: Row) -> set[UUID]:
    """Those who signed up; of a unit's duty its keeper."""
    shift = Shift.objects.select_related("duty").get(pk=row.record_id)
    if shift.duty.kind == Duty.Kind.RHYTHM:
        return {shift.duty.keeper_id} if shift.duty.keeper_id else set()
    return set(Signup.objects.filter(shift=shift, left_at=None).values_list("person", flat=True))


def _called_off_people(row: Row) -> set[UUID]:
    """Those whose places were closed when the shift was called off."""
    return set(Signup.objects.filter(shift=row.record_id, left_at=row.at).values_list("person", flat=True))


def _whom_it_fits(row: Row) -> set[UUID]:
    """Those who know the shift and are free: the likeliest to help."""
    shift = Shift.objects.select_related("duty").get(pk=row.record_id)
    return set(fitting(shift)) if shift.state == rules.PLANNED else set()


def _former(row: Row) -> set[UUID]:
    side = row.side("personal") or {}
    return {UUID(side["from"])} if "from" in side else set()


def _who_offered(row: Row) -> set[UUID]:
    return set(Exchange.objects.filter(pk=row.facts["exchange"]).values_list("offered__person", flat=True))


def _who_asked(row: Row) -> set[UUID]:
    side = row.side("personal") or {}
    return {UUID(side["to"])} if "to" in side else set()


def when(shift: Shift) -> str:
    """11月25日 周三 9:00—11:00."""
    begins, ends = shift.begins.astimezone(rules.PLACE_ZONE), shift.ends.astimezone(rules.PLACE_ZONE)
    return f"{recurrence.day(shift.day)} {recurrence.hours(begins.time(), ends.time())}"


def _of_shift(said: Callable[[Shift], tuple[str, str] | None]) -> Callable[[Row], Told | None]:
    def tell(row: Row) -> Told | None:
        shift = Shift.objects.select_related("duty").get(pk=row.record_id)
        words = said(shift)
        page = "/desk/duties/shifts/" if shift.duty.kind == Duty.Kind.RHYTHM else "/duties/"
        return (*words, f"{page}{shift.pk}") if words else None

    return tell


def _tomorrow(shift: Shift) -> tuple[str, str] | None:
    if shift.state != rules.PLANNED:
        return None
    return texts.TOMORROW.say(title=shift.duty.title, when=when(shift), where=shift.duty.where)


def _called_off(shift: Shift) -> tuple[str, str]:
    return texts.CALLED_OFF.say(title=shift.duty.title, when=when(shift), note=shift.note)


def _offered(shift: Shift) -> tuple[str, str] | None:
    if not Signup.objects.filter(shift=shift, left_at=None, offered_at__isnull=False).exists():
        return None
    return texts.OFFERED.say(title=shift.duty.title, when=when(shift))


def _taken_over(shift: Shift) -> tuple[str, str]:
    return texts.TAKEN_OVER.say(title=shift.duty.title, when=when(shift))


def _asked(row: Row) -> Told | None:
    asked = Exchange.objects.select_related("offered__shift__duty", "against__shift__duty", "against__person").get(
        pk=row.facts["exchange"]
    )
    if asked.answered_at:
        return None
    said, body = texts.ASKED.say(
        title=asked.offered.shift.duty.title,
        name=shown_name(asked.against.person.name),
        other=f"{asked.against.shift.duty.title} {when(asked.against.shift)}",
    )
    return said, body, f"/duties/{asked.offered.shift_id}"


def _answered(row: Row) -> Told:
    asked = Exchange.objects.select_related("offered__shift__duty").get(pk=row.facts["exchange"])
    shift = asked.offered.shift
    text = texts.EXCHANGED if asked.agreed else texts.NOT_EXCHANGED
    return (*text.say(title=shift.duty.title, when=when(shift)), f"/duties/{asked.offered.shift_id}")
