"""The API of the house: each app brings a router."""

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from liuchi.kernel.errors import Refused

api = NinjaAPI(title="Liuchi", version="1", urls_namespace="api", docs_url=None)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """What an action refused, as JSON with its sentence."""
    return api.create_response(request, error.as_dict(), status=error.status)


def _gather() -> None:
    from liuchi.cases.api import router as cases
    from liuchi.notices.api import router as notices
    from liuchi.people.api import router as people
    from liuchi.territory.api import router as territory

    api.add_router("/cases", cases)
    api.add_router("/notices", notices)
    api.add_router("/people", people)
    api.add_router("/territory", territory)


_gather()
