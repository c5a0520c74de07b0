"""Whatever bytes arrive: they are taken or refused with a sentence, and the worker never stumbles over them."""

import io
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.media import actions, preparing, rules
from liuchi.kernel.media.models import Media
from liuchi.kernel.tests import media_files as make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)

WHOLE = [
    ("photo", make.encoded(exif=make.exif(6, (117.2, 31.8)))),
    ("photo", make.png_with_words()),
    ("photo", make.encoded(kind="WEBP", exif=make.exif())),
    ("photo", make.heic(exif=make.exif().tobytes())),
    ("photo", make.bomb(300, 300)),
    ("voice", make.wav()),
    ("voice", make.mp3()),
    ("voice", make.amr()),
    ("voice", make.ogg()),
    ("video", make.iso()),
    ("video", make.webm()),
]


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path / "media"


@st.composite
def damaged(draw):
    """A file with some bytes changed, taken out or put in; most of it is what it was."""
    kind, whole = draw(st.sampled_from(WHOLE))
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        # the head decides how a file is read: damage there more often
        place = draw(st.one_of(st.integers(0, min(200, len(data))), st.integers(0, len(data))))
        piece = draw(st.one_of(st.binary(min_size=1, max_size=4), st.just(b"\xff\xff\xff\xff"), st.just(bytes(4))))
        how = draw(st.sampled_from(["change", "insert", "remove", "cut"]))
        if how == "change":
            data[place : place + len(piece)] = piece
        elif how == "insert":
            data[place:place] = piece
        elif how == "remove":
            del data[place : place + len(piece)]
        else:
            del data[place:]
    return kind, bytes(data)


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sent=damaged())
@example(sent=("photo", b"\xff\xd8\xff"))
@example(sent=("video", b"\x00\x00\x00\x01ftypisom\x00\x00\x00\x00\x00\x00\x00\x00"))
def test_damaged_files_are_taken_or_refused(folder, sent):
    kind, data = sent
    try:
        media = actions.receive(Context(at=AT, recorded_at=AT), uuid4(), kind, io.BytesIO(data), len(data))
    except Refused as refused:
        assert refused.status in (413, 415)
        assert refused.sentence
        return
    preparing.prepare(media.pk)
    media.refresh_from_db()
    assert media.state in (Media.State.READY, Media.State.BROKEN)
    assert bool(media.shown) == (media.state == Media.State.READY)


@settings(max_examples=200)
@given(data=st.binary(max_size=300), prefix=st.sampled_from([whole[:12] for _kind, whole in WHOLE]))
def test_sniffing_reads_anything(data, prefix):
    found = rules.sniff(io.BytesIO(prefix + data))
    assert found is None or found.kind in rules.KINDS
    assert len(rules.without_telling_boxes(prefix + data)) == len(prefix + data)
