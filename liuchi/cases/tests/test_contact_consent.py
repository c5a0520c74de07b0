"""Whose number is shown to whom: as the person agreed, with a trace they can read, and never to the one complained about."""

import pytest
from django.test import Client

from liuchi.cases import actions
from liuchi.cases.tests.helpers import by, dispatched, told
from liuchi.kernel.errors import Refused
from liuchi.people import actions as people
from liuchi.people.models import Look

pytestmark = pytest.mark.django_db
NUMBER = "13900001234"


@pytest.fixture
def account(place):
    """The resident's account, with a number that was given for signing in."""
    people.correct_person(by(None), place.resident, phone=NUMBER)
    return place.resident


def test_the_number_of_an_account_is_shown_only_with_consent(place, account):
    case = told(place, by_whom=account).case
    assert actions.masked_contact(case) == ""
    with pytest.raises(Refused) as refused:
        actions.show_contact(by(place.dispatcher), case.pk)
    assert refused.value.code == "no_contact"
    people.give_consent(by(account), account, "call_back")
    assert actions.show_contact(by(place.dispatcher), case.pk) == NUMBER
    people.withdraw_consent(by(account), account, "call_back")
    assert actions.masked_contact(case) == ""


def test_each_look_is_one_the_person_can_read_also_at_a_number_left_with_the_report(place, account):
    case = told(place, by_whom=account, phone="13700005678").case
    assert actions.show_contact(by(place.dispatcher), case.pk) == "13700005678"
    look = Look.objects.get(person=account)
    assert (look.by, look.duty, look.record_id) == (place.dispatcher, "cases.contact", case.pk)


def test_a_company_that_may_be_the_one_complained_about_does_not_learn_who_reported(place):
    case = dispatched(told(place, phone=NUMBER).case, place)
    assert case.unit.kind == "property_manager"
    with pytest.raises(Refused) as refused:
        actions.show_contact(by(place.handler), case.pk)
    assert refused.value.status == 403
    client = Client()
    client.force_login(place.handler.login)
    assert "1234" not in client.get(f"/desk/cases/{case.pk}").content.decode()
    assert actions.show_contact(by(place.dispatcher), case.pk) == NUMBER, "the desk calls for them"


def test_a_unit_of_the_government_calls_itself(place):
    case = told(place, phone=NUMBER).case
    ctx = by(place.dispatcher)
    actions.file_and_dispatch(ctx, case.pk, place.wall.pk, place.stained.pk, place.housing.pk)
    assert actions.show_contact(by(place.other_handler), case.pk) == NUMBER
