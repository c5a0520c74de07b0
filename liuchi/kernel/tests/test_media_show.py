"""Who may not look sees nothing; who may gets it whole or in parts, private and as what it is."""

import io
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuchi.kernel.context import Context
from liuchi.kernel.media import actions, files, preparing, queries, rules
from liuchi.kernel.records import actions as records
from liuchi.kernel.tests import media_files as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


@pytest.fixture
def opened(monkeypatch):
    """Records that a guard opens to everybody."""
    opened = set()
    monkeypatch.setattr(queries, "_guards", [lambda _actor, record: record.pk in opened])
    return opened


def media_of(data, kind="photo", attached=True):
    media = actions.receive(Context(at=AT, recorded_at=AT), uuid4(), kind, io.BytesIO(data))
    if attached:
        actions.attach([media.key], records.create("case"))
    preparing.prepare(media.pk)
    media.refresh_from_db()
    return media


def body(response):
    return b"".join(response.streaming_content)


def test_only_whom_a_guard_lets_sees_it(client, opened):
    media = media_of(make.encoded())
    address = queries.url(media, "shown")
    assert client.get(address).status_code == 404
    opened.add(media.record_id)
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, max-age=3600"
    with files.open_file(media.shown) as file:
        assert body(response) == file.read()
    assert client.get(queries.url(media, "thumb")).status_code == 200
    assert client.get(queries.url(media, "original")).status_code == 404
    assert client.get(f"/media/{uuid4()}/shown").status_code == 404


def test_what_belongs_to_no_record_is_shown_to_nobody(client, opened):
    media = media_of(make.encoded(), attached=False)
    opened.add(None)
    assert client.get(queries.url(media, "shown")).status_code == 404


def test_a_pass_opens_one_file_for_an_hour_or_two(client, opened, monkeypatch):
    media, other = media_of(make.encoded()), media_of(make.encoded(kind="PNG"))
    address = queries.url(media, "thumb", with_pass=True)
    assert client.get(address).status_code == 200
    assert client.get(address.replace(str(media.pk), str(other.pk))).status_code == 404
    assert client.get(address[:-3] + "xyz").status_code == 404
    hour = queries._now()
    monkeypatch.setattr(queries, "_now", lambda: hour + 1)
    assert client.get(address).status_code == 200
    monkeypatch.setattr(queries, "_now", lambda: hour + 2)
    assert client.get(address).status_code == 404


def test_sound_is_given_in_parts(client, opened):
    data = make.wav()
    media = media_of(data, "voice")
    opened.add(media.record_id)
    address = queries.url(media, "shown")
    whole = client.get(address)
    assert (whole["Content-Type"], whole["Accept-Ranges"], body(whole)) == ("audio/wav", "bytes", data)
    part = client.get(address, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 100-199/{len(data)}")
    assert body(part) == data[100:200]
    assert body(client.get(address, headers={"Range": "bytes=-10"})) == data[-10:]
    assert client.get(address, headers={"Range": f"bytes={len(data)}-"}).status_code == 416


def test_a_broken_or_unready_photo_is_a_sentence(client, opened):
    import json

    broken = media_of(make.encoded()[:700])
    opened.add(broken.record_id)
    response = client.get(queries.url(broken, "shown"), headers={"Accept": "application/json"})
    assert response.status_code == 410
    assert json.loads(response.content)["error"] == "broken"
    waiting = actions.receive(Context(at=AT, recorded_at=AT), uuid4(), "photo", io.BytesIO(make.encoded()))
    actions.attach([waiting.key], broken.record)
    response = client.get(queries.url(waiting, "shown"), headers={"Accept": "application/json"})
    assert (response.status_code, json.loads(response.content)["error"]) == (404, "not_ready")


@given(data=st.data(), size=st.integers(1, 500))
def test_a_range_is_what_the_standard_says(data, size):
    first = data.draw(st.integers(0, 600))
    last = data.draw(st.integers(first, 700))
    expected = list(range(size))[first : last + 1]
    got = rules.byte_range(f"bytes={first}-{last}", size)
    assert got == ((expected[0], expected[-1]) if expected else None)
    tail = data.draw(st.integers(1, 700))
    begin, end = rules.byte_range(f"bytes=-{tail}", size)
    assert list(range(begin, end + 1)) == list(range(size))[-tail:]


@pytest.mark.parametrize(
    "header", ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=0-1,3-4", "items=0-1", "bytes=9-1", "bytes=-0"]
)
def test_other_ranges_cannot_be_met(header):
    assert rules.byte_range(header, 100) is None


def test_the_phone_uploads_with_its_token(client):
    token = client.post("/outbox/token").json()["token"]
    key, data = uuid4(), make.encoded()

    def send(content, authorization=f"Outbox {token}", key=key, kind="photo"):
        return client.post(
            f"/outbox/media?key={key}&kind={kind}",
            content,
            "application/octet-stream",
            headers={"Authorization": authorization},
        )

    assert send(data, "").status_code == 401
    for _again in range(2):
        response = send(data)
        assert (response.status_code, response.json()) == (201, {"key": str(key)})
    assert send(make.wav()).status_code == 409
    assert send(b"no photo", key=uuid4()).status_code == 415
    assert send(data, key="none").status_code == 422
    assert send(data, key=uuid4(), kind="letter").status_code == 422
    large = send(bytes(rules.MAX_BYTES + 1), key=uuid4())
    assert large.status_code == 413
    assert "20 MB" in large.json()["message"]
