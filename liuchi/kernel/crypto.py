"""Keys, encryption of fields, and the blind index. Files are in ``encrypted_files``.

Keys lie in files outside the database (``settings.KEYS``, mode 0600), one file for each purpose, one key a line:
``<id> <64 hex digits>``. The last line encrypts; all of them decrypt, so a key is rotated by adding a line
(`rotate`) and old values stay readable. The blind index has a key of its own that is never rotated: a value would no
longer be found. Who has the database alone reads nothing of what is encrypted here; who loses
the key files loses those values, so they belong into a safe beside the backup.
"""

from __future__ import annotations

import hmac
import os
import secrets
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from liuchi.kernel.keys import draft_beside, key_file, read_or_make


class CryptoError(Exception):
    """A value cannot be read: it was changed, belongs to another row, or its key is not in the key folder."""


# --- key files -------------------------------------------------------------------------------------------------------


class Key(NamedTuple):
    """id: 4 bytes, written before everything the key encrypted; secret: 32 bytes."""

    id: bytes
    secret: bytes


class Ring(NamedTuple):
    """The keys of one purpose; the last one is in use."""

    purpose: str
    keys: dict[bytes, bytes]

    @property
    def current(self) -> Key:
        return Key(*list(self.keys.items())[-1])

    def secret(self, key_id: bytes) -> bytes:
        try:
            return self.keys[key_id]
        except KeyError:
            raise CryptoError(
                f"key {key_id.hex()} is missing from {_file_of(self.purpose)}; put it back from your backup"
            )


def ring(purpose: str) -> Ring:
    """The keys of a purpose (``field``, ``media``), made at first use."""
    return _read_ring(settings.KEYS, purpose)


def rotate(purpose: str) -> Key:
    """Adds a key and uses it from now on in this process; others take it up at their next start."""
    path = _file_of(purpose)
    old = ring(purpose)
    key = Key(secrets.token_bytes(4), secrets.token_bytes(32))
    os.replace(draft_beside(path, b"".join(_line(Key(*pair)) for pair in old.keys.items()) + _line(key)), path)
    forget_keys()
    return key


def forget_keys() -> None:
    """Reads the key files anew at their next use (after rotation or restore)."""
    _read_ring.cache_clear()
    key_file.cache_clear()


def _file_of(purpose: str) -> Path:
    return Path(settings.KEYS) / f"{purpose}.keys"


def _line(key: Key) -> bytes:
    return f"{key.id.hex()} {key.secret.hex()}\n".encode()


def _first_line() -> bytes:
    return _line(Key(secrets.token_bytes(4), secrets.token_bytes(32)))


@lru_cache(maxsize=8)
def _read_ring(folder: Path | str, purpose: str) -> Ring:
    path, keys = Path(folder) / f"{purpose}.keys", {}
    for line in read_or_make(path, _first_line).decode("ascii").splitlines():
        if line.strip():
            key_id, secret = line.split()
            keys[bytes.fromhex(key_id)] = bytes.fromhex(secret)
    if not keys:
        raise CryptoError(f"{path} holds no key; put it back from your backup")
    return Ring(purpose, keys)


# --- fields ----------------------------------------------------------------------------------------------------------

_FIELD = b"\x01"
_NONCE = 12
_TAG = 16


def encrypt(value: str, bound_to: str = "") -> bytes:
    """A field's text, encrypted with AES-256-GCM: version, key id, nonce, cipher and tag, 33 bytes more than the text.

    bound_to: where the value belongs (``person.phone:<id>``): the cipher copied to another row does not open there.
    """
    key = ring("field").current
    nonce = secrets.token_bytes(_NONCE)
    return _FIELD + key.id + nonce + AESGCM(key.secret).encrypt(nonce, value.encode(), bound_to.encode())


def decrypt(cipher: bytes | memoryview, bound_to: str = "") -> str:
    """The text again. CryptoError if it was changed, belongs elsewhere, or its key is missing."""
    raw = bytes(cipher)  # a database may hand over a memoryview
    if raw[:1] != _FIELD or len(raw) < 5 + _NONCE + _TAG:
        raise CryptoError("this is no encrypted value")
    secret = ring("field").secret(raw[1:5])
    try:
        return AESGCM(secret).decrypt(raw[5 : 5 + _NONCE], raw[5 + _NONCE :], bound_to.encode()).decode()
    except InvalidTag:
        raise CryptoError("the encrypted value was changed or belongs to another row")


# --- finding what is encrypted ---------------------------------------------------------------------------------------


def normal_phone(text: str) -> str:
    """One spelling for a phone number: half-width digits without spaces, signs and the country code of China.

    ``+86 138-0013-8000``, ``0086 138 0013 8000`` and ``１３８００１３８０００`` are the same; other countries keep their ``+``.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    abroad = text.startswith(("+", "00"))
    digits = "".join(sign for sign in text if sign in "0123456789")
    if text.startswith("00"):
        digits = digits[2:]
    if abroad:
        if not digits.startswith("86"):
            return "+" + digits
        digits = digits[2:]
        # a landline abroad is written without the 0 of its area code: +86 551 6234 5678
        return digits if len(digits) == 11 and digits.startswith("1") else "0" + digits.removeprefix("0")
    if len(digits) == 13 and digits.startswith("861"):
        return digits[2:]
    return digits


def normal_id_number(text: str) -> str:
    """One spelling for a citizen's ID number (公民身份号码): 18 characters; the old 15 get century and check digit."""
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split())
    if len(plain) == 15 and plain.isascii() and plain.isdigit():
        plain = plain[:6] + "19" + plain[6:]
        plain += id_check_digit(plain)
    return plain


def id_check_digit(first17: str) -> str:
    """The last character of an 18-character ID number (GB 11643, ISO 7064 MOD 11-2)."""
    return "10X98765432"[sum(int(digit) * 2 ** (17 - index) for index, digit in enumerate(first17[:17])) % 11]


def blind_index(kind: str, normal: str) -> bytes:
    """32 bytes by which an encrypted value is found without being readable: HMAC-SHA256 under the index key."""
    return hmac.digest(key_file("index.key"), f"{kind}:{normal}".encode(), "sha256")


def phone_index(text: str) -> bytes:
    """The blind index of a phone number, however it was written."""
    return blind_index("phone", normal_phone(text))
