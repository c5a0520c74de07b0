"""Ids made by the server: UUIDv7, ordered by time, so that several districts can be merged without a clash."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new UUIDv7 (RFC 9562)."""
    return uuid7()
