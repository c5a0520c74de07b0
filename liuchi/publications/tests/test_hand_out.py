"""Leaflets: given out in batches, reported as handed out, taken back; reach by grid without anybody's own count."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from liuchi.kernel import day_token
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.people import actions as people
from liuchi.publications.actions import leaflets, lessons
from liuchi.publications.mobile import counted
from liuchi.publications.models import Batch, Count, HandOut
from liuchi.publications.queries.leaflets import reach
from liuchi.publications.tests.conftest import a_lesson, context
from liuchi.publications.tests.test_learn import refused


def given_to(house, role: str = "rider", count: int = 20, area=None) -> Batch:
    clerk = context(house.place, "community_clerk")
    person = house.place.person(role)
    return leaflets.give_out(clerk, house.leaflet, count=count, area=area or house.place.community, person=person)


def test_what_was_given_is_handed_out_in_grids_and_the_rest_comes_back(house):
    place, batch = house.place, given_to(house)
    rider = context(place, "rider", channel="phone")
    leaflets.hand_out(rider, batch.pk, count=10, area=place.grid, key=uuid4())
    leaflets.hand_out(rider, batch.pk, count=4, area=place.other_grid, key=uuid4())
    told = refused(leaflets.hand_out, rider, batch.pk, count=7, area=place.grid, key=uuid4())
    assert (told.code, told.field) == ("left", "count")
    closed = leaflets.close_batch(context(place, "community_clerk"), batch)
    assert (closed.handed, closed.returned) == (14, None)  # with a number one could tell what the person handed out
    assert refused(leaflets.hand_out, rider, batch.pk, count=1, area=place.grid, key=uuid4()).code == "left"
    assert Row.objects.filter(verb="leaflets.handed_out").count() == HandOut.objects.count() == 2


def test_a_double_tap_is_one(house):
    batch, key = given_to(house), uuid4()
    rider = context(house.place, "rider")
    first = leaflets.hand_out(rider, batch.pk, count=10, area=house.place.grid, key=key)
    assert leaflets.hand_out(rider, batch.pk, count=10, area=house.place.grid, key=key) == first
    assert Batch.objects.get().handed == 10


def test_only_who_was_given_them_hands_them_out(house):
    place, batch = house.place, given_to(house)
    assert (
        refused(
            leaflets.hand_out, context(place, "grid_worker"), batch.pk, count=1, area=place.grid, key=uuid4()
        ).status
        == 404
    )
    assert refused(leaflets.hand_out, context(place), batch.pk, count=1, area=place.grid, key=uuid4()).status == 404


def test_a_batch_of_a_team_is_anybodys_of_the_team(house):
    place = house.place
    clerk = context(place, "community_clerk")
    batch = leaflets.give_out(clerk, house.leaflet, count=50, area=place.grid, team=place.crew)
    leaflets.hand_out(context(place, "handler"), batch.pk, count=44, area=place.grid, key=uuid4())
    assert (
        refused(leaflets.hand_out, context(place, "rider"), batch.pk, count=1, area=place.grid, key=uuid4()).status
        == 404
    )
    assert refused(leaflets.close_batch, clerk, batch, returned=7).field == "returned"
    closed = leaflets.close_batch(clerk, batch, returned=6)
    assert (closed.handed, closed.returned, closed.left) == (44, 6, 0)


def test_no_finer_and_no_other_place_than_the_grids_of_the_batch(house):
    batch = given_to(house, area=house.place.grid)
    told = refused(
        leaflets.hand_out, context(house.place, "rider"), batch.pk, count=1, area=house.place.other_grid, key=uuid4()
    )
    assert told.field == "area"


def test_reach_by_grid_tells_nobodys_own_count(house):
    place = house.place
    clerk = context(place, "community_clerk")
    team = leaflets.give_out(clerk, house.leaflet, count=80, area=place.community, team=place.crew)
    leaflets.hand_out(context(place, "handler"), team.pk, count=30, area=place.grid, key=uuid4())
    single = given_to(house)
    leaflets.hand_out(context(place, "rider"), single.pk, count=9, area=place.grid, key=uuid4())
    [line] = reach(house.leaflet)
    assert (line.number, line.partly) == (0, True), "a team of one is nobody's business either"
    for number in range(4):
        people.hire(clerk, name=f"队员{number}", role="handler", organisation=place.crew, username=f"duiyuan{number}")
    [line] = reach(house.leaflet)
    assert (line.number, line.partly) == (30, True)
    for number in range(4):
        person = people.register_person(clerk, name=f"志愿{number}")
        assert (
            refused(leaflets.give_out, clerk, house.leaflet, count=5, area=place.community, person=person).field
            == "person"
        )
        people.give_consent(clerk, person, "volunteer")
        batch = leaflets.give_out(clerk, house.leaflet, count=5, area=place.community, person=person)
        helper = context(place).__class__(at=clerk.at, recorded_at=clerk.at, person=person.pk, channel="phone")
        leaflets.hand_out(helper, batch.pk, count=5, area=place.grid, key=uuid4())
    [line] = reach(house.leaflet)
    assert (line.number, line.partly, line.width) == (59, False, 100)
    people.erase_person(clerk, person)
    [line] = reach(house.leaflet)
    assert (line.number, line.partly) == (30, True), "who is erased makes no five"


def test_what_is_no_longer_valid_is_not_given_out(house):
    clerk = context(house.place, "community_clerk")
    leaflets.end_material(clerk, house.leaflet)
    house.leaflet.refresh_from_db()
    assert (
        refused(leaflets.give_out, clerk, house.leaflet, count=1, area=house.place.grid, team=house.place.crew).code
        == "ended"
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_hand_out_the_last_one_is_told_that_none_is_left(house):
    batch = given_to(house, count=10)
    rider = context(house.place, "rider")

    def tap(_at: int) -> str:
        try:
            leaflets.hand_out(rider, batch.pk, count=10, area=house.place.grid, key=uuid4())
            return "done"
        except Refused as told:
            return told.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(tap, range(4))) == ["done", "left", "left", "left"]
    assert Batch.objects.get().handed == 10 == HandOut.objects.get().count


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_at_the_same_moment_is_one_batch_and_one_hand_out(house):
    clerk, place, key = context(house.place, "community_clerk"), house.place, uuid4()
    rider = context(place, "rider")

    def at_once(act) -> set:
        def tap(_at: int):
            try:
                return act().pk
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            return set(pool.map(tap, range(4)))

    person = place.person("rider")
    given = {"count": 20, "area": place.grid, "person": person, "key": key}
    [batch] = at_once(lambda: leaflets.give_out(clerk, house.leaflet, **given))
    assert len(at_once(lambda: leaflets.hand_out(rider, batch, count=20, area=place.grid, key=key))) == 1
    assert (Batch.objects.get().handed, Row.objects.filter(verb="leaflets.given").count()) == (20, 1)


def test_the_form_of_a_batch_sent_twice_is_one_and_with_other_numbers_it_says_so(house, client):
    client.force_login(house.place.person("community_clerk").login)
    url = f"/desk/publications/leaflets/{house.leaflet.pk}/give"
    form = client.get(url).context["form"]
    sent = {"key": str(form["key"].value()), "count": "30", "area": house.place.grid.pk, "team": house.place.crew.pk}
    for _tap in range(2):
        assert client.post(url, sent).status_code == 302
    assert Batch.objects.count() == 1
    told = client.post(url, sent | {"count": "40"})  # gone back in the browser, and another number typed
    assert told.status_code == 200 and Batch.objects.count() == 1
    assert told.context["form"].non_field_errors()
    assert client.post(url, sent | {"count": "40", "key": told.context["form"]["key"].value()}).status_code == 302
    assert sorted(Batch.objects.values_list("count", flat=True)) == [30, 40]


def test_a_script_that_throws_its_cookie_away_is_no_crowd(house):
    for _each in range(100):
        Client().get(f"/l/{house.leaflet.code}")
    opened = Count.objects.get(record=house.leaflet.pk, what="open").count
    assert opened <= 2 * day_token.NEW_PER_MINUTE  # a minute may end in between


def test_a_token_that_we_did_not_make_is_none(house):
    forged = RequestFactory().get("/", headers={"Cookie": "liuchi_day=forged.0123456789abcdef"})
    token = counted.token_of(forged)
    assert token and not token.startswith("forged")
    kept = RequestFactory().get("/", headers={"Cookie": f"liuchi_day={token}"})
    assert counted.token_of(kept) == token


def test_whether_it_is_political_is_settled_with_the_publishing(house):
    clerk, lesson = context(house.place, "community_clerk"), a_lesson(house.place)
    said = {"title": lesson.title, "area": lesson.area, "lesson": lesson}
    assert refused(lessons.write_lesson, clerk, political=True, **said).field == "political"
