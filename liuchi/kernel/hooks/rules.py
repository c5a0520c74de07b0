"""How an event is signed, and when it is tried again. Signature and headers are those of Standard Webhooks
(standardwebhooks.com), so that ready-made libraries check them."""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from urllib.parse import urlsplit

_SECRET = "whsec_"
# After each failure a longer pause, 31 hours in all: a night and a working day go by before somebody has to look.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 300, 1800, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600))
GONE = 410  # the receiver says that it wants nothing more


def new_secret() -> str:
    """``whsec_`` and 32 random bytes in base 64."""
    return _SECRET + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, event: str, timestamp: int, body: bytes) -> str:
    """``v1,…``: HMAC-SHA256 over id, time and the bytes of the body."""
    key = base64.b64decode(secret.removeprefix(_SECRET))
    mac = hmac.digest(key, b".".join((event.encode(), str(timestamp).encode(), body)), hashlib.sha256)
    return f"v1,{base64.b64encode(mac).decode()}"


def headers(secret: str, event: str, timestamp: int, body: bytes) -> dict[str, str]:
    """What goes with the body."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "Liuchi-Webhooks/1",
        "webhook-id": event,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, event, timestamp, body),
    }


def next_try(failures: int) -> timedelta | None:
    """How long to wait after so many failures; None when it has been tried often enough."""
    return PAUSES[failures - 1] if failures <= len(PAUSES) else None


def arrived(status: int | None) -> bool:
    """Whether the receiver has it."""
    return status is not None and 200 <= status < 300


def fault_of(url: str) -> str:
    """Why an address can't be one of a webhook: ``https``, ``host`` or nothing."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  raises for a port that is none
    except ValueError:
        return "host"
    if parts.scheme != "https":
        return "https"
    if not parts.hostname or parts.username or parts.password or not url.isascii() or any(sign <= " " for sign in url):
        return "host"
    return ""
