"""Reading: to whom, in which language, by which ways, and what a person was told."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress

from liuchi.kernel.delivery import channels
from liuchi.kernel.delivery import queries as delivery
from liuchi.notices import rules
from liuchi.notices.models import Browser, Choice
from liuchi.people.actions.persons import phone_of
from liuchi.people.models import Person

PAGE = 50


def languages_of(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Person -> language; the erased and the unknown are left out."""
    if not person_ids:
        return {}
    return dict(Person.objects.filter(pk__in=person_ids, erased_at=None).values_list("pk", "language"))


def wishes(person_ids: Collection[UUID]) -> dict[UUID, rules.Wish]:
    """Person -> how they want to be told, for everybody named."""
    chosen = {choice.person_id: choice.wish for choice in Choice.objects.filter(person__in=person_ids)}
    return {person: chosen.get(person, rules.Wish()) for person in person_ids}


def addresses(person_ids: Collection[UUID]) -> dict[UUID, dict[str, list[str]]]:
    """Person -> channel -> where it reaches them, of the channels that are on: the mail address they confirmed, the phone
    number that was checked, the browsers that they allowed."""
    found: dict[UUID, dict[str, list[str]]] = {}
    if channels.is_on("mail"):
        _add(found, "mail", mail_addresses(person_ids).items())
    if channels.is_on("sms"):
        _add(found, "sms", _phones(person_ids))
    if channels.is_on("push"):
        browsers = Browser.objects.filter(person__in=person_ids, person__login__is_active=True).order_by("pk")
        _add(found, "push", ((one.person_id, one.subscription) for one in browsers))
    return found


def _add(found: dict[UUID, dict[str, list[str]]], channel: str, pairs: Iterable[tuple[UUID, str]]) -> None:
    for person, address in pairs:
        found.setdefault(person, {}).setdefault(channel, []).append(address)


def mail_addresses(person_ids: Collection[UUID]) -> dict[UUID, str]:
    """Person -> e-mail address that the person confirmed, where there is one."""
    confirmed = EmailAddress.objects.filter(user__person__in=person_ids, verified=True, primary=True)
    return dict(confirmed.values_list("user__person", "email"))


def _phones(person_ids: Collection[UUID]) -> list[tuple[UUID, str]]:
    """Of those who chose text messages alone: opening everybody's number would be of no use."""
    chosen = {
        choice.person_id: choice for choice in Choice.objects.filter(person__in=person_ids) if "sms" in choice.order
    }
    people = Person.objects.filter(pk__in=chosen, erased_at=None)
    return [(one.pk, phone_of(one)) for one in people if phone_is_proven(one, chosen[one.pk])]


def phone_is_proven(person: Person, choice: Choice | None) -> bool:
    """Whether the number is surely this person's: an officer saw it, or a code that went there came back."""
    if not person.phone_cipher or not person.phone_index:
        return False
    if person.phone_checked_at:
        return True
    return bool(choice and choice.proven and bytes(choice.proven) == bytes(person.phone_index))


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


def kept_choice(person_id: UUID) -> list[dict[str, Any]]:
    """How somebody wants to be told, and in how many browsers, for the copy of what is kept on them."""
    choice = Choice.objects.filter(person=person_id).first()
    if choice is None:
        return []
    times = {name: getattr(choice, name) for name in ("quiet_from", "quiet_until", "digest_at")}
    return [
        {"channels": choice.order, "every": choice.every, "urgent_passes": choice.urgent_passes}
        | {name: f"{value:%H:%M}" if value else "" for name, value in times.items()}
        | {"browsers": Browser.objects.filter(person=person_id).count()}
    ]
