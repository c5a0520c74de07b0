"""Two events of nobody's app, and the world of helpers."""

import pytest

from liuchi.points import events
from liuchi.points.tests import helpers


@pytest.fixture(autouse=True)
def two_events(monkeypatch: pytest.MonkeyPatch) -> None:
    for event in (helpers.EVENT, helpers.OTHER):
        monkeypatch.setitem(events._events, event.key, event)


@pytest.fixture
def world(db: None) -> helpers.World:
    return helpers.kept_world()
