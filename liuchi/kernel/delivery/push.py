"""Web push: a message that only the browser can read (RFC 8291), to the push service of its maker (RFC 8030), signed with
a key of this house (VAPID, RFC 8292).

Of the packages that do this one brings a whole asynchronous HTTP client and has a part without wheels; the few lines here
stand on `cryptography`, and the RFC's own example is among the tests.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from liuchi.kernel.delivery import http
from liuchi.kernel.delivery.channels import Failed
from liuchi.kernel.keys import key_file

# Whose push services are known: Google (Chrome, Edge on Android), Mozilla, Microsoft, Apple.
HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    ".push.services.mozilla.com",
    ".notify.windows.com",
    ".push.apple.com",
)
_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_RECORD = 4096
_KEEPS = timedelta(days=1)  # so long the push service waits for a phone that is off


def unpadded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def padded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def house_key() -> ec.EllipticCurvePrivateKey:
    """The key by which push services know this house; made at first use, kept outside the database."""
    number = int.from_bytes(key_file("push.key"), "big") % (_ORDER - 1) + 1
    return ec.derive_private_key(number, _CURVE)


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_key() -> str:
    """What a browser needs to let this house, and nobody else, push to it."""
    return unpadded(public_bytes(house_key()))


def is_endpoint(endpoint: str, p256dh: str, auth: str) -> bool:
    """Whether this can be a browser's subscription: of a known push service, with keys that are keys."""
    if len(endpoint) > 1000 or not http.is_allowed(endpoint, HOSTS):
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, padded(p256dh))
        return len(padded(auth)) == 16
    except (ValueError, InvalidKey, binascii.Error):
        return False


def encrypted(
    words: bytes, p256dh: bytes, auth: bytes, *, salt: bytes = b"", key: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    """The body of a push (content coding aes128gcm, one record). salt and key are random but for the RFC's example."""
    salt, key = salt or os.urandom(16), key or ec.generate_private_key(_CURVE)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, p256dh)
    ours = public_bytes(key)
    first = _derived(key.exchange(ec.ECDH(), theirs), auth, b"WebPush: info\0" + p256dh + ours, 32)
    content = _derived(first, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(first, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + _RECORD.to_bytes(4, "big") + len(ours).to_bytes(1, "big") + ours
    return head + AESGCM(content).encrypt(nonce, words + b"\x02", None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def authorization(endpoint: str, at: datetime) -> str:
    """Who pushes, to the push service of the endpoint alone, for half a day."""
    parts = urlsplit(endpoint)
    contact = (
        settings.PUBLIC_URL if settings.PUBLIC_URL.startswith("https://") else f"mailto:{settings.DEFAULT_FROM_EMAIL}"
    )
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((at + timedelta(hours=12)).timestamp()),
        "sub": contact,
    }
    token = ".".join(unpadded(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    key = house_key()
    r, s = decode_dss_signature(key.sign(token.encode(), ec.ECDSA(hashes.SHA256())))
    signature = unpadded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={token}.{signature}, k={unpadded(public_bytes(key))}"


def send(subscription: Mapping[str, str], words: Mapping[str, str], at: datetime) -> None:
    """Pushes words (``title``, ``body``, ``url``, ``tag``) to a browser. Two of one tag are one. Raises Failed; gone when
    the browser takes none any more."""
    endpoint = subscription["endpoint"]
    body = encrypted(
        json.dumps(words, ensure_ascii=False).encode(), padded(subscription["p256dh"]), padded(subscription["auth"])
    )
    answer = http.post(
        endpoint,
        body,
        {
            "content-type": "application/octet-stream",
            "content-encoding": "aes128gcm",
            "ttl": str(int(_KEEPS.total_seconds())),
            "topic": unpadded(hashlib.sha256(words["tag"].encode()).digest()[:24]),
            "authorization": authorization(endpoint, at),
        },
        hosts=HOSTS,
    )
    if answer.status in (404, 410):
        raise Failed("browser_gone", gone=True)
    if answer.status not in (200, 201, 202):
        raise Failed(f"push_{answer.status}", final=answer.status in (400, 401, 403, 413))
