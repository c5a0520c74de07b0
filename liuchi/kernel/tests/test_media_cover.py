"""Covering a photo by hand: more of it, or less; shown to nobody until it is made anew."""

import io
from datetime import UTC, datetime
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import actions, covering, covers, files, preparing, queries
from liuchi.kernel.media.models import Media
from liuchi.kernel.records import actions as records
from liuchi.kernel.tests import media_files as make
from liuchi.kernel.tests.test_media_faces import portrait

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
PLATE = [20, 480, 180, 560]


@pytest.fixture
def photo(db, settings, tmp_path):
    """Somebody before a wall, made ready."""
    settings.MEDIA_FOLDER = tmp_path / "media"
    media = actions.receive(
        Context(at=AT, recorded_at=AT), uuid4(), "photo", io.BytesIO(make.encoded(person_with_a_plate()))
    )
    actions.attach([media.key], records.create("case"))
    preparing.prepare(media.pk)
    media.refresh_from_db()
    return media


def picture(name):
    with files.open_file(name) as file:
        return Image.open(io.BytesIO(file.read())).convert("RGB")


def detail(name, box):
    """How much neighbouring pixels differ."""
    grey = np.asarray(picture(name).crop(box).convert("L"), dtype=float)
    return float(np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean())


def person_with_a_plate():
    image = portrait()
    image.paste(Image.effect_noise((160, 80), 90).convert("RGB"), PLATE[:2])
    return image


def anew(media):
    preparing.prepare(media.pk)
    media.refresh_from_db()
    return media


def test_the_picture_without_covers_is_kept_beside_the_shown_one(photo):
    [found] = covers.kept(photo.covers)
    assert found.by == "found"
    assert photo.clear not in ("", photo.shown, photo.original)
    assert picture(photo.clear).size == picture(photo.shown).size == (photo.width, photo.height)
    assert detail(photo.shown, found[:4]) < detail(photo.clear, found[:4]) * 0.7
    assert picture(photo.clear).getexif() == {}


def test_without_a_face_there_is_one_picture(photo):
    wall = actions.receive(Context(at=AT, recorded_at=AT), uuid4(), "photo", io.BytesIO(make.encoded()))
    assert (anew(wall).clear, wall.covers) == ("", [])


def test_covered_by_hand_it_is_shown_to_nobody_until_it_is_made_anew(photo, django_capture_on_commit_callbacks):
    before = queries.url(photo, "shown")
    old = photo.shown
    with django_capture_on_commit_callbacks(execute=True):
        assert covering.cover(photo.pk, [PLATE]) == (1, 0)
    photo.refresh_from_db()
    assert (photo.state, photo.shown, photo.thumb) == (Media.State.RECEIVED, "", "")
    assert not files.path_of(old).exists()
    anew(photo)
    assert photo.state == Media.State.READY
    assert detail(photo.shown, PLATE) < detail(photo.clear, PLATE) / 5
    assert queries.url(photo, "shown") != before  # a browser that kept the old one asks again


def test_a_false_cover_is_taken_away_and_twice_is_once(photo):
    face = list(photo.covers[0][:4])
    assert covering.cover(photo.pk, [PLATE, PLATE], [face]) == (1, 1)
    assert covering.cover(photo.pk, [PLATE], [face]) == (0, 0)
    anew(photo)
    assert [one[:4] for one in photo.covers] == [PLATE]
    assert detail(photo.shown, face) > detail(photo.clear, face) * 0.9


def test_what_was_erased_is_not_uncovered(photo):
    face = list(photo.covers[0][:4])
    actions.let_go_clear([photo])
    photo.refresh_from_db()
    assert (photo.original, photo.clear) == ("", "")
    assert covering.cover(photo.pk, [], [face]) == (0, 0)
    assert covering.cover(photo.pk, [PLATE]) == (1, 0)
    with pytest.raises(Refused) as refused:
        Media.objects.filter(pk=photo.pk).update(clear="")
        covering.cover(photo.pk, [], [PLATE])
    assert refused.value.code == "uncoverable"


def test_two_at_once_are_both_covered(photo):
    """The second comes while the worker draws the first: what was drawn for the first alone is thrown away."""
    covering.cover(photo.pk, [PLATE])
    drawing = Media.objects.get(pk=photo.pk)
    covering.cover(photo.pk, [[10, 10, 60, 60]])
    assert drawing.recovered != Media.objects.get(pk=photo.pk).recovered
    anew(photo)
    assert len(photo.covers) == 3
    assert detail(photo.shown, PLATE) < detail(photo.clear, PLATE) / 5


@pytest.mark.parametrize(
    "more", ["x", [[1, 2, 3]], [[0, 0, "9", 9]], [[0, 0, True, 9]], [[0, 0, 1e9, 9]], [[0] * 4] * 41, {"a": 1}]
)
def test_what_is_no_box_is_refused_with_a_sentence(photo, more):
    with pytest.raises(Refused) as refused:
        covering.cover(photo.pk, more)
    assert refused.value.code == "covers"


def test_before_it_was_searched_nothing_is_drawn_on_it(photo):
    waiting = actions.receive(Context(at=AT, recorded_at=AT), uuid4(), "photo", io.BytesIO(make.encoded()))
    with pytest.raises(Refused) as refused:
        covering.cover(waiting.pk, [PLATE])
    assert refused.value.code == "not_ready"


boxes = st.builds(
    lambda left, top, wide, tall, by: covers.Cover(left, top, left + wide, top + tall, by),
    st.integers(0, 90), st.integers(0, 90), st.integers(8, 60), st.integers(8, 60), st.sampled_from(["found", "drawn"]),
)  # fmt: skip


@given(
    present=st.lists(boxes, max_size=6, unique_by=lambda one: one[:4]),
    more=st.lists(boxes, max_size=4),
    away=st.lists(boxes, max_size=4),
)
def test_the_covers_after_are_what_was_said(present, more, away):
    after = covers.changed(present, more, away)
    assert {one[:4] for one in after} == ({one[:4] for one in present} - {one[:4] for one in away}) | {
        one[:4] for one in more
    }
    assert len({one[:4] for one in after}) == len(after)
    assert covers.changed(after, more, []) == after


@given(rows=st.lists(st.lists(st.integers(-200, 300), min_size=4, max_size=4), max_size=10))
def test_what_is_drawn_lies_within_the_picture(rows):
    for one in covers.drawn(rows, 160, 90):
        assert 0 <= one.left < one.right <= 160
        assert 0 <= one.top < one.bottom <= 90
