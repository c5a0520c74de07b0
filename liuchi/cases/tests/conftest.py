"""What the tests of cases share."""

import pytest

from liuchi.cases.suggest import queries as suggestions
from liuchi.cases.tests.helpers import Place, a_place
from liuchi.kernel.tests.kept import Kept

kept_place = Kept(a_place)


@pytest.fixture
def place(db: None) -> Place:
    suggestions.forget()
    return kept_place()
