"""The pages: what they cost in queries, and that what was said is done."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.duties import actions
from liuchi.duties.models import Certificate, Duty, Shift, Signup
from liuchi.duties.tests.helpers import a_duty, a_team, by, comes
from liuchi.kernel.journal.models import Row
from liuchi.kernel.tests.kept import Kept
from liuchi.people.actions import open_login
from liuchi.people.models import Person
from liuchi.people.rules import shown_name
from liuchi.places.actions import Wanted, enter_point

pytestmark = pytest.mark.django_db
kept_team = Kept(a_team)


def signed_in(login):
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(login)
    return client


@pytest.fixture
def team(db):
    return kept_team()


@pytest.fixture
def now():
    return timezone.now()


def test_the_week_costs_the_same_for_one_duty_and_for_ten(team, now, django_assert_max_num_queries):
    client = signed_in(team.clerk.login)
    for number in range(10):
        duty = a_duty(team.grid, now, title=f"值班{number}", rule="FREQ=DAILY", starts_on=now.date())
        for person in team.volunteers[:2]:
            if number == 0:
                for shift in duty.shifts.all()[:5]:
                    actions.take(by(person, now), shift.pk)
    client.get("/desk/duties")
    with django_assert_max_num_queries(9):
        page = client.get(f"/desk/duties?week={(now + timedelta(days=7)).date()}")
    assert page.content.decode().count("值班9") and "缺 2 人" in page.content.decode()
    with django_assert_max_num_queries(9):
        client.get("/duties")


def test_a_shift_is_taken_and_left_on_the_phone(team, now):
    shift = a_duty(team.grid, now, rule="FREQ=DAILY", starts_on=now.date()).shifts.order_by("-begins").first()
    person = team.volunteers[0]
    login, _password = open_login(
        by(None, now, "system"), Person.objects.get(pk=person.pk), "zhiyuan", "six foot alley"
    )
    client = signed_in(login)
    assert "我来值这班" in client.get(f"/duties/{shift.pk}").content.decode()
    client.post(f"/duties/{shift.pk}", {"do": "take"})
    client.post(f"/duties/{shift.pk}", {"do": "take"})
    assert Signup.objects.filter(person=person, left_at=None).count() == 1
    page = client.get(f"/duties/{shift.pk}").content.decode()
    assert "退班" in page and "志愿" not in page.split("值班人员")[1].split("</section>")[0]
    client.post(f"/duties/{shift.pk}", {"do": "leave"})
    assert not Signup.objects.filter(person=person, left_at=None).exists()


def test_a_clerk_plans_by_the_form_and_faults_stand_at_their_fields(team, now):
    client = signed_in(team.clerk.login)
    said = {
        "kind": "roster", "title": "晚间巡逻", "area": team.grid.name, "how": "month", "which": "n2", "weekdays": ["2"],
        "begins": "19:00", "ends": "21:00", "starts_on": "2026-11-01", "free_days": "keep", "needs": "2",
    }  # fmt: skip
    page = client.post("/desk/duties/new", {**said, "which": ""})
    assert "请选择是当月的哪一天" in page.content.decode() and "晚间巡逻" in page.content.decode()
    page = client.post("/desk/duties/new", {**said, "without": "圣诞节"})
    assert "圣诞节" in page.content.decode() and not Duty.objects.exists()
    page = client.post("/desk/duties/new", said, follow=True)
    assert "每月第二个周三 19:00—21:00" in page.content.decode()
    duty = Duty.objects.get()
    assert duty.rule == "FREQ=MONTHLY;BYDAY=2WE"
    assert client.get(f"/desk/duties/{duty.pk}/sheet").status_code == 200
    client.post(f"/desk/duties/{duty.pk}/end")
    assert not Shift.objects.filter(duty=duty, state="planned").exists()


def test_who_keeps_the_grid_says_who_came(team, now):
    duty = a_duty(team.grid, now - timedelta(days=2), rule="FREQ=DAILY", starts_on=(now - timedelta(days=2)).date())
    shift = duty.shifts.filter(ends__lt=now).order_by("begins").first()
    person = team.volunteers[0]
    place = actions.take(by(person, shift.begins - timedelta(hours=1)), shift.pk)
    client = signed_in(team.clerk.login)
    page = client.post(f"/desk/duties/shifts/{shift.pk}", {"came": place.pk}, follow=True).content.decode()
    assert "已记下 志愿0 到岗" in page
    assert Signup.objects.get(pk=place.pk).came_at


def test_the_certificate_says_what_was_served(team, now):
    duty = a_duty(team.grid, now - timedelta(days=2), rule="FREQ=DAILY", starts_on=(now - timedelta(days=2)).date())
    shift = duty.shifts.filter(ends__lt=now).order_by("begins").first()
    person = team.volunteers[0]
    actions.take(by(person, shift.begins), shift.pk)
    comes(person, shift)
    login, _password = open_login(
        by(None, now, "system"), Person.objects.get(pk=person.pk), "zhiyuan", "six foot alley"
    )
    client = signed_in(login)
    page = client.post("/duties/hours/certificate", follow=True).content.decode()
    assert "志愿0" in page and "累计2小时" in page and "盖章处" in page and "志服〔" in page
    one = Certificate.objects.get()
    client.post("/duties/hours/certificate")
    assert Certificate.objects.count() == 1  # nothing new was served
    link = f"/duties/v/{one.code}"
    assert link in client.get(f"/duties/hours/{one.pk}").context["link"]
    told = Client().get(link).content.decode()
    assert one.number in told and one.unit in told and "志*" in told and "志愿0" not in told and "槐荫驿站" not in told
    assert Client().get(f"/duties/v/{one.code.upper().replace('-', '')}").url == link
    assert Client().get("/duties/v/2222-2222-2222").status_code == 404
    assert signed_in(team.clerk.login).get(f"/duties/hours/{one.pk}").status_code == 404


def test_hours_that_are_none_are_certified_by_nobody(team):
    told = signed_in(team.clerk.login).post("/duties/hours/certificate", follow=True).content.decode()
    assert "还没有可以证明的时长" in told and not Certificate.objects.exists()


def test_volunteers_stand_there_by_name_for_who_looks_after_the_shift_and_not_for_long(team, now):
    shift = Shift.objects.filter(duty=a_duty(team.grid, now, starts_on=now.date()), begins__gt=now).earliest("begins")
    person, clerk = team.volunteers[0], signed_in(team.clerk.login)
    actions.take(by(person, now), shift.pk)
    page, paper = f"/desk/duties/shifts/{shift.pk}", f"/desk/duties/{shift.duty_id}/sheet"
    assert person.name in clerk.get(page).content.decode()
    hangs = clerk.get(paper).content.decode()
    assert person.name not in hangs and shown_name(person.name) in hangs
    long_ago = timedelta(days=20)
    Shift.objects.filter(pk=shift.pk).update(begins=shift.begins - long_ago, ends=shift.ends - long_ago)
    assert person.name not in clerk.get(page).content.decode()


def test_free_shifts_come_by_the_way_when_the_phone_says_where_it_is(team, now, django_assert_max_num_queries):
    client = signed_in(team.clerk.login)
    spots = {"近处": (116.9301, 31.0502), "远处": (116.9401, 31.0502), "没有地点": None}
    for number, (name, spot) in enumerate(spots.items()):
        about = spot and enter_point(
            by(None, now, "replay"), Wanted(f"{name}驿站", lon=spot[0], lat=spot[1], area=team.grid)
        )
        a_duty(team.grid, now, title=name, rule="FREQ=DAILY", starts_on=now.date() + timedelta(days=3 - number),
               until=now.date() + timedelta(days=5 - number), about=about.record if about else None)  # fmt: skip

    def titles(page):
        return list(dict.fromkeys(card["duty"].title for _day, some in page.context["groups"] for card in some))

    assert titles(client.get("/duties")) == ["没有地点", "远处", "近处"]
    assert titles(client.get("/duties?lon=116.94&lat=31.0502")) == ["没有地点", "远处", "近处"]  # only what is sent
    here = {"lon": "116.9302", "lat": "31.0502"}
    with django_assert_max_num_queries(9):
        page = client.post("/duties", here)
    assert titles(page) == ["近处", "远处", "没有地点"]
    [(day, near)] = page.context["groups"]  # the nearest first, so under no day
    assert day == "" and "约 10 米" in near[0]["far"] and near[0]["far"] in page.content.decode()
    assert [card["shift"].begins for card in near[:3]] == sorted(card["shift"].begins for card in near[:3])
    with django_assert_max_num_queries(7):
        part = client.post("/duties", {**here, "page": "2"}, headers={"X-Part": "1"})
    assert part.context["number"] == 2 and "<html" not in part.content.decode()
    for wrong in ({"lon": "900", "lat": "1"}, {"lon": "x", "lat": ""}, {"lon": "nan", "lat": "nan"}):
        assert titles(client.post("/duties", wrong)) == ["没有地点", "远处", "近处"]
    kept = Row.objects.values_list("facts", flat=True)
    assert not any("116.9302" in str(facts) for facts in kept)
