"""The desk's pages of hot topics: the hottest of the day, and the requests of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from liuchi.cases import words
from liuchi.cases.models import Case, Topic
from liuchi.cases.topics import queries
from liuchi.kernel.access import needs
from liuchi.people.access import Actor


@needs("cases.topics")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The hottest, as counted last; nothing is counted here."""
    return render(request, "cases/topics/list.html", {"hot": queries.hottest(_actor(request)), "may_topics": True})


@needs("cases.topics")
@require_safe
def one(request: HttpRequest, rank: int) -> HttpResponse:
    """The requests of one of the day's topics that this person may see; too few of them: there is no such topic. Named by its
    rank, since they are counted anew."""
    topic = get_object_or_404(Topic, day=queries.last_day(), rank=rank)
    rows = rows_of(queries.records_of(_actor(request), topic))
    if len(rows) < queries.FEWEST:
        raise Http404
    return render(request, "cases/topics/one.html", {"topic": topic, "rows": rows})


def rows_of(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """Lines of the table."""
    return [{"case": case, "title": words.title(case), "state": words.state(case.state)} for case in cases]


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]
