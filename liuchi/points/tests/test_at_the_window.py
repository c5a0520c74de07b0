"""At the window: a code of another one, the way there, and the phone number that is checked once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liuchi.kernel import venues
from liuchi.kernel.errors import Refused
from liuchi.kernel.records import actions as records
from liuchi.people import actions as people
from liuchi.people.looks import THINGS, looks_at
from liuchi.people.models import Login
from liuchi.points import actions
from liuchi.points.models import Reservation
from liuchi.points.tests.helpers import BEGINNING, TEN, by, client, code, reserved, somebody, thanked, words


@pytest.fixture
def station(monkeypatch):
    """A place that another room of the house keeps."""
    record = records.create("place")
    spot = venues.Venue(
        record.pk,
        "暖新驿站",
        "槐荫路 8 号",
        "0556-6200001",
        "Open · until 21:00",
        "ok",
        "8:00–21:00",
        f"/places/{record.pk}",
    )
    monkeypatch.setattr(
        venues,
        "_keepers",
        [
            (
                lambda found, at: {record.pk: spot} if record.pk in found else {},
                lambda actor, may: [(record.pk, spot.name)],
            )
        ],
    )
    return spot


class TestTheWayThere:
    def test_the_page_of_a_code_leads_there(self, rich, now, station, phone, django_assert_max_num_queries):
        one = reserved(rich, at=now)
        page = f"/points/codes/{one.pk}"
        assert "How to get there" not in words(phone.get(page))
        desk = client(rich.dispatcher)
        typed = {
            "name": "槐荫驿站",
            "area": "槐荫第一网格",
            "keep_days": "7",
            "open": "on",
            "point": str(station.record),
        }
        assert desk.post(f"/desk/points/windows/{rich.window.pk}/change", typed).status_code == 302
        assert station.name in words(desk.get(f"/desk/points/windows/{rich.window.pk}"))
        with django_assert_max_num_queries(8):
            shown = phone.get(page)
        assert f'href="{station.url}"' in shown.content.decode()
        for told in (station.address, station.phone, station.hours, station.state):
            assert told in words(shown)
        # what the window says itself goes before
        typed |= {"hours": "每天 9:00-18:00", "phone": "0556-6209999"}
        desk.post(f"/desk/points/windows/{rich.window.pk}/change", typed)
        assert "每天 9:00-18:00" in words(phone.get(page)) and "0556-6209999" in words(phone.get(page))

    def test_a_place_that_is_not_there_any_more_is_refused_with_a_sentence(self, rich, now):
        gone = records.create("place")
        with pytest.raises(Refused, match="map"):
            actions.change_window(by(rich.dispatcher, now), rich.window, point=gone.pk)

    def test_a_code_of_another_window_says_where_it_belongs(self, rich, now):
        actions.stock_in(by(None, now, "system"), rich.far, rich.cup, 1)
        actions.change_window(by(None, now, "system"), rich.far, address="河东路 2 号", phone="0556-6200002")
        one = actions.reserve(by(rich.rider, now), rich.cup.pk, rich.far.pk, rich.cup.pk)
        told = client(rich.grid_worker).post("/desk/points/window", {"do": "find", "code": code(one)})
        assert told.status_code == 422
        for said in ("河东驿站", "河东路 2 号", "0556-6200002", "give it back on the phone"):
            assert said in words(told)
        assert Reservation.objects.get(pk=one.pk).state == "open"
        actions.hand_over(by(rich.administrator, now), code(one))
        told = client(rich.grid_worker).post("/desk/points/window", {"do": "find", "code": code(one)})
        assert "does not wait any more" in words(told) and "give it back" not in words(told)


class TestCheckedNumbers:
    @pytest.fixture
    def stranger(self, world, now):
        """Somebody who signed up alone: the number may be a colleague's."""
        person = somebody("赵师傅")
        people.correct_person(by(person, BEGINNING), person, phone="13955556666")
        Login.objects.create(person=person, username="zhao")
        thanked(person, 3, now - timedelta(hours=1))
        return person

    def test_what_has_a_limit_of_the_month_is_for_checked_numbers(self, world, now, stranger):
        page = client(stranger)
        told = words(page.get(f"/points/shop/{world.cut.pk}"))
        assert "let your phone number be checked" in told and "Reserve" not in told
        with pytest.raises(Refused) as refused:
            reserved(world, world.cut, stranger, now)
        assert refused.value.code == "phone" and "window" in refused.value.sentence
        assert reserved(world, world.cup, stranger, now)  # a gift without a limit is for everybody
        desk = client(world.grid_worker)
        assert "No account" in words(desk.post("/desk/points/window", {"do": "phone", "number": "13955550000"}))
        answer = desk.post("/desk/points/window", {"do": "phone", "number": "139 5555 6666"})
        found = words(answer)
        assert "赵" in found and "赵师傅" not in found
        confirm = {"do": "checked", "shown": answer.context["shown"]}
        assert desk.post("/desk/points/window", confirm).status_code == 302
        assert "Reserve" in words(page.get(f"/points/shop/{world.cut.pk}"))
        assert "was checked on" in words(desk.post("/desk/points/window", {"do": "phone", "number": "13955556666"}))
        assert reserved(world, world.cut, stranger, now)

    def test_nobody_checks_their_own_and_numbers_are_not_tried_out(self, world, stranger):
        worker = world.grid_worker
        people.correct_person(by(worker, BEGINNING), worker, phone="13977778888")
        desk = client(worker)
        assert "their own number" in words(desk.post("/desk/points/window", {"do": "phone", "number": "13977778888"}))
        tried = []
        for last in range(12):  # one every four minutes: ten an hour
            with pytest.raises(Refused) as refused:
                actions.find_by_phone(by(worker, TEN + timedelta(minutes=4 * last)), f"1395555{last:04}")
            tried.append(refused.value.code)
        assert tried == ["phone"] * 10 + ["slow_down"] * 2 and 60 <= refused.value.retry_after <= 16 * 60
        with pytest.raises(Refused) as refused:
            actions.find_by_phone(by(worker, TEN + timedelta(hours=1)), "13955550000")
        assert refused.value.code == "phone"
        assert client(stranger).post("/desk/points/window", {"do": "phone", "number": "13977778888"}).status_code == 403

    def test_who_was_looked_for_reads_it(self, world, stranger):
        desk = client(world.grid_worker)
        for _each in range(2):
            desk.post("/desk/points/window", {"do": "phone", "number": "13955556666"})
        [line] = looks_at(stranger.pk)
        assert (line["times"], str(line["thing"])) == (2, str(THINGS["number"])) and world.place.grid.name in line[
            "office"
        ]
        assert str(THINGS["number"]) in words(client(stranger).get("/me/data"))

    def test_checked_is_who_was_shown_and_nobody_else(self, world, stranger, now):
        desk = client(world.grid_worker)
        told = desk.post("/desk/points/window", {"do": "checked", "number": "13955556666"})
        assert told.status_code == 422 and "once more" in words(told)  # without having been shown anybody
        shown = desk.post("/desk/points/window", {"do": "phone", "number": "13955556666"}).context["shown"]
        confirm = {"do": "checked", "shown": shown}
        assert client(world.administrator).post("/desk/points/window", confirm).status_code == 422  # another's sheet
        people.correct_person(by(stranger, now), stranger, phone="13955557777")
        told = desk.post("/desk/points/window", confirm)
        assert told.status_code == 422 and "has changed" in words(told)
        stranger.refresh_from_db()
        assert stranger.phone_checked_at is None


def test_what_was_read_too_late_is_written_for_nobody_erased(world, now):
    person = somebody("钱师傅")
    from liuchi.points.models import Account
    from liuchi.points.tests.helpers import happened, read

    happened([person], timezone.now())
    people.erase_person(by(person, now), person)
    read()
    assert not Account.objects.filter(person=person).exists()
    with pytest.raises(Refused) as refused:
        reserved(world, world.cup, person, now)
    assert refused.value.code == "erased"
