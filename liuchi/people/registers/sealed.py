"""What a member said of themselves, encrypted, and the digest by which a person's own entry is found again."""

import json
from collections.abc import Mapping
from uuid import UUID

from liuchi.kernel import crypto
from liuchi.people.models import HomeComing, ServiceMember

Entry = HomeComing | ServiceMember


def person_index(kind: type[Entry], person_id: UUID) -> bytes:
    """32 bytes; the same person has another index in each register, so that the two can't be laid side by side."""
    return crypto.blind_index(f"member.{kind.__name__}", str(person_id))


def claimed_index(member: ServiceMember, post_id: UUID) -> bytes:
    """32 bytes by which a claim of this post is known again as this member's after the member left."""
    return crypto.blind_index("member.claimed", f"{bytes(member.person_index or b'').hex()} {post_id}")


def seal(entry: Entry, person_id: UUID, values: Mapping[str, str]) -> None:
    """Sets index and cipher of an entry."""
    entry.person_index = person_index(type(entry), person_id)
    body = json.dumps({"person": str(person_id), **values}, ensure_ascii=False)
    entry.cipher = crypto.encrypt(body, _bound(entry))


def opened(entry: Entry) -> dict[str, str]:
    """What was said: person (id), name, phone and more; empty once it was taken back."""
    if not entry.cipher:
        return {}
    values: dict[str, str] = json.loads(crypto.decrypt(entry.cipher, _bound(entry)))
    return values


def empty(entry: Entry) -> None:
    """Forgets who it was."""
    entry.person_index = entry.cipher = None


def _bound(entry: Entry) -> str:
    return f"member:{entry.pk}"
