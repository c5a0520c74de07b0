"""The six digits on the roster that hangs at the place: who reads them there is there. Never kept, always found."""

import hashlib
import hmac
from uuid import UUID

from liuchi.kernel.keys import key_file


def code_of(duty_id: UUID) -> str:
    """The six digits of a duty."""
    digest = hmac.new(key_file("duties-code.key"), duty_id.bytes, hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8]) % 10**6:06}"


def is_code(duty_id: UUID, code: str) -> bool:
    """Whether these are the digits, however they were typed."""
    digits = "".join(sign for sign in code if sign.isascii() and sign.isdigit())
    return hmac.compare_digest(digits, code_of(duty_id))
