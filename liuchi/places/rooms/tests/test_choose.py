"""What the page of a room offers."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.people.tests.conftest import kept_place, place
from liuchi.places.rooms import actions
from liuchi.places.rooms.models import Booking, Room
from liuchi.places.rooms.tests.test_book import a_room, asked, by

__all__ = ["kept_place", "place"]


@pytest.mark.django_db
class TestChoosing:
    """Only what can be had is offered, and the limit is told before one chooses."""

    def page(self, client: Client, room: Room, day: date) -> str:
        return client.get(f"/rooms/{room.pk}?day={day}").content.decode()

    def test_only_lengths_that_fit_are_offered_and_taken(self, place, client):
        room, rider, day = a_room(place, opens=time(9), closes=time(12)), place.person("rider"), self.later()
        actions.book(by(place.person("grid_worker"), timezone.now()), room.pk, asked(10, 11, day))
        client.force_login(rider.login)
        page = client.get(f"/rooms/{room.pk}?day={day}")
        assert [value for value, _words in page.context["form"].fields["hours"].choices] == ["1", "2"]
        assert 'value="09:30" data-run="1"' in page.content.decode()
        told = client.post(f"/rooms/{room.pk}?day={day}", {"begins": "09:30", "hours": "2", "people": "1"})
        assert told.context["form"].errors["hours"] == ["从 9:30 起只空 0.5 小时，请选短一点。"]
        assert Booking.objects.count() == 1

    def test_the_limit_is_told_before_one_chooses(self, place, client):
        room, rider, day = a_room(place), place.person("rider"), self.later()
        assert "每人最多同时订 3 次。 每次最长 4 小时。" in self.page(client, room, day)
        client.force_login(rider.login)
        for number in range(3):
            assert (f"已订 {number} 次" in self.page(client, room, day)) == bool(number)
            actions.book(by(rider, timezone.now()), room.pk, asked(9 + number, 10 + number, day))
        page = self.page(client, room, day)
        assert "您已经订满" in page and 'name="begins"' not in page

    @staticmethod
    def later() -> date:
        return timezone.localdate() + timedelta(days=2)
