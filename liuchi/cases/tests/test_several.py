"""Several units, several reports, several times: parts, merging, what burdens a community, honest ends, re-opening."""

from datetime import timedelta

import pytest

from liuchi.cases import actions
from liuchi.cases.models import Motion
from liuchi.cases.queries.near import ids_near
from liuchi.cases.tests.helpers import (
    TEN,
    accepted,
    again,
    brought_to,
    by,
    closed,
    dispatched,
    handled,
    hours_later,
    refused,
    report,
    sound,
    verbs,
)
from liuchi.people import actions as people
from liuchi.people.models import Organisation


class TestSeveral:
    def test_a_helping_unit_has_a_part_and_the_whole_waits_for_it(self, place):
        case = accepted(dispatched(report(place), place), place)
        part = actions.add_unit(by(place.dispatcher), case.pk, place.housing.pk, "请派人看结构")
        assert (part.number, part.part, part.state, part.unit) == (
            f"{case.number}-1",
            "co",
            "dispatched",
            place.housing,
        )
        with refused("unit"):
            actions.add_unit(by(place.dispatcher), case.pk, place.housing.pk)
        handled(again(case), place)
        with refused("parts"):
            actions.check_and_close(by(place.dispatcher), case.pk)
        actions.accept(by(place.other_handler), part.pk)
        actions.handle(by(place.other_handler), part.pk, "结构没有问题")
        assert actions.check_and_close(by(place.dispatcher), case.pk).state == "closed"

    def test_what_was_two_things_becomes_two(self, place):
        case = dispatched(report(place, "外墙掉了，楼道灯也不亮"), place)
        part = actions.split(by(place.dispatcher), case.pk, "楼道灯不亮")
        assert (part.state, part.masked, part.matter, part.receipt_hash) == ("reported", "楼道灯不亮", None, None)
        with refused("part"):
            actions.split(by(place.dispatcher), dispatched(part, place).pk, "再拆")

    def test_merged_reports_end_with_the_first_and_each_may_be_rated(self, place):
        main = dispatched(report(place), place)
        other = report(place, "同一处外墙")
        actions.merge(by(place.dispatcher), other.pk, main.pk)
        assert again(other).state == "merged"
        closed(handled(accepted(again(main), place), place), place)
        other = again(other)
        assert (other.state, other.outcome, other.reply) == ("closed", "done", "已围挡并清除松动墙面")
        assert actions.rate(by(None, channel="phone"), other.pk, 5, by_receipt=True).stars == 5

    def test_merging_into_oneself_into_what_is_over_or_crosswise_is_refused(self, place):
        first, second = report(place), report(place)
        with refused("main"):
            actions.merge(by(place.dispatcher), first.pk, first.pk)
        actions.merge(by(place.dispatcher), first.pk, second.pk)
        with refused("main"):
            actions.merge(by(place.dispatcher), second.pk, first.pk)
        third = report(place)
        actions.merge(by(place.dispatcher), second.pk, third.pk)
        assert again(first).main_id == third.pk

    def test_a_main_report_that_is_withdrawn_lets_the_others_go_on(self, place):
        first, second = report(place), report(place)
        actions.merge(by(place.dispatcher), second.pk, first.pk)
        actions.withdraw(by(None, channel="phone"), first.pk, by_receipt=True)
        second = again(second)
        assert (second.state, second.main_id) == ("reported", None)
        sound(second)

    def test_what_was_merged_by_mistake_waits_at_the_desk_again(self, place):
        main, other = report(place), dispatched(report(place), place)
        actions.merge(by(place.dispatcher), other.pk, main.pk)
        other = actions.unmerge(by(place.dispatcher), other.pk)
        assert (other.state, other.unit, other.main) == ("filed", None, None)


class TestBurdens:
    @pytest.fixture
    def huaiyin(self, place) -> Organisation:
        return people.open_unit(by(None, channel="system"), kind="community", name="槐荫社区", area=place.community)

    def test_what_is_not_on_a_community_s_list_goes_to_the_street_first(self, place, huaiyin):
        case = actions.file(by(place.dispatcher), report(place).pk, place.wall.pk, place.falling.pk)
        case = actions.dispatch(by(place.dispatcher), case.pk, huaiyin.pk, "请社区先看看")
        assert (case.state, case.unit) == ("approval", None)
        with refused("not_yours"):
            actions.answer_approval(by(place.dispatcher), case.pk, yes=True)
        case = actions.answer_approval(by(place.secretary), case.pk, yes=True)
        assert (case.state, case.unit) == ("dispatched", huaiyin)

    def test_the_refusal_is_on_record_and_the_desk_has_it_again(self, place, huaiyin):
        case = actions.file(by(place.dispatcher), report(place).pk, place.wall.pk, place.falling.pk)
        actions.dispatch(by(place.dispatcher), case.pk, huaiyin.pk)
        with refused("text"):
            actions.answer_approval(by(place.secretary), case.pk, yes=False)
        case = actions.answer_approval(by(place.secretary), case.pk, yes=False, words="不在社区事项清单")
        assert case.state == "filed"
        assert Motion.objects.get(case=case).state == "declined"
        assert verbs(case)[-1] == "case.declined"

    def test_a_unit_asks_a_community_only_through_the_street(self, place, huaiyin):
        case = actions.entrust(by(place.other_handler), huaiyin.pk, "请协助统计辖区出租房屋，本月底前")
        assert (case.state, case.channel, case.unit) == ("approval", "unit", None)
        case = actions.answer_approval(by(place.secretary), case.pk, yes=False, words="应由住建分局自行统计")
        assert (case.state, case.outcome, case.reply) == ("closed", "refused", "应由住建分局自行统计")

    def test_what_a_community_takes_on_itself_is_no_burden(self, place, huaiyin):
        case = actions.file(by(place.community_clerk), report(place).pk, place.wall.pk, place.falling.pk)
        assert actions.dispatch(by(place.community_clerk), case.pk, huaiyin.pk).state == "dispatched"


class TestHonestEnds:
    def test_part_done_says_what_is_not(self, place):
        case = accepted(dispatched(report(place), place), place)
        with refused("text"):
            actions.handle(by(place.handler), case.pk, "", "part_done")
        assert actions.handle(by(place.handler), case.pk, "围挡好了，墙等住建", "part_done").outcome == "part_done"

    def test_not_ours_names_whose_it_is(self, place):
        case = report(place)
        with refused("whose"):
            actions.refuse(by(place.dispatcher), case.pk, "不在我们街道", "not_ours")
        case = actions.refuse(by(place.dispatcher), case.pk, "不在我们街道。", "not_ours", "河东街道")
        assert "河东街道" in case.reply and case.outcome == "not_ours"


class TestAgain:
    def test_the_reporter_says_it_is_not_right_and_it_reaches_the_unit_with_a_new_limit(self, place):
        case = brought_to("closed", place)
        later = TEN + timedelta(days=3)
        case = actions.reopen(by(None, later, "phone"), case.pk, "又掉了", by_receipt=True)
        assert (case.state, case.unit, case.reopenings) == ("dispatched", place.property, 1)
        assert case.due_at == later + timedelta(hours=2)

    def test_what_no_unit_had_comes_back_to_the_desk(self, place):
        case = actions.refuse(by(place.dispatcher), report(place).pk, "看不出是哪里", "invalid")
        case = actions.reopen(by(None, hours_later(5), "phone"), case.pk, "在三号楼", by_receipt=True)
        assert (case.state, case.outcome) == ("reported", "")

    def test_twice_by_the_reporter_and_within_thirty_days(self, place):
        case = brought_to("closed", place)
        with refused("too_late"):
            actions.reopen(by(None, TEN + timedelta(days=31), "phone"), case.pk, "又掉了", by_receipt=True)
        for _time in range(2):
            actions.reopen(by(None, channel="phone"), case.pk, "又掉了", by_receipt=True)
            closed(handled(accepted(again(case), place), place), place)
        with refused("too_often"):
            actions.reopen(by(None, channel="phone"), case.pk, "又掉了", by_receipt=True)
        assert actions.recall(by(place.dispatcher), case.pk, "电话里说没好").state == "dispatched"


def test_a_part_is_no_report_of_its_own_to_those_outside(place):
    case = report(place, lon=117.0342, lat=30.5251, place_source="gps")
    part = actions.split(by(place.dispatcher), dispatched(case, place).pk, "楼道灯不亮")
    found = [pk for _metres, pk in ids_near(117.0342, 30.5251, hours_later(1))]
    assert found == [case.pk] and part.lon is not None


class TestNoWayAroundTheStreet:
    def test_neither_a_transfer_nor_help_burdens_a_community(self, place):
        ctx = by(None, channel="system")
        huaiyin = people.open_unit(ctx, kind="community", name="槐荫社区", area=place.community)
        case = dispatched(report(place), place)
        with refused("unit"):
            actions.transfer(by(place.dispatcher), case.pk, huaiyin.pk, "请社区办")
        with refused("unit"):
            actions.add_unit(by(place.dispatcher), case.pk, huaiyin.pk)
        assert again(case).unit == place.property

    def test_what_a_unit_asks_is_in_the_journal_as_it_stands(self, place):
        ctx = by(None, channel="system")
        huaiyin = people.open_unit(ctx, kind="community", name="槐荫社区", area=place.community)
        case = actions.entrust(by(place.other_handler), huaiyin.pk, "请协助统计出租房屋")
        assert verbs(case) == ["case.reported", "case.entrusted"]
        sound(case)
