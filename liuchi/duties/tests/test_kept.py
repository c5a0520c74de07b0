"""Kept or missed, reminders, hours, what is kept on a person."""

from datetime import date, time, timedelta

import pytest

from liuchi.duties import actions, keeping, queries, telling
from liuchi.duties.models import Shift, Signup
from liuchi.duties.tests.helpers import MONDAY, a_duty, a_team, after, by, first_shift
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
            actions.check_in(by(person, wrong), shift.pk)
        assert refused.value.code == "early"
    actions.check_in(by(person, shift.begins - timedelta(minutes=30)), shift.pk)
    actions.check_in(by(person, shift.begins), shift.pk)
    assert Row.objects.filter(record=shift.pk, verb="shift.served").count() == 1
    assert telling._who_came(Row.objects.get(record=shift.pk, verb="shift.served")) == {person.pk}
    assert queries.hours(person.pk)[0] == 120


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
    assert queries.hours(person.pk)[0] == 120


def test_who_did_not_come_leaves_no_trace(team):
    shift = first_shift(a_duty(team.grid))
    came, other = team.volunteers[:2]
    for person in (came, other):
        actions.take(by(person), shift.pk)
    actions.check_in(by(came, shift.begins), shift.pk)
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
                    actions.check_in(by(person, shift.begins), shift.pk)
        actions.settle_due(after(shift, hours=13))
    told = queries.record_of(duty, date(2026, 11, 23), date(2026, 12, 20))
    came = Signup.objects.filter(came_at__isnull=False).count()
    assert told["kept"] + told["missed"] == 12
    assert told == {"kept": 9, "missed": 3, "times": came, "minutes": came * 120}
    assert sum(queries.hours(person.pk)[0] for person in team.volunteers) == came * 120
