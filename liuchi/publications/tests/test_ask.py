"""A live lecture: questions sent in, masked, let in by the host, voted up once, answered live or in writing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from liuchi.kernel.journal.models import Row, Side
from liuchi.publications import keeping, telling
from liuchi.publications.actions import counting, lectures
from liuchi.publications.models import Lecture, Question, Seen
from liuchi.publications.queries import lectures as reading
from liuchi.publications.tests.conftest import NOW, context
from liuchi.publications.tests.test_learn import refused


def asked(house, text: str = "工伤怎么认定？", role: str | None = "rider", **more) -> Question:
    return lectures.ask(context(house.place, role, channel="phone"), house.lecture, text=text, key=uuid4(), **more)


def shown(house, text: str = "工伤怎么认定？") -> Question:
    return lectures.show(context(house.place, "secretary"), asked(house, text))


def test_a_question_is_masked_and_waits_for_the_host(house):
    question = asked(house, "我叫王小明，电话13812345678，押金不退怎么办？")
    assert "13812345678" not in question.text and "王小明" not in question.text
    assert not Side.objects.filter(kind="personal").filter(row__record=question.pk).exists()
    assert reading.public(house.lecture.pk) == []
    assert reading.own_waiting(house.lecture.pk, house.place.person("rider").pk) == [question]
    lectures.show(context(house.place, "secretary"), question)
    assert reading.public(house.lecture.pk) == [question]


def test_with_a_name_only_if_one_wants_and_then_the_family_name(house):
    assert asked(house).name == ""
    assert asked(house, named=True).name == "示某"
    assert asked(house, role=None, named=True).name == ""


def test_a_double_tap_is_one_question(house):
    key, ctx = uuid4(), context(house.place, "rider")
    first = lectures.ask(ctx, house.lecture, text="可以吗？", key=key)
    assert lectures.ask(ctx, house.lecture, text="可以吗？", key=key) == first


def test_one_vote_a_person_or_device_and_nobody_is_kept(house):
    question = shown(house)
    rider, nobody = context(house.place, "rider"), context(house.place)
    assert lectures.vote(rider, house.lecture, question.pk, "")
    assert not lectures.vote(rider, house.lecture, question.pk, "another token")
    assert lectures.vote(nobody, house.lecture, question.pk, "token")
    assert not lectures.vote(nobody, house.lecture, question.pk, "token")
    assert not lectures.vote(nobody, house.lecture, question.pk, "")
    question.refresh_from_db()
    assert question.votes == 2 and Seen.objects.count() == 2
    rider_id = str(rider.person)
    assert not any(rider_id in one.digest or rider_id.replace("-", "") in one.digest for one in Seen.objects.all())
    counting.forget(NOW + timedelta(days=1))
    assert not Seen.objects.exists()


def test_what_others_do_not_see_they_cannot_vote_for(house):
    assert refused(lectures.vote, context(house.place, "rider"), house.lecture, asked(house).pk, "").status == 404
    assert not Seen.objects.exists()  # and nothing was counted


def test_answered_live_or_in_writing_and_the_asker_is_told(house):
    host = context(house.place, "secretary")
    live, written = shown(house, "甲？"), shown(house, "乙？")
    lectures.answered_live(host, live)
    lectures.answer(host, written, "可以先申请调解。")
    told = [telling._answered(row) for row in Row.objects.filter(verb="question.answered").order_by("id")]
    assert [body for _title, body, _url in told][1] == "可以先申请调解。"
    assert telling._asker(Row.objects.filter(verb="question.answered").first()) == {house.place.person("rider").pk}
    assert refused(lectures.answered_live, host, written).code == "wrong_state"
    lectures.answer(host, live, "补充：带上合同。")
    live.refresh_from_db()
    assert (live.state, live.answer) == ("answer", "补充：带上合同。")


def test_only_the_host_deals_with_questions(house):
    for role in ("rider", "grid_worker", "grid_leader", "supervisor"):
        assert refused(lectures.show, context(house.place, role), asked(house)).status == 403


def test_the_pulse_grows_with_what_the_page_shows_alone(house):
    before = reading.pulse(house.lecture.pk)
    question = asked(house)
    assert reading.pulse(house.lecture.pk) == before
    lectures.show(context(house.place, "secretary"), question)
    lectures.vote(context(house.place, "rider"), house.lecture, question.pk, "")
    assert reading.pulse(house.lecture.pk) == before + 2


def test_after_the_lecture_nobody_asks_but_answers_still_come(house):
    question = shown(house)
    late = context(house.place, "rider", at=NOW + timedelta(days=3))
    assert refused(lectures.ask, late, house.lecture, text="还能问吗？", key=uuid4()).code == "over"
    lectures.answer(context(house.place, "secretary", at=NOW + timedelta(days=3)), question, "可以到司法所。")


def test_attendance_is_counted_without_identity(house):
    ctx = context(house.place)
    for token in ("a", "b", "a", ""):
        counting.count_once(ctx, house.lecture.pk, "came", token)
    assert reading.came(house.lecture.pk) == 2


def test_erasing_leaves_answers_without_a_name(house):
    host = context(house.place, "secretary")
    kept, gone = asked(house, named=True), asked(house, "我的事")
    lectures.answer(host, kept, "可以。")
    keeping.forget_questions(host, house.place.person("rider").pk)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.name, kept.asker_id, kept.text) == ("", None, "工伤怎么认定？")
    assert (gone.state, gone.text) == ("hidden", "")


@pytest.mark.django_db(transaction=True)
def test_many_who_vote_at_once_are_all_counted_once(house):
    question = shown(house)

    def vote(token: str) -> bool:
        try:
            return lectures.vote(context(house.place), house.lecture, question.pk, token)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counted = list(pool.map(vote, ["a", "b", "a", "c", "b", "a"]))
    question.refresh_from_db()
    assert sum(counted) == question.votes == 3
    assert Lecture.objects.get().pulse == 1 + 1 + 3
