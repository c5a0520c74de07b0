"""Two events of nobody's app, and the world of helpers."""

import pytest
from django.utils import timezone

from liuchi.points import events
from liuchi.points.tests import helpers


@pytest.fixture(autouse=True)
def two_events(monkeypatch: pytest.MonkeyPatch) -> None:
    for event in (helpers.EVENT, helpers.OTHER):
        monkeypatch.setitem(events._events, event.key, event)


@pytest.fixture
def world(db: None) -> helpers.World:
    return helpers.kept_world()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def rich(world, now):
    helpers.thanked(world.rider, 4, at=now)
    return world


@pytest.fixture
def phone(rich):
    return helpers.client(rich.rider)
