"""Open311 GeoReport v2: what the specification asks of each method, and what the public may not read."""

import json
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.cases.models import Case, Matter
from liuchi.cases.public.rules import spot
from liuchi.cases.tests.helpers import SPOT, Place, accepted, closed, dispatched, handled, matter, report, told
from liuchi.cases.tests.keys import Program, program

pytestmark = pytest.mark.django_db
BASE = "/open311/v2"
GOOD = {
    "service_code": "03001", "lat": str(SPOT[1]), "long": str(SPOT[0]), "description": "路灯不亮\n我叫张伟",
    "address_string": "槐荫里3幢", "email": "a@example.org", "first_name": "伟", "last_name": "张",
    "phone": "13812345678", "device_id": "x", "account_id": "7", "media_url": "http://127.0.0.1/photo.jpg",
    "attribute[UNASKED]": "1", "extension": "passed over",
}  # fmt: skip
# What the specification says of the parts of a request: its name, its type, whether it may be empty.
REQUEST = {
    "service_request_id": (str, False), "status": (str, False), "status_notes": (str, True),
    "service_name": (str, True), "service_code": (str, False), "description": (str, True),
    "agency_responsible": (str, True), "service_notice": (str, True), "requested_datetime": (str, False),
    "updated_datetime": (str, True), "expected_datetime": (str, True), "address": (str, True),
    "address_id": (str, True), "zipcode": (str, True), "lat": (float, True), "long": (float, True),
    "media_url": (str, True),
}  # fmt: skip


@pytest.fixture
def partner(place: Place) -> Program:
    return program(place, "other_handler", ["cases.report"])


def get(path: str, **arguments: str) -> Any:
    return Client().get(f"{BASE}/{path}", arguments)


def post(key: str, form: str = "json", **changed: str | None) -> Any:
    fields = {name: value for name, value in (GOOD | {"api_key": key} | changed).items() if value is not None}
    return Client().post(f"{BASE}/requests.{form}", fields)


def numbers(**arguments: str) -> list[str]:
    return [one["service_request_id"] for one in get("requests.json", **arguments).json()]


def known(place: Place, text: str = "路灯不亮", **said: Any) -> Case:
    """A report of today whose matter is known."""
    return report(place, text, timezone.now(), matter_id=place.lamp.pk, **said)


def same(value: Any, element: ElementTree.Element) -> bool:
    """Whether a part of the JSON and an element of the XML say the same (the Spark convention)."""
    if isinstance(value, list):
        return len(value) == len(element) and all(same(one, part) for one, part in zip(value, element, strict=True))
    if isinstance(value, dict):
        return list(value) == [part.tag for part in element] and all(same(value[part.tag], part) for part in element)
    if isinstance(value, bool):
        return element.text == str(value).lower()
    return (element.text or None) == (str(value) if value not in (None, "") else None)


@pytest.mark.parametrize(
    "path, root",
    [
        ("discovery", "discovery"),
        ("services", "services"),
        ("services/10093", "service_definition"),
        ("services/03001", "service_definition"),
        ("requests", "service_requests"),
        ("requests/none", "errors"),
    ],
)
def test_both_formats_say_the_same(place: Place, path: str, root: str) -> None:
    dispatched(known(place), place)
    as_json, as_xml = get(f"{path}.json"), get(f"{path}.xml")
    assert as_json["Content-Type"] == "application/json; charset=utf-8"
    assert as_xml["Content-Type"] == "text/xml; charset=utf-8"
    assert as_xml.content.lower().startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert as_json["Access-Control-Allow-Origin"] == as_xml["Access-Control-Allow-Origin"] == "*"
    document = ElementTree.fromstring(as_xml.content)
    assert document.tag == root
    assert same(as_json.json(), document)


def test_discovery_leads_to_the_endpoint(place: Place) -> None:
    found = Client().get("/open311/discovery.json").json()
    assert set(found) == {"changeset", "contact", "key_service", "endpoints"}
    endpoint = found["endpoints"][0]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert Client().get(f"{endpoint['url']}/services.json").status_code == 200


def test_services_are_the_catalogue_and_conditions_their_attributes(place: Place) -> None:
    services = {one["service_code"]: one for one in get("services.json").json()}
    assert services["03001"] | {"description": ""} == {
        "service_code": "03001", "service_name": "路灯不亮", "description": "", "metadata": False, "type": "realtime",
        "keywords": "路灯不亮, Street lamp out", "group": "房屋",
    }  # fmt: skip
    assert services["10093"]["metadata"] is True
    definition = get("services/10093.json").json()
    attribute = definition["attributes"][0]
    assert (attribute["code"], attribute["datatype"], attribute["required"]) == ("condition", "singlevaluelist", False)
    assert {"key": str(place.falling.pk), "name": "有坠落物，危及行人"} in attribute["values"]
    assert get("services/99999.json").json() == [{"code": 404, "description": "没有找到 service_code。"}]


def test_a_report_comes_in_and_is_read_again(place: Place, partner: Program) -> None:
    answer = post(partner.secret)
    assert answer.status_code == 200
    (made,) = answer.json()
    assert set(made) == {"service_request_id", "service_notice", "account_id"}
    case = Case.objects.get(number=made["service_request_id"])
    assert (case.channel, case.matter, case.lat, case.lon) == ("open311", place.lamp, SPOT[1], SPOT[0])
    assert case.reporter is None and case.contact_cipher is not None
    assert "media_url: http://127.0.0.1/photo.jpg" in case.text, "kept as words, never fetched"
    assert "example.org" not in case.text, "mail and names are not kept"
    (seen,) = get(f"requests/{case.number}.json").json()
    assert {name: type(value) for name, value in seen.items() if value is not None} == {
        name: kind for name, (kind, _empty) in REQUEST.items() if seen[name] is not None
    }
    assert list(seen) == list(REQUEST)
    assert all(seen[name] is not None for name, (_kind, may_be_empty) in REQUEST.items() if not may_be_empty)
    assert datetime.fromisoformat(seen["requested_datetime"]).utcoffset() is not None


def test_in_xml_as_well(place: Place, partner: Program) -> None:
    root = ElementTree.fromstring(post(partner.secret, "xml").content)
    number = root.findtext("request/service_request_id")
    assert root.tag == "service_requests"
    assert Case.objects.filter(number=number).exists()


def test_an_attribute_that_we_asked_for_is_told_in_words(place: Place, partner: Program) -> None:
    chosen = {"attribute[condition]": str(place.falling.pk)}
    made = post(partner.secret, service_code="10093", **chosen).json()
    assert "有坠落物" in Case.objects.get(number=made[0]["service_request_id"]).text
    wrong = post(partner.secret, service_code="10093", **{"attribute[condition]": "0"})
    assert wrong.status_code == 400 and "attribute[condition]" in wrong.json()[0]["description"]


@pytest.mark.parametrize(
    "status, changed",
    [
        (403, {"api_key": None}),
        (403, {"api_key": "xyz"}),
        (400, {"service_code": None}),
        (404, {"service_code": "00000"}),
        (400, {"lat": None, "long": None, "address_string": None}),
        (400, {"lat": None}),
        (400, {"lat": "north"}),
        (400, {"long": "nan"}),
        (400, {"lat": "91"}),
        (400, {"phone": "12"}),
        (400, {"address_id": "00"}),
        (400, {"description": "长" * 4001}),
        (404, {"jurisdiction_id": "sfgov.org"}),
    ],
)
def test_errors_have_the_form_of_the_specification(
    place: Place, partner: Program, status: int, changed: dict[str, Any]
) -> None:
    as_json, as_xml = post(partner.secret, **changed), post(partner.secret, "xml", **changed)
    assert as_json.status_code == as_xml.status_code == status
    (error,) = as_json.json()
    assert set(error) == {"code", "description"} and error["code"] == status and len(error["description"]) > 3
    root = ElementTree.fromstring(as_xml.content)
    assert (root.tag, root.findtext("error/code")) == ("errors", str(status))
    assert not Case.objects.exists()


def test_a_key_without_the_scope_reports_nothing(place: Place) -> None:
    assert post(program(place, "dispatcher", ["cases.read"]).secret).status_code == 403


def test_only_words_for_the_place_or_one_of_ours(place: Place, partner: Program) -> None:
    by_words = post(partner.secret, lat=None, long=None).json()[0]["service_request_id"]
    assert Case.objects.get(number=by_words).place_words == "槐荫里3幢"
    by_code = post(partner.secret, lat=None, long=None, address_string=None, address_id=place.grid.code)
    assert Case.objects.get(number=by_code.json()[0]["service_request_id"]).area == place.grid


def test_sent_again_under_one_key_it_is_one(place: Place, partner: Program) -> None:
    fields = GOOD | {"api_key": partner.secret}
    again = [Client().post(f"{BASE}/requests.json", fields, headers={"Idempotency-Key": "1"}).json() for _ in range(2)]
    assert again[0] == again[1]
    assert Case.objects.count() == 1


def test_the_public_reads_no_words_no_photo_and_no_door(place: Place) -> None:
    case = known(place, "路灯不亮，我叫张伟", place_words="槐荫里3幢501")
    Case.objects.filter(pk=case.pk).update(lon=SPOT[0] + 0.000012, lat=SPOT[1])
    (seen,) = get(f"requests/{case.number}.json").json()
    assert (seen["description"], seen["media_url"]) == (None, None)
    assert seen["address"] == "槐荫社区第七网格"
    assert (seen["long"], seen["lat"]) == spot(*SPOT), "as on the public map: to some fifty metres"


def test_a_key_that_may_see_it_reads_masked_words(place: Place) -> None:
    case = known(place, "路灯不亮，我叫张伟", place_words="槐荫里3幢501")
    reader = program(place, "dispatcher", ["cases.read"])
    (seen,) = get(f"requests/{case.number}.json", api_key=reader.secret).json()
    assert seen["description"] == "路灯不亮，我叫张某"
    assert seen["address"] == "槐荫里3幢501"
    stranger = program(place, "stranger", ["cases.read"])
    (seen,) = get(f"requests/{case.number}.json", api_key=stranger.secret).json()
    assert seen["description"] is None


def test_what_is_not_for_the_public_does_not_exist_for_it(place: Place) -> None:
    unknown = report(place, at=timezone.now())  # nobody has said yet what it is
    secret = known(place)
    secret.record.secrecy = 1
    secret.record.save()
    taken_back = known(place)
    Case.objects.filter(pk=taken_back.pk).update(state="withdrawn", step_due=None)
    quarrel: Matter = matter("99091", "邻里纠纷", "Quarrel")
    at_home = report(place, at=timezone.now(), matter_id=quarrel.pk)
    in_need = report(place, at=timezone.now(), matter_id=matter("09003", "流浪乞讨", "In need").pk)
    assert numbers() == []
    for case in (unknown, secret, taken_back, at_home, in_need):
        assert get(f"requests/{case.number}.json").status_code == 404
    reader = program(place, "dispatcher", ["cases.read"])
    assert set(numbers(api_key=reader.secret)) == {unknown.number, at_home.number, taken_back.number, in_need.number}


def test_requests_by_status_service_and_number(place: Place) -> None:
    lamp = known(place)
    now = timezone.now()
    wall = dispatched(report(place, at=now - timedelta(days=1)), place, now)
    wall = closed(handled(accepted(wall, place, now), place, now), place, now)
    assert numbers() == [lamp.number, wall.number]
    assert numbers(status="open") == [lamp.number]
    assert numbers(status="closed") == [wall.number]
    assert numbers(status="open,closed") == [lamp.number, wall.number]
    assert numbers(service_code="03001") == [lamp.number]
    assert numbers(service_code="03001,10093") == [lamp.number, wall.number]
    assert numbers(service_request_id=f"{wall.number},LC-0", status="open") == [wall.number], "overrides the others"
    assert numbers(page_size="1", page="2") == [wall.number]
    assert get("requests.json", status="done").status_code == 400


def test_ninety_days(place: Place) -> None:
    now = timezone.now()
    recent = report(place, at=now - timedelta(days=89), matter_id=place.lamp.pk)
    old = report(place, at=now - timedelta(days=95), matter_id=place.lamp.pk)
    assert numbers() == [recent.number]
    day = (now - timedelta(days=100)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert set(numbers(start_date=day)) == {recent.number, old.number}
    assert numbers(end_date=(now - timedelta(days=90)).isoformat()) == [old.number]
    far = get("requests.json", start_date="2026-01-01T00:00:00Z", end_date="2026-06-01T00:00:00Z")
    assert far.status_code == 400
    assert get("requests.json", start_date="yesterday").status_code == 400


def test_a_receipt_is_a_token(place: Place) -> None:
    taken = told(place)
    assert get(f"tokens/{taken.receipt}.json").json() == [
        {"service_request_id": taken.case.number, "token": taken.receipt}
    ]
    assert get("tokens/12345.json").status_code == 404


def test_pages_of_other_sites_may_ask_but_nobody_is_signed_in(place: Place) -> None:
    client = Client()
    client.force_login(place.dispatcher.login)
    asked = client.options(f"{BASE}/requests.json", headers={"Origin": "https://example.org"})
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    assert "Access-Control-Allow-Credentials" not in asked
    report(place, at=timezone.now())
    assert client.get(f"{BASE}/requests.json").json() == []
    assert client.delete(f"{BASE}/requests.json").status_code == 405
    assert client.get(f"{BASE}/requests.csv").status_code == 404


def test_as_many_questions_for_many_as_for_one(place: Place, django_assert_max_num_queries: Any) -> None:
    for _ in range(15):
        known(place)
    get("requests.json")
    with django_assert_max_num_queries(3):
        get("requests.json")
    reader = program(place, "dispatcher", ["cases.read"])
    get("requests.json", api_key=reader.secret)
    with django_assert_max_num_queries(9):
        get("requests.json", api_key=reader.secret)


def test_a_jurisdiction_may_be_named(place: Place) -> None:
    assert get("services.json", jurisdiction_id=place.street.code).status_code == 200
    assert get("services.json", jurisdiction_id="").status_code == 200
    assert json.loads(get("services.json", jurisdiction_id="sfgov.org").content)[0]["code"] == 404
