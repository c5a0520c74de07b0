"""What may fall on somebody does not wait for Monday: the desk's clock runs around the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from liuchi.cases import actions
from liuchi.cases.models import Case
from liuchi.cases.tests.helpers import by, dispatched, report
from liuchi.kernel.journal.models import Row

pytestmark = pytest.mark.django_db
SATURDAY_NIGHT = datetime(2026, 11, 21, 14, tzinfo=UTC)


def urgently(place, case, share=0.9, matter=None) -> bool:
    return actions.mark_urgent(by(None, SATURDAY_NIGHT, "system"), case.pk, matter or place.wall, share)


def test_a_falling_wall_on_a_saturday_night_is_looked_at_within_the_hour(place):
    case = report(place, at=SATURDAY_NIGHT)
    assert case.step_due > SATURDAY_NIGHT + timedelta(hours=30)
    assert urgently(place, case)
    assert Case.objects.get(pk=case.pk).step_due == SATURDAY_NIGHT + timedelta(hours=1)
    assert Row.objects.filter(record=case.pk, verb="case.urgent").count() == 1


def test_twice_does_no_harm(place):
    case = report(place, at=SATURDAY_NIGHT)
    assert urgently(place, case)
    assert not urgently(place, case)


@pytest.mark.parametrize("share", [0.0, 0.59])
def test_an_unsure_suggestion_hurries_nobody(place, share):
    assert not urgently(place, report(place, at=SATURDAY_NIGHT), share)


def test_a_lamp_may_wait_and_what_is_dispatched_has_its_own_clock(place):
    case = report(place, at=SATURDAY_NIGHT)
    assert not urgently(place, case, matter=place.lamp)
    assert not urgently(place, dispatched(case, place))
