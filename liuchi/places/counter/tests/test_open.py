"""Counters themselves: opened, changed, closed; their hours; the tabs of the desk."""

from datetime import date, datetime, time

import pytest
from django.test import Client

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.ui import nav
from liuchi.people.tests.conftest import Place, kept_place, made_place, place
from liuchi.places.counter import actions, hours, queries, rules, telling
from liuchi.places.counter.actions import Said, Wanted
from liuchi.places.counter.models import Appointment, Counter

__all__ = ["kept_place", "made_place", "place"]
pytestmark = pytest.mark.django_db
TUESDAY, NEW_YEAR = date(2026, 11, 24), date(2026, 1, 1)  # a Thursday off
HALVES = (((510, 720), (840, 1050)),) * 5 + ((), ())
FORM = {
    "name": "文汇路便民窗口", "area": "槐荫第一网格", "where": "文汇路 12 号一楼", "windows": "2", "places": "2", "off_own": "on",
    **dict.fromkeys(("day0", "day1", "day2", "day3", "day4"), "8:30-12:00 14:00-17:30"),
}  # fmt: skip


NINE = rules.moment(TUESDAY, time(9))


def by(person=None, at: datetime = NINE, channel: str = "desk") -> Context:
    return Context(at=at, recorded_at=at, person=person.pk if person else None, channel=channel)


def wanted(place: Place, **more) -> Wanted:
    return Wanted(**{"name": "便民窗口", "area": place.community, "where": "一楼", "week": HALVES, **more})


def test_it_is_open_in_its_spans_and_not_on_days_off(place):
    counter = actions.open_counter(by(place.person("community_clerk")), wanted(place))
    assert [hours.is_open(counter, rules.moment(TUESDAY, time(*at))) for at in ((8, 29), (8, 30), (12,), (14,), (17, 30))] == [
        False, True, False, True, False,
    ]  # fmt: skip
    assert not hours.spans_on(counter, NEW_YEAR) and hours.spans_on(counter, TUESDAY) == HALVES[0]
    starts = rules.starts(hours.spans_on(counter, TUESDAY), TUESDAY)
    said = [start.strftime("%H:%M") for start in starts]
    assert len(said) == 14 and said[6:8] == ["11:30", "14:00"] and said[-1] == "17:00"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"area": None}, "area"),
        ({"where": ""}, "where"),
        ({"week": ((),) * 7}, "day0"),
        ({"week": (((1200, 1800),),) * 7}, "day0"),
        ({"windows": 0}, "windows"),
        ({"places": 31}, "places"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(place, more, field):
    with pytest.raises(Refused) as refused:
        actions.open_counter(by(channel="replay"), wanted(place, **more))
    assert refused.value.field == field and not Counter.objects.exists()


def test_one_of_a_name_in_an_area_and_only_by_who_may(place):
    clerk = by(place.person("community_clerk"))
    counter = actions.open_counter(clerk, wanted(place))
    with pytest.raises(Refused) as refused:
        actions.open_counter(clerk, wanted(place, name=" 便民窗口 "))
    assert refused.value.code == "double" and refused.value.field == "name"
    for role in ("grid_leader", "rider"):
        for write in (
            lambda ctx: actions.open_counter(ctx, wanted(place, name="别处")),
            lambda ctx: actions.change_counter(ctx, counter.pk, wanted(place)),
            lambda ctx: actions.close_counter(ctx, counter.pk),
        ):
            with pytest.raises(Refused) as refused:
                write(by(place.person(role)))
            assert refused.value.status == 403
    actions.close_counter(clerk, counter.pk)
    assert actions.open_counter(clerk, wanted(place)).pk != counter.pk


def test_closing_gives_back_what_is_ahead_and_tells_but_waits_for_errands(place):
    clerk, rider = by(place.person("community_clerk")), place.person("rider")
    counter = actions.open_counter(clerk, wanted(place))
    matter = actions.set_matter(clerk, counter, Said("医保登记"))
    mine = actions.appoint(by(rider), counter.pk, matter.pk, rules.moment(TUESDAY, time(14)))
    errand, _receipt = actions.take_errand(clerk, counter.pk, matter.pk)
    with pytest.raises(Refused) as refused:
        actions.close_counter(clerk, counter.pk)
    assert refused.value.code == "in_use" and Appointment.objects.get().cancelled_at is None
    for stop in rules.STOPS[1:]:
        actions.move_errand(clerk, errand.pk, stop)
    actions.close_counter(clerk, counter.pk)
    row = Row.objects.get(verb="counter.appointment_dropped")
    assert Appointment.objects.get(pk=mine.pk).cancelled_at and telling._whose(row) == {rider.pk}
    title, body, _url = telling._dropped(row)
    assert "医保登记" in title and "便民窗口" in body
    assert not queries.open_counters().exists()
    with pytest.raises(Refused) as refused:
        actions.take_number(by(), counter.pk)
    assert refused.value.status == 404


def test_the_office_opens_changes_and_closes_one_by_its_forms(client: Client, place: Place):
    client.force_login(place.person("community_clerk").login)
    assert 'href="/desk/counter/new"' in client.get("/desk/counter").content.decode()
    assert "8:30-12:00 14:00-17:30" in client.get("/desk/counter/new").content.decode()
    wrong = client.post("/desk/counter/new", {**FORM, "day0": "早上", "where": "", "phone": "0556-1"})
    assert {"day0", "where"} <= set(wrong.context["form"].errors) and 'value="0556-1"' in wrong.content.decode()
    made = client.post("/desk/counter/new", FORM)
    counter = Counter.objects.get()
    assert made.url == f"/desk/counter/{counter.pk}/services"
    client.post(
        f"/desk/counter/{counter.pk}/services/new", {"name": "医保登记", "bring": "身份证\n户口簿", "minutes": "5"}
    )
    assert counter.matters.get().bring == ["身份证", "户口簿"]
    page = client.get(f"/desk/counter/{counter.pk}").content.decode()
    assert "文汇路 12 号一楼" in page
    version = Counter.objects.get().record.version
    answer = client.post(
        f"/desk/counter/{counter.pk}", {**FORM, "windows": "3", "places": "0", "version": str(version)}
    )
    assert answer.status_code == 302
    old = client.post(f"/desk/counter/{counter.pk}", {**FORM, "name": "旧页面", "version": str(version)})
    assert old.status_code == 200 and Counter.objects.get().name == "文汇路便民窗口"
    told = client.get(f"/counter/{counter.pk}").content.decode()
    assert "星期一至星期五" in told and "8:30–12:00" in told
    assert "预约" not in client.get(f"/counter/m/{counter.matters.get().pk}").content.decode()
    client.post(f"/desk/counter/{counter.pk}/close")
    assert Counter.objects.get().closed_on is not None
    assert client.get(f"/counter/{counter.pk}").status_code == 404


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("community_clerk", ["/desk/places", "/desk/rooms", "/desk/counter"]),
        ("dispatcher", ["/desk/places", "/desk/rooms"]),
        ("grid_worker", ["/desk/places", "/desk/counter"]),
        ("supervisor", []),
    ],
)
def test_rooms_and_counter_are_tabs_of_places_for_who_may_see_them(client: Client, place: Place, role, seen):
    person = place.person(role)
    client.force_login(person.login)
    page = client.get("/desk/places")
    assert [url for url, _label, _here in page.context["tabs"]] == seen
    for url in seen:
        answer = client.get(url)
        assert [one for one, _label, here in answer.context["tabs"] if here] == [url]
        rail = [one for one in nav.shown("desk", answer.wsgi_request) if one.here]
        assert [one.stop.key for one in rail] == ["places"]


def test_opening_and_looking_take_few_queries(client: Client, place: Place, django_assert_max_num_queries):
    client.force_login(place.person("community_clerk").login)
    counter = actions.open_counter(by(channel="replay"), wanted(place))
    for number in range(30):
        actions.set_matter(by(channel="replay"), counter, Said(f"事项{number}"))
    for url, most in (
        ("/desk/counter", 14),
        (f"/desk/counter/{counter.pk}", 14),
        ("/desk/rooms", 14),
        (f"/counter/{counter.pk}", 9),
    ):
        client.get(url)
        with django_assert_max_num_queries(most):
            assert client.get(url).status_code == 200
