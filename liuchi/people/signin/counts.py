"""Where sign-in keeps its counts: in the database, so that a restart or another process forgets none of them.

django-allauth counts wrong passwords and codes through Django's cache. Django's own cache in a database would do, but it
throws rows out when there are many, which who tries many names could wait for, and it keeps pickles.
"""

import hashlib
import json
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

from liuchi.people.models import Counted

_UPSERT = (
    "INSERT INTO people_counted (key, value, until) VALUES (%s, %s, %s)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value, until = excluded.until"
)
_FOR_EVER = 2.0**40


class SharedCounts(BaseCache):
    """A cache of small JSON values: one row each, kept under a digest, because a key may hold a sign-in name."""

    def __init__(self, _place: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _digest(self, key: str, version: int | None) -> str:
        return hashlib.sha256(self.make_key(key, version).encode()).hexdigest()

    def _until(self, timeout: Any) -> float:
        until = self.get_backend_timeout(timeout)
        return _FOR_EVER if until is None else until

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = (
            Counted.objects.filter(key=self._digest(key, version), until__gt=time.time()).values_list("value").first()
        )
        return json.loads(found[0]) if found else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT, [self._digest(key, version), json.dumps(value), self._until(timeout)])

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Of several processes that add the same key at once one is told True."""
        row: list[str | float] = [self._digest(key, version), json.dumps(value), self._until(timeout), time.time()]
        with connection.cursor() as cursor:
            cursor.execute(f"{_UPSERT} WHERE people_counted.until <= %s", row)
            return bool(cursor.rowcount)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        kept = Counted.objects.filter(key=self._digest(key, version), until__gt=time.time())
        return bool(kept.update(until=self._until(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(Counted.objects.filter(key=self._digest(key, version)).delete()[0])

    def clear(self) -> None:
        Counted.objects.all().delete()
