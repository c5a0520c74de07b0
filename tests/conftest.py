"""What the tests of the whole house share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from liuchi.people.tests.conftest import place
from tests.world import World, build

__all__ = ["place"]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once for a module, in a transaction that stays open: a test of that module whose threads write would find nothing."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
