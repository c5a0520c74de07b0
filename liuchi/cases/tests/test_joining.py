"""Me too: who met the same joins the report that is there, and learns what becomes of it."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from liuchi.cases import actions as cases
from liuchi.cases.joining import actions, keeping, queries, rules, seeing, shapes
from liuchi.cases.joining.models import Follower
from liuchi.cases.models import Matter
from liuchi.cases.queries.story import timeline
from liuchi.cases.tests.helpers import (
    SPOT,
    Place,
    accepted,
    again,
    by,
    closed,
    dispatched,
    handled,
    hours_later,
    told,
    verbs,
)
from liuchi.kernel.delivery.models import Message
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.outbox import actions as outbox
from liuchi.notices.actions import tell_held, tell_rows
from liuchi.people import actions as people
from liuchi.people.models import Person

PUBLIC = "外墙掉了一块，很多人从下面走"


@pytest.fixture
def wall(place: Place):
    return told(place, PUBLIC, lon=SPOT[0], lat=SPOT[1], place_source="gps").case


def phone(person: Person | None = None, hours: float = 1):
    return by(person, hours_later(hours), "phone")


class TestJoining:
    def test_a_person_joins_once_however_often(self, place: Place, wall) -> None:
        assert actions.join(phone(place.resident), wall.pk).receipt == ""
        assert actions.join(phone(place.resident, 2), wall.pk).again
        assert Follower.objects.count() == 1
        assert verbs(wall).count("case.joined") == 1

    def test_without_an_account_by_a_receipt_of_their_own(self, place: Place, wall, client: Client) -> None:
        receipt = actions.join(phone(), wall.pk).receipt
        card = client.get(reverse("api:cases_follow", args=[receipt])).json()
        assert (card["id"], card["joined"], card["can"]) == (str(wall.pk), True, ["leave"])
        assert card["title"] == PUBLIC
        with pytest.raises(Refused):  # it opens nothing of the reporter's
            cases.case_of_receipt(receipt)

    def test_the_same_write_sent_twice_gives_the_same_receipt(self, place: Place, wall) -> None:
        key, body = uuid4(), {"case": str(wall.pk)}
        first = outbox.deliver(phone(), "phone", key, "case.join", body, [])
        second = outbox.deliver(phone(), "phone", key, "case.join", body, [])
        assert second.again and first.result == second.result
        assert Follower.objects.count() == 1

    def test_ones_own_report_is_not_joined(self, place: Place) -> None:
        own = told(place, PUBLIC, by_whom=place.resident).case
        with pytest.raises(Refused) as refused:
            actions.join(phone(place.resident), own.pk)
        assert refused.value.code == "own"

    def test_what_speaks_of_somebody_is_not_there_to_join_before_it_has_a_matter(self, place: Place) -> None:
        case = told(place, "邻居老张家天天吵架").case
        with pytest.raises(Refused) as refused:
            actions.join(phone(), case.pk)
        assert refused.value.status == 404

    def test_closed_in_between_counts_but_closed_before_does_not(self, place: Place, wall) -> None:
        closed(handled(accepted(dispatched(wall, place), place), place), place, hours_later(3))
        actions.join(phone(place.resident, hours=2), wall.pk)
        with pytest.raises(Refused) as refused:
            actions.join(phone(hours=4), wall.pk)
        assert refused.value.code == "over"

    def test_nobody_who_was_erased_joins(self, place: Place, wall) -> None:
        ctx = phone(place.resident)
        people.erase_person(by(place.resident), place.resident)
        with pytest.raises(Refused):
            actions.join(ctx, wall.pk)


class TestLeaving:
    def test_leaves_and_may_come_again(self, place: Place, wall) -> None:
        actions.join(phone(place.resident), wall.pk)
        actions.leave(phone(place.resident, 2), wall.pk)
        assert not Follower.objects.exists()
        assert not actions.join(phone(place.resident, 3), wall.pk).again

    def test_by_the_receipt_alone(self, place: Place, wall) -> None:
        receipt = actions.join(phone(), wall.pk).receipt
        outbox.deliver(phone(), "phone", uuid4(), "case.leave", {"receipt": receipt.lower()}, [])
        assert queries.by_receipt(receipt) is None

    def test_nobody_else_is_taken_out(self, place: Place, wall) -> None:
        actions.join(phone(place.resident), wall.pk)
        for ctx in (phone(place.dispatcher), phone()):
            with pytest.raises(Refused):
                actions.leave(ctx, wall.pk)
        assert Follower.objects.count() == 1


class TestSeeing:
    @pytest.mark.parametrize(
        "words",
        [
            "我家楼上漏水",
            "302室漏水",
            "联系人：王小明",
            "楼下王先生放音响",
            "3单元有人堆杂物",
            "我是业主，路灯坏了",
            "打13800000000",
        ],
    )
    def test_words_that_speak_of_somebody_are_not_shown(self, words: str) -> None:
        assert not rules.says_nothing_personal(words)

    @pytest.mark.parametrize("words", ["路灯不亮", PUBLIC, "井盖翘起来了，电动车差点摔", "垃圾堆了三天没清"])
    def test_words_about_a_thing_are(self, words: str) -> None:
        assert rules.says_nothing_personal(words)

    @pytest.mark.parametrize(
        ("said", "shown"),
        [("槐荫里3幢2单元502室", "槐荫里3幢"), ("槐荫里3幢东侧", "槐荫里3幢东侧"), ("槐荫里3-2-502", "槐荫里"), ("槐荫路41号", "槐荫路41号")],
    )  # fmt: skip
    def test_a_place_is_shown_down_to_the_building(self, said: str, shown: str) -> None:
        assert rules.public_place(said) == shown

    def test_a_filed_report_with_personal_words_shows_its_matter(self, place: Place) -> None:
        case = dispatched(told(place, "我家楼下外墙掉了").case, place)
        assert seeing.title(again(case)) == "房屋外墙脱落"

    def test_matters_about_somebody_are_never_shown(self, place: Place, wall) -> None:
        case = again(dispatched(wall, place))
        assert seeing.for_everybody(case)
        Matter.objects.filter(pk=case.matter_id).update(code="98092")
        assert not seeing.for_everybody(again(case))

    def test_who_joined_reads_nothing_of_the_reporter(self, place: Place) -> None:
        case = told(place, "我是示例居民，外墙掉了", phone="13811112222", by_whom=place.dispatcher).case
        dispatched(case, place)
        cases.add(phone(place.dispatcher), case.pk, "我姓王，住302")
        actions.join(phone(place.resident), case.pk)
        follower = queries.of_person(case.pk, place.resident.pk)
        told_them = str(shapes.detail(replace_case(follower), hours_later(2)))
        for secret in ("示例", "王", "302", "1381111", "外墙掉了"):
            assert secret not in told_them
        assert "房屋外墙脱落" in told_them


def replace_case(follower: Follower) -> Follower:
    follower.case = again(follower.case)
    return follower


class TestTold:
    def test_who_joined_is_told_what_the_reporter_is_told_without_the_words(self, place: Place) -> None:
        case = told(place, "我家外墙掉了", by_whom=place.dispatcher).case
        dispatched(case, place)
        actions.join(phone(place.resident), case.pk)
        accepted(case, place, hours_later(2))
        rows = list(Row.objects.filter(record_id=case.pk, verb="case.accepted"))
        Row.objects.filter(pk__in=[row.pk for row in rows]).update(recorded_at="2099-01-01T00:00Z")
        tell_rows(list(Row.objects.filter(pk__in=[row.pk for row in rows])))
        tell_held(datetime(2099, 1, 2, tzinfo=UTC))
        [message] = Message.objects.filter(person_id=place.resident.pk)
        assert "房屋外墙脱落" in message.title and "我家" not in message.title + message.body
        assert message.url == f"/mine/{case.pk}"
        [own] = Message.objects.filter(person_id=place.dispatcher.pk)
        assert "我家外墙掉了" in own.title

    def test_the_desks_story_does_not_list_who_joins(self, place: Place, wall) -> None:
        actions.join(phone(place.resident), wall.pk)
        told_rows = timeline(again(wall), for_reporter=False, now=hours_later(2))
        assert [event.verb for event in told_rows if event.verb] == ["case.reported"]

    def test_a_page_opened_before_somebody_joined_is_not_out_of_date(self, place: Place, wall) -> None:
        before = again(wall).record.version
        actions.join(phone(place.resident), wall.pk)
        cases.file(by(place.dispatcher, hours_later(2)), wall.pk, place.wall.pk, place.falling.pk, expect=before)


class TestAfterAMerge:
    def test_who_joined_one_follows_the_other(self, place: Place) -> None:
        main = told(place, PUBLIC).case
        case = told(place, "外墙掉落").case
        actions.join(phone(place.resident), case.pk)
        cases.merge(by(place.dispatcher, hours_later(2)), case.pk, main.pk)
        assert queries.people_of(main.pk) == {place.resident.pk}
        dispatched(main, place, hours_later(3))
        follower = queries.of_person(case.pk, place.resident.pk)
        assert shapes.detail(again_with_main(follower), hours_later(4))["state"] == "dispatched"
        actions.join(phone(hours=5), case.pk)  # what was on the screen before the merge
        assert queries.how_many(main.pk) == 2


def again_with_main(follower: Follower) -> Follower:
    [found] = queries.followed_by(follower.person_id)
    return found


class TestKept:
    def test_taken_along_and_erased(self, place: Place, wall) -> None:
        actions.join(phone(place.resident), wall.pk)
        assert [one["number"] for one in keeping.kept(place.resident.pk)] == [wall.number]
        people.erase_person(by(place.resident), place.resident)
        assert not Follower.objects.exists()


class TestTheHint:
    def ask(self, client: Client, text: str, lon: float = SPOT[0], **more):
        said = {"text": text, "lon": lon, "lat": SPOT[1], **more}
        return client.post(reverse("api:joining_alike"), said, content_type="application/json").json()["cases"]

    def test_shows_what_may_be_the_same_close_by(
        self, client: Client, place: Place, wall, django_assert_max_num_queries
    ) -> None:
        self.ask(client, "")
        with django_assert_max_num_queries(4):
            [found] = self.ask(client, "外墙掉落，很危险", SPOT[0] + 0.0001)
        assert (found["id"], found["title"], found["own"]) == (str(wall.pk), PUBLIC, False)
        assert 5 < found["metres"] < 15

    def test_not_what_is_far_or_about_something_else(self, client: Client, place: Place, wall) -> None:
        assert not self.ask(client, "外墙掉落，很危险", SPOT[0] + 0.001)
        assert not self.ask(client, "路灯不亮，晚上很黑")

    def test_not_what_is_closed(self, client: Client, place: Place, wall) -> None:
        closed(handled(accepted(dispatched(wall, place), place), place), place)
        assert not self.ask(client, "外墙掉落，很危险")

    def test_whatever_is_sent_has_an_answer(self, client: Client, place: Place) -> None:
        for wrong in ({"text": "x" * 9000, "lon": 1, "lat": 1}, {"text": "灯"}, {"text": "路灯", "lon": 1e9, "lat": 5}):
            assert client.post(reverse("api:joining_alike"), wrong, content_type="application/json").status_code in (
                200,
                422,
            )
