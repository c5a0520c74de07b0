"""Who looked at what is kept on somebody: told by office, with how often and when last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuchi.people.models import Look, Role

THINGS: Mapping[str, str | Promise] = {
    "phone": gettext_lazy("Phone number"),
    "number": gettext_lazy("Whether your phone number is known"),
    "points": gettext_lazy("Points that you let them see"),
    "application": gettext_lazy("What you wrote in an application"),
    "photo": gettext_lazy("A photo of yours with the faces on it"),
}
MOST = 60


def looks_at(person_id: UUID, record_id: UUID | None = None) -> list[dict[str, Any]]:
    """``{office, thing, times, last}``, the latest first; record_id: only in the course of this record. One query."""
    found = Look.objects.filter(person=person_id)
    if record_id:
        found = found.filter(record_id=record_id)
    counted = (
        found.order_by()
        .values("what", "by_post__organisation__name", "by_post__area__name", "by_post__role")
        .annotate(times=Count("pk"), last=Max("at"))
        .order_by("-last")[:MOST]
    )
    return [
        {
            "office": _office(line),
            "thing": THINGS.get(line["what"], _("Something else")),
            "times": line["times"],
            "last": line["last"],
        }
        for line in counted
    ]


def _office(line: Mapping[str, Any]) -> str:
    where = line["by_post__organisation__name"] or line["by_post__area__name"] or _("The office")
    role = Role(line["by_post__role"]).label if line["by_post__role"] else ""
    return f"{where} · {role}" if role else str(where)
