"""The API of the house: each app brings a router."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from liuchi.kernel.errors import Refused
from liuchi.site.middleware import too_large, unreadable

api = NinjaAPI(title="Liuchi", version="1", urls_namespace="api", docs_url=None)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """What an action refused, as JSON with its sentence."""
    return api.create_response(request, error.as_dict(), status=error.status)


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What lacks a part or has a wrong one: a sentence, as everywhere."""
    return refused(request, unreadable(422))


@api.exception_handler(HttpError)
def no_json(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What is no JSON at all."""
    return refused(request, unreadable(error.status_code))


@api.exception_handler(RequestDataTooBig)
def too_much(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """Without a trace in the log, which whoever sends much would fill."""
    return refused(request, too_large())


def _gather() -> None:
    from liuchi.cases.api import router as cases
    from liuchi.cases.joining.api import router as joining
    from liuchi.notices.api import router as notices
    from liuchi.people.api import router as people
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


_gather()
