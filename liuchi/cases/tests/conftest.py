"""What the tests of cases share."""

from collections.abc import Callable

import pytest
from django.test import Client

from liuchi.cases.alike import nearness
from liuchi.cases.suggest import queries as suggestions
from liuchi.cases.tests.helpers import Place, a_place
from liuchi.kernel.tests.kept import Kept

kept_place = Kept(a_place)


@pytest.fixture
def place(db: None) -> Place:
    suggestions.forget()
    nearness.forget()
    return kept_place()


@pytest.fixture
def at_desk(place: Place) -> Callable[..., Client]:
    """The browser of somebody who has signed in; partial pages as htmx asks for them."""

    def browser(role: str, **headers: str) -> Client:
        opened = Client(headers=headers)
        opened.force_login(place.persons[role].login)
        return opened

    return browser
