"""The phone's pages. Each is a shell: what stands in it is drawn by the phone's program from JSON, so that it works without
a network, too. So these views look nothing up but where this is and who looks at it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from liuchi.kernel.access import needs
from liuchi.people.models import Post
from liuchi.territory import queries as territory
from liuchi.territory.models import Area

# name -> (title, where the arrow in the head leads)
PAGES = {
    "home": (_("Home"), ""),
    "report": (_("Report"), "/"),
    "mine": (_("My reports"), ""),
    "case": (_("My report"), "/mine"),
    "follow": (_("Follow a report"), "/"),
    "tasks": (_("Tasks"), ""),
    "task": (_("Task"), "/tasks"),
    "me": (_("Me"), ""),
}


def _place(request: HttpRequest) -> Area | None:
    """Where the person works, else the place this installation serves."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.is_signed_in:
        post = Post.objects.filter(pk=actor.post_id).select_related("area__parent__parent").first()
        if post and post.area:
            return post.area
    return territory.root()


def _start(request: HttpRequest) -> dict[str, Any]:
    """What the phone's program has to know before it asks: the place with its centre, and whether tasks can be had."""
    area = _place(request)
    # An area above may have no name yet but its code: that tells a resident nothing.
    names = [one.name for one in (area, area.parent if area else None) if one and not one.name.isdigit()]
    return {
        "place": {
            "name": names[0] if names else None,
            "more": names[1] if len(names) > 1 else None,
            "lon": area.lon if area else None,
            "lat": area.lat if area else None,
        },
        "handles": request.actor.may("cases.handle"),  # type: ignore[attr-defined]
        "visits": request.actor.may("cases.visit"),  # type: ignore[attr-defined]
    }


def page(name: str) -> Callable[..., HttpResponseBase]:
    """The view of one of the phone's pages."""

    @require_GET
    @needs("cases.report")
    def view(request: HttpRequest, **which: Any) -> HttpResponse:
        title, back = PAGES[name]
        return render(
            request,
            "cases/mobile/page.html",
            {"page": name, "page_title": title, "back": back, "start": _start(request)},
        )

    view.__name__ = name
    return view
