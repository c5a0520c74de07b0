"""The desk's page of working days: who may look, who may publish."""

from datetime import UTC, date, datetime

import pytest

from liuchi.kernel import worktime
from liuchi.kernel.context import Context
from liuchi.kernel.worktime import queries
from liuchi.kernel.worktime.models import CalendarVersion
from liuchi.people import actions as people

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def moved(monkeypatch):
    """A mover that stands for an upper app and moves three deadlines; no calendar in memory from another test."""
    monkeypatch.setattr(worktime, "_movers", [lambda _ctx, _calendar: 3])
    queries.forget()
    yield
    queries.forget()


def test_an_administrator_publishes_a_year_at_the_desk(client):
    ctx = Context(at=AT, recorded_at=AT)
    person = people.register_person(ctx, name="管理员")
    login, _password = people.open_login(ctx, person, "admin", "a long password")
    client.force_login(login)
    assert client.get("/desk/calendar").status_code == 403
    people.appoint(ctx, person, role="administrator", begins=date(2026, 1, 1))
    page = client.get("/desk/calendar?year=2027").content.decode()
    assert "还没有公布" in page
    assert page.count('name="turn"') == 365
    form = {"year": "2027", "turn": ["2027-02-06", "2027-02-08"], "complete": "on"}
    page = client.post("/desk/calendar", form, follow=True).content.decode()
    calendar = queries.current()
    assert (calendar.works_on(date(2027, 2, 6)), calendar.works_on(date(2027, 2, 8))) == (True, False)
    assert 2027 in calendar.known_years
    assert "还没有公布" not in page
    assert [word in page for word in ("<i>休</i>", "<i>班</i>", "调整了 3 件")] == [True, True, True]


def test_others_look_at_the_calendar_and_change_nothing(client):
    ctx = Context(at=AT, recorded_at=AT)
    person = people.register_person(ctx, name="处置员")
    unit = people.open_unit(ctx, kind="government_unit", name="城管中队")
    people.appoint(ctx, person, role="handler", organisation=unit, begins=date(2026, 1, 1))
    login, _password = people.open_login(ctx, person, "handler", "a long password")
    client.force_login(login)
    page = client.get("/desk/calendar").content.decode()
    assert "2026" in page
    assert 'name="turn"' not in page
    assert client.post("/desk/calendar", {"year": "2027", "turn": ["2027-02-08"]}).status_code == 403
    assert not CalendarVersion.objects.exists()
