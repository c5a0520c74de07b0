"""What the tests of the territory share: the demo street, brought in once per test that asks for it."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from django.db import transaction

from liuchi.kernel import context
from liuchi.territory.demo import DemoPlace, make_place
from liuchi.territory.demo_loader import load_demo

CUT = Path(__file__).parent / "data" / "longgang" / "cut.osm"


@cache
def demo_place() -> DemoPlace:
    return make_place()


@pytest.fixture
def ctx():
    return context.system(datetime(2026, 3, 2, 1, tzinfo=UTC), channel="import")


@pytest.fixture(autouse=True)
def map_folder(tmp_path, settings):
    """Every test has a map folder of its own."""
    settings.MAP_FOLDER = tmp_path / "map"
    settings.MAP_FOLDER.mkdir()
    return settings.MAP_FOLDER


@pytest.fixture(scope="session")
def demo_osm(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "liuchi-street.osm"
    path.write_text(demo_place().osm, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def street_of_module(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo street, loaded once for all tests of a module, inside a transaction that is rolled back after them."""
    folder = tmp_path_factory.mktemp("map")
    with django_db_blocker.unblock(), transaction.atomic():
        loaded = load_demo(context.system(datetime(2026, 3, 2, 1, tzinfo=UTC), channel="import"), demo_place(), folder)
        yield loaded, folder
        transaction.set_rollback(True)


@pytest.fixture
def street(street_of_module, db, settings):
    """The demo street with its grids; what a test changes is taken back after it."""
    loaded, folder = street_of_module
    settings.MAP_FOLDER = folder
    return loaded
