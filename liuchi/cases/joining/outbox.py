"""What the phone's outbox may deliver: joining and leaving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.cases import rules
from liuchi.cases.joining import actions, queries, seeing
from liuchi.cases.outbox import Body, case_in, text_in
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox import actions as outbox


def register_all() -> None:
    """Called when the program starts."""
    outbox.register("case.join", join, per_minute=20)
    outbox.register("case.leave", leave, per_minute=30)


def join(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.join`` -> id, number, title, and for who has no account a receipt of their own."""
    joined = actions.join(ctx, case_in(body))
    told: dict[str, Any] = {
        "joined": True,
        "id": str(joined.case.pk),
        "number": joined.case.number,
        "title": seeing.title(joined.case),
    }
    return told | ({"receipt": joined.receipt, "url": f"/r/{joined.receipt}"} if joined.receipt else {})


def leave(ctx: Context, body: Body, media: list[UUID]) -> Body:
    """``case.leave``, by the account or by the receipt."""
    receipt = text_in(body, "receipt")
    if not receipt:
        return {"case": str(actions.leave(ctx, case_in(body)).pk)}
    found = queries.by_receipt(receipt)
    if found is None:
        raise Refused("not_found", _("There is no report with this receipt. Compare it letter by letter."), status=404)
    return {"case": str(actions.leave(ctx, found.case_id, rules.clean_receipt(receipt) or "").pk)}
