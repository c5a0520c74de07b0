"""The small place of people, with a lesson, a lecture and a leaflet."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from liuchi.kernel.context import Context
from liuchi.kernel.tests.kept import Kept
from liuchi.people.tests.conftest import Place, made_place
from liuchi.publications.actions import leaflets, lectures, lessons
from liuchi.publications.models import Lecture, Lesson, Material

NOW = datetime(2026, 4, 14, 2, 0, tzinfo=UTC)  # ten in the morning in China

BLOCKS = [
    {"kind": "text", "words": "戴好头盔，扣紧卡扣。"},
    {"kind": "video", "words": "示范", "url": "https://example.cn/v"},
]


def question(words: str, right: tuple[int, ...] = (0,)) -> dict:
    options = [{"words": f"{words}{at}", "right": at in right} for at in range(3)]
    return {"words": words, "options": options, "why": "因为这样安全。"}


QUESTIONS = [question("头盔"), question("卡扣", (1,)), question("灯光", (0, 2))]
RIGHT = [[0], [1], [0, 2]]


def context(place: Place, role: str | None = None, at: datetime = NOW, channel: str = "desk") -> Context:
    person = place.person(role).pk if role else None
    return Context(at=at, recorded_at=at, person=person, channel=channel)


def a_lesson(place: Place, title: str = "戴好头盔", **more: object) -> Lesson:
    ctx = context(place, "dispatcher")
    lesson = lessons.write_lesson(ctx, title=title, area=place.community, **more)  # type: ignore[arg-type]
    lessons.save_draft(ctx, lesson, blocks=BLOCKS, questions=QUESTIONS)
    return lessons.publish(ctx, lesson)


def a_lecture(place: Place, starts: datetime = NOW, **more: object) -> Lecture:
    ctx = context(place, "dispatcher", at=starts - timedelta(days=1))
    return lectures.write_lecture(
        ctx, title="法律微直播", starts=starts, ends=starts + timedelta(hours=1), area=place.community, speaker="示例律师",
        video_url="https://example.cn/live", **more,  # type: ignore[arg-type]
    )  # fmt: skip


def a_leaflet(place: Place, title: str = "安全用电") -> Material:
    ctx = context(place, "dispatcher")
    return leaflets.write_material(ctx, kind="leaflet", title=title, words_="不飞线充电。", area=place.community)


def _made() -> SimpleNamespace:
    place = made_place()
    return SimpleNamespace(place=place, lesson=a_lesson(place), lecture=a_lecture(place), leaflet=a_leaflet(place))


_kept = Kept(_made)


@pytest.fixture
def house(db: None) -> SimpleNamespace:
    """place, lesson (published), lecture (on now), leaflet."""
    return _kept()
