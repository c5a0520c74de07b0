"""Several things at the same moment, each in a thread with a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection

from liuchi.kernel.errors import Refused


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each call gave: its value, or the code of what it was refused, or the error. They begin together."""
    start, gave = threading.Barrier(len(calls)), [None] * len(calls)

    def work(place: int, call: Callable[[], object]) -> None:
        try:
            start.wait(10)
            gave[place] = call()  # type: ignore[call-overload]
        except Refused as refused:
            gave[place] = refused.code  # type: ignore[call-overload]
        except BaseException as error:
            gave[place] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return gave
