"""What the desk's pages of the registers have in common: tabs, searching without words in the address, workbooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from liuchi.kernel import given, typed
from liuchi.kernel.access import needs
from liuchi.people.registers.seeing import leads
from liuchi.people.views_import import XLSX

PAGE = 50
LONGEST_WORDS = 60


def tabs(request: HttpRequest, here: str) -> list[dict[str, Any]]:
    """The tabs that somebody may use; here: the key of the page's own."""
    actor = request.actor
    every = [
        ("businesses", _("Shops and firms"), "businesses.see"),
        ("workers", _("New-employment groups"), "registers.figures"),
        ("branches", _("Branches"), "homecoming.see" if leads(actor) else "registers.figures"),
        ("service", _("Double registration"), "service.posts"),
    ]
    every.append(("trades", _("Trades"), "registers.trades"))
    if leads(actor):  # whoever is secretary of a unit sees what was reported to that very unit
        every.append(("statements", _("Reported to my unit"), "service.statement"))
    return [
        {"url": reverse(f"people:reg_{key}"), "label": label, "here": key == here, "number": number}
        for number, (key, label, ability) in enumerate(every, start=1)
        if actor.may(ability)
    ]


@require_GET
@needs("registers.desk")
def first(request: HttpRequest) -> HttpResponse:
    """The first of the registers that somebody may see."""
    found = tabs(request, "")
    return redirect(found[0]["url"] if found else "people:reg_statements")


class Search:
    """What a list was asked for. Words are sent and stand covered in the address: they may be a phone number."""

    def __init__(self, request: HttpRequest, page: str, *names: str) -> None:
        self.request = request
        self.sent = request.method == "POST"
        asked = request.POST if self.sent else request.GET
        said = asked.get("q", "")
        self.text = (said if self.sent else typed.uncovered(said, page)).strip()[:LONGEST_WORDS]
        self.chosen = {name: asked[name] for name in names if asked.get(name)}
        self.number = _number(asked.get("page", ""))
        more = {"q": typed.covered(self.text, page)} if self.text else {}
        self.said = more | self.chosen
        self.partial = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-History-Restore-Request")

    def here(self, **more: str) -> str:
        said = self.said | more
        return self.request.path + (f"?{urlencode(said)}" if said else "")

    def answer(self, render: Callable[[bool], HttpResponse]) -> HttpResponse:
        """render(partial): the rows alone, or the page."""
        if self.sent and not self.partial:
            return redirect(self.here())
        response = render(self.partial)
        if self.sent:
            response["HX-Replace-Url"] = self.here()
        return response

    def paged(self, found: Any) -> dict[str, Any]:
        """One page of a queryset, without counting the rest."""
        start = (self.number - 1) * PAGE
        rows = list(found[start : start + PAGE + 1])
        return {
            "rows": rows[:PAGE],
            "before": self.here(page=str(self.number - 1)) if self.number > 1 else "",
            "after": self.here(page=str(self.number + 1)) if len(rows) > PAGE else "",
        }


def as_workbook(data: bytes, name: str) -> HttpResponse:
    """An Excel file to be saved under a name."""
    response = HttpResponse(data, content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename=\"liuchi.xlsx\"; filename*=UTF-8''{quote(name)}"
    return response


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(said: str) -> int:
    return min(given.whole(said) or 1, 10_000)
