"""A wrong tap is taken back; a place that is offered reaches whom it fits; what a clerk sees of a week in words."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.duties import actions, telling
from liuchi.duties.fitting import fitting
from liuchi.duties.models import Duty, Shift, Signup
from liuchi.duties.tests.helpers import MONDAY, a_duty, a_team, by, comes, first_shift
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.tests.kept import Kept
from liuchi.people.actions.logins import open_login
from liuchi.people.models import Person

kept_team = Kept(a_team)


@pytest.fixture
def team(db):
    return kept_team()


def signed_in(person):
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(person.login)
    return client


def test_a_place_taken_by_a_wrong_tap_is_given_up_however_soon_it_is(team):
    shift = first_shift(a_duty(team.grid))
    one, other = team.volunteers[:2]
    soon = shift.begins - timedelta(hours=2)
    actions.take(by(one, soon), shift.pk)
    actions.leave(by(one, soon + timedelta(minutes=10)), shift.pk)
    assert not Signup.objects.filter(shift=shift, left_at=None).exists()
    actions.take(by(one, soon), shift.pk)
    with pytest.raises(Refused) as refused:
        actions.leave(by(one, soon + timedelta(minutes=11)), shift.pk)
    assert refused.value.code == "late"
    # who takes over is counted on by who no longer comes: that place is offered again, never left empty
    place = actions.offer(by(one, soon), shift.pk)
    actions.take_over(by(other, soon), place.pk)
    with pytest.raises(Refused) as refused:
        actions.leave(by(other, soon + timedelta(minutes=1)), shift.pk)
    assert refused.value.code == "late"
    # nor is it taken back once the shift has begun
    late = first_shift(a_duty(team.grid, title="另一班"))
    actions.take(by(team.volunteers[2], late.begins + timedelta(minutes=1)), late.pk)
    with pytest.raises(Refused):
        actions.leave(by(team.volunteers[2], late.begins + timedelta(minutes=2)), late.pk)


def test_giving_back_by_a_wrong_tap_is_taken_back_on_the_page(team):
    now = timezone.now()
    duty = a_duty(team.grid, now, rule="FREQ=DAILY", starts_on=now.date() + timedelta(days=3))
    shift, clerk = first_shift(duty), team.clerk
    actions.join(by(clerk, now))
    client, page = signed_in(clerk), f"/duties/{shift.pk}"
    client.post(page, {"do": "take"})
    told = client.post(page, {"do": "leave"}, follow=True).content.decode()
    assert "刚才退出了这一班" in told and "撤回，还是我来" in told
    assert "是您的了" in client.post(page, {"do": "take"}, follow=True).content.decode()


def test_an_offer_is_told_to_who_knows_the_shift_and_is_free(team):
    duty = a_duty(team.grid)
    first, second = Shift.objects.filter(duty=duty).order_by("begins")[:2]
    gives, knows, busy, stranger = team.volunteers
    for person in (knows, busy):
        actions.take(by(person), first.pk)
        comes(person, first)
    elsewhere = Shift.objects.get(duty=a_duty(team.grid, title="同时另一班"), day=second.day)
    actions.take(by(busy), elsewhere.pk)
    actions.take(by(gives), second.pk)
    actions.offer(by(gives), second.pk)
    row = Row.objects.get(record=second.pk, verb="shift.offered")
    assert telling._whom_it_fits(row) == {knows.pk}
    # of a duty that nobody served yet: those who served in the same area
    fresh = Shift.objects.filter(
        duty=a_duty(team.grid, title="新的班", rule="FREQ=WEEKLY;BYDAY=FR"), begins__gt=first.begins
    ).first()
    assert set(fitting(fresh)) == {knows.pk, busy.pk}
    assert stranger.pk not in fitting(fresh)


def test_who_offers_a_place_does_not_learn_whether_the_only_other_one_is_free(team):
    now = timezone.now()
    begun = now - timedelta(days=3)
    duty = a_duty(team.grid, begun, rule="FREQ=DAILY", starts_on=begun.date(), needs=2)
    past = Shift.objects.filter(duty=duty, ends__lt=now).latest("begins")
    ahead = Shift.objects.filter(duty=duty, begins__gt=now + timedelta(days=1)).order_by("begins")[:3]
    actions.join(by(team.clerk, now))
    mine, other = signed_in(team.clerk), team.volunteers[0]

    def offered(shift):
        mine.post(f"/duties/{shift.pk}", {"do": "take"})
        page = mine.post(f"/duties/{shift.pk}", {"do": "offer"}, follow=True)
        *_taken, said = [str(one) for one in page.context["messages"]]
        assert said.startswith("正在找人接。") and "发到群里" in said
        return said

    actions.take(by(team.clerk, past.begins), past.pk)
    comes(team.clerk, past)
    nobody = offered(ahead[0])
    assert "没有别人在这里值过班" in nobody and "熟悉" not in nobody
    actions.take(by(other, past.begins), past.pk)
    comes(other, past)
    free = offered(ahead[1])
    assert "熟悉这一班" in free
    elsewhere = a_duty(team.grid, begun, title="同时另一班", rule="FREQ=DAILY", starts_on=begun.date())
    actions.take(by(other, now), Shift.objects.get(duty=elsewhere, day=ahead[2].day).pk)
    assert offered(ahead[2]) == free and fitting(ahead[2]) == []


def test_the_offer_is_marked_in_the_list_and_comes_with_words_for_a_group(team):
    now = timezone.now()
    duty = a_duty(team.grid, now, rule="FREQ=DAILY", starts_on=now.date() + timedelta(days=1), needs=1)
    shift = first_shift(duty)
    actions.join(by(team.clerk, now))
    mine = signed_in(team.clerk)
    mine.post(f"/duties/{shift.pk}", {"do": "take"})
    told = mine.post(f"/duties/{shift.pk}", {"do": "offer"}, follow=True).content.decode()
    assert "发到群里" in told and "谁能替我值" in told and f"/duties/{shift.pk}" in told

    login, _password = open_login(
        by(None, now, "system"), Person.objects.get(pk=team.volunteers[0].pk), "zhiyuan", "six foot alley"
    )
    other = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    other.force_login(login)
    page = other.get("/duties")
    [card] = [one for _day, some in page.context["groups"] for one in some if one["shift"].pk == shift.pk]
    assert card["offered"] and "求替班" in page.content.decode()


@pytest.mark.parametrize("first", [date(1, 1, 1), date(2025, 11, 20), date(2030, 1, 1)])
def test_a_first_day_far_away_is_refused_with_a_sentence(team, first):
    with pytest.raises(Refused) as refused:
        a_duty(team.grid, starts_on=first)
    assert refused.value.field == "starts_on" and not Duty.objects.exists()
    duty = a_duty(team.grid, MONDAY - timedelta(days=900), starts_on=date(2024, 6, 3))
    said = actions.duties.said_of(duty)
    said.title = "改了名字"
    assert actions.change_duty(by(None, MONDAY, "replay"), duty, said).title == "改了名字"  # what began long ago stays


def test_the_form_asks_for_what_the_kind_has(team):
    clerk = signed_in(team.clerk)
    roster, rhythm = (clerk.get(f"/desk/duties/new?kind={kind}").content.decode() for kind in ("roster", "rhythm"))
    for name in ("needs", "back_hours", "team_only"):
        assert f'name="{name}"' in roster and f'name="{name}"' not in rhythm
    typed = {"title": "本月例会", "area": team.grid.code, "how": "month", "which": "d5", "begins": "15:00", "ends": "16:00",
             "starts_on": timezone.localdate().isoformat(), "free_days": "next"}  # fmt: skip
    assert clerk.post("/desk/duties/new?kind=rhythm", {**typed, "starts_on": "0001-01-01"}).status_code == 200
    assert clerk.post("/desk/duties/new?kind=rhythm", typed).status_code == 302
    made = Duty.objects.get(title="本月例会")
    assert (made.kind, made.needs, made.team_only) == ("rhythm", 0, False)
    assert clerk.get(f"/desk/duties/{made.pk}").status_code == 200


def test_a_week_in_words_has_family_names_only(team):
    now = timezone.now()
    duty = a_duty(team.grid, now, rule="FREQ=DAILY", starts_on=now.date(), needs=2)
    shift = duty.shifts.filter(begins__gt=now).earliest("begins")
    actions.take(by(team.volunteers[0], now), shift.pk)
    clerk = signed_in(team.clerk)
    page = clerk.get(f"/desk/duties?week={shift.day.isoformat()}")
    assert "志" not in page.context["chat"]
    page = clerk.get(f"/desk/duties?week={shift.day.isoformat()}&names=1")
    words = page.context["chat"]
    assert "驿站值班（槐荫驿站）" in words and "缺 1 人" in words and "/duties" in words
    assert "志愿0" not in words and "志" in words
