"""Reading: to whom, in which language, and what a person was told."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress

from liuchi.kernel.delivery import queries as delivery
from liuchi.people.models import Person

PAGE = 50


def languages_of(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Person -> language; the erased and the unknown are left out."""
    if not person_ids:
        return {}
    return dict(Person.objects.filter(pk__in=person_ids, erased_at=None).values_list("pk", "language"))


def mail_addresses(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Person -> e-mail address that the person confirmed, where there is one."""
    confirmed = EmailAddress.objects.filter(user__person__in=person_ids, verified=True, primary=True)
    return dict(confirmed.values_list("user__person", "email"))


def mine(person_id: UUID, page: int = 1) -> list[dict[str, Any]]:
    """One page of a person's messages, the newest first: ``{id, title, body, url, at, read}``."""
    start = PAGE * (max(page, 1) - 1)
    return [
        {
            "id": str(message.pk),
            "title": message.title,
            "body": message.body,
            "url": message.url,
            "at": message.written_at,
            "read": message.read_at is not None,
        }
        for message in delivery.messages_of(person_id)[start : start + PAGE]
    ]


def kept(person_id: UUID) -> list[dict[str, Any]]:
    """All messages of a person, for the copy of what is kept on them."""
    return [
        {"at": message.written_at.isoformat(), "title": message.title, "body": message.body}
        for message in delivery.messages_of(person_id)
    ]
