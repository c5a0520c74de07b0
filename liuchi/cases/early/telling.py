"""Who learns of a sign: the grid leader and the street desk."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from liuchi import notices
from liuchi.cases import words
from liuchi.cases.early import queries
from liuchi.cases.early.actions import place_of
from liuchi.cases.early.models import EarlySign
from liuchi.kernel.journal.models import Row

Told = tuple[str, str, str]


def register_all() -> None:
    """Called when the program starts."""
    notices.register("early.raised", whom, _raised, mail=False)


def whom(row: Row) -> set[UUID]:
    """Those whose area the place lies in."""
    sign = EarlySign.objects.select_related("area").filter(pk=row.record_id).first()
    return queries.whom_to_tell(sign, row.at) if sign else set()


def _raised(row: Row) -> Told | None:
    sign = EarlySign.objects.select_related("area", "compound", "matter").filter(pk=row.record_id).first()
    if sign is None or sign.answer:
        return None
    facts = {"days": row.facts["days"], "seen": sign.seen, "usual": usual(sign)}
    more = _("%(seen)s reports in %(days)s days, usually %(usual)s. Have a look before it grows.") % facts
    return f"{words.matter(sign.matter)} · {place_of(sign.area, sign.compound)}", more, f"/desk/early/{sign.pk}"


def usual(sign: EarlySign) -> str:
    """What is usual in as many days, as one says it."""
    if sign.expected < 1:
        return _("fewer than 1")
    return _("about %(n)s") % {"n": round(sign.expected)}
