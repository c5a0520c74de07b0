"""The port where each app says what stands in the navigation of the two surfaces, on the phone's page "Me", and as a tab of the
desk's page of open interfaces."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

SURFACES = ("phone", "desk", "me", "interfaces")


@dataclass(frozen=True, slots=True)
class Stop:
    """One entry. label is a lazy translation; ability: who sees it (None: everybody); badge: a count for this request;
    also: other addresses whose pages belong to it."""

    key: str
    label: Any
    icon: str
    url: str
    order: int
    ability: str | None = None
    badge: Callable[[HttpRequest], int] | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A stop as one person sees it now."""

    stop: Stop
    here: bool
    count: int


_stops: dict[str, dict[str, Stop]] = {surface: {} for surface in SURFACES}


def register(
    surface: str,
    *,
    key: str,
    label: Any,
    icon: str,
    url: str,
    order: int = 50,
    ability: str | None = None,
    badge: Callable[[HttpRequest], int] | None = None,
    also: tuple[str, ...] = (),
) -> None:
    """Adds a stop to the phone's tab bar, the desk's rail or the lines of "Me" (seen by who is signed in). Raises KeyError for an unknown surface."""
    _stops[surface][key] = Stop(key, label, icon, url, order, ability, badge, also)


def shown(surface: str, request: HttpRequest) -> list[Shown]:
    """The stops that this person may use, in order; `here` is the one with the longest address that begins the page's."""
    actor = getattr(request, "actor", None)
    stops = [
        stop
        for stop in sorted(_stops[surface].values(), key=lambda stop: stop.order)
        if stop.ability is None or (actor is not None and actor.may(stop.ability))
    ]
    fitting = [(len(url), stop) for stop in stops for url in (stop.url, *stop.also) if _begins(request.path, url)]
    _length, here = max(fitting, key=lambda one: one[0], default=(0, None))
    return [Shown(stop, stop is here, stop.badge(request) if stop.badge else 0) for stop in stops]


def _begins(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
