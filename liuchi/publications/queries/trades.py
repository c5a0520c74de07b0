"""The trades (行业) that lessons are for, and that of a person."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import pgettext_lazy

TRADE_LABELS = {
    "delivery": pgettext_lazy("trade", "Takeaway delivery"),
    "courier": pgettext_lazy("trade", "Courier"),
    "freight": pgettext_lazy("trade", "Freight"),
    "ride_hailing": pgettext_lazy("trade", "Ride hailing"),
    "streaming": pgettext_lazy("trade", "Live streaming"),
}


def trade_of(person_id: UUID | None) -> str:
    """The code of the trade somebody works in, as far as we know; nothing for the others."""
    return ""
