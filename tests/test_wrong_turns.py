"""A wrong turn ends on a page that stands where one was: the desk's people stay at the desk, everybody else on the phone's pages."""

import pytest
from django.test import Client

from liuchi.people.tests.conftest import Place, client_of, place

pytestmark = pytest.mark.django_db
__all__ = ["place"]
RAIL, TABS = 'class="rail', 'class="tabbar'


def test_a_step_that_was_only_opened_leads_back_to_its_page(place: Place) -> None:
    """Who signs in anew in the middle of a step comes to an address that only takes what a form sends."""
    answer = client_of(place.person("community_clerk")).get("/desk/registers/businesses/settle")
    page = answer.content.decode()
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert RAIL in page and 'href="/desk/registers/businesses"' in page and "没有执行" in page


@pytest.mark.parametrize(("address", "status"), [("/desk/nowhere", 404), ("/desk/registers/branches", 403)])
def test_the_desks_people_stay_at_the_desk(place: Place, address: str, status: int) -> None:
    answer = client_of(place.person("handler")).get(address)
    assert answer.status_code == status
    assert RAIL in answer.content.decode() and TABS not in answer.content.decode()


def test_everybody_else_stays_on_the_phones_pages(place: Place) -> None:
    for client in (Client(), client_of(place.person("rider"))):
        for address in ("/desk/nowhere", "/nowhere"):
            page = client.get(address).content.decode()
            assert TABS in page and RAIL not in page
