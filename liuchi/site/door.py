"""Between the web server and Django: who is slow waits outside, and who asks is told right behind a proxy.

A phone in a cellar needs a minute for its photo. Were it to hold one of the few threads that work, eight of them would
stop the house. So the server's many threads take the bodies in, and hand each whole request to one of the few that work;
these alone hold connections to the database.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from liuchi.kernel.network import network_of

Program = Callable[[dict[str, Any], Any], Iterable[bytes]]

# How many threads may wait for bodies besides those that work, and how many of them, and bytes, for one network address.
WAITING = 44
FROM_ONE_ADDRESS = 16
BYTES_OF_ONE_ADDRESS = 64 * 1024 * 1024
# Bytes of a body that is taken in before somebody works on it: the largest photo and some. The few that are larger (an
# administrator's map) are read by who works on them, one at a time.
LARGEST = 24 * 1024 * 1024
# Bodies are held in memory, because a photo must not lie on the disk before it is encrypted: so many bytes at once.
BYTES_AT_ONCE = 256 * 1024 * 1024
PIECE = 64 * 1024


class Door:
    """A WSGI program around another one. at_work: how many requests are worked on at once."""

    def __init__(self, program: Program, at_work: int, from_one: int = FROM_ONE_ADDRESS) -> None:
        self.program = program
        self.hands = ThreadPoolExecutor(at_work, "work")
        self.from_one = from_one
        self._sending: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()
        self._count = threading.Lock()
        self._large = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length == "0" or not length.isdecimal():
            return self._work(environ, start_response)
        address = network_of(environ.get("REMOTE_ADDR", ""))
        held = int(length) if int(length) <= LARGEST else 0
        if not self._begun(address, held):
            return _busy(start_response)
        try:
            if not held:
                if not self._large.acquire(blocking=False):
                    return _busy(start_response)
                try:
                    return self._work(environ, start_response)
                finally:
                    self._large.release()
            environ["wsgi.input"] = _taken_in(environ["wsgi.input"], held)
            return self._work(environ, start_response)
        finally:
            with self._count:
                self._sending[address] -= 1
                self._bytes[address] -= held
                if not self._sending[address]:
                    del self._sending[address], self._bytes[address]

    def _begun(self, address: str, held: int) -> bool:
        """Whether there is room for one more body of so many bytes; then it counts."""
        with self._count:
            if (
                self._sending[address] >= self.from_one
                or self._bytes[address] + held > BYTES_OF_ONE_ADDRESS
                or self._bytes.total() + held > BYTES_AT_ONCE
            ):
                return False
            self._sending[address] += 1
            self._bytes[address] += held
            return True

    def _work(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self.hands.submit(self.program, environ, start_response).result()


def _taken_in(coming: Any, length: int) -> BytesIO:
    """The body once it is here, whole or as much as there was before the line broke."""
    body = BytesIO()
    while length > 0 and (piece := coming.read(min(PIECE, length))):
        body.write(piece)
        length -= len(piece)
    body.seek(0)
    return body


def _busy(start_response: Any) -> list[bytes]:
    """Before Django, so in both languages. A phone keeps what it has and tries again by itself."""
    words = "同时传送的太多，请稍等片刻再试。 Too much is being sent at once from here. Try again in a moment."
    said = json.dumps({"error": "busy", "message": words, "retry_after": 5}).encode()
    head = [("Content-Type", "application/json"), ("Content-Length", str(len(said))), ("Retry-After", "5")]
    start_response("503 Service Unavailable", head)
    return [said]
