"""Between the web server and Django: who is slow waits outside, and who asks is told right behind a proxy.

A phone in a cellar needs a minute for its photo. Were it to hold one of the few threads that work, eight of them would
stop the house. So there are many threads and few permits: a thread gives its permit back while it waits for a body.
"""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

Program = Callable[[dict[str, Any], Any], Iterable[bytes]]

# How many threads may wait for bodies besides those that work, and how many of them for one network address.
WAITING = 44
FROM_ONE_ADDRESS = 16


class Body(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...
    def readline(self, size: int = ..., /) -> bytes: ...


class Door:
    """A WSGI program around another one. at_work: how many requests are worked on at once."""

    def __init__(self, program: Program, at_work: int, from_one: int = FROM_ONE_ADDRESS) -> None:
        self.program = program
        self.permits = threading.BoundedSemaphore(at_work)
        self.from_one = from_one
        self._sending: Counter[str] = Counter()
        self._count = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("CONTENT_LENGTH", "0") in ("", "0"):
            with self.permits:
                return self.program(environ, start_response)
        address = environ.get("REMOTE_ADDR", "")
        with self._count:
            if self._sending[address] >= self.from_one:
                return _busy(start_response)
            self._sending[address] += 1
        try:
            with self.permits:
                environ["wsgi.input"] = _Patient(environ["wsgi.input"], self.permits)
                return self.program(environ, start_response)
        finally:
            with self._count:
                self._sending[address] -= 1
                if not self._sending[address]:
                    del self._sending[address]


class _Patient:
    """A body. While it is waited for, somebody else works."""

    def __init__(self, body: Body, permits: threading.BoundedSemaphore) -> None:
        self._body = body
        self._permits = permits

    def _waiting(self, reading: Callable[..., bytes], *size: int) -> bytes:
        self._permits.release()
        try:
            return reading(*size)
        finally:
            self._permits.acquire()

    def read(self, *size: int) -> bytes:
        return self._waiting(self._body.read, *size)

    def readline(self, *size: int) -> bytes:
        return self._waiting(self._body.readline, *size)

    def __iter__(self) -> Iterator[bytes]:
        while line := self.readline():
            yield line


def _busy(start_response: Any) -> list[bytes]:
    """Before Django, so in both languages. A phone keeps what it has and tries again by itself."""
    words = "同时传送的太多，请稍等片刻再试。 Too much is being sent at once from here. Try again in a moment."
    said = json.dumps({"error": "busy", "message": words, "retry_after": 5}).encode()
    head = [("Content-Type", "application/json"), ("Content-Length", str(len(said))), ("Retry-After", "5")]
    start_response("503 Service Unavailable", head)
    return [said]
