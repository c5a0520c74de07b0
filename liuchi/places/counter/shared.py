"""What numbers and errands share: the counter, locked, and how a secret is kept."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.kernel.errors import Refused
from liuchi.kernel.outbox.tokens import digest_of
from liuchi.places.counter.models import Counter


def locked(pk: UUID) -> Counter:
    """A counter that nobody else changes until the transaction ends. Raises Refused (404)."""
    counter = Counter.objects.select_for_update().filter(pk=pk, closed_on=None).first()
    if counter is None:
        raise Refused("not_found", _("There is no such counter."), status=404)
    return counter


def digest(code: str) -> bytes:
    """How a code or a receipt is kept: never itself."""
    return bytes.fromhex(digest_of(code))
