"""A person takes along what they reported, and erases it; the request itself stays to be mended."""

import io
import zipfile
from uuid import uuid4

import pytest

from liuchi.cases import keeping
from liuchi.cases.models import Case
from liuchi.cases.tests import helpers
from liuchi.kernel.journal.models import Side
from liuchi.kernel.journal.queries import verify
from liuchi.kernel.media import actions as media
from liuchi.kernel.media import files, preparing
from liuchi.kernel.media.models import Media
from liuchi.kernel.tests import media_files as make
from liuchi.kernel.tests.test_media_faces import portrait
from liuchi.people import actions as people

pytestmark = pytest.mark.django_db


def test_erasing_cuts_the_tie_and_keeps_the_wall_to_be_mended():
    place = helpers.a_place()
    words = "外墙掉了一块，我叫程知秋，电话13800001234"
    case = helpers.told(place, words, by_whom=place.resident, phone="13800001234").case
    assert keeping.kept(place.resident.pk)[0]["words"] == words
    people.erase_person(helpers.by(place.resident), place.resident)
    case = Case.objects.get(pk=case.pk)
    assert case.reporter is None
    assert case.contact_cipher is None
    assert "13800001234" not in case.text
    assert "程知秋" not in case.text
    assert "外墙掉了一块" in case.text
    assert not any("13800001234" in str(side.body) for side in Side.objects.all())
    assert keeping.kept(place.resident.pk) == []
    assert verify().whole


def test_photos_and_voice_are_taken_along_and_let_go(settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_FOLDER = tmp_path / "media"
    place = helpers.a_place()
    ctx = helpers.by(place.resident, channel="phone")
    photo, voice = make.encoded(exif=make.exif(1, (117.2, 31.8))), make.wav()
    sent = [
        media.receive(ctx, uuid4(), "photo", io.BytesIO(photo)),
        media.receive(ctx, uuid4(), "voice", io.BytesIO(voice)),
    ]
    case = helpers.told(place, by_whom=place.resident, media=tuple(one.key for one in sent)).case
    for one in sent:
        preparing.prepare(one.pk)
    taken = [(name, read()) for name, read in keeping.files(place.resident.pk)]
    assert taken == [(f"{case.number}-1.jpeg", photo), (f"{case.number}-2.wav", voice)]
    with django_capture_on_commit_callbacks(execute=True):
        people.erase_person(helpers.by(place.resident), place.resident)
    (left,) = Media.objects.all()
    assert (left.pk, left.original, left.lon, left.taken_at) == (sent[0].pk, "", None, None)
    with files.open_file(left.shown) as file:
        assert file.read().startswith(b"\xff\xd8")
    on_disk = {path.name for path in settings.MEDIA_FOLDER.rglob("*") if path.is_file()}
    assert on_disk == {left.shown, left.thumb}


def test_the_words_for_a_place_hide_numbers_and_names_like_all_others():
    place = helpers.a_place()
    case = helpers.told(
        place, by_whom=place.resident, place_words="3 幢楼下，我叫程知秋，13800001234", place_source="none"
    ).case
    assert case.place_words == "3 幢楼下，我叫程某，138****1234"
    people.erase_person(helpers.by(place.resident), place.resident)
    assert "程知秋" not in Case.objects.get(pk=case.pk).place_words


def test_what_shows_the_face_goes_and_the_receipt_opens_nothing(
    settings, tmp_path, client, django_capture_on_commit_callbacks
):
    settings.MEDIA_FOLDER = tmp_path / "media"
    place = helpers.a_place()
    ctx = helpers.by(place.resident, channel="phone")
    photo = media.receive(ctx, uuid4(), "photo", io.BytesIO(make.encoded(portrait())))
    taken = helpers.told(place, by_whom=place.resident, phone="13800001234", media=(photo.key,))
    preparing.prepare(photo.pk)
    assert keeping.kept(place.resident.pk)[0]["phone"] == "13800001234"
    with django_capture_on_commit_callbacks(execute=True):
        people.erase_person(helpers.by(place.resident), place.resident)
    photo.refresh_from_db()
    assert (photo.original, photo.clear) == ("", "")
    on_disk = {path.name for path in settings.MEDIA_FOLDER.rglob("*") if path.is_file()}
    assert on_disk == {photo.shown, photo.thumb}
    assert client.get(f"/api/cases/follow/{taken.receipt}").status_code == 404


def test_a_photo_whose_time_is_over_is_taken_along_as_it_is_shown(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"
    place = helpers.a_place()
    photo = media.receive(helpers.by(place.resident), uuid4(), "photo", io.BytesIO(make.encoded(portrait())))
    case = helpers.told(place, by_whom=place.resident, media=(photo.key,)).case
    preparing.prepare(photo.pk)
    photo.refresh_from_db()
    media.let_go_clear([photo])
    [(name, read)] = keeping.files(place.resident.pk)
    assert name == f"{case.number}-1.jpeg"
    assert read().startswith(b"\xff\xd8")


def test_the_file_one_takes_along_holds_the_photos(settings, tmp_path, client):
    settings.MEDIA_FOLDER = tmp_path / "media"
    place = helpers.a_place()
    content = make.encoded(portrait())
    photo = media.receive(helpers.by(place.resident), uuid4(), "photo", io.BytesIO(content))
    case = helpers.told(place, by_whom=place.resident, media=(photo.key,)).case
    client.login(username="resident", password=helpers.PASSWORD)
    response = client.get("/me/data/file")
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as taken:
        names = taken.namelist()
        [one] = [name for name in names if name.endswith(f"{case.number}-1.jpeg")]
        assert taken.read(one) == content
