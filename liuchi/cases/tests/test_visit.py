"""What is heard on a visit: theirs who said it, written down at the door or after coming back, by who visits."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from liuchi.cases import actions
from liuchi.cases.models import Case
from liuchi.cases.tests.helpers import TEN, Place, by
from liuchi.kernel.context import CHINA, Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox import actions as outbox
from liuchi.people.models import Person

SAID = {"text": "楼道灯坏了", "place_source": "none", "phone": "13800001234", "visit": True, "behalf": "王阿姨 302"}


def from_phone(person: Person | None, at: datetime = TEN, arrived: datetime = TEN, **said: object) -> Case:
    ctx = Context(at=at, recorded_at=arrived, person=person.pk if person else None, channel="phone")
    answer = outbox.deliver(ctx, "phone", uuid4(), "case.report", SAID | said, [])
    return Case.objects.get(pk=answer.result["id"])


@pytest.mark.parametrize("role", ["grid_worker", "grid_leader", "community_clerk", "secretary", "supervisor"])
def test_what_is_heard_at_the_door_is_theirs_who_said_it(place: Place, role: str) -> None:
    case = from_phone(getattr(place, role))
    assert (case.channel, case.reporter_id) == ("visit", None)
    assert case.contact_cipher is not None
    assert "王阿姨" not in case.text + case.masked


def test_without_a_network_it_arrives_later_and_the_office_s_clock_begins_then(place: Place) -> None:
    arrived = TEN + timedelta(hours=3)
    case = from_phone(place.grid_worker, TEN, arrived)
    assert (case.reported_at, case.step_from) == (TEN, arrived)


@pytest.mark.parametrize("role", ["resident", "handler", None])
def test_who_visits_nobody_can_not_say_so(place: Place, role: str | None) -> None:
    with pytest.raises(Refused) as refused:
        from_phone(getattr(place, role) if role else None)
    assert refused.value.status == 403
    assert not Case.objects.exists()


def test_for_whom_it_is_stands_with_the_number_and_is_looked_up_with_a_trace(place: Place) -> None:
    desk = Client()
    desk.force_login(place.dispatcher.login)
    sent = {
        "text": "楼道灯坏了",
        "channel": "visit",
        "behalf": "王阿姨 302",
        "at": "2026-11-18T08:30",
        "key": str(uuid4()),
    }
    assert desk.post("/desk/take", sent).status_code == 200
    case = Case.objects.get()
    assert (case.channel, case.reported_at) == ("visit", datetime(2026, 11, 18, 8, 30, tzinfo=CHINA))
    page = desk.get(f"/desk/cases/{case.pk}").content.decode()
    assert "王阿姨" not in page
    assert "***" in page
    assert "王阿姨 302" in desk.post(f"/desk/cases/{case.pk}/contact").content.decode()
    assert case.record.journal.filter(verb="case.contact_seen").exists()
    with pytest.raises(Refused):
        actions.show_contact(by(place.grid_worker), case.pk)


def test_a_visit_that_is_still_to_come_is_now(place: Place) -> None:
    desk = Client()
    desk.force_login(place.dispatcher.login)
    desk.post("/desk/take", {"text": "灯坏了", "channel": "visit", "at": "2199-01-01T08:30", "key": str(uuid4())})
    assert Case.objects.get().reported_at.year < 2199
    assert (
        desk.post(
            "/desk/take", {"text": "灯坏了", "channel": "visit", "at": "gestern", "key": str(uuid4())}
        ).status_code
        == 200
    )


def test_the_phone_offers_it_to_who_visits_alone(place: Place) -> None:
    for role, offered in (("grid_worker", True), ("resident", False)):
        phone = Client()
        phone.force_login(getattr(place, role).login)
        assert phone.get("/report").context["start"]["visits"] is offered
