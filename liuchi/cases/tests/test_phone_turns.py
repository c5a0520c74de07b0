"""The turns that come from a phone: a worker's through the outbox, and what the one who reported it may still say."""

from uuid import uuid4

from django.utils import timezone

from liuchi.cases import actions, shapes
from liuchi.cases.models import Motion
from liuchi.cases.tests.helpers import (
    accepted,
    again,
    brought_to,
    by,
    closed,
    dispatched,
    handled,
    refused,
    report,
    told,
)
from liuchi.kernel.outbox import actions as outbox
from liuchi.people.access import actor_at


def sent(person, verb, at, **body):
    """What a phone's outbox delivers."""
    return outbox.deliver(by(person, at, "phone"), "phone", uuid4(), verb, body, []).result


class TestAWorker:
    def test_gives_back_asks_for_time_and_for_a_hold(self, place):
        now = timezone.now()
        case = dispatched(report(place, at=now), place, now)
        sent(place.handler, "case.ask_extension", now, case=str(case.pk), value=1, text="等配件")
        assert Motion.objects.get(case=case).value == 1
        sent(place.handler, "case.give_back", now, case=str(case.pk), text="归住建")
        assert again(case).state == "filed"
        assert Motion.objects.get(case=case).state == "lapsed"
        case = accepted(dispatched(report(place, at=now), place, now), place, now)
        with refused("until"):
            sent(place.handler, "case.ask_suspension", now, case=str(case.pk), until="soon", text="等供暖结束")

    def test_a_grid_worker_passes_up(self, place):
        now = timezone.now()
        case = report(place, at=now)
        assert "escalate" in shapes.can(case, actor_at(place.grid_worker.pk, now), for_reporter=False)
        sent(place.grid_worker, "case.escalate", now, case=str(case.pk), text="需要登高车")
        assert again(case).level == 2

    def test_what_one_may_ask_for_is_half_of_the_limit_or_as_much_again(self, place):
        case = again(dispatched(report(place), place))
        assert [one["value"] for one in shapes.more_time(case)] == [1, 2]


class TestTheReporter:
    def test_reminds_and_says_that_it_is_not_right_by_receipt(self, place):
        now = timezone.now()
        taken = told(place, at=now)
        assert "urge" in shapes.can(taken.case, actor_at(None, now), for_reporter=True)
        sent(None, "case.urge", now, receipt=taken.receipt)
        case = closed(handled(accepted(dispatched(taken.case, place, now), place, now), place, now), place, now)
        assert "reopen" in shapes.can(again(case), actor_at(None, now), for_reporter=True)
        sent(None, "case.reopen", now, receipt=taken.receipt, text="又掉了")
        assert again(case).state == "dispatched"

    def test_who_was_merged_reads_how_far_the_other_one_is(self, place):
        now = timezone.now()
        main, other = dispatched(report(place, at=now), place, now), report(place, at=now)
        actions.merge(by(place.dispatcher, now), other.pk, main.pk)
        card = shapes.detail(again(other), now, actor=actor_at(None, now), for_reporter=True)
        assert "槐荫物业" in card["sentence"]
        assert [stop["mark"] for stop in card["stops"]] == ["done", "now", "next", "next"]
        assert "add" in card["can"]

    def test_the_office_s_inner_turns_are_not_told(self, place):
        case = brought_to("accepted", place)
        actions.give_back(by(place.handler), case.pk, "住户自己弄坏的")
        card = shapes.detail(again(case), timezone.now(), actor=actor_at(None, timezone.now()), for_reporter=True)
        assert "住户自己弄坏的" not in str(card)
        assert "退回" not in str(card["timeline"])
