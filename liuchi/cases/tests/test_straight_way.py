"""A report goes the straight way: reported, filed, dispatched, accepted, handled, checked, closed, rated."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from liuchi.cases import actions, tasks
from liuchi.cases.models import Case
from liuchi.cases.tests.helpers import (
    SPOT,
    TEN,
    WORDS,
    a_place,
    accepted,
    again,
    brought_to,
    by,
    closed,
    dispatched,
    handled,
    hours_later,
    report,
    told,
    verbs,
)
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row, Side
from liuchi.kernel.search import queries as search


class TestTheWholeWay:
    def test_from_a_word_on_the_street_to_five_stars(self, place):
        taken = told(place)
        case = taken.case
        assert (case.state, case.number) == ("reported", "LC-2026-11-0001")
        case = dispatched(case, place, hours_later(0.5))
        assert (case.state, case.unit, case.due_at) == ("dispatched", place.property, hours_later(2.5))
        case = accepted(case, place, hours_later(1))
        assert (case.state, case.handler_id) == ("accepted", place.handler.pk)
        case = handled(case, place, hours_later(2))
        assert (case.state, case.in_time, case.reply) == ("handled", True, "已围挡并清除松动墙面")
        case = closed(case, place, hours_later(3))
        assert (case.state, case.outcome, case.step_due) == ("closed", "done", None)
        own = actions.case_of_receipt(taken.receipt)
        case = actions.rate(by(None, hours_later(4), "phone"), own, 5, "很快", by_receipt=True)
        assert (case.stars, case.rating) == (5, "很快")
        assert verbs(case) == [
            "case.reported", "case.filed", "case.dispatched", "case.accepted", "case.handled", "case.checked",
            "case.closed", "case.rated",
        ]  # fmt: skip

    def test_each_row_says_in_which_post_it_was_done(self, place):
        case = brought_to("closed", place)
        posts = dict(place.dispatcher.posts.values_list("role", "pk")) | dict(
            place.handler.posts.values_list("role", "pk")
        )
        for row in Row.objects.filter(record_id=case.pk).exclude(verb="case.reported"):
            role = "handler" if row.verb in ("case.accepted", "case.handled") else "dispatcher"
            assert row.side("actor")["post"] == str(posts[role])

    def test_what_is_late_is_said_so(self, place):
        case = handled(accepted(dispatched(report(place), place), place), place, hours_later(2.01))
        assert case.in_time is False

    def test_the_office_has_its_own_clock_before_and_after(self, place):
        case = report(place, at=hours_later(1))
        assert case.step_due == hours_later(5)  # two working hours from eleven, with the noon break
        case = brought_to("handled", place)
        assert (case.step_clock, case.step_value) == ("work_day", 1)

    def test_a_matter_without_conditions_is_filed_without_one(self, place):
        place.lamp.conditions.all().delete()
        case = actions.file(by(place.dispatcher), report(place).pk, place.lamp.pk)
        case = actions.dispatch(by(place.dispatcher), case.pk, place.housing.pk)
        assert (case.limit_value, case.limit_clock) == (5, "work_day")

    def test_what_could_not_be_done_needs_a_reason(self, place):
        case = brought_to("accepted", place)
        with pytest.raises(Refused) as refused:
            actions.handle(by(place.handler), case.pk, " ", "not_done")
        assert refused.value.field == "text"
        assert actions.handle(by(place.handler), case.pk, "产权不清", "not_done").outcome == "not_done"

    def test_a_refusal_tells_the_reporter_why_and_ends_the_clock(self, place):
        case = actions.refuse(by(place.dispatcher), report(place).pk, "这里已属河东街道，已转告")
        assert (case.state, case.outcome, case.reply, case.step_due) == (
            "closed",
            "refused",
            "这里已属河东街道，已转告",
            None,
        )


class TestClocks:
    def test_a_unit_has_a_time_to_accept_and_a_time_to_act(self, place):
        case = dispatched(report(place), place)
        assert (case.step_due, case.due_at) == (hours_later(0.5), hours_later(2))
        case = accepted(case, place, hours_later(0.25))
        assert (case.step_from, case.step_due, case.due_at) == (TEN, hours_later(2), hours_later(2))

    def test_a_change_of_the_catalogue_touches_new_dispatches_only(self, place):
        case = dispatched(report(place), place)
        type(place.falling).objects.filter(pk=place.falling.pk).update(limit_value=9)
        assert accepted(again(case), place).due_at == hours_later(2)
        assert dispatched(report(place), place).due_at == hours_later(9)


class TestWrongState:
    def test_a_turn_that_is_refused_leaves_nothing_behind(self, place):
        case = brought_to("dispatched", place)
        before = (again(case).record.version, verbs(case))
        with pytest.raises(Refused):
            actions.refuse(by(place.dispatcher), case.pk, "不属于本街道")
        assert (again(case).record.version, verbs(case)) == before

    def test_a_closed_report_takes_no_more_words(self, place):
        case = brought_to("closed", place)
        with pytest.raises(Refused) as refused:
            actions.add(by(None, channel="phone"), case.pk, "还在掉", by_receipt=True)
        assert refused.value.status == 409


class TestWhoMay:
    @pytest.mark.parametrize("role", ["dispatcher", "community_clerk"])
    def test_the_desk_dispatches(self, place, role):
        person = place.persons[role]
        case = actions.file_and_dispatch(
            by(person), report(place).pk, place.wall.pk, place.falling.pk, place.property.pk
        )
        assert case.state == "dispatched"

    @pytest.mark.parametrize(
        "role",
        ["stranger", "handler", "grid_worker", "grid_leader", "secretary", "supervisor", "administrator", "resident"],
    )
    def test_others_do_not(self, place, role):
        case = report(place)
        with pytest.raises(Refused) as refused:
            actions.file(by(place.persons[role]), case.pk, place.wall.pk, place.falling.pk)
        assert refused.value.status == 403
        assert again(case).state == "reported"

    @pytest.mark.parametrize("role", ["other_handler", "dispatcher", "secretary", "stranger", "resident"])
    def test_what_one_unit_has_no_other_accepts(self, place, role):
        case = brought_to("dispatched", place)
        with pytest.raises(Refused) as refused:
            actions.accept(by(place.persons[role]), case.pk)
        assert refused.value.status == 403

    def test_nobody_is_nobody(self, place):
        with pytest.raises(Refused) as refused:
            actions.file(by(None), report(place).pk, place.wall.pk, place.falling.pk)
        assert refused.value.status == 403

    def test_only_one_s_own_report_is_withdrawn(self, place):
        case = told(place, by_whom=place.resident).case
        with pytest.raises(Refused) as refused:
            actions.withdraw(by(place.handler, channel="phone"), case.pk)
        assert refused.value.status == 403
        assert actions.withdraw(by(place.resident, channel="phone"), case.pk).state == "withdrawn"


class TestTwoAtOnce:
    def test_who_looked_at_an_older_state_is_told(self, place):
        case = report(place)
        seen = again(case).record.version
        actions.add(by(None, channel="phone"), case.pk, "又掉了一块", by_receipt=True)
        with pytest.raises(Refused) as refused:
            actions.file_and_dispatch(
                by(place.dispatcher), case.pk, place.wall.pk, place.falling.pk, place.property.pk, expect=seen
            )
        assert (refused.value.code, refused.value.status) == ("changed", 409)
        assert again(case).state == "reported"

    def test_twice_is_once(self, place):
        case = brought_to("dispatched", place)
        with pytest.raises(Refused) as refused:
            dispatched(case, place)
        assert refused.value.code == "wrong_state"
        assert verbs(case).count("case.dispatched") == 1

    @pytest.mark.django_db(transaction=True)
    def test_of_two_dispatchers_one_is_faster(self):
        place = a_place()
        case = report(place)
        seen = again(case).record.version
        start, told_off, done = threading.Barrier(2), [], []

        def dispatch() -> None:
            try:
                start.wait(5)
                ctx = by(place.dispatcher)
                actions.file_and_dispatch(ctx, case.pk, place.wall.pk, place.falling.pk, place.property.pk, expect=seen)
                done.append(1)
            except Refused as refused:
                told_off.append(refused.code)
            finally:
                connection.close()

        threads = [threading.Thread(target=dispatch) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert len(done) == 1
        assert told_off[0] in ("changed", "wrong_state")
        assert verbs(case).count("case.dispatched") == 1


class TestReport:
    def test_numbers_follow_each_other_within_a_month(self, place):
        assert [report(place).number for _ in range(3)] == ["LC-2026-11-0001", "LC-2026-11-0002", "LC-2026-11-0003"]
        december = TEN + timedelta(days=20)
        assert report(place, at=december).number == "LC-2026-12-0001"

    def test_a_report_that_is_rolled_back_leaves_no_gap(self, place):
        with pytest.raises(RuntimeError), transaction.atomic():
            report(place)
            raise RuntimeError
        assert report(place).number == "LC-2026-11-0001"

    def test_one_needs_words_or_a_photo(self, place):
        with pytest.raises(Refused) as refused:
            report(place, " \n ")
        assert refused.value.field == "text"
        assert not Case.objects.exists()

    @pytest.mark.parametrize("said", [{"lon": 190.0, "lat": 30.0}, {"lon": 117.0}, {"place_source": "moon"}])
    def test_a_place_that_is_none_is_refused(self, place, said):
        with pytest.raises(Refused) as refused:
            report(place, **said)
        assert refused.value.field == "place"

    def test_a_report_without_a_place_comes_to_the_root(self, place):
        case = report(place, area=None)
        assert case.area == place.street

    def test_the_receipt_is_told_once_and_not_kept(self, place):
        taken = told(place)
        assert taken.receipt.replace("-", "") not in str(Case.objects.values().get(pk=taken.case.pk))
        assert actions.case_of_receipt(taken.receipt.lower().replace("-", " ")) == taken.case.pk
        with pytest.raises(Refused) as refused:
            actions.case_of_receipt("ABCD-EFGH-JKLM")
        assert refused.value.status == 404

    def test_what_is_close_by_and_open_is_told(self, place):
        first = report(place, lon=SPOT[0], lat=SPOT[1], place_source="gps")
        far = report(place, lon=SPOT[0] + 0.01, lat=SPOT[1], place_source="gps")
        near = told(place, lon=SPOT[0] + 0.0001, lat=SPOT[1], place_source="gps").near
        assert near == [first.pk]
        assert far.pk not in near
        closed(handled(accepted(dispatched(first, place), place), place), place)
        assert first.pk not in told(place, lon=SPOT[0], lat=SPOT[1], place_source="gps").near

    def test_words_and_phone_are_not_in_the_part_of_the_journal_that_stays(self, place):
        case = report(place, "我叫王小明，电话13800001234，墙皮掉了", phone="13800001234")
        row = Row.objects.get(record_id=case.pk)
        assert "1234" not in str(row.facts)
        assert "墙皮" not in str(row.facts)
        assert Side.objects.get(row=row, kind="personal").body["words"].startswith("我叫")
        assert case.masked == "我叫王某，电话138****1234，墙皮掉了"
        assert b"13800001234" not in bytes(case.contact_cipher)

    def test_words_are_found_again_at_the_desk_but_not_the_number(self, place):
        case = report(place, WORDS + "，电话13800001234")
        tasks.prepare.func(str(case.pk))
        assert search.find("case", "外墙").keys == [str(case.pk)]
        assert search.find("case", "13800001234").keys == []
