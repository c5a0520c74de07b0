"""The API of the house: each app brings a router. ``api`` is for our own pages, ``v1`` for other programs with a key."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from liuchi.kernel.errors import Refused
from liuchi.people.tokens.auth import Bearer
from liuchi.site.middleware import too_large, unreadable

api = NinjaAPI(title="Liuchi", version="1", urls_namespace="api", docs_url=None)
v1 = NinjaAPI(
    title="Liuchi",
    version="1.0",
    description="Reports, requests and what happens to them, for other programs. Every call brings a key:"
    " `Authorization: Bearer liuchi_…`. Times are ISO 8601 with a zone, places WGS-84 degrees unless said otherwise.",
    urls_namespace="v1",
    docs_url=None,
    auth=Bearer(),
)


def _explain(to: NinjaAPI) -> None:
    """What went wrong, as JSON with a sentence, like everywhere."""

    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        told = to.create_response(request, error.as_dict(), status=error.status)
        if error.retry_after is not None:
            told["Retry-After"] = str(error.retry_after)
        return told

    def no_key(request: HttpRequest, error: Any) -> HttpResponse:
        sentence = _("This needs a key that is in force. Ask the administrator of this office for one.")
        return refused(request, Refused("key", sentence, status=401))

    def not_understood(request: HttpRequest, error: Any) -> HttpResponse:
        """What lacks a part or has a wrong one; the first that is wrong is named."""
        sentence = _("Part of this can't be read. The description of the interface says what it should be.")
        told = unreadable(422) if to is api else Refused("form", sentence, status=422)
        where = [part for part in error.errors[0].get("loc", ()) if isinstance(part, str)] if error.errors else []
        told.field = where[-1] if where else None
        return refused(request, told)

    def no_json(request: HttpRequest, error: Any) -> HttpResponse:
        """What is no JSON at all."""
        return refused(request, unreadable(error.status_code))

    def too_much(request: HttpRequest, error: Any) -> HttpResponse:
        """Without a trace in the log, which whoever sends much would fill."""
        return refused(request, too_large())

    to.add_exception_handler(Refused, refused)
    to.add_exception_handler(HttpError, no_json)
    to.add_exception_handler(AuthenticationError, no_key)
    to.add_exception_handler(ValidationError, not_understood)
    to.add_exception_handler(RequestDataTooBig, too_much)


def _gather() -> None:
    from liuchi.cases.api import router as cases
    from liuchi.cases.joining.api import router as joining
    from liuchi.cases.rest.api import router as rest
    from liuchi.notices.api import router as notices
    from liuchi.people.api import router as people
    from liuchi.people.tokens.api import router as keys
    from liuchi.places.api import router as places
    from liuchi.site.home import router as home
    from liuchi.territory.api import router as territory

    api.add_router("", home)
    api.add_router("/cases", cases)
    api.add_router("/joining", joining)
    api.add_router("/notices", notices)
    api.add_router("/people", people)
    api.add_router("/places", places)
    api.add_router("/territory", territory)
    v1.add_router("", keys)
    v1.add_router("", rest)


_explain(api)
_explain(v1)
_gather()
