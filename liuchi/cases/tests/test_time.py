"""More time, no time, and who presses: extension, suspension, rework, appeal; reminding and supervision."""

from datetime import date, timedelta

from liuchi.cases import actions
from liuchi.cases.actions.motions import resume_due
from liuchi.cases.tests.helpers import (
    TEN,
    accepted,
    again,
    by,
    closed,
    dispatched,
    handled,
    hours_later,
    refused,
    report,
)

NEXT_WEEK = date(2026, 11, 25)


class TestTime:
    def test_an_extension_is_asked_granted_and_counted(self, place):
        case = accepted(dispatched(report(place), place), place)
        with refused("value"):
            actions.ask_extension(by(place.handler), case.pk, 3, "等配件")  # the limit is two hours
        asked = actions.ask_extension(by(place.handler), case.pk, 2, "等配件")
        with refused("asked"):
            actions.ask_extension(by(place.handler), case.pk, 1, "等配件")
        actions.answer(by(place.dispatcher, hours_later(1)), asked.pk, yes=True, value=1.5)
        case = again(case)
        assert (case.due_at, case.step_due, case.extensions) == (hours_later(3.5), hours_later(3.5), 1)
        with refused("answered"):
            actions.answer(by(place.dispatcher), asked.pk, yes=False, words="不行")

    def test_there_are_two_extensions_and_no_third(self, place):
        case = accepted(dispatched(report(place), place), place)
        for _time in range(2):
            asked = actions.ask_extension(by(place.handler), case.pk, 2, "等配件")
            actions.answer(by(place.dispatcher), asked.pk, yes=True)
        assert again(case).due_at == hours_later(6)
        with refused("too_often"):
            actions.ask_extension(by(place.handler), case.pk, 1, "等配件")

    def test_declining_needs_a_reason_and_changes_nothing(self, place):
        case = accepted(dispatched(report(place), place), place)
        asked = actions.ask_extension(by(place.handler), case.pk, 1, "等配件")
        with refused("text"):
            actions.answer(by(place.dispatcher), asked.pk, yes=False)
        actions.answer(by(place.dispatcher), asked.pk, yes=False, words="配件今天就到")
        assert again(case).due_at == hours_later(2)
        with refused("not_yours"):
            actions.answer(by(place.handler), asked.pk, yes=True)

    def test_a_suspension_stands_still_and_goes_on_by_itself_with_what_was_left(self, place):
        case = accepted(dispatched(report(place), place), place)
        asked = actions.ask_suspension(by(place.handler), case.pk, NEXT_WEEK, "等供暖结束")
        actions.answer(by(place.dispatcher, hours_later(0.5)), asked.pk, yes=True)
        case = again(case)
        assert (case.state, case.limit_left, case.limit_from) == ("suspended", 90, None)
        resume_due(TEN + timedelta(days=6))
        assert again(case).state == "suspended"
        morning = TEN + timedelta(days=7)
        resume_due(morning)
        case = again(case)
        assert (case.state, case.due_at) == ("accepted", morning + timedelta(hours=1.5))
        assert handled(case, place, morning + timedelta(hours=1)).in_time is True

    def test_the_time_at_the_check_is_not_the_unit_s(self, place):
        case = handled(accepted(dispatched(report(place), place), place), place, hours_later(1))
        case = actions.rework(by(place.dispatcher, hours_later(5)), case.pk, "西侧还在掉")
        assert (case.state, case.reworks, case.due_at) == ("accepted", 1, hours_later(6))
        assert handled(case, place, hours_later(5.5)).in_time is True

    def test_what_was_late_stays_late_after_a_rework(self, place):
        case = handled(accepted(dispatched(report(place), place), place), place, hours_later(3))
        case = actions.rework(by(place.dispatcher, hours_later(5)), case.pk, "西侧还在掉")
        assert case.due_at == hours_later(2)
        assert handled(case, place, hours_later(5.5)).in_time is False

    def test_an_appeal_is_heard_once_and_takes_the_mark_away(self, place):
        case = closed(
            handled(accepted(dispatched(report(place), place), place), place, hours_later(3)), place, hours_later(4)
        )
        assert case.in_time is False
        asked = actions.appeal(by(place.handler, hours_later(5)), case.pk, "路被封了，进不去")
        with refused("not_yours"):
            actions.answer(by(place.dispatcher, hours_later(6)), asked.pk, yes=True)
        actions.answer(by(place.supervisor, hours_later(6)), asked.pk, yes=True)
        assert again(case).in_time is True
        with refused("not_late"):
            actions.appeal(by(place.handler, hours_later(7)), case.pk, "再说一次")

    def test_a_declined_appeal_is_not_heard_again(self, place):
        case = closed(
            handled(accepted(dispatched(report(place), place), place), place, hours_later(3)), place, hours_later(4)
        )
        asked = actions.appeal(by(place.handler, hours_later(5)), case.pk, "路被封了，进不去")
        actions.answer(by(place.supervisor, hours_later(6)), asked.pk, yes=False, words="当天并未封路")
        assert again(case).in_time is False
        with refused("once"):
            actions.appeal(by(place.handler, hours_later(7)), case.pk, "再说一次")


class TestPressing:
    def test_the_reporter_reminds_once_a_day(self, place):
        case = dispatched(report(place), place)
        actions.urge(by(None, hours_later(1), "phone"), case.pk, by_receipt=True)
        with refused("urged"):
            actions.urge(by(None, hours_later(2), "phone"), case.pk, by_receipt=True)
        actions.urge(by(None, hours_later(26), "phone"), case.pk, by_receipt=True)
        actions.urge(by(place.dispatcher, hours_later(26)), case.pk)
        assert again(case).urges == 3

    def test_supervision_lasts_until_the_end(self, place):
        case = dispatched(report(place), place)
        with refused("not_yours"):
            actions.supervise(by(place.dispatcher), case.pk, "今天办结")
        assert actions.supervise(by(place.secretary), case.pk, "今天办结").supervised_at == TEN
        case = closed(handled(accepted(again(case), place), place), place)
        assert case.supervised_at is None
