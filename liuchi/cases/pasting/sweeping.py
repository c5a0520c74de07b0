"""Pasted chats end: thrown away, after a day, with their clerk. Of what was sent a digest stays for a season."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from liuchi.cases.models import ChatDraft, ChatLine, ChatPaste
from liuchi.cases.pasting import stored
from liuchi.cases.pasting.stored import Content
from liuchi.kernel.media import actions as media
from liuchi.kernel.media.models import Media

HOURS = 24  # a draft that nobody sends
DAYS = 90  # that a message was pasted is known so long


def forget(draft: ChatDraft, content: Content) -> None:
    """With its pictures, and so that the same may come again."""
    media.remove(Media.objects.filter(key__in=content.pictures, record=None))
    draft.delete()


def forget_of(person_id: UUID | None) -> None:
    """All that a person pasted and did not send."""
    for held in ChatPaste.objects.filter(person_id=person_id):
        _forget_paste(held)


def sweep(at: datetime) -> None:
    """Deletes what nobody sent within a day, and forgets what was pasted long ago. For the worker's tick."""
    for held in ChatPaste.objects.filter(made_at__lt=at - timedelta(hours=HOURS))[:200]:
        _forget_paste(held)
    ChatLine.objects.filter(noted_at__lt=at - timedelta(days=DAYS), draft=None).delete()


def _forget_paste(held: ChatPaste) -> None:
    with transaction.atomic():
        for draft in held.drafts.select_for_update():
            forget(draft, stored.content_of(draft))
        held.delete()
