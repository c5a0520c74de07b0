"""Visits are counted, and nothing of whoever came is kept."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row, Side
from liuchi.places import actions
from liuchi.places.actions.counting import forget, tell_days
from liuchi.places.models import DaySalt, Seen, Use, Visit, VisitDay
from liuchi.places.tests.conftest import NOW, Place, context, station

pytestmark = pytest.mark.django_db


def visits() -> int:
    """All that were counted: by hours, and by days, which say the same."""
    hours, days = (rows.aggregate(n=Sum("count"))["n"] or 0 for rows in (Visit.objects, VisitDay.objects))
    assert hours == days
    return hours


def test_a_phone_is_counted_once_in_half_an_hour_and_may_go_on_naming_services(place: Place) -> None:
    point = station(place)
    first = actions.arrive(context(), point, "phone-1", ["charge"])
    again = actions.arrive(context(NOW + timedelta(minutes=29)), point, "phone-1", ["charge", "drink", "shower"])
    assert (first.counted, again.counted, again.used) == (True, False, ["charge", "drink"])
    assert visits() == 1
    assert dict(Use.objects.values_list("service", "count")) == {"charge": 1, "drink": 1}
    assert actions.arrive(context(NOW + timedelta(minutes=30)), point, "phone-1").counted
    assert actions.arrive(context(), point, "phone-2").counted
    assert visits() == 3


def test_nothing_that_is_kept_says_who_came(place: Place) -> None:
    point, other = station(place), station(place, "河边驿站")
    person = place.person("rider").pk
    for one in (point, other):
        actions.arrive(context(person=person, channel="phone"), one, "phone-1")
    assert not Row.objects.filter(verb="place.visited").exists()
    assert not Side.objects.filter(person_id=person, row__verb__startswith="place.").exists()
    digests = list(Seen.objects.values_list("digest", flat=True))
    assert len(set(digests)) == 2  # the same phone at two places can't be told
    assert set(Visit.objects.values_list("hour", "local_date")) == {(10, NOW.date())}
    forget(NOW + timedelta(minutes=31))
    assert not Seen.objects.exists() and DaySalt.objects.count() == 1
    forget(NOW + timedelta(days=1))
    assert not DaySalt.objects.exists()


def test_the_next_day_has_another_salt_and_the_old_one_is_gone(place: Place) -> None:
    point = station(place)
    actions.arrive(context(), point, "phone-1")
    actions.arrive(context(NOW + timedelta(days=1)), point, "phone-1")
    assert list(DaySalt.objects.values_list("local_date", flat=True)) == [NOW.date() + timedelta(days=1)]


def test_the_journal_has_one_row_for_a_day_of_the_qr(place: Place) -> None:
    point = station(place)
    for phone in range(5):
        actions.arrive(context(), point, f"phone-{phone}")
    assert tell_days(context(channel="system")) == 0  # the day is not over
    assert tell_days(context(NOW + timedelta(days=1), channel="system")) == 1
    assert tell_days(context(NOW + timedelta(days=1), channel="system")) == 0
    row = Row.objects.get(verb="place.visited")
    assert row.facts == {"day": "2026-11-22", "visits": 5}


def test_a_keeper_counts_one_by_one_or_a_whole_day(place: Place) -> None:
    point = station(place)
    worker = place.person("grid_worker").pk
    actions.count(context(person=worker), point.pk)
    actions.count(context(person=worker), point.pk, 40, {"drink": 12})
    assert visits() == 41
    assert Row.objects.filter(verb="place.counted").count() == 2
    with pytest.raises(Refused) as refused:
        actions.count(context(person=worker), point.pk, 0)
    assert refused.value.field == "visits"
    with pytest.raises(Refused) as refused:
        actions.count(context(person=place.person("rider").pk), point.pk)
    assert refused.value.status == 403


def test_a_rider_who_keeps_the_station_may_count_there_and_nowhere_else(place: Place) -> None:
    point, other = station(place), station(place, "河边驿站")
    rider = place.person("rider")
    actions.set_keepers(context(person=place.person("community_clerk").pk), point.pk, [rider])
    actions.count(context(person=rider.pk), point.pk)
    with pytest.raises(Refused):
        actions.count(context(person=rider.pk), other.pk)
