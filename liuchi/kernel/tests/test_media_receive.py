"""An upload is one row however often it comes, encrypted before its row, and refused when it is not what it says."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import actions, files, preparing, rules
from liuchi.kernel.media.models import Media
from liuchi.kernel.records import actions as records
from liuchi.kernel.tests import media_files as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
CTX = Context(at=AT, recorded_at=AT)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"
    return settings.MEDIA_FOLDER


def receive(data, kind="photo", key=None, length=None):
    return actions.receive(CTX, key or uuid4(), kind, io.BytesIO(data), len(data) if length is None else length)


def stored(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


KINDS = [
    ("photo", "image/jpeg", make.encoded()),
    ("photo", "image/png", make.encoded(kind="PNG")),
    ("photo", "image/webp", make.encoded(kind="WEBP")),
    ("photo", "image/heic", make.heic()),
    ("voice", "audio/wav", make.wav()),
    ("voice", "audio/ogg", make.ogg()),
    ("voice", "audio/ogg", make.ogg(b"\x01vorbis")),
    ("voice", "audio/webm", make.webm(b"A_OPUS")),
    ("voice", "audio/mp4", make.iso(b"mp42", b"soun")),
    ("voice", "audio/mp4", make.iso(b"M4A ", b"soun")),
    ("voice", "audio/3gpp", make.iso(b"3gp4", b"soun")),
    ("voice", "audio/amr", make.amr()),
    ("voice", "audio/mpeg", make.mp3()),
    ("voice", "audio/mpeg", make.mp3(tag=False)),
    ("video", "video/mp4", make.iso()),
    ("video", "video/3gpp", make.iso(b"3gp5")),
    ("video", "video/quicktime", make.iso(b"qt  ")),
    ("video", "video/webm", make.webm()),
]


@pytest.mark.parametrize(("kind", "mime", "data"), KINDS)
def test_each_kind_is_known_by_its_content_and_kept_byte_for_byte(folder, kind, mime, data):
    media = receive(data, kind)
    assert (media.kind, media.type, media.size, media.state) == (kind, mime, len(data), "received")
    with files.open_file(media.original) as file:
        assert file.read() == data
    assert stored(folder) == [media.original]
    assert data[:24] not in files.path_of(media.original).read_bytes()


@pytest.mark.parametrize(("kind", "mime", "data"), KINDS)
def test_what_is_another_kind_than_it_says_is_refused(folder, kind, mime, data):
    for other in set(rules.KINDS) - {kind}:
        with pytest.raises(Refused) as refused:
            receive(data, other)
        assert (refused.value.code, refused.value.status) == ("not_that_kind", 415)
    assert stored(folder) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_media"),
        (b"<html>photo.jpg</html>", "not_media"),
        (b"GIF89a" + bytes(100), "not_media"),
        (b"RIFF\0\0\0\0AVI LIST", "not_media"),
        (make.iso(b"isom", b"text"), "not_media"),
        (make.iso()[:60], "not_media"),
        (b"\x1aE\xdf\xa3\x9fB\x82\x88matroskaV_VP9", "not_media"),
        (b"\xff\xfb\x90\x00" + bytes(600), "not_media"),
        (b"\xff\xd8\xff\xe0" + bytes(300), "unreadable"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "unreadable"),
        (make.heic()[:200], "unreadable"),
        (make.bomb(), "too_many_pixels"),
        (make.bomb(8000, 5001), "too_many_pixels"),
    ],
)
def test_what_is_no_photo_is_refused_with_a_sentence(folder, data, code):
    with pytest.raises(Refused) as refused:
        receive(data)
    assert (refused.value.code, refused.value.status) == (code, 415)
    assert len(refused.value.sentence) > 10
    assert stored(folder) == []
    assert not Media.objects.exists()


def test_over_20_megabytes_is_refused_announced_or_not(folder):
    with pytest.raises(Refused) as refused:
        receive(b"\xff\xd8\xff", length=rules.MAX_BYTES + 1)
    assert refused.value.status == 413
    with pytest.raises(Refused) as refused:
        actions.receive(CTX, uuid4(), "photo", io.BytesIO(bytes(rules.MAX_BYTES + 1)))
    assert (refused.value.code, refused.value.status) == ("too_large", 413)
    assert stored(folder) == []


def test_a_broken_connection_leaves_nothing_and_may_be_sent_again(folder):
    data, key = make.encoded(), uuid4()
    with pytest.raises(Refused) as refused:
        receive(data[:-100], key=key, length=len(data))
    assert (refused.value.code, refused.value.status) == ("incomplete", 408)
    assert stored(folder) == []
    assert receive(data, key=key).size == len(data)


def test_the_same_upload_again_is_the_same_row(folder):
    data, key = make.encoded(), uuid4()
    first = receive(data, key=key)
    assert receive(data, key=key).pk == first.pk
    assert stored(folder) == [first.original]
    with pytest.raises(Refused) as refused:
        receive(make.encoded(kind="PNG"), key=key)
    assert (refused.value.code, refused.value.status) == ("other_content", 409)
    assert stored(folder) == [first.original]


@pytest.mark.django_db(transaction=True)
def test_the_same_upload_at_the_same_moment_is_one_row(folder):
    data, key = make.encoded(), uuid4()

    def send(_):
        try:
            return receive(data, key=key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(send, range(8)))) == 1
    assert stored(folder) == [Media.objects.get().original]


def test_a_full_disk_is_told_and_the_phone_keeps_its_photo(monkeypatch, folder):
    import errno

    def full(self):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.Draft, "keep", full)
    with pytest.raises(Refused) as refused:
        receive(make.encoded())
    assert (refused.value.code, refused.value.status, refused.value.retry_after) == ("no_room", 503, 600)
    assert stored(folder) == []


def test_uploads_are_tied_to_a_record_in_their_order_once():
    record, other = records.create("case"), records.create("case")
    first, second = receive(make.encoded()), receive(make.wav(), "voice")
    for _again in range(2):
        assert actions.attach([second.key, first.key], record) == [second, first]
    assert list(record.media.all()) == [second, first]
    with pytest.raises(Refused) as refused:
        actions.attach([first.key], other)
    assert refused.value.code == "media_taken"
    with pytest.raises(Refused) as refused:
        actions.attach([uuid4()], record)
    assert refused.value.code == "media_missing"


def test_the_sweep_takes_what_was_never_attached_and_files_without_a_row(folder, django_capture_on_commit_callbacks):
    import os

    record = records.create("case")
    kept, lost = receive(make.encoded()), receive(make.wav(), "voice")
    actions.attach([kept.key], record)
    preparing.prepare(kept.pk)
    orphan = files.store(b"no row")
    draft = files.Draft()
    draft.write(b"broken off")
    long_ago = (AT - timedelta(days=1)).timestamp()
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (long_ago, long_ago))
    young = files.store(b"its row is being written")
    os.utime(files.path_of(young), (AT.timestamp(), AT.timestamp()))
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.sweep(AT) == (0, 2)
    assert orphan not in stored(folder)
    assert young in stored(folder)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.sweep(AT + timedelta(days=99))[0] == 0
        assert actions.sweep(AT + timedelta(days=101))[0] == 1
    assert set(Media.objects.all()) == {kept}
    kept.refresh_from_db()
    assert stored(folder) == sorted([kept.original, kept.shown, kept.thumb])
    assert lost.original not in stored(folder)
