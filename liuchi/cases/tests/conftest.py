"""What the tests of cases share."""

import pytest

from liuchi.cases.suggest import queries as suggestions
from liuchi.cases.tests.helpers import Place, a_place


@pytest.fixture
def place(db: None) -> Place:
    suggestions.forget()
    return a_place()
