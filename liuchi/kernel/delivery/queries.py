"""Reading messages and what is stuck."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from liuchi.kernel.delivery.models import Message, Sending


def unread_count(person_id: UUID | None) -> int:
    """How many messages a person has not read; 0 for nobody."""
    return Message.objects.filter(person_id=person_id, read_at=None).count() if person_id else 0


def messages_of(person_id: UUID) -> QuerySet[Message]:
    """A person's messages, the newest first."""
    return Message.objects.filter(person_id=person_id).order_by("-written_at", "-pk")


def stuck() -> QuerySet[Sending]:
    """What was given up, the oldest first: shown to the administrator until somebody acts."""
    return Sending.objects.filter(state=Sending.State.STUCK).order_by("made_at")
