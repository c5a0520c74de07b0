"""The desk's page of working days."""

from datetime import date

import pytest

from liuchi.kernel.worktime import queries
from liuchi.kernel.worktime.models import CalendarVersion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_calendar():
    queries.forget()
    yield
    queries.forget()


def sign_in(client, place, role):
    client.force_login(place.person(role).login)


def test_an_administrator_turns_a_day_over_and_publishes(client, place):
    sign_in(client, place, "administrator")
    monday = date(2026, 11, 23)
    assert queries.current().works_on(monday)
    client.post("/desk/calendar", {"year": "2026", "turn": ["2026-11-23"]})
    queries.forget()
    assert not queries.current().works_on(monday)
    client.post("/desk/calendar", {"year": "2026", "turn": ["2026-11-23"]})
    queries.forget()
    assert queries.current().works_on(monday)
    assert CalendarVersion.objects.count() == 2


def test_a_year_without_official_days_says_so(client, place):
    sign_in(client, place, "administrator")
    assert client.get("/desk/calendar?year=2030").context["unknown"]
    client.post("/desk/calendar", {"year": "2030", "turn": ["2030-01-01"], "complete": "1"})
    queries.forget()
    assert not client.get("/desk/calendar?year=2030").context["unknown"]


def test_a_dispatcher_reads_it_and_cannot_publish(client, place):
    sign_in(client, place, "dispatcher")
    assert client.get("/desk/calendar").status_code == 200
    assert client.post("/desk/calendar", {"year": "2026", "turn": ["2026-11-23"]}).status_code == 403
    assert not CalendarVersion.objects.exists()


@pytest.mark.parametrize("bad", ["2026-13-40", "x", "1899-01-01"])
def test_a_day_that_is_none_gets_a_sentence(client, place, bad):
    sign_in(client, place, "administrator")
    assert client.post("/desk/calendar", {"year": "2026", "turn": [bad]}).status_code == 422
