"""The port where each app says which roles may do what, and how far. The answers are given by people.access, to lower
floors through ``request.actor``: ``may(ability, target)`` and ``q(ability, area=…)``."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _

from liuchi.kernel.ui import nav

# own: what the person filed or is the subject of; grid, area: inside the area of the post (grid: a grid post only);
# unit: given to the post's organisation or one below it; all: everywhere.
SCOPES = ("own", "grid", "area", "unit", "all")

_abilities: dict[str, dict[str, str]] = {}


def register(abilities: Mapping[str, Mapping[str, str]]) -> None:
    """Adds an app's table ``{"cases.dispatch": {"dispatcher": "area"}}``. The role ``anyone`` needs no sign-in.

    Raises ValueError for a scope that is none, or an ability named twice.
    """
    for ability, roles in abilities.items():
        if ability in _abilities and _abilities[ability] != dict(roles):
            raise ValueError(f"ability {ability} is registered twice")
        for scope in roles.values():
            if scope not in SCOPES:
                raise ValueError(f"{ability}: unknown scope {scope}")
        _abilities[ability] = dict(roles)


def roles_of(ability: str) -> Mapping[str, str]:
    """role -> scope. Raises KeyError for an ability nobody registered: a misspelt one must not mean 'allowed'."""
    return _abilities[ability]


def table() -> Mapping[str, Mapping[str, str]]:
    """All abilities, for the page that shows who may do what."""
    return dict(sorted(_abilities.items()))


@dataclass(frozen=True, slots=True)
class Target:
    """What access needs to know of a record. area_first: ``Area.first`` of where it lies; units: organisations it was
    given to; owners: the persons whose own it is. A model may give it as ``access_target()``."""

    area_first: int | None = None
    units: Collection[UUID] = ()
    owners: Collection[UUID] = ()


def needs(*abilities: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """For views: only those who have one of the abilities somewhere come in. Who has not signed in is asked to (API:
    401), others read a sentence (403). Which records they get is for the view's query: ``request.actor.q(…)``."""

    def wrap(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = request.actor  # type: ignore[attr-defined]
            if any(actor.may(ability) for ability in abilities):
                return view(request, *args, **kwargs)
            return refuse(request)

        guarded.abilities = abilities  # type: ignore[attr-defined]
        return guarded

    return wrap


def refuse(request: HttpRequest) -> HttpResponse:
    """The answer to somebody who may not come in: the sign-in page, or a sentence when signing in would not help."""
    signed_in = request.actor.is_signed_in  # type: ignore[attr-defined]
    wants_json = request.path.startswith(("/api/", "/outbox")) or "application/json" in request.headers.get(
        "Accept", ""
    )
    sentence = _("Your post does not cover this. Ask your administrator if it should.")
    if wants_json:
        if not signed_in:
            return JsonResponse({"error": "sign_in", "message": _("Please sign in first.")}, status=401)
        return JsonResponse({"error": "not_allowed", "message": sentence}, status=403)
    if not signed_in:
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
        return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
    desk = nav.shown("desk", request) if request.path == "/desk/" else []
    if desk and desk[0].stop.url != "/desk/":
        return redirect(desk[0].stop.url)  # the desk's own door: whoever has no inbox begins at what they have
    return render(request, "ui/not_allowed.html", {"sentence": sentence}, status=403)
