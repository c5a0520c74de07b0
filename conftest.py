"""What every test starts with."""

import pytest
from hypothesis import settings

from liuchi.territory import stamps

# A machine that is busy with something else makes no example wrong.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def nothing_held():
    """A test finds nothing in memory that another one has put there."""
    stamps.forget()
