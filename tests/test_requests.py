"""Whatever comes in gets a clear answer in the sender's language: never a 500, never two cases for one report."""

import json
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from liuchi.cases.models import Case
from liuchi.kernel.outbox import actions as outbox
from liuchi.kernel.tests import media_files
from liuchi.people import actions as people
from liuchi.people.tests.conftest import context
from liuchi.site.demo.pictures import picture
from tests.phones import JSON, LANGUAGES, NOBODY, Phone, refused, report


@pytest.fixture(params=list(LANGUAGES))
def phone(db: None, request: Any) -> Phone:
    return Phone(request.param)


DEEP = "[" * 5_000 + "]" * 5_000
BODIES = {
    "nothing": b"",
    "no JSON": b"text=1",
    "half a JSON": b'{"key":',
    "a list": b"[]",
    "a number": b"5",
    "null": b"null",
    "invalid UTF-8": b'{"key": "\xff\xfe"}',
    "a NUL": b"\x00",
    "deeply nested": DEEP.encode(),
    "deeply nested body": json.dumps(report())
    .replace('"media": []', f'"media": [], "more": {DEEP[:60]}{DEEP[-60:]}')
    .replace('"text"', f'"deep": {"[" * 900 + "]" * 900}, "text"')
    .encode(),
    "10 MB of text": json.dumps(report(text="灯" * 3_400_000), ensure_ascii=False).encode(),
    "a number of 5000 digits": json.dumps(report()).replace("117.03", "9" * 5000).encode(),
    "NaN": json.dumps(report(lon=float("nan"))).encode(),
    "Infinity": json.dumps(report(lat=float("inf"))).encode(),
    "a number that is too large": json.dumps(report()).replace("117.03", "1e999").encode(),
}


class TestTheOutbox:
    @pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
    def test_what_cannot_be_read_is_refused_with_a_sentence(self, phone: Phone, body: bytes) -> None:
        refused(phone.send(body), phone.language, 400, 413, 422)
        assert not Case.objects.exists()

    @pytest.mark.parametrize("name", ["key", "verb", "body"])
    @pytest.mark.parametrize("value", [None, 5, "no", [], {}, True, "\x00"], ids=repr)
    def test_each_part_of_the_envelope_may_be_missing_or_wrong(self, phone: Phone, name: str, value: Any) -> None:
        wrong = report() | {name: value}
        refused(phone.send(wrong), phone.language, 422)
        del wrong[name]
        refused(phone.send(wrong), phone.language, 422)

    @pytest.mark.parametrize(
        "media",
        ["x", {}, ["x"], [None], [{}], [NOBODY], [NOBODY] * 50, 7],
        ids=lambda media: str(media)[:20],
    )
    def test_media_that_are_none_are_refused(self, phone: Phone, media: Any) -> None:
        refused(phone.send(report() | {"media": media}), phone.language, 422)

    @pytest.mark.parametrize("at", ["1900-01-01T00:00:00Z", "2200-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
                                    "yesterday", 17, {}, ["2026"], "\x00", "２０２６"], ids=repr)  # fmt: skip
    def test_a_time_that_cannot_be_is_refused(self, phone: Phone, at: Any) -> None:
        told = refused(phone.send(report() | {"at": at}), phone.language, 422)
        assert told["field"] == "at"

    def test_a_clock_that_is_a_little_fast_counts_as_now(self, phone: Phone) -> None:
        soon = (datetime.now(UTC) + timedelta(minutes=9)).isoformat()
        assert phone.send(report() | {"at": soon}).status_code == 201
        assert Case.objects.get().reported_at <= datetime.now(UTC)

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({"text": ""}, "text"),
            ({"text": "  \x00 "}, "text"),
            ({"text": 5}, "text"),
            ({"text": ["灯"]}, "text"),
            ({"text": "灯" * 5001}, "text"),
            ({"lon": 181}, "place"),
            ({"lat": -90.5}, "place"),
            ({"lon": 1e300}, "place"),
            ({"lon": "117"}, "place"),
            ({"lon": True}, "place"),
            ({"lon": None}, "place"),
            ({"accuracy": -1}, "place"),
            ({"accuracy": 1e9}, "place"),
            ({"place_source": "moon"}, "place_source"),
            ({"place_source": 4}, "place_source"),
            ({"place_id": "x"}, "place"),
            ({"place_text": {}}, "place"),
            ({"place_text": "街" * 121}, "place"),
            ({"phone": "12"}, "phone"),
            ({"phone": 13800000000}, "phone"),
            ({"phone": "１３８" * 20}, "phone"),
            ({"matter": "x"}, "matter"),
            ({"matter": NOBODY}, "matter"),
        ],
        ids=lambda part: str(part)[:30],
    )
    def test_each_field_of_a_report_is_looked_at(self, phone: Phone, body: dict[str, Any], field: str) -> None:
        told = refused(phone.send(report(**body)), phone.language, 422)
        assert told["field"] in (field, "place" if field == "place_source" else field)
        assert not Case.objects.exists()

    def test_half_a_sign_and_a_nul_in_the_words_are_dropped_and_the_report_is_taken(self, phone: Phone) -> None:
        said = json.dumps(report(text="灯\ud83d不\x00亮", place_text="井\udc00盖"))
        assert phone.send(said).status_code == 201
        case = Case.objects.get()
        assert (case.text, case.place_words) == ("灯不亮", "井盖")
        assert phone.send(said).status_code == 200

    @pytest.mark.parametrize(
        "verb",
        ["case.add", "case.withdraw", "case.rate", "case.accept", "case.handle", "case.return", "nothing", "x" * 500],
    )
    @pytest.mark.parametrize(
        "body",
        [{}, {"case": "x"}, {"case": NOBODY}, {"receipt": "x"}, {"receipt": 7, "text": "x"}, {"receipt": "ABCD-EFGH-JKLM", "stars": "five"},
         {"case": NOBODY, "text": [], "stars": 1e99, "outcome": 9}],
        ids=str,
    )  # fmt: skip
    def test_other_verbs_too(self, phone: Phone, verb: str, body: dict[str, Any]) -> None:
        refused(phone.send(report() | {"verb": verb, "body": body}), phone.language, 403, 404, 422)

    @pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
    @pytest.mark.parametrize("address", ["/outbox", "/outbox/media", "/outbox/token"])
    def test_a_wrong_method_is_told_so(self, phone: Phone, method: str, address: str) -> None:
        answer = getattr(phone.client, method)(address, headers={"Accept-Language": LANGUAGES[phone.language]})
        refused(answer, phone.language, 405)
        assert answer["Allow"] == "POST"

    def test_the_language_chosen_on_the_page_counts_before_the_browsers(self, phone: Phone) -> None:
        phone.client.cookies["django_language"] = "en"
        refused(phone.send(b""), "en")

    @pytest.mark.parametrize(
        "header",
        ["", "Outbox", "Outbox x", "Bearer x", "Outbox \x7f", "Outbox " + "x" * 5000],
        ids=lambda text: text[:12],
    )
    def test_a_wrong_token_is_a_401(self, phone: Phone, header: str) -> None:
        for answer in (
            phone.send(report(), headers={"Authorization": header}),
            phone.upload(b"x", headers={"Authorization": header}),
        ):
            refused(answer, phone.language, 401)


class TestTheApi:
    @pytest.mark.parametrize("address", ["/api/cases/suggest", "/api/territory/search", "/api/territory/at"])
    @pytest.mark.parametrize(
        ("body", "status"),
        [
            (b"", 422),
            (b"{", 400),
            (b'{"text": [], "q": [], "lon": []}', 422),
            (b'"' + b"x" * 300_000, 413),
        ],
        ids=["nothing", "half", "wrong parts", "too much"],
    )
    def test_what_cannot_be_read_is_refused_with_a_sentence_and_no_trace(
        self, phone: Phone, caplog: pytest.LogCaptureFixture, address: str, body: bytes, status: int
    ) -> None:
        answer = phone.client.post(
            address, body, content_type=JSON, headers={"Accept-Language": LANGUAGES[phone.language]}
        )
        refused(answer, phone.language, status)
        assert not [said for said in caplog.records if said.exc_info]


class TestUploads:
    @pytest.mark.parametrize(
        ("content", "status"),
        [
            (b"", 415),
            (b"just words, named .jpg", 415),
            (b"\xff\xd8\xff", 415),
            (b"\xff\xd8\xff\xe0" + b"\x00" * 5000, 415),
            (b"GIF89a" + b"\x00" * 50, 415),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 415),
        ],
        ids=lambda part: repr(part)[:24],
    )
    def test_what_is_no_photo_is_refused(self, phone: Phone, content: bytes, status: int) -> None:
        refused(phone.upload(content), phone.language, status)

    def test_a_bomb_named_jpg_is_refused_before_it_is_unpacked(self, phone: Phone) -> None:
        began = time.process_time()
        refused(phone.upload(media_files.bomb(30_000, 30_000)), phone.language, 415)
        assert time.process_time() - began < 1

    def test_over_twenty_megabytes_is_refused(self, phone: Phone) -> None:
        refused(phone.upload(b"\xff\xd8\xff" + b"\x00" * (21 * 1024 * 1024)), phone.language, 413)

    @pytest.mark.parametrize(
        "address",
        ["", "?key=x&kind=photo", f"?key={NOBODY}&kind=film", f"?key={NOBODY}&kind=%00", "?key=%ff&kind=photo"],
    )
    def test_key_and_kind_are_looked_at(self, phone: Phone, address: str) -> None:
        refused(phone.upload(picture("wall"), "/outbox/media" + address), phone.language, 422)


class TestTwice:
    def test_the_same_key_again_is_the_same_case(self, phone: Phone) -> None:
        said = report()
        first, again = phone.send(said), phone.send(said)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        assert Case.objects.count() == 1

    def test_the_same_key_with_other_words_is_a_conflict(self, phone: Phone) -> None:
        said = report()
        phone.send(said)
        refused(phone.send(said | {"body": said["body"] | {"text": "井盖没了"}}), phone.language, 409)
        assert Case.objects.count() == 1

    def test_the_same_photo_key_with_another_photo_is_a_conflict(self, phone: Phone) -> None:
        address = f"/outbox/media?key={uuid4()}&kind=photo"
        assert phone.upload(picture("wall"), address).status_code == 201
        assert phone.upload(picture("wall"), address).status_code == 201
        refused(phone.upload(picture("lamp"), address), phone.language, 409)


@pytest.mark.django_db(transaction=True)
def test_eight_threads_with_one_key_at_once_are_one_case() -> None:
    said, token = report(), Phone().token
    answers: list[Any] = []
    ready = threading.Barrier(8)

    def send() -> None:
        client = Client()
        ready.wait()
        answers.append(
            client.post("/outbox", json.dumps(said), content_type=JSON, headers={"Authorization": f"Outbox {token}"})
        )
        connection.close()

    threads = [threading.Thread(target=send) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.content for answer in answers}) == 1
    assert Case.objects.count() == 1


def test_a_flood_is_slowed_with_the_seconds_to_wait_and_all_of_it_arrives(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = outbox._verbs["case.report"]
    monkeypatch.setitem(outbox._verbs, "case.report", outbox.Verb(known.handler, 5))
    waiting = [report(text=f"第{number}件") for number in range(12)]
    now = datetime(2026, 11, 22, 4, 0, 20, tzinfo=UTC)
    monkeypatch.setattr("liuchi.kernel.outbox.views.timezone.now", lambda: now)
    for said in waiting:
        said["at"] = now.isoformat()
    waits = []
    while waiting:
        answer = phone.send(waiting[0])
        if answer.status_code == 201:
            waiting.pop(0)
            continue
        told = refused(answer, phone.language, 429)
        assert str(told["retry_after"]) in told["message"]
        waits.append(told["retry_after"])
        now += timedelta(seconds=told["retry_after"])
    assert waits == [40, 60]
    assert Case.objects.count() == 12


def test_who_signed_out_leaves_no_token_behind(db: None) -> None:
    person = people.register_person(context(), name="示例居民")
    login, _password = people.open_login(context(), person, "weigui", "six foot alley")
    client = Client()
    client.force_login(login)
    phone = Phone(client=client)
    said = report()
    assert phone.send(said).status_code == 201
    assert Case.objects.get(number=phone.send(said).json()["result"]["number"]).reporter_id == person.pk
    client.post("/account/logout/")
    refused(phone.send(report()), "zh-hans", 401)
