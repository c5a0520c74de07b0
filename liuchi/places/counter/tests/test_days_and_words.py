"""Single days of a counter, the word of the hall, a call once more, an errand found by its receipt."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.people.tests.conftest import Place, kept_place, place
from liuchi.places.counter import actions, presence, queries, rules, telling
from liuchi.places.counter.hours import is_open, spans_on
from liuchi.places.counter.models import Appointment, Counter, Ticket
from liuchi.places.counter.tests.test_counter import NINE, a_counter, by

__all__ = ["kept_place", "place"]
pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)


def clerk_of(place: Place, at: datetime = NINE):
    return by(place.person("community_clerk"), at, channel="desk")


def test_a_closed_day_gives_its_appointments_back_and_tells_who_had_them(place: Place) -> None:
    counter, rider = a_counter(place), place.person("rider")
    matter = counter.matters.first()
    early, late = (rules.moment(DAY, datetime.min.time()) + timedelta(hours=hour) for hour in (9, 15))
    kept, gone = (actions.appoint(by(rider), counter.pk, matter.pk, start) for start in (early, late))
    assert actions.set_day(clerk_of(place), counter.pk, DAY, ((540, 720),), "培训") == 1
    assert list(Appointment.objects.filter(cancelled_at=None)) == [kept]
    title, body, url = telling._dropped(Row.objects.get(verb="counter.appointment_dropped"))
    assert "老年优待证" in title or "医保" in title
    assert "15:00不办公" in body and url == f"/counter/m/{gone.matter_id}/appointment"
    counter = Counter.objects.get(pk=counter.pk)
    assert spans_on(counter, DAY) == ((540, 720),) and not is_open(counter, late)
    assert actions.set_day(clerk_of(place), counter.pk, DAY, (), "停电") == 1
    actions.drop_day(clerk_of(place), counter.pk, DAY)
    assert spans_on(Counter.objects.get(pk=counter.pk), DAY) == ((0, 1440),)


def test_what_can_be_no_day_is_refused_and_others_may_not_set_one(place: Place) -> None:
    counter = a_counter(place)
    for day, spans, code in ((NINE.date() - timedelta(days=1), (), "day"), (DAY, ((1200, 1500),), "hours")):
        with pytest.raises(Refused) as refused:
            actions.set_day(clerk_of(place), counter.pk, day, spans)
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        actions.set_day(by(place.person("grid_worker")), counter.pk, DAY, ())
    assert refused.value.status == 403


def test_the_office_sets_a_day_and_the_phone_tells_it(client: Client, place: Place) -> None:
    counter, tomorrow = a_counter(place), timezone.localdate() + timedelta(days=1)
    client.force_login(place.person("community_clerk").login)
    address = f"/desk/counter/{counter.pk}/day"
    client.post(address, {"x-day": tomorrow.isoformat(), "x-spans": "9-12", "x-why": "培训"})
    assert "9:00–12:00 · 培训" in client.get(f"/desk/counter/{counter.pk}").content.decode()
    assert "9:00–12:00 · 培训" in Client().get(f"/counter/{counter.pk}").content.decode()
    assert (
        "不是时间"
        in client.post(address, {"x-day": tomorrow.isoformat(), "x-spans": "早上"}, follow=True).content.decode()
    )
    client.post(address, {"drop": tomorrow.isoformat()})
    assert not counter.exceptions.exists()


def test_a_number_from_home_needs_the_word_that_stands_in_the_hall(client: Client, place: Place) -> None:
    counter = a_counter(place, asks_word=True)
    hall, take = f"/counter/hall/{counter.pk}", f"/counter/{counter.pk}/number"
    word = presence.word_of(counter.pk, timezone.now())
    assert word not in client.get(hall).content.decode()  # anybody may open the page of the screen
    assert "当日口令" in client.get(f"/counter/{counter.pk}").content.decode()
    for said in ("", "0000" if word != "0000" else "0001"):
        told = client.post(take, {"word": said}, follow=True).content.decode()
        assert "当日口令" in told and not Ticket.objects.exists()
    odd = client.post(take, {"word": "x", "matter": f" {counter.matters.first().pk} "})  # a form that somebody made up
    assert odd.status_code == 302 and " " not in odd.url
    desk = Client()
    desk.force_login(place.person("community_clerk").login)
    page = desk.get("/desk/counter").content.decode()
    key = presence.screen_key(counter.pk)
    assert word in page and f"{hall}?key={key}" in page
    assert (
        word in desk.get(f"/desk/counter/{counter.pk}/word").content.decode()
    )  # on paper, for a hall without a screen
    screen = client.get(f"{hall}?key={key}").content.decode()
    assert word in screen
    wide = word.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert client.post(take, {"word": f" {wide} "}).url.startswith("/counter/n/")
    assert client.post(take, {"word": ""}).url.startswith("/counter/n/")  # this phone has its number already
    assert Ticket.objects.count() == 1
    desk.post(f"/desk/counter/{counter.pk}/call", {"do": "number", "window": "1"})  # for who has no phone
    assert Ticket.objects.count() == 2


def test_the_word_is_another_tomorrow_and_at_another_counter(place: Place) -> None:
    first, second = a_counter(place), a_counter(place, name="二号窗口")
    words = {presence.word_of(one.pk, NINE + timedelta(days=day)) for one in (first, second) for day in range(20)}
    assert len(words) > 30 and all(len(word) == 4 for word in words)
    assert not presence.is_screen(first.pk, presence.screen_key(second.pk))


def test_words_are_not_tried_without_end(place: Place) -> None:
    counter = a_counter(place, asks_word=True)
    codes = []
    for _try in range(40):
        with pytest.raises(Refused) as refused:
            actions.take_number(by(), counter.pk, sender="home", word="x")
        codes.append(refused.value.status)
    assert codes.count(429) >= 28


def test_who_has_an_appointment_is_there_too(place: Place) -> None:
    counter, rider = a_counter(place, asks_word=True), place.person("rider")
    mine = actions.appoint(by(rider), counter.pk, counter.matters.first().pk, NINE + timedelta(minutes=30))
    with pytest.raises(Refused) as refused:
        actions.arrive(by(rider), mine.pk, sender="home")
    assert refused.value.code == "word"
    ticket, _code = actions.arrive(by(rider), mine.pk, sender="hall", word=presence.word_of(counter.pk, NINE))
    assert ticket.appointment == mine


def test_a_number_called_once_more_is_a_new_call_for_the_screen(client: Client, place: Place) -> None:
    counter = a_counter(place)
    actions.take_number(by(at=timezone.now()), counter.pk)
    client.force_login(place.person("community_clerk").login)
    hall, call = f"/counter/hall/{counter.pk}", f"/desk/counter/{counter.pk}/call"
    client.post(call, {"do": "next", "window": "1"})
    ticket, seen = Ticket.objects.get(), client.get(hall).context["called"][0][1]
    client.post(call, {"do": "again", "window": "1", "ticket": ticket.pk})
    again = client.get(hall).context["called"]
    assert len(again) == 1 and again[0][1] != seen
    client.post(call, {"do": "done", "window": "1", "ticket": ticket.pk})
    assert "不在叫号中" in client.post(call, {"do": "again", "ticket": ticket.pk}, follow=True).content.decode()


def test_an_errand_is_found_at_the_desk_by_its_receipt_also_when_it_was_handed_over(
    client: Client, place: Place
) -> None:
    counter = a_counter(place)
    errand, receipt = actions.take_errand(clerk_of(place), counter.pk, counter.matters.first().pk)
    for stop in rules.STOPS[1:]:
        actions.move_errand(clerk_of(place), errand.pk, stop)
    client.force_login(place.person("community_clerk").login)
    assert queries.errands(client.get("/desk/counter").wsgi_request.actor, counter) == []
    find = f"/desk/counter/{counter.pk}/errands/find"
    assert client.post(find, {"receipt": receipt.lower().replace("-", " ")}).url == f"/desk/counter/errands/{errand.pk}"
    assert "没有查到这个回执" in client.post(find, {"receipt": "ABCD"}, follow=True).content.decode()
