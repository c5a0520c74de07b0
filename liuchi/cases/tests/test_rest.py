"""/api/v1: programs report, read, act - as far as their key and its post go."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from liuchi.cases.models import Case
from liuchi.cases.tests.helpers import SPOT, Place, dispatched, report
from liuchi.cases.tests.keys import Program, program
from liuchi.kernel import geo
from liuchi.kernel.journal.actions import seal_all
from liuchi.kernel.journal.models import Row
from liuchi.people.models import Look

pytestmark = pytest.mark.django_db
WORDS = {"text": "路灯不亮，我叫张伟，电话13812345678", "lon": SPOT[0], "lat": SPOT[1], "phone": "13812345678"}


@pytest.fixture
def reader(place: Place) -> Program:
    return program(place, "dispatcher", ["cases.read"])


def test_a_program_reports_and_reads_what_became_of_it(place: Place) -> None:
    partner = program(place, "other_handler", ["cases.report"])
    answer = partner.post("/api/v1/cases", WORDS | {"matter": "03001"})
    assert answer.status_code == 201, answer.content
    told = answer.json()
    case = Case.objects.get(pk=told["id"])
    assert (case.channel, case.number, case.reporter_id) == ("api", told["number"], None)
    assert case.matter == place.lamp
    seen = partner.get(f"/api/v1/cases/{case.pk}").json()
    assert seen["state"] == "reported"
    assert seen["text"] == "路灯不亮，我叫张某，电话138****5678"
    assert partner.get("/api/v1/cases").status_code == 403, "the list is for another scope"


def test_the_same_key_is_one_report(place: Place) -> None:
    partner = program(place, "dispatcher", ["cases.report"])
    other = program(place, "supervisor", ["cases.report"])
    once = {"Idempotency-Key": "12345-2026-0001"}
    first = partner.post("/api/v1/cases", WORDS, headers=once)
    again = partner.post("/api/v1/cases", WORDS, headers=once)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    changed = partner.post("/api/v1/cases", WORDS | {"text": "别的"}, headers=once)
    assert (changed.status_code, changed.json()["error"]) == (409, "other_body")
    assert other.post("/api/v1/cases", WORDS, headers=once).status_code == 201, "the numbers of another program"
    assert Case.objects.count() == 2


def test_places_may_be_said_as_chinese_maps_say_them(place: Place) -> None:
    partner = program(place, "dispatcher", ["cases.report"])
    lon, lat = geo.wgs_to_bd(*SPOT)
    told = partner.post("/api/v1/cases", WORDS | {"lon": lon, "lat": lat, "coordinates": "bd09"}).json()
    case = Case.objects.get(pk=told["id"])
    assert geo.distance(case.lon, case.lat, *SPOT) < 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "said, field",
    [
        ({"text": ""}, "text"),
        ({"text": "好", "lon": 200}, "lon"),
        ({"text": "好", "matter": "99999"}, "matter"),
        ({"text": "好", "area": "1"}, "area"),
        ({"text": "好", "phone": "12"}, "phone"),
        ({"text": "好", "lon": 117.0}, "place"),
    ],
)
def test_what_is_wrong_is_named(place: Place, said: dict[str, Any], field: str) -> None:
    answer = program(place, "dispatcher", ["cases.report"]).post("/api/v1/cases", said)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert len(answer.json()["message"]) > 5


def test_a_key_reads_what_its_post_may_see(place: Place, reader: Program) -> None:
    near, far = report(place), report(place, area=place.next_door)
    listed = reader.get("/api/v1/cases").json()
    assert [case["id"] for case in listed["cases"]] == [str(near.pk)]
    assert reader.get(f"/api/v1/cases/{near.pk}").status_code == 200
    assert reader.get(f"/api/v1/cases/{far.pk}").status_code == 404
    assert reader.get(f"/api/v1/cases/{uuid4()}").status_code == 404


def test_what_is_kept_in_confidence_no_key_sees(place: Place, reader: Program) -> None:
    case = report(place)
    case.record.secrecy = 1
    case.record.save()
    assert reader.get("/api/v1/cases").json()["cases"] == []
    assert reader.get(f"/api/v1/cases/{case.pk}").status_code == 404
    seal_all(timezone.now())
    assert reader.get("/api/v1/events").json()["events"] == []


def test_the_list_is_filtered_and_paged(place: Place, reader: Program, django_assert_max_num_queries: Any) -> None:
    cases = [report(place, f"第{number}件") for number in range(5)]
    dispatched(cases[0], place)
    path = "/api/v1/cases?state=reported&limit=3&area=340881001001"
    reader.get(path)
    with django_assert_max_num_queries(8):
        first = reader.get(path).json()
    second = reader.get(f"{path}&cursor={first['next']}").json()
    numbers = [case["number"] for case in first["cases"] + second["cases"]]
    assert numbers == [case.number for case in reversed(cases[1:])]
    assert second["next"] is None
    assert reader.get("/api/v1/cases?matter=03001").json()["cases"] == []
    assert reader.get("/api/v1/cases?since=2030-01-01T00:00:00Z").json()["cases"] == []
    assert len(reader.get("/api/v1/cases?until=2030-01-01T00:00:00").json()["cases"]) == 5
    assert reader.get("/api/v1/cases?since=0001-01-01T00:00:00%2B23:00").status_code == 422


def test_a_phone_number_is_one_look_at_a_time(place: Place, reader: Program) -> None:
    partner = program(place, "dispatcher", ["cases.report"])
    case = partner.post("/api/v1/cases", WORDS).json()["id"]
    assert reader.post(f"/api/v1/cases/{case}/contact").status_code == 403
    caller = program(place, "dispatcher", ["cases.read", "cases.contact"])
    assert "13812345678" not in caller.get(f"/api/v1/cases/{case}").content.decode()
    assert caller.post(f"/api/v1/cases/{case}/contact").json() == {"phone": "13812345678"}
    look = Row.objects.get(record_id=case, verb="case.contact_seen")
    assert look.channel == "api"
    assert look.side("actor")["person"] == str(place.dispatcher.pk)  # type: ignore[index]
    stranger = program(place, "stranger", ["cases.read", "cases.contact"])
    assert stranger.post(f"/api/v1/cases/{case}/contact").status_code == 404


def test_a_look_at_a_known_person_stands_in_their_log(place: Place) -> None:
    case = report(place)
    Case.objects.filter(pk=case.pk).update(reporter=place.grid_worker)
    caller = program(place, "dispatcher", ["cases.read", "cases.contact"])
    answer = caller.post(f"/api/v1/cases/{case.pk}/contact")
    assert answer.status_code in (200, 404)
    assert Look.objects.filter(person=place.grid_worker).exists() == (answer.status_code == 200)


def test_a_unit_works_from_its_own_system(place: Place) -> None:
    case = dispatched(report(place), place)
    unit = program(place, "handler", ["cases.read", "cases.turn"])
    assert unit.get(f"/api/v1/cases/{case.pk}").json()["can"] == ["accept"]
    once = {"Idempotency-Key": "a"}
    for _ in range(2):
        taken = unit.post(f"/api/v1/cases/{case.pk}/accept", headers=once)
        assert (taken.status_code, taken.json()["state"]) == (200, "accepted")
    done = unit.post(f"/api/v1/cases/{case.pk}/handle", {"text": "已加固，危险排除"})
    assert done.json()["state"] == "handled"
    late = unit.post(f"/api/v1/cases/{case.pk}/accept")
    assert (late.status_code, late.json()["error"]) == (409, "wrong_state")
    case.refresh_from_db()
    assert case.handler == place.handler


def test_a_key_of_another_unit_moves_nothing(place: Place) -> None:
    case = dispatched(report(place), place)
    other = program(place, "other_handler", ["cases.read", "cases.turn"])
    assert other.post(f"/api/v1/cases/{case.pk}/accept").status_code == 403
    mere = program(place, "handler", ["cases.read"])
    assert mere.post(f"/api/v1/cases/{case.pk}/accept").status_code == 403
    case.refresh_from_db()
    assert case.state == "dispatched"


def test_the_catalogue_with_its_limits(place: Place, django_assert_max_num_queries: Any) -> None:
    partner = program(place, "other_handler", ["catalogue.read"])
    partner.get("/api/v1/catalogue")
    with django_assert_max_num_queries(9):
        matters = partner.get("/api/v1/catalogue").json()["matters"]
    lamp = next(one for one in matters if one["code"] == "03001")
    assert lamp["name"] == "路灯不亮"
    assert lamp["conditions"][0]["limit_type"] == "work_day"


def test_events_in_order_each_once(place: Place, reader: Program) -> None:
    case = dispatched(report(place), place)
    report(place, area=place.next_door)
    seal_all(timezone.now())
    first = reader.get("/api/v1/events?limit=2").json()
    assert [event["type"] for event in first["events"]] == ["case.reported", "case.filed"]
    assert first["more"]
    rest = reader.get(f"/api/v1/events?after={first['cursor']}").json()
    assert [event["type"] for event in rest["events"]] == ["case.dispatched"]
    assert rest["events"][0]["data"]["unit"] == str(place.property.pk)
    assert not rest["more"]
    assert reader.get(f"/api/v1/events?after={rest['cursor']}").json()["events"] == []
    assert {event["case"] for event in first["events"]} == {str(case.pk)}
    assert "外墙" not in str(first), "never words"
    assert reader.get("/api/v1/events?after=morgen").status_code == 422


def test_the_description_of_the_interface_is_public(client: Any) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert {"/api/v1/cases", "/api/v1/events", "/api/v1/me"} <= set(told["paths"])
    assert all("401" not in path for path in told["paths"])
