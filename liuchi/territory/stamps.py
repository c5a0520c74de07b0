"""When what a process holds in memory is old. Changes touch a stamp; holders compare it before they answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from liuchi.territory.models import Stamp

Held = TypeVar("Held")
_holders: list[Holder[Any]] = []


def touch(name: str) -> None:
    """Says that the areas or places have changed. Call inside the transaction of the change."""
    Stamp.objects.update_or_create(name=name, defaults={"value": uuid4().hex})
    transaction.on_commit(_look_again)


def _look_again() -> None:
    for holder in _holders:
        holder.checked = 0.0


def forget() -> None:
    """Drops what this process holds, for tests: one that is rolled back takes its areas with it, and no stamp says so."""
    for holder in _holders:
        holder.value = None


def current(name: str) -> str:
    """The stamp as it is in the database."""
    return Stamp.objects.filter(pk=name).values_list("value", flat=True).first() or ""


class Holder(Generic[Held]):
    """Something made from the tables and kept by this process. It looks at the stamp at most once in
    TERRITORY_CHECK_SECONDS (or `every`), so that another process's change is seen within that time, one's own at once."""

    def __init__(self, name: str, load: Callable[[], Held], every: float | None = None) -> None:
        self.every = every
        self.name = name
        self.load = load
        self.checked = 0.0
        self.stamp: str | None = None
        self.value: Held | None = None
        self.lock = threading.Lock()
        _holders.append(self)

    def _seconds(self) -> float:
        return settings.TERRITORY_CHECK_SECONDS if self.every is None else self.every

    def get(self) -> Held:
        """The thing, made anew when its stamp has changed."""
        now = time.monotonic()
        if self.value is not None and now - self.checked < self._seconds():
            return self.value
        # The stamp is read before the rows: rows that come in between are at worst read twice.
        stamp = current(self.name)
        value = self.value
        if value is None or stamp != self.stamp:
            # Nobody waits here for another thread: that one may be waiting in the database for a row that this one has
            # locked, and neither the database nor Python would ever see it. Until a first one is there each makes its own;
            # later the old one is answered while somebody makes the new one.
            making = self.lock.acquire(blocking=False)
            if not making and value is not None:
                return value
            try:
                value = self.load()
            finally:
                if making:
                    self.lock.release()
            self.value, self.stamp = value, stamp
        self.checked = now
        return value
