"""What every page's shell needs."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from liuchi.kernel.ui import nav


def shell(request: HttpRequest) -> dict[str, Any]:
    """``phone_nav``, ``desk_nav`` and ``me_nav`` (made only when a shell shows them), ``person_id`` (text; empty for nobody), ``languages``."""
    actor = getattr(request, "actor", None)
    return {
        "phone_nav": SimpleLazyObject(partial(nav.shown, "phone", request)),
        "desk_nav": SimpleLazyObject(partial(nav.shown, "desk", request)),
        "me_nav": SimpleLazyObject(partial(nav.shown, "me", request)),
        "person_id": SimpleLazyObject(lambda: str(actor.person_id or "") if actor is not None else ""),
        "languages": settings.LANGUAGES,
    }
