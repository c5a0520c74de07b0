"""What the tests of the whole house share."""

import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from liuchi.kernel.outbox.models import Slowed
from liuchi.people.signin.backend import SignIn
from liuchi.people.tests.conftest import place
from tests.world import World, build

__all__ = ["place"]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once for a module, in a transaction that stays open: a test of that module whose threads write would find nothing."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = build()
        Slowed.objects.all().delete()  # what was reported while it was built is no flood
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def known_again(world: World) -> Iterator[None]:
    """Sessions and logins are read once for a module that undoes what each of its requests did: the next one would read the
    same rows. Every request gets copies of its own."""
    read: dict[tuple[str, object], bytes] = {}
    load, get_user = SessionStore.load, SignIn.get_user

    def again(kind: str, key: object, ask: Any) -> Any:
        if (kind, key) in read:
            return pickle.loads(read[kind, key])
        if found := ask():
            read[kind, key] = pickle.dumps(found)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SessionStore, "load", lambda self: again("session", self.session_key, lambda: load(self)))
        patch.setattr(SignIn, "get_user", lambda self, pk: again("login", pk, lambda: get_user(self, pk)))
        yield
