"""What every test starts with."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings

from liuchi.territory import stamps
from tests import tables

# A machine that is busy with something else makes no example wrong.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def nothing_held():
    """A test finds nothing in memory that another one has put there."""
    stamps.forget()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks for a database is run: the rest was run beside SQLite and would do the same again."""
    if "LIUCHI_TEST_DATABASE" in os.environ:
        others = [item for item in items if not item.get_closest_marker("django_db") and not uses_tables(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in set(others)]


def uses_tables(item: pytest.Item) -> bool:
    return bool({"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session", autouse=True)
def emptied_quickly() -> Iterator[None]:
    """What a test with transactions of its own leaves behind is taken out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: tables.empty())
        yield


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The test database is there when Django looks for it: a copy of the tables that were made once."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    test = connection.settings_dict["TEST"]
    test["MIGRATE"] = False
    if connection.vendor == "sqlite":
        tables.copy_sqlite(Path(test["NAME"]))
    else:
        tables.copy_postgres(
            os.environ["LIUCHI_TEST_DATABASE"], test["NAME"] or f"test_{connection.settings_dict['NAME']}"
        )
