"""The counter: numbers, calls, appointments, errands, on behalf of others."""

import threading
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.people.tests.conftest import Place, kept_place, made_place, place
from liuchi.places.counter import actions, queries, rules, telling
from liuchi.places.counter.actions import For, Said, Wanted
from liuchi.places.counter.models import Appointment, Counter, Errand, Ticket

__all__ = ["kept_place", "place"]
NINE = rules.moment(datetime(2026, 11, 24).date(), time(9))  # a Tuesday


def by(person=None, at: datetime = NINE, channel: str = "phone") -> Context:
    return Context(at=at, recorded_at=at, person=person.pk if person else None, channel=channel)


def a_counter(place: Place, **more) -> Counter:
    said = {"name": "一站式窗口", "area": place.community, "where": "社区服务中心一楼", "week": (((0, 1440),),) * 7}
    counter = actions.open_counter(by(channel="replay"), Wanted(**{**said, **more, "days_off": None}))
    for name, minutes in (("医保参保登记", 10), ("老年优待证", 5)):
        actions.set_matter(
            by(channel="replay"),
            counter,
            Said(name, "医保", bring=["身份证"], for_others=["代办人身份证", "委托书"], minutes=minutes),
        )
    return counter


def at_once(*works) -> list:
    start, told = threading.Barrier(len(works)), []

    def run(work) -> None:
        try:
            start.wait(5)
            told.append(work())
        except Refused as refused:
            told.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return told


@pytest.mark.django_db
class TestQueue:
    def test_numbers_follow_each_other_and_say_how_long(self, place):
        counter, clerk = a_counter(place), place.person("community_clerk")
        taken = [actions.take_number(by(at=NINE + timedelta(minutes=step)), counter.pk) for step in range(4)]
        assert [ticket.number for ticket, _code in taken] == [1, 2, 3, 4]
        line = queries.queue(counter, NINE)
        assert queries.before(taken[3][0], line) == (3, 15)
        called = actions.call_next(by(clerk, channel="desk"), counter.pk, 1)
        assert called.number == 1 and queries.queue(counter, NINE).called[0].window == 1
        assert actions.call_next(by(clerk, channel="desk"), counter.pk, 2).number == 2
        assert actions.call_next(by(clerk, channel="desk"), counter.pk, 1).number == 3  # the first is served by that
        assert Ticket.objects.get(number=1).state == "done"
        actions.end_call(by(clerk, channel="desk"), Ticket.objects.get(number=3).pk, "passed")
        actions.end_call(by(clerk, channel="desk"), Ticket.objects.get(number=3).pk, "waiting")
        assert actions.call_next(by(clerk, channel="desk"), counter.pk, 1).number == 3
        assert queries.counted(counter, NINE.date(), NINE.date()) == {
            "taken": 4, "served": 1, "passed": 0, "errands": 0, "for_others": 0,
        }  # fmt: skip
        assert actions.take_number(by(at=NINE + timedelta(days=1)), counter.pk)[0].number == 1

    def test_only_who_serves_there_calls_and_no_number_when_closed(self, place):
        counter = a_counter(place, week=(((540, 720),),) * 7)
        with pytest.raises(Refused) as refused:
            actions.take_number(by(at=NINE + timedelta(hours=4)), counter.pk)
        assert refused.value.code == "closed"
        with pytest.raises(Refused) as refused:
            actions.call_next(by(place.person("rider"), channel="desk"), counter.pk, 1)
        assert refused.value.status == 403

    def test_who_has_an_appointment_goes_first_around_its_time(self, place):
        counter, rider = a_counter(place), place.person("rider")
        matter = counter.matters.first()
        mine = actions.appoint(by(rider, NINE - timedelta(days=1)), counter.pk, matter.pk, NINE + timedelta(minutes=30))
        actions.take_number(by(), counter.pk)
        with pytest.raises(Refused) as refused:
            actions.arrive(by(rider, NINE - timedelta(days=1)), mine.pk)
        assert refused.value.code == "day"
        late = NINE + timedelta(minutes=25)
        actions.take_number(by(at=NINE + timedelta(minutes=5)), counter.pk)
        ticket, _code = actions.arrive(by(rider, late), mine.pk)
        with pytest.raises(Refused) as refused:
            actions.arrive(by(rider, late), mine.pk)
        assert refused.value.code == "twice"
        line = queries.queue(counter, late)
        assert [one.number for one in line.waiting][-1] == ticket.number == 3 or line.waiting[0].number == 3


@pytest.mark.django_db
class TestAppoint:
    def test_a_half_hour_has_two_places_and_no_more(self, place):
        counter = a_counter(place)
        matter, start = counter.matters.first(), NINE + timedelta(days=1)
        people = [place.person(role) for role in ("rider", "grid_worker", "grid_leader")]
        first = actions.appoint(by(people[0]), counter.pk, matter.pk, start)
        assert actions.appoint(by(people[0]), counter.pk, matter.pk, start) == first
        actions.appoint(by(people[1]), counter.pk, matter.pk, start)
        with pytest.raises(Refused) as refused:
            actions.appoint(by(people[2]), counter.pk, matter.pk, start)
        assert refused.value.code == "full" and start not in queries.free_times(counter, start.date(), NINE)
        actions.cancel_appointment(by(people[0]), first.pk)
        actions.cancel_appointment(by(people[0]), first.pk)
        actions.appoint(by(people[2]), counter.pk, matter.pk, start)

    @pytest.mark.parametrize(
        "start", [NINE - timedelta(hours=1), NINE + timedelta(days=20), NINE + timedelta(minutes=10)]
    )
    def test_a_time_that_can_not_be_is_refused(self, place, start):
        counter = a_counter(place)
        with pytest.raises(Refused) as refused:
            actions.appoint(by(place.person("rider")), counter.pk, counter.matters.first().pk, start)
        assert refused.value.code == "time" and refused.value.field == "start"

    def test_who_has_one_is_reminded_once_with_what_to_bring(self, place):
        counter = a_counter(place)
        rider = place.person("rider")
        mine = actions.appoint(
            by(rider), counter.pk, counter.matters.get(name="医保参保登记").pk, NINE + timedelta(days=1)
        )
        for hour in (8, 9, 10):
            actions.remind_due(NINE + timedelta(hours=hour))
        row = Row.objects.get(verb="counter.tomorrow")
        assert telling._who(row) == {rider.pk} and "身份证" in telling._told(row)[1]
        assert telling.kept(rider.pk)
        telling.erase(by(rider), rider.pk)
        assert not Appointment.objects.filter(pk=mine.pk).exists()


@pytest.mark.django_db
class TestErrand:
    def test_its_four_stops_are_followed_by_a_receipt_that_is_not_kept(self, place):
        counter, clerk = a_counter(place), place.person("community_clerk")
        desk = by(clerk, channel="desk")
        errand, receipt = actions.take_errand(desk, counter.pk, counter.matters.first().pk)
        assert receipt.replace("-", "") not in str(list(Errand.objects.values()))
        assert actions.find_errand(receipt.lower(), "1.2.3.4", NINE) == errand
        assert actions.find_errand("AAAA-AAAA-AAAA", "1.2.3.4", NINE) is None
        with pytest.raises(Refused) as refused:
            actions.move_errand(desk, errand.pk, "handed_over")
        assert refused.value.code == "order"
        for stop in ("in_work", "in_work", "ready", "handed_over"):
            done = actions.move_errand(desk, errand.pk, stop, "请带身份证来取")
        assert (
            done.stop == "handed_over" and Row.objects.filter(record=errand.pk, verb__startswith="errand.").count() == 4
        )

    def test_for_somebody_else_only_with_their_yes_and_each_look_is_noted(self, place):
        counter, worker = a_counter(place), place.person("community_clerk")
        desk, matter = by(worker, channel="desk"), counter.matters.first()
        with pytest.raises(Refused) as refused:
            actions.take_errand(desk, counter.pk, matter.pk, For("王奶奶"))
        assert refused.value.field == "agreed" and not Errand.objects.exists()
        errand, _receipt = actions.take_errand(
            desk, counter.pk, matter.pk, For("王奶奶", "13911112222", "3幢2单元", "phone", True)
        )
        assert "王奶奶" not in str(list(Errand.objects.values())) and errand.helper_id == worker.pk
        assert actions.whose(desk, errand.pk)["name"] == "王奶奶"
        assert Row.objects.filter(record=errand.pk, verb="errand.looked").count() == 1
        with pytest.raises(Refused) as refused:
            actions.whose(by(place.person("rider")), errand.pk)
        assert refused.value.status == 403
        for stop in ("in_work", "ready", "handed_over"):
            actions.move_errand(desk, errand.pk, stop)
        assert Errand.objects.get(pk=errand.pk).whose_cipher is None
        assert queries.counted(counter, NINE.date(), NINE.date())["for_others"] == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_numbers_calls_and_the_last_appointment():
    place = made_place()
    counter = a_counter(place, places=1)
    clerk, matter = place.person("community_clerk"), counter.matters.first()
    told = at_once(*(lambda: actions.take_number(by(), counter.pk)[0].number for _ in range(6)))
    assert sorted(told) == [1, 2, 3, 4, 5, 6]
    called = at_once(*(lambda w=w: actions.call_next(by(clerk, channel="desk"), counter.pk, w).number for w in (1, 2)))
    assert sorted(called) == [1, 2]
    people = [place.person(role) for role in ("rider", "grid_worker", "grid_leader", "dispatcher")]
    start = NINE + timedelta(days=2)
    told = at_once(*(lambda who=who: actions.appoint(by(who), counter.pk, matter.pk, start).place for who in people))
    assert sorted(map(str, told)) == ["1", "full", "full", "full"]


@pytest.mark.django_db
class TestPages:
    def test_a_number_by_phone_without_a_name_and_the_same_phone_gets_the_same(
        self, place, django_assert_max_num_queries
    ):
        counter = a_counter(place)
        for _ in range(12):
            actions.take_number(by(at=timezone.now()), counter.pk)
        phone = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
        first = phone.post(f"/counter/{counter.pk}/number", {"matter": counter.matters.first().pk})
        again = phone.post(f"/counter/{counter.pk}/number")
        assert first.headers["Location"] == again.headers["Location"] and Ticket.objects.count() == 13
        with django_assert_max_num_queries(3):
            page = phone.get(first.headers["Location"]).content.decode()
        assert "前面还有 12 人" in page
        with django_assert_max_num_queries(3):
            phone.get("/counter")
        with django_assert_max_num_queries(4):
            assert "医保参保登记" in phone.get(f"/counter/{counter.pk}").content.decode()
        with django_assert_max_num_queries(2):
            assert phone.get(f"/counter/hall/{counter.pk}").status_code == 200

    def test_the_clerk_calls_takes_in_and_hands_over(self, place, django_assert_max_num_queries):
        counter, now = a_counter(place), timezone.now()
        actions.take_number(by(at=now), counter.pk, counter.matters.first().pk)
        client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
        client.force_login(place.person("community_clerk").login)
        client.post(f"/desk/counter/{counter.pk}/call", {"do": "next", "window": "2"})
        assert Ticket.objects.get().window == 2
        with django_assert_max_num_queries(9):
            assert client.get("/desk/counter?window=2").status_code == 200
        matter = counter.matters.first()
        faulty = client.post(
            f"/desk/counter/{counter.pk}/errands/new", {"matter": matter.pk, "for_other": "on", "name": "王奶奶"}
        )
        assert "没有本人同意" in faulty.content.decode() and "王奶奶" in faulty.content.decode()
        page = client.post(
            f"/desk/counter/{counter.pk}/errands/new",
            {"matter": matter.pk, "for_other": "on", "name": "王奶奶", "agreed": "here"},
        ).content.decode()
        errand = Errand.objects.get()
        assert "qr" in page and "王奶奶" not in page
        assert "王奶奶" not in client.get(f"/desk/counter/errands/{errand.pk}").content.decode()
        assert "王奶奶" in client.post(f"/desk/counter/errands/{errand.pk}", {"look": "1"}).content.decode()
        client.post(f"/desk/counter/errands/{errand.pk}", {"stop": "in_work", "word": "周五来取"})
        assert Errand.objects.get().word == "周五来取"
        said = {"name": "居住证明", "bring": "身份证\n户口簿", "minutes": "8"}
        client.post(f"/desk/counter/{counter.pk}/services/new", said)
        assert counter.matters.get(name="居住证明").bring == ["身份证", "户口簿"]

    def test_an_appointment_on_the_phone(self, place):
        counter, now = a_counter(place), timezone.now()
        client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
        client.force_login(place.person("rider").login)
        matter, day = counter.matters.first(), rules.local_day(now) + timedelta(days=1)
        page = client.get(f"/counter/m/{matter.pk}/appointment?day={day}").content.decode()
        start = rules.moment(day, time(10)).isoformat()
        assert start in page
        made = client.post(f"/counter/m/{matter.pk}/appointment?day={day}", {"start": start})
        assert "10:00" in client.get(made.headers["Location"]).content.decode()
        client.post(made.headers["Location"], {"cancel": "1"})
        assert Appointment.objects.get().cancelled_at


@given(st.lists(st.integers(1, 60), max_size=30), st.integers(1, 6))
def test_the_guess_is_in_fives_and_never_too_little(before, windows):
    guess = rules.wait(before, windows)
    assert guess % 5 == 0 and guess >= round(sum(before) / windows) and guess - sum(before) / windows < 6
