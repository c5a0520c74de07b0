"""Guessing passwords: counted by the account, in a place that a restart and other processes share."""

import pytest
from django.core.cache import cache
from django.test import Client

from liuchi.people.models import Counted
from liuchi.people.signin.counts import SharedCounts
from liuchi.people.tests.conftest import Place

RIGHT = "six foot alley"


@pytest.fixture(autouse=True)
def fresh_counts(db: None) -> None:
    cache.clear()


def comes_in(login: str, password: str = RIGHT, **how: str) -> bool:
    return Client(**how).post("/account/login/", {"login": login, "password": password}).status_code == 302


@pytest.mark.parametrize("names", [
    ["dispatcher", "DISPATCHER", " Dispatcher", "dispatcheR", "DISPATCHEr"],
    ["13800000004", "+86 138-0000-0004", "138 0000 0004", "1380000 0004", "dispatcher"],
])  # fmt: skip
def test_another_spelling_is_the_same_account(place: Place, names: list[str]) -> None:
    for name in names:
        assert not comes_in(name, "wrong")
    assert not comes_in("dispatcher")


def test_another_host_name_is_the_same_account(place: Place) -> None:
    for number in range(5):
        assert not comes_in("dispatcher", "wrong", HTTP_HOST=f"host{number}.example")
    assert not comes_in("dispatcher", HTTP_HOST="another.example")


def test_the_counts_are_in_the_database_and_name_nobody(place: Place) -> None:
    assert not comes_in("dispatcher", "wrong")
    rows = list(Counted.objects.values_list("key", "value"))
    assert rows
    assert not any("dispatcher" in f"{key} {value}" for key, value in rows)


def test_trying_many_names_makes_no_count_forgotten(place: Place) -> None:
    for _try in range(5):
        comes_in("dispatcher", "wrong")
    for number in range(400):
        cache.set(f"other {number}", [1.0], 300)
    assert not comes_in("dispatcher")


def test_of_two_processes_one_gets_the_lock() -> None:
    one, other = SharedCounts("", {}), SharedCounts("", {})
    assert one.add("lock", True, 10)
    assert not other.add("lock", True, 10)
    assert other.get("lock") is True
    one.delete("lock")
    assert other.add("lock", True, 10)


def test_what_is_over_counts_no_more() -> None:
    counts = SharedCounts("", {})
    counts.set("tries", [1.0], -1)
    assert counts.get("tries", []) == []
    assert counts.add("tries", [2.0], 60)


def test_who_found_an_open_phone_cannot_try_passwords_on_the_erasure_page(place: Place) -> None:
    client = Client()
    client.force_login(place.person("rider").login)
    for _try in range(11):
        client.post("/me/data/erase", {"password": "wrong"})
    page = client.post("/me/data/erase", {"password": RIGHT})
    assert page.status_code == 200
    place.person("rider").refresh_from_db()
    assert place.person("rider").erased_at is None
