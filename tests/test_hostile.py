"""Whatever is sent to whichever address: an answer, never a 500."""

import io
import re
from functools import cache as once
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import resolve

from tests.access_matrix import MATRIX, ROLES, Row
from tests.world import World, fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_again")]

# 501 signs are more than any column takes.
HOSTILE = [
    "长" * 501,
    "",
    "\x00",
    "-1",
    "9" * 30,
    "NaN",
    "²",
    "9999-12-31",
    "00000000-0000-0000-0000-000000000000",
]


APPS = Path(__file__).parents[1] / "liuchi"


@once
def names(app: str) -> list[str]:
    """What any form or address of an app reads, by its source, with what the kernel and the site read for all; "" for all apps."""
    found: set[str] = set()
    folders = [APPS / one for one in {app, "kernel", "site"}] if app else [APPS]
    for path in (path for folder in folders for path in folder.rglob("*.py") if "tests" not in path.parts):
        text = path.read_text()
        found |= set(re.findall(r"(?:POST|GET|FILES)(?:\.get(?:list)?\(|\[)\s*\"(\w+)\"", text))
        found |= set(re.findall(r"(?:form|said|data|sent|asked|posted)(?:\.get(?:list)?\(|\[)\s*\"(\w+)\"", text))
        if path.name in ("forms.py", "api.py") or "desk" in path.parts:
            found |= set(re.findall(r"^\s+(\w+) = \w*forms?\.", text, re.M)) | set(
                re.findall(r"(\w+): (?:str|int|float|UUID)\b", text)
            )
    return sorted(found)


def app_of(url: str) -> str:
    """The app whose view answers there; "" where none of ours does."""
    parts = resolve(url).func.__module__.split(".")
    return parts[1] if parts[0] == "liuchi" else ""


def insider(row: Row) -> str:
    """Somebody who comes in."""
    return next((letter for letter, sign in zip(ROLES, row.own, strict=True) if sign in "+*"), "A")


def was_read(request: Any) -> bool:
    """Whether anything looked at what came with the request: Django takes it apart when it is first asked for."""
    return "GET" in vars(request) or request._read_started


@pytest.mark.parametrize(
    "row", [row for row in MATRIX if row.own.strip(">0-")], ids=lambda row: f"{row.method} /{row.address} {row.about}"
)
def test_no_address_breaks_whatever_it_is_sent(world: World, row: Row) -> None:
    client = world.clients[insider(row)]
    url = fill(row.address, row.about, world.own)
    fields = names(app_of(url))
    client.raise_request_exception = True
    methods = ["get", "post"]
    for value in HOSTILE:
        same = dict.fromkeys(fields, value)
        for method in list(methods):
            data = same if method == "get" else {**same, "file": io.BytesIO(value.encode())}
            cache.clear()
            with transaction.atomic():
                told = getattr(client, method)(url, data)
                transaction.set_rollback(True)
            assert told.status_code < 500, f"{method} {url} with {value[:20]!r}: {told.status_code}"
            if told.status_code == 405 or not was_read(told.wsgi_request):  # nor would it read the next value
                methods.remove(method)


def test_names_of_fields_are_found() -> None:
    assert {"text", "words", "unit", "phone", "q", "lon"} <= set(names("cases")) & set(names(""))


@pytest.mark.parametrize("thing", ["case_id", "receipt", "pk", "media_id", "code"])
def test_things_in_addresses_may_be_anything(world: World, thing: str) -> None:
    rows = [row for row in MATRIX if thing in row.address]
    for row in rows:
        for value in ("0", "%00", "%ff", "长", "..%2f..", "9" * 25):
            url = "/" + re.sub(r"<[^>]+>", value, row.address)
            assert getattr(world.clients[insider(row)], row.method.lower())(url).status_code < 500, url
