"""Every address x every role x own and other area; the table is in access_matrix.py."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import transaction
from django.template.backends.django import Template
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access_matrix import MATRIX, ROLES, Row
from tests.world import World, fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known_again")]


@pytest.fixture(scope="module", autouse=True)
def unpainted() -> Iterator[None]:
    """Pages are not drawn: who comes in is decided before, and drawing 1,300 of them would take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda self, context=None, request=None: "")
        yield


def addresses(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """Every pattern of the site, as written."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern)


def answer(world: World, row: Row, letter: str, things: SimpleNamespace) -> str:
    """The sign for what one role gets; whatever the request did is undone."""
    cache.clear()
    url = fill(row.address, row.about, things)
    # a reason for the turns that need one, and the community for a grid that is to be drawn
    sent = {"words": "理由", "parent": things.community}
    with transaction.atomic():
        told = getattr(world.clients[letter], row.method.lower())(url, sent)
        transaction.set_rollback(True)
    to_sign_in = told.headers.get("Location", "").startswith("/account/login/")
    if told.status_code == 401 or to_sign_in:
        return ">"
    if told.status_code == 403:
        return "-"
    if told.status_code == 404:
        return "0"
    assert told.status_code < 500, f"{row.method} {url} as {ROLES[letter]}: {told.status_code}"
    return "+"


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    rows = {row.address for row in MATRIX}
    there = set(addresses())
    assert not there - rows, f"addresses without a row in tests/access_matrix.py: {sorted(there - rows)}"
    assert not rows - there, f"rows without an address: {sorted(rows - there)}"


@pytest.mark.parametrize("row", MATRIX, ids=lambda row: f"{row.method} /{row.address} {row.about}")
def test_each_role_gets_the_answer_of_the_table(world: World, row: Row) -> None:
    heads = "".join(ROLES)
    got = "".join(answer(world, row, letter, world.own) for letter in ROLES)
    if set(row.own) == {"*"}:
        assert set(got) <= {"+", "0"}
        return
    assert f"{heads}\n{got}" == f"{heads}\n{row.own}", "in one's own area"
    if row.other:
        got = "".join(answer(world, row, letter, world.other) for letter in ROLES)
        assert f"{heads}\n{got}" == f"{heads}\n{row.other}", "in another area"


def test_what_is_about_a_thing_is_tried_elsewhere_too() -> None:
    lacking = [row.address for row in MATRIX if "<" in row.address and not row.other]
    assert not lacking


def test_an_unknown_thing_is_a_404_for_everybody_who_comes_in(world: World) -> None:
    for address in ("desk/cases/{}", "desk/people/{}", "desk/posts/{}"):
        assert (
            world.clients["X" if "cases" not in address else "D"].get("/" + address.format(uuid4())).status_code == 404
        )
