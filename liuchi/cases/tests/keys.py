"""A program with a key, and what it asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from liuchi.cases.tests.helpers import Place, by
from liuchi.people import rules
from liuchi.people.models import ApiToken
from liuchi.people.tokens.actions import make_token


@dataclass
class Program:
    """Asks with its key."""

    token: ApiToken
    secret: str

    def get(self, path: str, **more: Any) -> Any:
        return Client().get(path, headers=self.headers(more), **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        return Client().post(path, body or {}, content_type="application/json", headers=self.headers(more), **more)

    def headers(self, more: dict[str, Any]) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}", **more.pop("headers", {})}


def program(place: Place, role: str, scopes: Iterable[str]) -> Program:
    """A key for the post of somebody in the place."""
    now = timezone.now()
    ends = rules.local_day(now) + timedelta(days=30)
    post = place.persons[role].posts.get()
    token, secret = make_token(by(place.administrator, now), name="平台", post=post, scopes=list(scopes), ends=ends)
    return Program(token, secret)
