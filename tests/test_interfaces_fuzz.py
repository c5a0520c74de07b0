"""Whatever another program sends to an interface that is described: an answer as described, never a 5xx."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests
import schemathesis
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Response
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from liuchi.kernel.context import Context
from liuchi.people import rules
from liuchi.people.tokens.actions import make_token
from liuchi.people.tokens.scopes import offered
from liuchi.site.api import api, v1
from tests.world import World

pytestmark = pytest.mark.django_db
load_all_checks()


def _text(name: str, where: str = "query", **more: Any) -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": {"type": "string"} | more}


_FORM = _text("form", "path", enum=["json", "xml", "csv"])
_COMMON = [_text("jurisdiction_id", enum=["", "340881", "sfgov.org"])]
_MOMENT = {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string"}]}


def _get(*parameters: dict[str, Any]) -> dict[str, Any]:
    return {"get": {"parameters": [_FORM, *_COMMON, *parameters], "responses": {"200": {"description": ""}}}}


_FIELDS = (
    "service_code", "lat", "long", "address_string", "address_id", "description", "email", "first_name", "last_name",
    "phone", "media_url", "device_id", "account_id", "attribute[condition]", "attribute[x][]", "api_key", "page",
)  # fmt: skip
_REPORT = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in _FIELDS}
    | {
        "service_code": {"anyOf": [{"enum": ["06042"]}, {"type": "string"}]},
        "lat": {"type": "number"},
        "long": {"type": "number"},
    },
    "required": ["service_code"],
}
# GeoReport v2 has no document of this kind of its own.
OPEN311 = {
    "openapi": "3.1.0",
    "info": {"title": "GeoReport", "version": "2"},
    "paths": {
        "/open311/v2/discovery.{form}": _get(),
        "/open311/v2/services.{form}": _get(),
        "/open311/v2/services/{code}.{form}": _get(_text("code", "path")),
        "/open311/v2/tokens/{token}.{form}": _get(_text("token", "path")),
        "/open311/v2/requests/{number}.{form}": _get(_text("number", "path")),
        "/open311/v2/requests.{form}": _get(
            *(_text(name) for name in ("service_request_id", "service_code", "page", "page_size", "api_key")),
            {"name": "start_date", "in": "query", "schema": _MOMENT},
            {"name": "end_date", "in": "query", "schema": _MOMENT},
            _text("status", enum=["open", "closed", "open,closed", "x"]),
        )
        | {
            "post": {
                "parameters": [_FORM],
                "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": _REPORT}}},
                "responses": {"200": {"description": ""}},
            }
        },
    },
}
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]


def _cases(document: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Requests to every operation of a document, as described and in wrong ways."""
    schema = schemathesis.openapi.from_dict(document)
    operations = [found.ok() for found in schema.get_all_operations()]
    return st.one_of(*(one.as_strategy(mode) for one in operations for mode in GenerationMode))


DOCUMENTS = {
    "v1": (lambda: v1.get_openapi_schema(path_prefix="/api/v1/"), CHECKS),
    "api": (lambda: api.get_openapi_schema(path_prefix="/api/"), CHECKS[:1]),  # for our own pages, which are tested
    "open311": (lambda: OPEN311, CHECKS[:1]),
}


@pytest.fixture(scope="module")
def secret(world: World) -> str:
    """A key for all that there is, in the name of a dispatcher."""
    now = timezone.now()
    ctx = Context(at=now, recorded_at=now, channel="replay")
    scopes = [scope.key for scope in offered()]
    ends = rules.local_day(now) + timedelta(days=9)
    return make_token(ctx, name="全部", post=world.place.posts["dispatcher"], scopes=scopes, ends=ends)[1]


def _try(case: Any, world: World, secret: str, checks: list[Callable[..., Any]], luck: int) -> None:
    chance = random.Random(luck)
    for name, value in (("case_id", str(world.own.case)), ("code", "06042"), ("receipt", world.own.receipt)):
        if name in (case.path_parameters or {}) and chance.random() < 0.5:
            case.path_parameters[name] = value
    headers = {"Authorization": f"Bearer {secret}"} if chance.random() < 0.9 else {}
    asked = requests.Request(**case.as_transport_kwargs(base_url="http://testserver", headers=headers)).prepare()
    with transaction.atomic():
        case.validate_response(_answered(asked), checks=checks)
        transaction.set_rollback(True)


def _answered(asked: requests.PreparedRequest) -> Response:
    """What the house answers, as a program gets it; in this thread, so that it can be undone."""
    body = asked.body.encode(errors="replace") if isinstance(asked.body, str) else asked.body or b""
    headers = {name: value for name, value in asked.headers.items() if name.lower() != "content-length"}
    client = Client(raise_request_exception=False)
    kind = headers.pop("Content-Type", "application/octet-stream")
    told = client.generic(asked.method or "GET", asked.path_url, body, kind, headers=headers)
    names = {name: [value] for name, value in told.items()}
    return Response(told.status_code, names, told.content, asked, elapsed=0.0, verify=False)


def _run(name: str, examples: int, world: World, secret: str) -> None:
    document, checks = DOCUMENTS[name]

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck), deadline=None, database=None)
    @given(case=_cases(document()), luck=st.integers(0, 99))
    def fuzz(case: Any, luck: int) -> None:
        _try(case, world, secret, checks, luck)

    fuzz()


@pytest.mark.parametrize("name, examples", [("v1", 100), ("api", 40), ("open311", 60)])
def test_an_interface_answers_whatever_it_is_asked(world: World, secret: str, name: str, examples: int) -> None:
    _run(name, examples, world, secret)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name, examples", [("v1", 9000), ("api", 4000), ("open311", 7000)])
def test_an_interface_answers_twenty_thousand_times(world: World, secret: str, name: str, examples: int) -> None:
    _run(name, examples, world, secret)
