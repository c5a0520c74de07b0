"""Who reads the journal: notices, figures, points. They are called by the worker and never by an engine."""

import logging
from collections.abc import Callable

from django.db import transaction

from liuchi.kernel.journal.models import Cursor, Row
from liuchi.kernel.journal.queries import after

Handler = Callable[[list[Row]], None]
BATCH = 200
logger = logging.getLogger(__name__)
_consumers: dict[str, Handler] = {}


def register(name: str, handler: Handler) -> None:
    """Adds a reader. It is given each sealed row once, in order, inside a transaction with its own progress."""
    _consumers[name] = handler


def names() -> list[str]:
    """The readers there are."""
    return sorted(_consumers)


def run(name: str) -> int:
    """Gives one reader its next batch; returns how many rows. A reader that fails keeps its place and says why."""
    try:
        with transaction.atomic():
            Cursor.objects.get_or_create(consumer=name)
            cursor = Cursor.objects.select_for_update().get(consumer=name)
            rows = list(after(cursor.seal, cursor.place, BATCH))
            if not rows:
                return 0
            _consumers[name](rows)
            cursor.seal, cursor.place = rows[-1].position.seal_id, rows[-1].position.place
            cursor.failed, cursor.problem = 0, ""
            cursor.save()
    except Exception as error:  # one reader's fault must not stop the others
        logger.exception("journal reader %s failed", name)
        cursor, _new = Cursor.objects.get_or_create(consumer=name)
        cursor.failed += 1
        cursor.problem = repr(error)[:500]
        cursor.save(update_fields=["failed", "problem"])
        return 0
    return len(rows)


def run_all() -> int:
    """One batch for every reader; returns how many rows were read in all."""
    return sum(run(name) for name in names())
