"""What is personal in a case goes when its time is over; that there was such a case stays, and the journal is whole."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest

from liuchi.cases.models import Case
from liuchi.cases.tests import helpers
from liuchi.kernel.journal.actions import seal_all
from liuchi.kernel.journal.models import Side
from liuchi.kernel.journal.queries import verify
from liuchi.kernel.media import actions as media
from liuchi.kernel.media import files, preparing
from liuchi.kernel.media.models import Media
from liuchi.kernel.retention import actions, queries
from liuchi.kernel.tests import media_files as make
from liuchi.kernel.tests.test_media_faces import portrait

pytestmark = pytest.mark.django_db
WORDS = "外墙掉了一块，我叫程知秋，电话13800001234"


@pytest.fixture
def old(settings, tmp_path):
    """(place, the case) closed at TEN, with a number, a face, a voice and words."""
    settings.MEDIA_FOLDER = tmp_path / "media"
    place = helpers.a_place()
    ctx = helpers.by(place.resident, channel="phone")
    sent = [
        media.receive(ctx, uuid4(), "photo", io.BytesIO(make.encoded(portrait()))),
        media.receive(ctx, uuid4(), "voice", io.BytesIO(make.wav())),
    ]
    keys = tuple(one.key for one in sent)
    case = helpers.told(place, WORDS, by_whom=place.resident, phone="13800001234", media=keys).case
    for one in sent:
        preparing.prepare(one.pk)
    for step in (helpers.dispatched, helpers.accepted, helpers.handled, helpers.closed):
        step(case, place)
    return place, Case.objects.get(pk=case.pk)


def after(days):
    at = helpers.TEN + timedelta(days=days)
    actions.carry_out(at)
    seal_all(at)
    report = verify()
    assert report.whole, report.problems


def photo():
    return Media.objects.get(kind="photo")


def test_one_after_the_other(old, django_capture_on_commit_callbacks):
    place, case = old
    with django_capture_on_commit_callbacks(execute=True):
        after(89)
    assert photo().clear and photo().original
    with django_capture_on_commit_callbacks(execute=True):
        after(91)
    assert (photo().clear, photo().original) == ("", "")
    assert {path.name for path in files.stored_before(9e12)} >= {photo().shown, photo().thumb}
    case.refresh_from_db()
    assert case.contact_cipher
    after(181)
    case.refresh_from_db()
    assert case.contact_cipher is None and case.contact_index is None
    assert Media.objects.filter(kind="voice").exists()
    after(366)
    assert not Media.objects.filter(kind="voice").exists()
    assert case.reporter == place.resident
    after(1096)
    case.refresh_from_db()
    assert (case.reporter, case.receipt_hash) == (None, None)
    assert "13800001234" not in case.text and "程知秋" not in case.text and "外墙掉了一块" in case.text
    assert not any("程知秋" in str(side.body) or "13800001234" in str(side.body) for side in Side.objects.all())
    assert Media.objects.filter(kind="photo").exists()
    after(1826)
    assert not Media.objects.exists()
    assert Case.objects.get(pk=case.pk).in_time is not None  # that it was, and how quickly, stays
    assert verify().erased > 0


def test_the_dry_run_counts_the_same_and_touches_nothing(old):
    at = helpers.TEN + timedelta(days=2000)
    before = list(Case.objects.values())
    due = {line.name: line.due for line in queries.table(at) if line.due}
    assert list(Case.objects.values()) == before
    assert {
        name: due.get(f"cases.{name}") for name in ("contact", "faces", "voices", "reporter", "words", "photos")
    } == dict.fromkeys(("contact", "faces", "voices", "reporter", "words", "photos"), 1)
    gone = actions.carry_out(at)
    assert gone == {name: many for name, many in due.items() if name != "people.tracks"}
    assert {name: many for name, many in actions.carry_out(at).items() if name.startswith("cases.")} == {}


def test_what_is_open_is_left_alone(settings, tmp_path):
    place = helpers.a_place()
    case = helpers.told(place, WORDS, by_whom=place.resident, phone="13800001234").case
    after(3000)
    assert Case.objects.get(pk=case.pk).contact_cipher


def test_the_page_is_the_administrators(old, client):
    client.login(username="dispatcher", password=helpers.PASSWORD)
    assert client.get("/desk/retention").status_code == 403
    client.login(username="administrator", password=helpers.PASSWORD)
    page = client.get("/desk/retention?count").content.decode()
    assert 'value="cases.contact"' in page
    assert client.post("/desk/retention", {"field": "cases.contact", "days": "60"}).status_code == 302
    assert queries.days("cases.contact") == 60
    wrong = client.post("/desk/retention", {"field": "cases.contact", "days": "5"})
    assert wrong.status_code == 422
    assert 'value="5"' in wrong.content.decode()  # what was typed stays
    assert client.post("/desk/retention", {"field": "none", "days": "50"}).status_code == 404
    assert client.post("/desk/retention", {"field": "cases.contact", "days": "sechzig"}).status_code == 422
    assert queries.days("cases.contact") == 60


def test_the_page_asks_little(old, client, django_assert_max_num_queries):
    client.login(username="administrator", password=helpers.PASSWORD)
    client.get("/desk/retention")
    with django_assert_max_num_queries(8):
        client.get("/desk/retention")
    with django_assert_max_num_queries(8 + len(queries.fields()) + 3):
        client.get("/desk/retention?count")
