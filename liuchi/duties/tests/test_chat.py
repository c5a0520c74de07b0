"""The week as words for a chat: of the shifts ahead, for who looks after them, and without names unless they are asked for."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.duties import actions
from liuchi.duties.models import Shift
from liuchi.duties.tests.helpers import LONG_AGO, a_duty, by
from liuchi.people import actions as people
from liuchi.people.tests.conftest import kept_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def place(db, now):
    """Two grids, each with a duty of two seats a day; tomorrow in the first both are taken, the day after one is."""
    place = kept_place()
    crowd = [people.register_person(by(None, LONG_AGO), name=name) for name in ("程听雨", "胡小寒")]
    begun = now - timedelta(days=20)
    here = a_duty(place.grid, begun, title="这里的班", rule="FREQ=DAILY", starts_on=begun.date())
    a_duty(place.other_grid, begun, title="那边的班", rule="FREQ=DAILY", starts_on=begun.date())
    for person in crowd:
        actions.join(by(person, LONG_AGO))
    ahead = list(Shift.objects.filter(duty=here, begins__gt=now + timedelta(days=8)).order_by("begins")[:2])
    past = Shift.objects.filter(duty=here, ends__lt=now - timedelta(days=8)).latest("begins")
    for shift, some in ((ahead[0], crowd), (ahead[1], crowd[:1]), (past, crowd)):
        for person in some:
            actions.take(by(person, shift.begins - timedelta(days=3)), shift.pk)
    place.ahead, place.past = ahead, past
    return place


def words(person, day, **more):
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(person.login)
    page = client.get("/desk/duties", {"week": day.isoformat(), **more})
    assert ("转成文字发群" in page.content.decode()) == bool(page.context["chat"])
    return page.context["chat"]


def test_the_words_say_how_many_are_there_and_wanted_and_name_nobody(place):
    full, lacking = place.ahead
    clerk = place.person("community_clerk")
    said = words(clerk, full.day) + words(clerk, lacking.day)
    assert "2 人已齐" in said and "还缺 1 人" in said and "还缺 2 人" in said
    assert "程" not in said and "胡" not in said
    named = words(clerk, full.day, names="1")
    assert "程某" in named and "胡某" in named and "听雨" not in named
    assert "9:00—11:00：程某，还缺 1 人" in words(clerk, lacking.day, names="1")


def test_who_only_looks_has_no_words_for_a_group(place):
    supervisor = place.person("supervisor")
    assert words(supervisor, place.ahead[0].day) == ""
    assert words(supervisor, place.ahead[0].day, names="1") == ""


def test_who_confirms_in_one_grid_has_the_words_of_that_one(place):
    supervisor = place.person("supervisor")
    people.appoint(
        by(None, LONG_AGO, "system"), supervisor, role="grid_worker", area=place.other_grid, begins=date(2026, 1, 1)
    )
    said = words(supervisor, place.ahead[0].day, names="1")
    assert "那边的班" in said and "这里的班" not in said and "程某" not in said


def test_a_week_of_the_past_and_what_is_over_are_told_to_no_group(place, now):
    clerk = place.person("community_clerk")
    assert words(clerk, place.past.day, names="1") == ""
    Shift.objects.filter(begins__gt=now).exclude(pk=place.ahead[0].pk).update(state="kept")
    named = words(clerk, place.ahead[0].day, names="1")
    assert len([line for line in named.splitlines() if "9:00" in line]) == 1
