"""The story of the seeds, counted from records: 80 and more leaflets handed out, 42 items in 10 aspects, lessons learnt,
questions answered at the live law lecture of 14 April."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from liuchi.kernel.context import Context
from liuchi.people import actions as people
from liuchi.people.tests.conftest import Place, made_place
from liuchi.publications.actions import counting, leaflets, lectures, lessons, services
from liuchi.publications.models import Done, HandOut
from liuchi.publications.queries.figures import figures
from liuchi.publications.tests.conftest import RIGHT, a_leaflet, a_lecture, a_lesson, context

APRIL = (date(2026, 4, 1), date(2026, 4, 30))
LECTURE = datetime(2026, 4, 14, 2, 0, tzinfo=UTC)


@pytest.fixture
def story(db: None) -> Place:
    place = made_place()
    clerk, host = context(place, "dispatcher"), context(place, "secretary")
    leaflet = a_leaflet(place, "农机安全操作")
    batch = leaflets.give_out(clerk, leaflet, count=100, area=place.community, team=place.crew)
    for grid, count in ((place.grid, 45), (place.other_grid, 38), (place.grid, 3)):
        leaflets.hand_out(context(place, "handler"), batch.pk, count=count, area=grid, key=uuid4())
    services.set_up(context(place, channel="system"), place.street)
    lesson, political = a_lesson(place), a_lesson(place, "理论学习", political=True)
    for number in range(12):
        person = people.register_person(clerk, name=f"骑手{number}")
        ctx = Context(at=LECTURE, recorded_at=LECTURE, person=person.pk, channel="phone")
        lessons.answer_quiz(ctx, lesson, 1, RIGHT)
        lessons.answer_quiz(ctx, lesson, 1, RIGHT)
    lessons.answer_quiz(context(place, "rider"), political, 1, RIGHT)
    lessons.note_teaching(
        clerk, lesson, teacher=place.person("rider"), taught_on=date(2026, 4, 10), area=place.grid, place_words="驿站", came=26
    )  # fmt: skip
    lecture = a_lecture(place, LECTURE)
    for number in range(9):
        ctx = context(place, at=LECTURE + timedelta(minutes=number))
        question = lectures.ask(ctx, lecture, text=f"问题{number}？", key=uuid4())
        counting.count_once(ctx, lecture.pk, "came", f"phone {number}")
        if number < 5:
            lectures.answered_live(host, question)
        elif number < 8:
            lectures.answer(host, question, "可以。")
    return place


def test_the_figures_of_april_are_counted_from_records(story):
    found = figures(story.street, *APRIL)
    assert found["leaflets"] == 86 > 80
    assert (found["service_items"], found["service_aspects"]) == (42, 10)
    assert (found["lessons_done"], found["lessons_taught"], found["lessons_taught_came"]) == (13, 1, 26)
    assert (found["lectures"], found["lecture_came"]) == (1, 9)
    assert (found["questions_asked"], found["questions_answered"]) == (9, 8)
    assert HandOut.objects.count() == 3 and Done.objects.count() == 13


def test_the_day_of_the_lecture_alone(story):
    day = date(2026, 4, 14)
    found = figures(story.community, day, day)
    assert (found["lectures"], found["questions_answered"], found["lessons_taught"]) == (1, 8, 0)


def test_another_area_and_another_month_have_nothing_of_it(story):
    elsewhere = figures(story.other_street, *APRIL)
    assert set(elsewhere.values()) == {0}
    may = figures(story.street, date(2026, 5, 1), date(2026, 5, 31))
    assert {name for name, value in may.items() if value} == {"service_items", "service_aspects"}
    grid = figures(story.grid, *APRIL)
    assert (grid["leaflets"], grid["lessons_taught"]) == (48, 1)


def test_a_list_that_is_there_is_not_brought_in_twice(story):
    ctx = context(story, channel="system")
    assert services.set_up(ctx, story.street) == 0
    assert figures(story.street, *APRIL)["service_items"] == 42
