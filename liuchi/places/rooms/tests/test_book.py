"""Booking rooms: rules of a time, nobody's overlap, series, answers, keys, what others see."""

import threading
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.people.actions.data import erase_person
from liuchi.people.tests.conftest import NOW, Place, kept_place, made_place, place
from liuchi.places.rooms import actions, opening, queries, rules, telling
from liuchi.places.rooms.actions import Asked
from liuchi.places.rooms.models import Booking, Room, Slot
from liuchi.places.rooms.opening import Wanted

__all__ = ["kept_place", "place"]
TOMORROW = date(2026, 11, 23)  # NOW is Sunday, ten in the morning


def by(person, at: datetime = NOW, channel: str = "phone") -> Context:
    return Context(at=at, recorded_at=at, person=person.pk if person else None, channel=channel)


def a_room(place: Place, **more) -> Room:
    said = {"name": "议事厅", "kind": "council", "area": place.grid, "where": "槐荫社区二楼", "opens": time(8), "closes": time(20),
            "equipment": ["投影仪", "白板"], "seats": 20, "key": "一楼值班室"}  # fmt: skip
    return opening.open_room(by(None, channel="replay"), Wanted(**{**said, **more}))


def asked(begins: int = 9, ends: int = 11, day: date = TOMORROW, **more) -> Asked:
    return Asked(day, time(begins), time(ends), **more)


@pytest.mark.django_db
class TestBook:
    def test_two_that_overlap_are_one_and_the_same_twice_is_one(self, place):
        room, rider, worker = a_room(place), place.person("rider"), place.person("grid_worker")
        first = actions.book(by(rider), room.pk, asked())
        assert actions.book(by(rider), room.pk, asked()) == first
        for begins, ends in ((9, 11), (10, 12), (8, 10), (8, 12)):
            with pytest.raises(Refused) as refused:
                actions.book(by(worker), room.pk, asked(begins, ends))
            assert refused.value.code == "taken"
        actions.book(by(worker), room.pk, asked(11, 13))
        assert Slot.objects.count() == 8 and Booking.objects.count() == 2

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"begins": time(9, 10), "ends": time(10)}, "time"),
            ({"begins": time(7), "ends": time(9)}, "time"),
            ({"begins": time(19), "ends": time(21)}, "time"),
            ({"begins": time(9), "ends": time(14)}, "time"),
            ({"begins": time(11), "ends": time(9)}, "time"),
            ({"people": 21}, "people"),
            ({"day": date(2026, 11, 21)}, "day"),
            ({"day": date(2027, 11, 21)}, "day"),
        ],
    )
    def test_a_time_that_can_not_be_is_refused_with_what_to_do(self, place, wrong, code):
        room = a_room(place)
        said = {"day": TOMORROW, "begins": time(9), "ends": time(10), **wrong}
        with pytest.raises(Refused) as refused:
            actions.book(by(place.person("rider")), room.pk, Asked(**said))
        assert refused.value.code == code and refused.value.field and not Booking.objects.exists()

    def test_a_person_has_three_ahead_and_a_cancelled_one_is_free_again(self, place):
        room, rider = a_room(place), place.person("rider")
        first, *_more = [actions.book(by(rider), room.pk, asked(hour, hour + 1)) for hour in (9, 11, 13)]
        with pytest.raises(Refused) as refused:
            actions.book(by(rider), room.pk, asked(15, 16))
        assert refused.value.code == "many"
        actions.cancel(by(rider), first.pk)
        actions.cancel(by(rider), first.pk)
        actions.book(by(place.person("grid_worker")), room.pk, asked(9, 10))

    def test_a_room_for_units_and_a_yes_before_it_counts(self, place):
        clerk, dispatcher = place.person("community_clerk"), place.person("dispatcher")
        room = a_room(place, who="units", approval=True)
        with pytest.raises(Refused) as refused:
            actions.book(by(place.person("rider")), room.pk, asked())
        assert refused.value.code == "units"
        with pytest.raises(Refused) as refused:
            actions.book(by(dispatcher), room.pk, asked(unit=place.crew))
        assert refused.value.code == "unit"
        one = actions.book(by(dispatcher), room.pk, asked(unit=place.office, purpose="联席会"))
        assert one.state == "asked" and Slot.objects.count() == 4
        with pytest.raises(Refused):
            actions.answer(by(place.person("rider"), channel="desk"), one.pk, True)
        with pytest.raises(Refused) as refused:
            actions.answer(by(clerk, channel="desk"), one.pk, False)
        assert refused.value.field == "why"
        actions.answer(by(clerk, channel="desk"), one.pk, False, "当天检修")
        assert not Slot.objects.exists()
        row = Row.objects.get(verb="booking.refused")
        assert telling._who_booked(row) == {dispatcher.pk} and "当天检修" in telling._told(row)[1]

    def test_a_unit_books_again_and_again_and_hears_which_days_are_taken(self, place):
        room, clerk = a_room(place), place.person("community_clerk")
        actions.book(by(place.person("rider")), room.pk, asked(day=date(2026, 12, 2)))
        booked, taken = actions.book_series(
            by(clerk, channel="desk"), room.pk, asked(day=date(2026, 11, 25), unit=place.office), "FREQ=WEEKLY;BYDAY=WE",
            date(2026, 12, 23),
        )  # fmt: skip
        assert [one.day.day for one in booked] == [25, 9, 16, 23] and taken == [date(2026, 12, 2)]
        assert len({one.series for one in booked}) == 1

    def test_the_key_goes_out_and_comes_back(self, place):
        room, clerk = a_room(place), place.person("community_clerk")
        one = actions.book(by(place.person("rider")), room.pk, asked())
        with pytest.raises(Refused) as refused:
            actions.hand_key(by(clerk, channel="desk"), one.pk, back=True)
        assert refused.value.code == "order"
        actions.hand_key(by(clerk, channel="desk"), one.pk, back=False)
        done = actions.hand_key(by(clerk, channel="desk"), one.pk, back=True)
        assert done.key_back_at

    def test_who_booked_is_reminded_once_the_evening_before(self, place):
        one = actions.book(by(place.person("rider")), a_room(place).pk, asked())
        for hour in (9, 10, 11):  # 17, 18, 19 o'clock in Shanghai
            actions.remind_due(NOW.replace(hour=hour))
        assert Row.objects.filter(record=one.pk, verb="booking.tomorrow").count() == 1

    def test_erasing_a_person_frees_what_lies_ahead(self, place):
        rider = place.person("rider")
        actions.book(by(rider), a_room(place).pk, asked(purpose="生日"))
        assert telling.kept(rider.pk)[0]["state"] == "booked"
        telling.erase(by(rider), rider.pk)
        assert telling.kept(rider.pk) == [] and not Slot.objects.exists()

    def test_nothing_is_written_about_who_is_erased(self, place):
        room, rider, clerk = a_room(place, approval=True), place.person("rider"), place.person("community_clerk")
        one = actions.book(by(rider), room.pk, asked(purpose="生日"))
        erase_person(by(rider), rider)
        with pytest.raises(Refused):
            actions.answer(by(clerk, channel="desk"), one.pk, yes=False, why="小王生日请去别处")
        with pytest.raises(Refused) as refused:
            actions.book_series(by(rider), room.pk, asked(unit=place.crew), "FREQ=WEEKLY;BYDAY=MO", TOMORROW)
        assert refused.value.code == "erased"
        one.refresh_from_db()
        assert (one.person, one.why, one.purpose, Booking.objects.count()) == (None, "", "", 1)


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_gets_the_room():
    place = made_place()
    room = a_room(place)
    start, told = threading.Barrier(8), []

    def run(number: int) -> None:
        person = list(place.posts.values())[number].person
        try:
            start.wait(5)
            actions.book(by(person), room.pk, asked(9 + number % 2, 11 + number % 2))
            told.append("ok")
        except Refused as refused:
            told.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(told) == ["ok"] + ["taken"] * 7
    assert Slot.objects.count() == 4 and Booking.objects.count() == 1


@pytest.mark.django_db
def test_two_stations_two_halls_and_one_corridor(place):
    """R52, 两站两厅一长廊: counted from records."""
    for name, kind in (
        ("学习站", "study"),
        ("服务站", "service"),
        ("党建厅", "hall"),
        ("议事厅", "hall"),
        ("文化长廊", "corridor"),
    ):
        a_room(place, name=name, kind=kind)
    for number, room in enumerate(Room.objects.order_by("name")):
        actions.book(by(None, channel="replay"), room.pk, asked(9, 9 + 1 + number % 2, unit=place.office))
    told = queries.counted(Room.objects.all(), TOMORROW, TOMORROW)
    assert told["rooms"] == {"study": 1, "service": 1, "hall": 2, "corridor": 1}
    assert told["bookings"] == 5 and told["halves"] == 2 * 3 + 4 * 2


@pytest.mark.django_db
class TestPages:
    def test_others_see_taken_and_nothing_else(self, place, django_assert_max_num_queries):
        now = timezone.now()
        day = rules.local_day(now) + timedelta(days=1)
        room = a_room(place)
        rider = place.person("rider")
        actions.book(by(rider, now), room.pk, asked(day=day, purpose="私事"))
        actions.book(by(None, now, "replay"), room.pk, asked(14, 16, day=day, title="春联义写", unit=place.office))
        client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
        with django_assert_max_num_queries(3):
            page = client.get("/rooms").content.decode()
        with django_assert_max_num_queries(5):
            page += client.get(f"/rooms/{room.pk}?day={day}").content.decode()
        assert "私事" not in page and rider.name not in page and "春联义写" in page
        assert 'value="09:00"' not in page and 'value="11:00"' in page

    def test_three_taps_book_it_and_a_second_send_changes_nothing(self, place):
        now = timezone.now()
        day = rules.local_day(now) + timedelta(days=1)
        room = a_room(place)
        client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
        said = {"begins": "09:00", "hours": "3", "people": "4"}
        told = client.post(f"/rooms/{room.pk}?day={day}", said)
        assert told.headers["Location"].startswith("/account/login/")
        client.force_login(place.person("rider").login)
        first = client.post(f"/rooms/{room.pk}?day={day}", said)
        page = client.get(first.headers["Location"]).content.decode()
        assert "9:00—10:30" in page and "一楼值班室" in page
        assert client.post(f"/rooms/{room.pk}?day={day}", said).headers["Location"] == first.headers["Location"]
        client.force_login(place.person("grid_worker").login)
        faulty = client.post(f"/rooms/{room.pk}?day={day}", said).content.decode()
        assert "这个时间已经有人了" in faulty and Booking.objects.count() == 1

    def test_the_desk_sees_a_day_and_a_week(self, place, django_assert_max_num_queries):
        now = timezone.now()
        day = rules.local_day(now) + timedelta(days=1)
        rooms = [a_room(place, name=f"房间{number}", approval=True) for number in range(6)]
        for room in rooms:
            actions.book(by(place.person("rider"), now), room.pk, asked(day=day, purpose="棋牌")) if room in rooms[
                :3
            ] else None
        client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
        client.force_login(place.person("community_clerk").login)
        actions.book(by(None, now, "replay"), rooms[4].pk, asked(day=day, title="义诊"))  # nobody's any more
        client.get("/desk/rooms")
        with django_assert_max_num_queries(9):
            page = client.get(f"/desk/rooms?day={day}").content.decode()
        assert page.count("棋牌") == 6 and "房间5" in page
        with django_assert_max_num_queries(9):
            assert client.get(f"/desk/rooms?day={day}&view=week").status_code == 200
        one = Booking.objects.first()
        client.post(f"/desk/rooms/bookings/{one.pk}", {"do": "yes"})
        assert Booking.objects.get(pk=one.pk).state == "booked"
        assert "棋牌" not in client.get(f"/desk/rooms/{one.room_id}/door?day={day}").content.decode()
        again = {"unit": str(place.office.pk), "day": str(day), "begins": "15:00", "ends": "16:00", "people": "5", "again": "on",
                 "how": "day", "until": str(day + timedelta(days=3))}  # fmt: skip
        client.post(f"/desk/rooms/{one.room_id}/book", again)
        assert Booking.objects.filter(series__isnull=False).count() == 4


halves = st.integers(0, 47)


@given(st.lists(st.tuples(halves, st.integers(1, 8)), max_size=6), halves, st.integers(1, 48))
def test_pieces_cover_a_day_without_gap_or_overlap(taken, first, length):
    last = min(48, first + length)
    cut = rules.pieces(first, last, [(begin, begin + run, number) for number, (begin, run) in enumerate(taken)])
    assert [piece.first for piece in cut][1:] == [piece.last for piece in cut][:-1]
    assert sum(piece.length for piece in cut) == last - first
    held = {half for begin, run in taken for half in range(begin, begin + run)}
    for piece in cut:
        assert (piece.by is None) == (piece.first not in held)


@given(st.sets(halves), halves, st.integers(1, 48))
def test_where_one_may_begin_is_free_as_long_as_it_says(taken, first, length):
    last = min(48, first + length)
    for half, run in rules.free_starts(first, last, taken):
        assert not taken & set(range(half, half + run)) and half + run <= last
        assert half + run == last or half + run in taken
