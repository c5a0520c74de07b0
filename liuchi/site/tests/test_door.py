"""Slow phones don't hold up the others."""

import io
import json
import threading
from typing import Any

import pytest

from liuchi.site.door import BYTES_OF_ONE_ADDRESS, LARGEST, Door


class SlowBody(io.BytesIO):
    """A body that comes when the test says so."""

    def __init__(self) -> None:
        super().__init__(b"photo")
        self.asked, self.comes = threading.Event(), threading.Event()

    def read(self, *size: Any) -> bytes:
        self.asked.set()
        assert self.comes.wait(5)
        return super().read(*size)


def program(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read() if environ.get("CONTENT_LENGTH") else b"page"]


def ask(door: Door, **environ: Any) -> tuple[str, bytes]:
    said: list[str] = []
    body = b"".join(door(environ, lambda status, _head: said.append(status)))
    return said[0], body


def test_who_waits_for_a_slow_body_holds_nobody_up() -> None:
    door, slow = Door(program, at_work=1), SlowBody()
    answers: list[Any] = []
    upload = {"CONTENT_LENGTH": "5", "wsgi.input": slow, "REMOTE_ADDR": "10.0.0.1"}
    phone = threading.Thread(target=lambda: answers.append(ask(door, **upload)))
    phone.start()
    assert slow.asked.wait(5)
    assert ask(door) == ("200 OK", b"page"), "the only permit is free while the body is on its way"
    slow.comes.set()
    phone.join(5)
    assert answers == [("200 OK", b"photo")]


def test_one_address_cannot_take_all_the_threads() -> None:
    door, slow = Door(program, at_work=1, from_one=1), SlowBody()
    upload = {"CONTENT_LENGTH": "5", "wsgi.input": slow, "REMOTE_ADDR": "10.0.0.1"}
    phone = threading.Thread(target=lambda: ask(door, **upload))
    phone.start()
    assert slow.asked.wait(5)
    status, said = ask(door, **(upload | {"wsgi.input": io.BytesIO(b"photo")}))
    assert status.startswith("503") and json.loads(said)["message"]
    assert ask(door, REMOTE_ADDR="10.0.0.1")[0] == "200 OK", "reading pages goes on"
    other = upload | {"wsgi.input": io.BytesIO(b"other"), "REMOTE_ADDR": "10.0.0.2"}
    assert ask(door, **other) == ("200 OK", b"other")
    slow.comes.set()
    phone.join(5)
    assert ask(door, **(upload | {"wsgi.input": io.BytesIO(b"later")}))[1] == b"later"


def test_only_one_very_large_body_is_worked_on_at_a_time() -> None:
    door, slow = Door(program, at_work=2), SlowBody()
    large = {"CONTENT_LENGTH": str(LARGEST + 1), "REMOTE_ADDR": "10.0.0.1"}
    office = threading.Thread(target=lambda: ask(door, **large, **{"wsgi.input": slow}))
    office.start()
    assert slow.asked.wait(5)
    assert ask(door, **large, **{"wsgi.input": io.BytesIO(b"map")})[0].startswith("503")
    slow.comes.set()
    office.join(5)
    assert ask(door, **large, **{"wsgi.input": io.BytesIO(b"map")}) == ("200 OK", b"map")


def test_bodies_are_held_in_memory_and_no_more_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_file(*_args: Any, **_more: Any) -> None:
        raise AssertionError("a photo lies on the disk before it is encrypted")

    monkeypatch.setattr("tempfile._mkstemp_inner", no_file)
    monkeypatch.setattr("tempfile.TemporaryFile", no_file)
    door, slow = Door(program, at_work=1), [SlowBody() for _body in range(BYTES_OF_ONE_ADDRESS // LARGEST)]
    large = {"CONTENT_LENGTH": str(LARGEST), "REMOTE_ADDR": "10.0.0.1"}
    phones = [threading.Thread(target=lambda body=body: ask(door, **large, **{"wsgi.input": body})) for body in slow]
    for phone, body in zip(phones, slow, strict=True):
        phone.start()
        assert body.asked.wait(5)
    assert ask(door, **large, **{"wsgi.input": io.BytesIO(b"photo")})[0].startswith("503")
    other = large | {"wsgi.input": io.BytesIO(bytes(LARGEST)), "REMOTE_ADDR": "10.0.0.2"}
    assert len(ask(door, **other)[1]) == LARGEST
    for body in slow:
        body.comes.set()
    for phone in phones:
        phone.join(5)
    assert ask(door, **large, **{"wsgi.input": io.BytesIO(b"photo")}) == ("200 OK", b"photo")
