"""Hashes of the journal. Pure; a checker in any language can be written from this file alone.

Canonical form: JSON with sorted keys, no spaces, UTF-8, not ASCII-escaped; times as ISO 8601 in UTC with microseconds.
"""

import hashlib
import hmac
import json
import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

# The largest integer that JSON programs keep exactly (RFC 8259, section 6).
_EXACT = 2**53 - 1


def canonical(value: Any) -> str:
    """The one way of writing a JSON value. Raises ValueError for what two databases could store differently."""
    _check(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _check(value: Any) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise ValueError(f"journal keys are words, not {key!r}")
            _check(inner)
    elif isinstance(value, list):
        for inner in value:
            _check(inner)
    elif isinstance(value, float):
        if not math.isfinite(value) or abs(value) > 1e15 or (value and abs(value) < 1e-9):
            raise ValueError(f"{value!r} would not be stored alike on every database")
        if value.is_integer():
            raise ValueError(f"write {value!r} as a whole number: one database would")
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > _EXACT:
            raise ValueError(f"{value} is too large to be exact in JSON")
    elif isinstance(value, str):
        if "\x00" in value:
            raise ValueError("a text with a NUL can't be stored on every database")
    elif value is not None and not isinstance(value, bool):
        raise ValueError(f"{type(value).__name__} has no place in the journal; write its id or its text")


def plain(value: Any) -> Any:
    """The same value with whole floats written as integers, so that it passes canonical()."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


def digest(text: str, algorithm: str = "sha256") -> str:
    """Hex digest of a text. Raises ValueError for an algorithm this program does not know."""
    return str(_algorithm(algorithm)(text.encode()).hexdigest())


def side_digest(salt: str, body: Any, algorithm: str = "sha256") -> str:
    """Salted digest of a side row: without the salt nobody can try out names and phone numbers on it."""
    return digest(salt + canonical(body), algorithm)


def moment(at: datetime) -> str:
    """2026-11-22T05:30:00.000000Z"""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def row_hash(
    *,
    record: str,
    version: int,
    verb: str,
    schema: int,
    area: int | None,
    at: datetime,
    recorded_at: datetime,
    local_date: str,
    channel: str,
    facts: Any,
    actor_digest: str,
    personal_digest: str,
    algorithm: str = "sha256",
) -> str:
    """The hash of one row's whole content."""
    content = [
        record,
        version,
        verb,
        schema,
        area,
        moment(at),
        moment(recorded_at),
        local_date,
        channel,
        facts,
        actor_digest,
        personal_digest,
        algorithm,
    ]
    return digest(canonical(content), algorithm)


def rows_digest(hashes: Iterable[str], algorithm: str = "sha256") -> str:
    """The digest of a seal's rows, in their order."""
    return digest("\n".join(hashes), algorithm)


def seal_hash(number: int, previous: str, count: int, rows: str, sealed_at: datetime, algorithm: str = "sha256") -> str:
    """The hash of a seal; it carries the one before, so that the seals are a chain."""
    return digest(canonical([number, previous, count, rows, moment(sealed_at), algorithm]), algorithm)


def seal_mac(key: bytes, hash_: str, algorithm: str = "sha256") -> str:
    """HMAC (RFC 2104) of a seal's hash."""
    return hmac.new(key, hash_.encode(), _algorithm(algorithm)).hexdigest()


def _algorithm(name: str) -> Any:
    if name == "sha256":
        return hashlib.sha256
    if name == "sm3" and "sm3" in hashlib.algorithms_available:  # GB/T 32905, where the office's OpenSSL has it
        return lambda data=b"": hashlib.new("sm3", data)
    raise ValueError(f"unknown hash algorithm {name}")
