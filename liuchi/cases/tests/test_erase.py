"""A person takes along what they reported, and erases it; the request itself stays to be mended."""

import pytest

from liuchi.cases import keeping
from liuchi.cases.models import Case
from liuchi.cases.tests import helpers
from liuchi.kernel.journal.models import Side
from liuchi.kernel.journal.queries import verify
from liuchi.people import actions as people

pytestmark = pytest.mark.django_db


def test_erasing_cuts_the_tie_and_keeps_the_wall_to_be_mended():
    place = helpers.a_place()
    words = "外墙掉了一块，我叫程知秋，电话13800001234"
    case = helpers.told(place, words, by_whom=place.resident, phone="13800001234").case
    assert keeping.kept(place.resident.pk)[0]["words"] == words
    people.erase_person(helpers.by(place.resident), place.resident)
    case = Case.objects.get(pk=case.pk)
    assert case.reporter is None
    assert case.contact_cipher is None
    assert "13800001234" not in case.text
    assert "程知秋" not in case.text
    assert "外墙掉了一块" in case.text
    assert not any("13800001234" in str(side.body) for side in Side.objects.all())
    assert keeping.kept(place.resident.pk) == []
    assert verify().whole
