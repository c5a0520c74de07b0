"""A page that was opened before something happened: what concerns the decision stops it, anything else does not."""

import pytest
from django.test import Client

from liuchi.cases import actions
from liuchi.cases.tests.helpers import TEN, again, by, dispatched, report
from liuchi.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def test_a_case_marked_urgent_meanwhile_is_still_the_one_on_the_screen(place):
    case = report(place)
    seen = again(case).record.version
    assert actions.mark_urgent(by(None, TEN, "system"), case.pk, place.wall, 0.9)
    client = Client()
    client.force_login(place.dispatcher.login)
    chosen = {"matter": place.wall.pk, "condition": place.falling.pk, "unit": place.property.pk, "expect": seen}
    assert client.post(f"/desk/cases/{case.pk}/dispatch", chosen).status_code == 302
    assert again(case).state == "dispatched"


def test_a_look_at_the_number_by_somebody_else_changes_nothing(place):
    case = report(place, phone="13800001234")
    seen = again(case).record.version
    actions.show_contact(by(place.community_clerk), case.pk)
    assert actions.refuse(by(place.dispatcher), case.pk, "不在本街道", expect=seen).state == "closed"


def test_a_word_of_the_reporter_is_read_first(place):
    case = report(place)
    seen = again(case).record.version
    actions.mark_urgent(by(None, TEN, "system"), case.pk, place.wall, 0.9)
    actions.add(by(None, TEN, "phone"), case.pk, "已经有人围起来了", by_receipt=True)
    with pytest.raises(Refused) as refused:
        actions.refuse(by(place.dispatcher), case.pk, "不在本街道", expect=seen)
    assert (refused.value.code, refused.value.status) == ("changed", 409)


def test_two_dispatchers_at_once_are_one_dispatch(place):
    case = report(place)
    seen = again(case).record.version
    dispatched(case, place)
    with pytest.raises(Refused) as refused:
        actions.refuse(by(place.dispatcher), case.pk, "不在本街道", expect=seen)
    assert refused.value.status == 409
