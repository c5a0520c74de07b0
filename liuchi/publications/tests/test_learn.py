"""Lessons: written, published in versions, learnt once, signed, taught; and whom they thank."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.proofs import called, choices, proof
from liuchi.points import events
from liuchi.publications import keeping, rules, thanks
from liuchi.publications.actions import lessons
from liuchi.publications.models import Done, Lesson, LessonVersion
from liuchi.publications.tests.conftest import BLOCKS, QUESTIONS, RIGHT, a_lesson, context, question


def refused(action, *given_, **more) -> Refused:
    with pytest.raises(Refused) as told:
        action(*given_, **more)
    return told.value


def test_a_draft_is_published_only_when_it_is_whole(house):
    ctx = context(house.place, "dispatcher")
    lesson = lessons.write_lesson(ctx, title="雨天骑行", area=house.place.community)
    lessons.save_draft(ctx, lesson, blocks=BLOCKS, questions=QUESTIONS[:2])
    assert refused(lessons.publish, ctx, lesson).code == "lacking"
    assert rules.lacking(BLOCKS, QUESTIONS[:2]) == ["questions"]
    lessons.save_draft(ctx, lesson, blocks=BLOCKS, questions=QUESTIONS)
    assert lessons.publish(ctx, lesson).version == 1
    assert Lesson.objects.get(pk=lesson.pk).state == "public"


def test_what_is_published_never_changes_a_change_is_a_new_version(house):
    ctx = context(house.place, "dispatcher")
    other = [question("头盔", (2,)), *QUESTIONS[1:]]
    lessons.save_draft(ctx, house.lesson, blocks=BLOCKS[:1], questions=other)
    assert len(LessonVersion.objects.get(lesson=house.lesson, number=1).blocks) == 2
    rider = context(house.place, "rider")
    assert lessons.answer_quiz(rider, house.lesson, 1, RIGHT).passed  # still the first version
    assert refused(lessons.answer_quiz, rider, house.lesson, 2, RIGHT).code == "changed"
    lessons.publish(ctx, house.lesson)
    assert not lessons.answer_quiz(rider, house.lesson, 2, RIGHT).passed
    assert lessons.answer_quiz(rider, house.lesson, 2, [[2], [1], [0, 2]]).passed


def test_two_clerks_who_write_at_the_same_time_do_not_undo_each_other(house):
    ctx = context(house.place, "dispatcher")
    seen = house.lesson.record.version
    lessons.save_draft(ctx, house.lesson, blocks=BLOCKS, questions=QUESTIONS, expect=seen)
    late = Lesson.objects.get(pk=house.lesson.pk)
    told = refused(lessons.save_draft, ctx, late, blocks=[], questions=[], expect=seen)
    assert told.code == "changed" and lessons.draft_of(late).blocks


def test_passed_twice_it_counts_once_and_wrong_answers_are_kept_nowhere(house):
    rider = context(house.place, "rider", channel="phone")
    tried = lessons.answer_quiz(rider, house.lesson, 1, [[0], [0], [0]])
    assert (tried.results, tried.passed, Done.objects.count()) == ([True, False, False], False, 0)
    assert lessons.answer_quiz(rider, house.lesson, 1, RIGHT).first
    assert not lessons.answer_quiz(rider, house.lesson, 1, RIGHT).first
    row = Row.objects.get(verb="lesson.passed")
    [event] = events.events_of("lesson.passed")
    assert event.people(row) == {house.place.person("rider").pk}


def test_nobody_signed_in_may_try_and_nothing_is_kept(house):
    tried = lessons.answer_quiz(context(house.place), house.lesson, 1, RIGHT)
    assert tried.passed and not tried.first and not Done.objects.exists()


def test_a_political_lesson_thanks_nobody(house):
    lesson = a_lesson(house.place, title="理论学习", political=True)
    lessons.answer_quiz(context(house.place, "rider"), lesson, 1, RIGHT)
    lessons.note_teaching(
        context(house.place, "dispatcher"), lesson, teacher=house.place.person("rider"), taught_on=date(2026, 4, 13),
        area=house.place.grid, place_words="驿站", came=12,
    )  # fmt: skip
    assert thanks.learnt_by(Row.objects.get(verb="lesson.passed")) == set()
    assert thanks.taught_by(Row.objects.get(verb="lesson.taught")) == set()


def test_what_a_programme_requires_is_signed_after_the_quiz(house):
    rider, code = context(house.place, "rider"), house.lesson.code
    assert refused(lessons.sign_off, rider, house.lesson).code == "quiz_first"
    lessons.answer_quiz(rider, house.lesson, 1, RIGHT)
    assert proof("lesson", rider.person, code) is None
    lessons.sign_off(rider, house.lesson)
    lessons.sign_off(rider, house.lesson)
    assert proof("lesson", rider.person, code) == date(2026, 4, 14)
    assert Row.objects.filter(verb="lesson.signed").count() == 1
    assert choices("lesson") == {}  # nobody is asked to sign what has no line to be signed on
    Lesson.objects.filter(pk=house.lesson.pk).update(needs_sign_off=True)
    assert choices("lesson") == {code: house.lesson.title} == called("lesson", [code, "gone"])
    Lesson.objects.filter(pk=house.lesson.pk).update(state="ended")
    assert choices("lesson") == {} and called("lesson", [code]) == {code: house.lesson.title}


def test_teaching_is_noted_by_somebody_else(house):
    place = house.place
    values = {"taught_on": date(2026, 4, 13), "area": place.grid, "place_words": "槐荫里驿站", "came": 20}
    clerk = context(place, "community_clerk")
    assert (
        refused(lessons.note_teaching, clerk, house.lesson, teacher=place.person("community_clerk"), **values).code
        == "own"
    )
    lessons.note_teaching(clerk, house.lesson, teacher=place.person("rider"), **values)
    row = Row.objects.get(verb="lesson.taught")
    assert thanks.taught_by(row) == {place.person("rider").pk}
    which = thanks.about_taught(place.person("rider").pk, {row.record_id})[row.record_id]
    assert which.title and which.url.startswith("/x/")
    assert thanks.about_taught(place.person("grid_worker").pk, {row.record_id}) == {}
    twice = refused(lessons.note_teaching, clerk, house.lesson, teacher=place.person("rider"), **values)
    assert twice.code == "double" and Row.objects.filter(verb="lesson.taught").count() == 1
    late = {**values, "taught_on": date(2026, 4, 15)}
    assert (
        refused(lessons.note_teaching, clerk, house.lesson, teacher=place.person("rider"), **late).field == "taught_on"
    )


def test_a_clerk_writes_in_the_own_community_alone(house):
    clerk = context(house.place, "community_clerk")
    assert refused(lessons.write_lesson, clerk, title="外面", area=house.place.other_community).status == 403
    assert (
        refused(lessons.write_lesson, context(house.place, "rider"), title="骑手", area=house.place.grid).status == 403
    )


def test_a_link_that_could_run_a_script_is_no_link(house):
    ctx = context(house.place, "dispatcher")
    for url in ("javascript:alert(1)", "https://", "ftp://example.cn/a", "data:text/html,x"):
        told = refused(lessons.save_draft, ctx, house.lesson, blocks=[{"kind": "video", "url": url}], questions=[])
        assert told.field == "url-0"


def test_erasing_a_person_keeps_the_number_alone(house):
    rider = house.place.person("rider")
    ctx = context(house.place, "rider")
    lessons.answer_quiz(ctx, house.lesson, 1, RIGHT)
    assert keeping.lessons(rider.pk)[0]["lesson"] == "戴好头盔"
    keeping.forget_lessons(ctx, rider.pk)
    assert keeping.lessons(rider.pk) == []
    assert Done.objects.get().person_id is None


@pytest.mark.django_db(transaction=True)
def test_passed_on_two_phones_at_the_same_moment_it_counts_once(house):
    rider = context(house.place, "rider")

    def answer(_at: int) -> bool:
        try:
            return lessons.answer_quiz(rider, house.lesson, 1, RIGHT).first
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        first = list(pool.map(answer, range(4)))
    assert sum(first) == 1 and Done.objects.count() == 1
    assert Row.objects.filter(verb="lesson.passed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_begin_a_new_version_at_once_one_is_told(house):
    ctx, seen = context(house.place, "dispatcher"), house.lesson.record.version

    def write(at: int) -> str:
        try:
            lesson = Lesson.objects.select_related("record", "area").get(pk=house.lesson.pk)
            blocks = [{"kind": "text", "words": f"第{at}位"}]
            lessons.save_draft(ctx, lesson, blocks=blocks, questions=QUESTIONS, expect=seen)
            return "kept"
        except Refused as told:
            return told.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(write, range(4))) == ["changed", "changed", "changed", "kept"]
    assert LessonVersion.objects.filter(lesson=house.lesson).count() == 2


options = st.lists(st.booleans(), min_size=2, max_size=6).filter(any)


@given(st.lists(options, min_size=3, max_size=3), st.data())
def test_exactly_the_right_answers_pass(quiz, data):
    questions = [{"options": [{"words": "a", "right": right} for right in one]} for one in quiz]
    answers = [data.draw(st.sets(st.integers(0, len(one) - 1))) for one in quiz]
    results = rules.judged(questions, answers)
    assert results == [
        chosen == {at for at, right in enumerate(one) if right} for one, chosen in zip(quiz, answers, strict=True)
    ]
    assert rules.passed(results) == all(results)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 12))
def test_what_few_people_handed_out_is_not_told_apart(teams, single, people_):
    shown, partly = rules.reach_shown(teams, single, people_)
    assert shown in (teams, teams + single)
    assert partly == (shown != teams + single)
    if people_ < 5:
        assert shown == teams


@given(st.integers(1, 8), st.integers(-3, 12), st.sampled_from([-1, 1]))
def test_moving_a_block_loses_none(places, at, by):
    assert sorted(rules.moved(places, at, by)) == list(range(places))
