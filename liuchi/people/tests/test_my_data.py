"""A person sees, corrects, takes along and erases what is kept on them."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from liuchi.kernel.context import Context
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.models import Row, Side
from liuchi.kernel.journal.queries import verify
from liuchi.kernel.records import actions as records
from liuchi.people import actions, data
from liuchi.people.actions import data as data_actions
from liuchi.people.models import Login, Person
from liuchi.people.tests.conftest import NOW, Place, context


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.login)
    return client


def test_one_sees_and_corrects(place: Place) -> None:
    rider = place.person("rider")
    looking = replace(context(NOW, place.person("dispatcher").pk), post=place.posts["dispatcher"].pk)
    actions.show_phone(looking, rider, duty="cases.contact")
    client = signed_in(rider)
    page = client.get("/me/data").content.decode()
    assert "13800000000" in page and rider.name in page
    assert "派遣" in page or "dispatcher" in page.lower()
    assert client.post("/me/data", {"name": "方小麦", "phone": "", "language": "en"}).status_code == 302
    rider.refresh_from_db()
    assert rider.language == "en"
    assert rider.name == "方小麦" and rider.phone_cipher, "an empty field keeps the number"
    assert client.post("/me/data", {"name": "方小麦", "phone": "12", "language": "en"}).status_code == 200


def test_one_takes_everything_along(place: Place, monkeypatch: Any) -> None:
    in_memory: list[int] = []

    def photo() -> bytes:
        in_memory.append(1)
        return b"x"

    files = [(f"{number}.jpg", photo) for number in range(3)]
    keeper = data.Keeper("Reports", lambda pk: [{"text": "井盖"}], lambda ctx, pk: None, lambda pk: files)
    monkeypatch.setitem(data._keepers, "reports", keeper)
    answer = signed_in(place.person("rider")).get("/me/data/file")
    assert in_memory == [], "no photo is read before it is sent"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None and len(in_memory) == 3
    assert json.loads(archive.read("person.json"))["phone"] == "13800000000"
    assert json.loads(archive.read("reports.json")) == [{"text": "井盖"}]
    assert archive.read("reports/1.jpg") == b"x"


def test_consent_is_withdrawn_and_the_needed_one_is_not(place: Place) -> None:
    rider = place.person("rider")
    client = signed_in(rider)
    client.post("/me/data/consent", {"purpose": "call_back", "given": "1"})
    assert rider.consents.get().withdrawn_at is None
    client.post("/me/data/consent", {"purpose": "call_back"})
    assert rider.consents.get().withdrawn_at
    assert client.post("/me/data/consent", {"purpose": "account"}).status_code == 409


def test_erasure_leaves_no_value_and_a_whole_journal(place: Place, monkeypatch: Any) -> None:
    erased: list[Any] = []

    def erase(ctx: Context, pk: Any) -> None:
        erased.append(pk)

    monkeypatch.setitem(data._keepers, "reports", data.Keeper("Reports", lambda pk: [], erase))
    rider = place.person("rider")
    actions.correct_person(context(NOW, rider.pk), rider, name="方小麦")
    journal.seal_all(NOW)
    client = signed_in(rider)
    assert client.post("/me/data/erase", {"password": "wrong"}).status_code == 200
    assert Login.objects.filter(person=rider).exists()
    assert client.post("/me/data/erase", {"password": "six foot alley"}).status_code == 200
    assert erased == [rider.pk]
    rider.refresh_from_db()
    assert (rider.name, rider.phone_cipher, rider.phone_index) == ("", None, None) and rider.erased_at
    assert not Login.objects.filter(person=rider).exists()
    assert not Side.objects.filter(person_id=rider.pk).exists()
    assert "方小麦" not in str(list(Side.objects.values_list("body", flat=True)))
    journal.seal_all(timezone.now())
    report = verify()
    assert report.whole and report.erased > 0
    assert not client.get("/api/people/me").json()["signed_in"]


def test_official_acts_of_former_staff_stay_tied_to_a_nameless_row(place: Place) -> None:
    worker = place.person("grid_worker")
    client = signed_in(worker)
    assert client.post("/me/data/erase", {"password": "six foot alley"}).status_code == 409
    actions.correct_post(context(NOW, worker.pk), place.posts["rider"], title="t", begins=NOW.date(), ends=None)
    actions.end_post(context(), place.posts["grid_worker"])
    actions.erase_person(context(), Person.objects.select_related("record").get(pk=worker.pk))
    row = Row.objects.get(verb="post.corrected")
    assert row.side("actor")["person"] == str(worker.pk)
    assert not Person.objects.get(pk=worker.pk).name


def test_where_a_rider_was_is_forgotten_and_what_an_office_did_is_not(place: Place) -> None:
    rider, clerk = place.person("rider"), place.person("community_clerk")

    def acts(person: Person, role: str, at: datetime) -> int:
        ctx = replace(context(at, person.pk), post=place.posts[role].pk)
        with transaction.atomic():
            record = records.create("test")
            journal.write(ctx, record, "test.done")
        return Row.objects.get(record=record).pk

    def known() -> set[int]:
        return set(Side.objects.filter(kind="actor").values_list("row", flat=True))

    old, office = acts(rider, "rider", NOW), acts(clerk, "community_clerk", NOW)
    later = NOW + timedelta(days=60)
    newer = acts(rider, "rider", later)
    assert {old, office, newer} <= known()
    for days, left in ((89, {old, office, newer}), (91, {office, newer}), (151, {office})):
        data_actions.cut_tracks(context(NOW + timedelta(days=days)))
        journal.seal_all(NOW + timedelta(days=days))
        assert known() & {old, office, newer} == left
        assert verify().whole
