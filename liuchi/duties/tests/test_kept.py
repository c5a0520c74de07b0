"""Kept or missed, reminders, hours, what is kept on a person."""

from datetime import date, time, timedelta

import pytest

from liuchi.duties import actions, keeping, queries, telling
from liuchi.duties.models import Shift, Signup
from liuchi.duties.tests.helpers import MONDAY, a_duty, a_team, after, by, comes, first_shift
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.tests.kept import Kept

pytestmark = pytest.mark.django_db
kept_team = Kept(a_team)


@pytest.fixture
def team(db):
    return kept_team()


def test_a_tap_counts_at_the_time_of_the_shift_only(team):
    shift = first_shift(a_duty(team.grid))
    person = team.volunteers[0]
    actions.take(by(person), shift.pk)
    for wrong in (shift.begins - timedelta(minutes=31), shift.ends + timedelta(minutes=1)):
        with pytest.raises(Refused) as refused:
            comes(person, shift, wrong)
        assert refused.value.code == "early"
    comes(person, shift, shift.begins - timedelta(minutes=30))
    comes(person, shift)
    assert Row.objects.filter(record=shift.pk, verb="shift.served").count() == 1
    assert telling._who_came(Row.objects.get(record=shift.pk, verb="shift.served")) == {person.pk}
    assert queries.hours(person.pk).minutes == 120
    which = telling._which_shifts(person.pk, {shift.pk})[shift.pk]
    assert which.title.startswith("驿站值班 · ") and which.url == f"/duties/{shift.pk}"
    assert telling._which_shifts(team.volunteers[1].pk, {shift.pk}) == {}


def test_who_is_not_there_does_not_know_the_digits(team):
    shift = first_shift(a_duty(team.grid))
    actions.take(by(team.volunteers[0]), shift.pk)
    for wrong in ("000000", "1", "１２３", "abc"):
        with pytest.raises(Refused) as refused:
            comes(team.volunteers[0], shift, code=wrong)
        assert (refused.value.code, refused.value.field) == ("code", "code")
    assert not Signup.objects.exclude(came_at=None).exists()


def test_nobody_confirms_themselves(team):
    actions.join(by(team.clerk))
    shift = first_shift(a_duty(team.grid))
    place = actions.take(by(team.clerk), shift.pk)
    with pytest.raises(Refused) as refused:
        actions.confirm(by(team.clerk, shift.ends, "desk"), place.pk)
    assert refused.value.code == "own"


def test_what_was_served_stays_with_who_served_it(team):
    """Neither given back, which would let a second person be thanked for the seat, nor handed on, nor exchanged."""
    duty = a_duty(team.grid, back_hours=0)
    first, second = Shift.objects.filter(duty=duty).order_by("begins")[:2]
    a, b = team.volunteers[:2]
    place = actions.take(by(a), first.pk)
    actions.take(by(b), second.pk)
    actions.offer(by(a), first.pk)
    asked = actions.ask_exchange(by(b), place.pk, second.pk)
    early = first.begins - timedelta(minutes=20)
    comes(a, first, early)
    for turn in (actions.leave, actions.offer):
        with pytest.raises(Refused) as refused:
            turn(by(a, early), first.pk)
        assert refused.value.code == "served"
    with pytest.raises(Refused):
        actions.answer_exchange(by(a, early), asked.pk, True)
    assert Signup.objects.get(pk=place.pk).person_id == a.pk


def test_who_left_the_volunteers_is_not_called_any_more(team):
    duty = a_duty(team.grid)
    first, second = Shift.objects.filter(duty=duty).order_by("begins")[:2]
    gone, stays, asks = team.volunteers[:3]
    for person in (gone, stays):
        actions.take(by(person), first.pk)
        comes(person, first)
    actions.leave_volunteers(by(gone, first.ends))
    actions.take(by(asks, first.ends), second.pk)
    actions.offer(by(asks, first.ends), second.pk)
    assert telling._whom_it_fits(Row.objects.get(record=second.pk, verb="shift.offered")) == {stays.pk}


def test_a_shift_called_off_keeps_no_list_of_its_own(team):
    shift = first_shift(a_duty(team.grid))
    for person in team.volunteers[:2]:
        actions.take(by(person), shift.pk)
    actions.leave(by(team.volunteers[1]), shift.pk)
    actions.call_off(by(team.clerk, shift.begins - timedelta(days=1)), shift.pk, "驿站检修")
    row = Row.objects.get(record=shift.pk, verb="shift.called_off")
    assert telling._called_off_people(row) == {team.volunteers[0].pk}
    assert row.side("personal") is None


def test_missed_is_of_the_shift_and_the_keeper_may_put_it_right(team):
    shift = first_shift(a_duty(team.grid))
    person = team.volunteers[0]
    place = actions.take(by(person), shift.pk)
    actions.settle_due(after(shift, hours=11))
    assert Shift.objects.get(pk=shift.pk).state == "planned"
    actions.settle_due(after(shift, hours=12))
    assert Shift.objects.get(pk=shift.pk).state == "missed"
    actions.confirm(by(team.clerk, after(shift, days=2)), place.pk)
    assert Shift.objects.get(pk=shift.pk).state == "kept"
    assert queries.hours(person.pk).minutes == 120


def test_who_did_not_come_leaves_no_trace(team):
    shift = first_shift(a_duty(team.grid))
    came, other = team.volunteers[:2]
    for person in (came, other):
        actions.take(by(person), shift.pk)
    comes(came, shift)
    actions.settle_due(after(shift, days=8))
    assert Shift.objects.get(pk=shift.pk).state == "kept"
    assert list(Signup.objects.filter(shift=shift).values_list("person", flat=True)) == [came.pk]
    assert keeping.kept(other.pk) == []


def test_everybody_is_reminded_once_the_evening_before(team):
    shift = first_shift(a_duty(team.grid))
    actions.take(by(team.volunteers[0]), shift.pk)
    for hour, told in ((8, 0), (10, 1), (11, 1)):  # 16:00, 18:00, 19:00 of Tuesday in Shanghai
        actions.remind_due((MONDAY + timedelta(days=1)).replace(hour=hour))
        assert Row.objects.filter(record=shift.pk, verb="shift.tomorrow").count() == told
    row = Row.objects.get(verb="shift.tomorrow")
    assert telling._people(row) == {team.volunteers[0].pk}
    title, body, url = telling._of_shift(telling._tomorrow)(row)
    assert "驿站值班" in title and "槐荫驿站" in body and url == f"/duties/{shift.pk}"


def test_a_units_meeting_is_kept_with_a_note_or_missed(team):
    duty = a_duty(
        team.grid, kind="rhythm", title="本月例会", rule="FREQ=MONTHLY;BYMONTHDAY=5", begins=time(15), ends=time(16),
        free_days="next", needs=0,
    )  # fmt: skip
    days = [shift.day for shift in duty.shifts.order_by("day")]
    assert days[0] == date(2026, 12, 7) and len(days) == 7  # the 5th is a Saturday
    shift = first_shift(duty)
    with pytest.raises(Refused) as refused:
        actions.report(by(team.clerk, shift.ends), shift.pk, kept=True, note="")
    assert refused.value.field == "note"
    actions.report(by(team.clerk, shift.ends), shift.pk, kept=True, note="到会12人，议定三件事")
    shift.refresh_from_db()
    assert (shift.state, shift.done_on) == ("kept", date(2026, 12, 7))
    second = duty.shifts.order_by("day")[1]
    actions.settle_due(second.ends + timedelta(days=7))
    second.refresh_from_db()
    assert second.state == "missed"
    actions.report(by(team.clerk, second.ends + timedelta(days=9)), second.pk, kept=True, note="补开")
    second.refresh_from_db()
    assert second.state == "kept"


def test_erasing_a_person_frees_places_and_forgets_hours(team):
    shift = first_shift(a_duty(team.grid))
    person = team.volunteers[0]
    actions.take(by(person), shift.pk)
    assert keeping.kept(person.pk)[0]["title"] == "驿站值班"
    keeping.erase(by(person), person.pk)
    assert not Signup.objects.filter(person=person).exists()


def test_four_weeks_of_a_station_counted_from_records(team):
    """R13: a volunteers' roster over four weeks, twelve shifts, with kept and missed ones."""
    start = MONDAY
    duty = a_duty(team.grid, rule="FREQ=WEEKLY;BYDAY=MO,WE,FR", starts_on=date(2026, 11, 23), at=start)
    shifts = list(duty.shifts.filter(day__lt=date(2026, 12, 21)).order_by("day"))
    assert len(shifts) == 12
    for number, shift in enumerate(shifts):
        early = shift.begins - timedelta(days=2)
        people = [team.volunteers[(number + step) % 4] for step in range(2)]
        for person in people:
            if shift.begins > start + timedelta(days=2) or number:
                actions.take(by(person, max(early, start)), shift.pk)
        if number % 6 != 5:  # two of the twelve nobody can come to, because of snow
            for person in people[: 1 if number % 4 == 3 else 2]:
                place = Signup.objects.filter(shift=shift, person=person, left_at=None).first()
                if place:
                    comes(person, shift)
        actions.settle_due(after(shift, hours=13))
    told = queries.record_of(duty, date(2026, 11, 23), date(2026, 12, 20))
    came = Signup.objects.filter(came_at__isnull=False).count()
    assert told["kept"] + told["missed"] == 12
    assert told == {"kept": 9, "missed": 3, "times": came, "minutes": came * 120}
    assert sum(queries.hours(person.pk).minutes for person in team.volunteers) == came * 120
