"""What every page's shell needs."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from liuchi.kernel.ui import nav


def shell(request: HttpRequest) -> dict[str, Any]:
    """``phone_nav``, ``desk_nav`` and ``me_nav`` (made only when a shell shows them), ``person_id`` (text; empty for nobody),
    ``languages``, and ``layout`` with its ``first_page``: the shell in which a page without one of its own stands."""
    actor = getattr(request, "actor", None)
    at_the_desk = request.path.startswith("/desk/") and getattr(actor, "is_staff", False)
    return {
        "phone_nav": SimpleLazyObject(partial(nav.shown, "phone", request)),
        "desk_nav": SimpleLazyObject(partial(nav.shown, "desk", request)),
        "me_nav": SimpleLazyObject(partial(nav.shown, "me", request)),
        "person_id": SimpleLazyObject(lambda: str(actor.person_id or "") if actor is not None else ""),
        "languages": settings.LANGUAGES,
        "layout": "ui/desk.html" if at_the_desk else "ui/mobile.html",
        "first_page": SimpleLazyObject(partial(_first_page, request, at_the_desk)),
    }


def _first_page(request: HttpRequest, at_the_desk: bool) -> str:
    """Where somebody begins: the first stop of the desk, or the phone's home."""
    stops = nav.shown("desk", request) if at_the_desk else []
    return stops[0].stop.url if stops else "/"
