"""The worker's part: upright, small, without a word of metadata, with the place read; broken stays broken."""

import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, transaction
from PIL import Image, ImageCms

from liuchi.kernel.context import Context
from liuchi.kernel.media import actions, files, photos, preparing
from liuchi.kernel.media.models import Media
from liuchi.kernel.records import actions as records
from liuchi.kernel.tests import media_files as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"
    return settings.MEDIA_FOLDER


def prepared(data, kind="photo"):
    media = actions.receive(Context(at=AT, recorded_at=AT), uuid4(), kind, io.BytesIO(data))
    preparing.prepare(media.pk)
    media.refresh_from_db()
    return media


def content(name):
    with files.open_file(name) as file:
        return file.read()


def is_red(pixel):
    return pixel[0] > 180 and pixel[2] < 80


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_ends_upright(orientation):
    """Turned as the camera would have stored it, the picture comes out with red on the left again."""
    ways = Image.Transpose
    stored_as = {
        2: ways.FLIP_LEFT_RIGHT,
        3: ways.ROTATE_180,
        4: ways.FLIP_TOP_BOTTOM,
        5: ways.TRANSPOSE,
        6: ways.ROTATE_90,
        7: ways.TRANSVERSE,
        8: ways.ROTATE_270,
    }
    image = make.picture()
    if orientation > 1:
        image = image.transpose(stored_as[orientation])
    media = prepared(make.encoded(image, exif=make.exif(orientation), quality=95))
    shown = Image.open(io.BytesIO(content(media.shown)))
    assert (media.width, media.height) == shown.size == (60, 40)
    assert is_red(shown.getpixel((5, 20)))
    assert not is_red(shown.getpixel((55, 20)))


@pytest.mark.parametrize(
    "data",
    [
        make.encoded(exif=make.exif(1, (117.2, 31.8)), comment=make.MAKER.encode()),
        make.png_with_words(),
        make.encoded(kind="WEBP", exif=make.exif(), xmp=make.MAKER.encode()),
        make.heic(exif=make.exif().tobytes()),
    ],
)
def test_nothing_of_the_metadata_is_shown(data):
    assert make.MAKER.encode() in data
    media = prepared(data)
    assert media.state == Media.State.READY
    for name in (media.shown, media.thumb):
        shown = content(name)
        assert make.MAKER.encode() not in shown
        assert b"Exif" not in shown
        image = Image.open(io.BytesIO(shown))
        assert not dict(image.getexif())
        assert {"exif", "xmp", "comment", "icc_profile"}.isdisjoint(image.info)


def test_place_and_time_are_read():
    media = prepared(make.encoded(exif=make.exif(6, (117.2203, 31.8206))))
    assert (round(media.lon, 4), round(media.lat, 4)) == (117.2203, 31.8206)
    assert media.taken_at == datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
    west = prepared(make.encoded(exif=make.exif(1, (-58.38, -34.6), offset="-03:00", taken="2026:11:21 12:00:00")))
    assert (round(west.lon, 2), round(west.lat, 2)) == (-58.38, -34.6)
    assert west.taken_at == datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "exif",
    [
        make.exif(position=(0.0, 0.0), taken="1970:01:01 00:00:00"),
        make.exif(taken="2030:01:01 00:00:00"),
        b"Exif\0\0junk",
    ],
)
def test_what_a_camera_does_not_know_is_not_believed(exif):
    media = prepared(make.encoded(exif=exif))
    assert media.state == Media.State.READY
    assert (media.lon, media.lat, media.taken_at) == (None, None, None)


def test_large_photos_are_made_small():
    media = prepared(make.encoded(make.picture(4000, 3000)))
    assert (media.width, media.height) == (1600, 1200)
    assert Image.open(io.BytesIO(content(media.shown))).size == (1600, 1200)
    assert Image.open(io.BytesIO(content(media.thumb))).size == (320, 240)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "CMYK", "1", "I;16"])
def test_every_colour_mode_is_shown(mode):
    image = make.picture().convert("L").convert("I;16") if mode == "I;16" else make.picture().convert(mode)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    media = prepared(make.encoded(image, kind))
    assert media.state == Media.State.READY
    assert Image.open(io.BytesIO(content(media.shown))).mode == "RGB"


def test_a_clear_background_becomes_white():
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    media = prepared(make.encoded(clear, "PNG"))
    assert Image.open(io.BytesIO(content(media.shown))).getpixel((20, 20)) == (255, 255, 255)


def test_a_profile_is_worked_in_and_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    media = prepared(make.encoded(icc_profile=profile, quality=95))
    shown = Image.open(io.BytesIO(content(media.shown)))
    assert is_red(shown.getpixel((5, 20)))
    assert "icc_profile" not in shown.info
    assert prepared(make.encoded(icc_profile=b"no profile at all")).state == Media.State.READY


def test_a_photo_that_breaks_off_is_broken_with_a_sentence_and_not_tried_again(monkeypatch):
    whole = make.encoded(Image.effect_noise((800, 600), 90), quality=95)
    media = prepared(whole[: len(whole) // 2])
    assert (media.state, media.problem, media.shown) == (Media.State.BROKEN, "unreadable", "")
    assert "damaged" in actions.problem_words(media.problem) or "损坏" in actions.problem_words(media.problem)
    tries = media.tries
    preparing.prepare(media.pk)
    media.refresh_from_db()
    assert media.tries == tries


def test_a_photo_that_kills_the_worker_is_given_up(monkeypatch):
    media = actions.receive(Context(at=AT, recorded_at=AT), uuid4(), "photo", io.BytesIO(make.encoded()))

    def die(*_):
        raise MemoryError

    monkeypatch.setattr(actions.photos, "make_ready", die)
    for tries in range(1, preparing.MAX_TRIES + 1):
        preparing.catch_up(AT + timedelta(minutes=6 * tries))
        media.refresh_from_db()
        assert (media.state, media.tries) == (Media.State.RECEIVED, tries)
    preparing.catch_up(AT + timedelta(hours=1))
    media.refresh_from_db()
    assert media.state == Media.State.BROKEN


def test_an_upload_whose_worker_was_killed_is_made_ready_later():
    media = actions.receive(Context(at=AT, recorded_at=AT), uuid4(), "photo", io.BytesIO(make.encoded()))
    preparing.catch_up(AT + timedelta(minutes=4))
    media.refresh_from_db()
    assert media.state == Media.State.RECEIVED
    preparing.catch_up(AT + timedelta(minutes=6))
    media.refresh_from_db()
    assert media.state == Media.State.READY


def test_who_is_told_of_a_ready_photo_is_told_or_it_is_not_ready(monkeypatch):
    """A case takes its place from its photo: were the photo ready and the case not told, it would stay without one."""
    media = actions.receive(Context(at=AT, recorded_at=AT), uuid4(), "photo", io.BytesIO(make.encoded()))
    with transaction.atomic():
        actions.attach([media.key], records.create("thing"))
    told = []

    def listener(ready):
        told.append(ready.pk)
        if len(told) == 1:
            raise OperationalError("the database is locked")

    monkeypatch.setattr(preparing, "_listeners", [listener])
    preparing.catch_up(AT + timedelta(minutes=6))
    media.refresh_from_db()
    assert (media.state, media.shown) == (Media.State.RECEIVED, "")
    preparing.catch_up(AT + timedelta(minutes=12))
    media.refresh_from_db()
    assert media.state == Media.State.READY
    assert told == [media.pk, media.pk]


def test_a_lost_file_is_told():
    media = actions.receive(Context(at=AT, recorded_at=AT), uuid4(), "photo", io.BytesIO(make.encoded()))
    files.remove(media.original)
    preparing.prepare(media.pk)
    media.refresh_from_db()
    assert (media.state, media.problem) == (Media.State.BROKEN, "lost")


@pytest.mark.parametrize(("kind", "data"), [("video", make.iso()), ("voice", make.iso(b"3gp4", b"soun"))])
def test_a_video_is_played_without_its_place(kind, data):
    assert b"+31.82" in data
    media = prepared(data, kind)
    played = content(media.shown)
    assert len(played) == len(data)
    assert b"+31.82" not in played
    assert b"frames" in played
    assert content(media.original) == data


def test_sound_of_other_kinds_is_played_as_it_came():
    media = prepared(make.wav(), "voice")
    assert (media.state, media.shown, media.thumb) == (Media.State.READY, media.original, "")


def test_a_photo_that_asks_for_endless_passes_is_broken_at_once():
    with pytest.raises(photos.Unreadable):
        photos.make_ready(io.BytesIO(make.many_passes(200)), "image/jpeg")
    assert photos.make_ready(io.BytesIO(make.many_passes(20)), "image/jpeg").width == 64


def test_a_film_behind_the_photo_does_no_harm():
    moving = make.encoded(exif=make.exif()) + b"\xff\xda\x00\x0c" * 5000
    assert photos.make_ready(io.BytesIO(moving), "image/jpeg").width == 60
