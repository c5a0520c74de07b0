"""What is kept shortly, shown to few, or refused: bookings, errands, keepers, what comes late from a phone."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.retention.actions import carry_out
from liuchi.people.actions import give_consent, open_login, register_person
from liuchi.places import actions, rules
from liuchi.places.counter import actions as counter
from liuchi.places.counter import rules as counter_rules
from liuchi.places.counter.actions import For, Said, Wanted
from liuchi.places.counter.models import Errand, Ticket
from liuchi.places.models import ServicePoint
from liuchi.places.queries import points
from liuchi.places.rooms import actions as rooms
from liuchi.places.rooms import opening
from liuchi.places.rooms import rules as rooms_rules
from liuchi.places.rooms.models import Booking
from liuchi.places.tests.conftest import EVERY_DAY, Place, context, station

pytestmark = pytest.mark.django_db


def by(person, at, channel: str = "phone") -> Context:
    return Context(at=at, recorded_at=at, person=person.pk if person else None, channel=channel)


def signed_in(place: Place, role: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(place.person(role).login)
    return client


@pytest.fixture
def room(place: Place):
    return opening.open_room(
        context(channel="replay"),
        opening.Wanted("议事厅", "council", place.community, "二楼", time(8), time(20), ahead=60),
    )


def test_what_a_room_was_booked_for_is_read_by_who_looks_after_it_and_forgotten_after_a_month(place: Place, room):
    now = timezone.now()
    day = timezone.localdate() + timedelta(days=1)
    asked = rooms.Asked(day, time(9), time(10), purpose="家里老人过世，借用办事")
    booked = rooms.book(by(place.person("rider"), now), room.pk, asked)
    name = place.person("rider").name
    for role, may in (("community_clerk", True), ("grid_leader", False), ("dispatcher", False)):
        for url in (f"/desk/rooms?day={day}", f"/desk/rooms/bookings/{booked.pk}"):
            page = signed_in(place, role).get(url).content.decode()
            assert ("老人过世" in page, name in page) == (may, may), (role, url)
    carry_out(booked.ends + timedelta(days=29))
    assert Booking.objects.get().person_id
    carry_out(booked.ends + timedelta(days=31))
    assert (Booking.objects.get().person, Booking.objects.get().purpose) == (None, "")
    assert Booking.objects.get().state == "booked"


def test_a_unit_does_not_book_a_room_away(place: Place, room):
    now, handler = timezone.now(), place.person("handler")
    unit = rooms.units_of(handler.pk, timezone.localdate())[0]
    days = [timezone.localdate() + timedelta(days=step) for step in range(1, rooms_rules.MOST_OF_A_UNIT + 2)]
    *most, last = [rooms.Asked(day, time(9), time(10), unit=unit) for day in days]
    for asked in most:
        rooms.book(by(handler, now), room.pk, asked)
    with pytest.raises(Refused) as refused:
        rooms.book(by(handler, now), room.pk, last)
    assert refused.value.code == "many"
    rooms.book(by(place.person("community_clerk"), now), room.pk, last)  # the office does


def test_for_whom_an_errand_is_ends_by_itself_and_is_read_by_few(place: Place):
    now, clerk = timezone.now(), place.person("community_clerk")
    desk = counter.open_counter(
        context(channel="replay"), Wanted("便民窗口", place.community, "一楼", week=(((0, 1440),),) * 7, days_off=None)
    )
    matter = counter.set_matter(context(channel="replay"), desk, Said("老年优待证"))
    worker, clerk = place.person("grid_worker"), place.person("community_clerk")
    errand, _receipt = counter.take_errand(by(clerk, now, "desk"), desk.pk, matter.pk, For("王奶奶", agreed="here"))
    with pytest.raises(Refused):
        counter.whose(by(worker, now, "desk"), errand.pk)  # another one took it in
    assert counter.whose(by(clerk, now, "desk"), errand.pk)["name"] == "王奶奶"
    carry_out(now + counter_rules.ERRAND_KEPT - timedelta(days=1))
    assert Errand.objects.get().whose_cipher
    carry_out(now + counter_rules.ERRAND_KEPT + timedelta(days=1))
    assert Errand.objects.get().whose_cipher is None


def test_numbers_of_a_day_end(place: Place):
    desk = counter.open_counter(
        context(channel="replay"), Wanted("便民窗口", place.community, "一楼", week=(((0, 1440),),) * 7, days_off=None)
    )
    now = timezone.now()
    Ticket.objects.create(
        counter=desk, day=counter_rules.local_day(now), number=counter_rules.MOST_A_DAY, digest=b"x" * 32, taken_at=now, rank=now
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        counter.take_number(by(None, now), desk.pk)
    assert refused.value.code == "many"


def test_the_office_learns_no_name_by_a_number(place: Place):
    clerk, point = signed_in(place, "community_clerk"), station(place)
    ctx = context(channel="replay")
    resident = register_person(ctx, name="李报事", phone="13900009999")
    open_login(ctx, resident, "lishi", "six foot alley")
    for who in ("13900009999", "lishi", "13911111111"):
        page = clerk.post(f"/desk/places/{point.pk}/keepers", {"k-who": who}, follow=True).content.decode()
        assert "李报事" not in page and "在任人员和志愿者里没有" in page
    give_consent(ctx, resident, "volunteer")
    clerk.post(f"/desk/places/{point.pk}/keepers", {"k-who": "lishi"})
    assert point.keepings.get().person == resident


def test_who_left_a_post_adds_nothing_to_the_past(place: Place):
    point, leader, now = station(place), place.person("grid_leader"), timezone.now()
    late = Context(at=now - timedelta(days=10), recorded_at=now, person=leader.pk, channel="phone")
    actions.count(late, point.pk, 3)
    leader.posts.update(ends=timezone.localdate() - timedelta(days=5))
    with pytest.raises(Refused) as refused:
        actions.count(late, point.pk, 2000)
    assert refused.value.status == 403


def test_a_place_that_is_shut_names_one_that_is_open_and_full_is_not_said_of_a_shut_one(client: Client, place: Place):
    now = timezone.now()
    shut = station(place, "关着的", week=((),) * 7, days_off=((0, 1),))
    station(place, "不知道几点开", lon=116.9301, week=((),) * 7)
    station(place, "开着的", lon=116.9310, week=(((0, 1440),),) * 7)
    page = client.get(f"/p/{shut.code}").content.decode()
    assert "开着的" in page and "我还是到了" in page
    assert [one.point.name for one in points.nearest(now, (116.9301, 31.0502))] == ["开着的", "不知道几点开", "关着的"]
    hours = rules.Hours(week=EVERY_DAY)
    night = now.replace(hour=19, minute=0)  # 3:00 in Shanghai
    there = night + timedelta(hours=8)
    told = rules.now(
        hours, there.replace(tzinfo=None), lambda day: False, "full", there.replace(tzinfo=None) + timedelta(hours=2)
    )
    assert told.code == "closed"
    assert ServicePoint.objects.count() == 3
