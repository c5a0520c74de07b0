"""Taking, leaving, offering, taking over, exchanging."""

import pytest

from liuchi.duties import actions
from liuchi.duties.actions.duties import said_of
from liuchi.duties.models import Duty, Exchange, Shift, Signup
from liuchi.duties.tests.helpers import MONDAY, a_duty, a_team, by, first_shift
from liuchi.kernel.errors import Refused
from liuchi.kernel.tests.kept import Kept
from liuchi.people import actions as people

pytestmark = pytest.mark.django_db
kept_team = Kept(a_team)


@pytest.fixture
def team(db):
    return kept_team()


def holders(shift):
    return set(Signup.objects.filter(shift=shift, left_at=None).values_list("person", flat=True))


def test_shifts_are_planned_for_six_weeks_and_once_only(team):
    duty = a_duty(team.grid)
    assert [shift.day.isoformat() for shift in duty.shifts.order_by("day")] == [
        "2026-11-25", "2026-12-02", "2026-12-09", "2026-12-16", "2026-12-23", "2026-12-30",
    ]  # fmt: skip
    before = duty.record.__class__.objects.count()
    actions.plan_due(MONDAY)
    assert duty.shifts.count() == 6 and duty.record.__class__.objects.count() == before
    assert first_shift(duty).begins.isoformat() == "2026-11-25T01:00:00+00:00"


def test_the_last_place_goes_to_one_and_twice_is_once(team):
    shift = first_shift(a_duty(team.grid))
    a, b, c, _d = team.volunteers
    actions.take(by(a), shift.pk)
    actions.take(by(a), shift.pk)
    actions.take(by(b), shift.pk)
    with pytest.raises(Refused) as refused:
        actions.take(by(c), shift.pk)
    assert refused.value.code == "full" and holders(shift) == {a.pk, b.pk}
    actions.leave(by(a), shift.pk)
    actions.take(by(c), shift.pk)
    assert holders(shift) == {b.pk, c.pk}
    assert sorted(Signup.objects.filter(shift=shift, left_at=None).values_list("seat", flat=True)) == [1, 2]


def test_who_has_not_joined_and_who_is_elsewhere_is_told_what_to_do(team):
    duty, other = a_duty(team.grid), a_duty(team.grid, title="同时的另一处")
    stranger = people.register_person(by(None), name="未加入")
    for person, shift, code in ((stranger, first_shift(duty), "join"), (None, first_shift(duty), "sign_in")):
        with pytest.raises(Refused) as refused:
            actions.take(by(person), shift.pk)
        assert refused.value.code == code
    actions.take(by(team.volunteers[0]), first_shift(duty).pk)
    with pytest.raises(Refused) as refused:
        actions.take(by(team.volunteers[0]), first_shift(other).pk)
    assert refused.value.code == "clash"


def test_late_one_offers_instead_of_leaving_and_the_place_is_never_empty(team):
    shift = first_shift(a_duty(team.grid))
    a, b, c, _d = team.volunteers
    actions.take(by(a), shift.pk)
    late = shift.begins.replace(hour=0)
    with pytest.raises(Refused) as refused:
        actions.leave(by(a, late), shift.pk)
    assert refused.value.code == "late"
    place = actions.offer(by(a, late), shift.pk)
    assert holders(shift) == {a.pk}
    actions.take_over(by(b, late), place.pk)
    with pytest.raises(Refused) as refused:
        actions.take_over(by(c, late), place.pk)
    assert refused.value.code == "gone" and holders(shift) == {b.pk}


def test_an_offer_taken_back_can_not_be_taken(team):
    shift = first_shift(a_duty(team.grid))
    a, b, *_rest = team.volunteers
    actions.take(by(a), shift.pk)
    place = actions.offer(by(a), shift.pk)
    actions.withdraw_offer(by(a), shift.pk)
    with pytest.raises(Refused) as refused:
        actions.take_over(by(b), place.pk)
    assert refused.value.code == "gone" and holders(shift) == {a.pk}


def test_an_exchange_needs_both_and_closes_the_other_questions(team):
    duty = a_duty(team.grid, needs=1)
    first, second, third, *_more = duty.shifts.order_by("begins")
    a, b, c, _d = team.volunteers
    for person, shift in ((a, first), (b, second), (c, third)):
        actions.take(by(person), shift.pk)
    place = actions.offer(by(a), first.pk)
    from_b = actions.ask_exchange(by(b), place.pk, second.pk)
    from_c = actions.ask_exchange(by(c), place.pk, third.pk)
    assert actions.ask_exchange(by(b), place.pk, second.pk) == from_b
    with pytest.raises(Refused) as refused:
        actions.answer_exchange(by(b), from_b.pk, True)
    assert refused.value.code == "not_yours"
    actions.answer_exchange(by(a), from_c.pk, True)
    assert (holders(first), holders(second), holders(third)) == ({c.pk}, {b.pk}, {a.pk})
    with pytest.raises(Refused) as refused:
        actions.answer_exchange(by(a), from_b.pk, True)
    assert refused.value.code in ("gone", "not_yours")
    assert not Exchange.objects.filter(answered_at=None).exists()


def test_a_changed_rule_moves_free_shifts_only(team):
    duty = a_duty(team.grid)
    taken = duty.shifts.order_by("begins")[1]
    actions.take(by(team.volunteers[0]), taken.pk)
    said = said_of(duty)
    said.rule = "FREQ=WEEKLY;BYDAY=TH"
    actions.change_duty(by(team.clerk), duty, said)
    left = duty.shifts.exclude(state="dropped").order_by("day")
    assert [shift.day.weekday() for shift in left].count(2) == 1 and taken in left
    assert {shift.day.weekday() for shift in left if shift != taken} == {3}
    said.rule = "FREQ=WEEKLY;BYDAY=WE"
    actions.change_duty(by(team.clerk), Duty.objects.get(pk=duty.pk), said)
    assert {shift.day.weekday() for shift in duty.shifts.exclude(state="dropped")} == {2}


def test_calling_off_frees_everybody_and_stays_off(team):
    duty = a_duty(team.grid)
    shift = first_shift(duty)
    actions.take(by(team.volunteers[0]), shift.pk)
    actions.call_off(by(team.clerk), shift.pk, "驿站检修")
    actions.plan_due(MONDAY)
    assert Shift.objects.get(pk=shift.pk).state == "dropped" and holders(shift) == set()


def test_leaving_the_volunteers_frees_the_shifts_ahead(team):
    duty = a_duty(team.grid)
    person = team.volunteers[0]
    for shift in duty.shifts.all():
        actions.take(by(person), shift.pk)
    assert actions.leave_volunteers(by(person)) == 6
    assert not Signup.objects.filter(person=person, left_at=None).exists()
