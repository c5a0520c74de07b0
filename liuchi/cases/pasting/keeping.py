"""What waits in drafts goes after a day, and with the clerk who pasted it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liuchi.cases.models import ChatPaste
from liuchi.cases.pasting import sweeping
from liuchi.kernel import ticks
from liuchi.kernel.context import Context
from liuchi.people import data


def kept(person_id: UUID) -> list[dict[str, Any]]:
    """When something was pasted; what others wrote in a group is theirs and does not go along."""
    made = ChatPaste.objects.filter(person_id=person_id).order_by("made_at").values_list("made_at", flat=True)
    return [{"pasted_at": at.isoformat()} for at in made]


def erase(ctx: Context, person_id: UUID) -> None:
    sweeping.forget_of(person_id)


def register_all() -> None:
    """Called when the program starts."""
    ticks.register("cases.sweep_chats", timedelta(minutes=30), sweeping.sweep)
    data.register("chat_drafts", data.Keeper(_("Chats that you pasted and did not send"), kept, erase))
