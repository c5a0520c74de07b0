"""What every test starts with."""

import pytest

from liuchi.territory import stamps


@pytest.fixture(autouse=True)
def nothing_held():
    """A test finds nothing in memory that another one has put there."""
    stamps.forget()
