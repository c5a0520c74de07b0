"""Text messages by Alibaba Cloud (阿里云短信服务, Dysmsapi 2017-05-25, SendSms), signed by version 3 of its signature.

Source: help.aliyun.com, “V3版本请求体&签名机制” and “SendSms”. The signature's published example is among the tests.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from liuchi.kernel.delivery import http
from liuchi.kernel.delivery.channels import Failed

ADDRESS = "https://dysmsapi.aliyuncs.com"
_ALGORITHM = "ACS3-HMAC-SHA256"
# What trying again can't mend: the number itself, or what stands in the provider's console.
_FINAL = frozenset(
    {
        "isv.MOBILE_NUMBER_ILLEGAL",
        "MOBILE_NOT_ON_SERVICE",
        "isv.BLACK_KEY_CONTROL_LIMIT",
        "isv.DOMESTIC_NUMBER_NOT_SUPPORTED",
    }
)


def signed_headers(
    *, method: str, host: str, query: str, action: str, version: str, key_id: str, secret: str, at: datetime, nonce: str,
    body: bytes = b"",
) -> dict[str, str]:  # fmt: skip
    """The headers of a request to ``/``, signed. query: canonical, see `canonical_query`."""
    digest = hashlib.sha256(body).hexdigest()
    headers = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": digest,
        "x-acs-date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = "\n".join((method, "/", query, lines, names, digest))
    to_sign = f"{_ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    return headers | {"authorization": f"{_ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}"}


def canonical_query(values: Mapping[str, str]) -> str:
    """Names in order, names and values percent-encoded as RFC 3986 has it."""
    return "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in sorted(values.items()))


def send(
    address: str, key_id: str, secret: str, *, sign_name: str, template: str, values: Mapping[str, str], phone: str,
    mark: str, at: datetime,
) -> None:  # fmt: skip
    """Sends one text message by an approved template. mark: our own number for it, which comes back in the provider's
    reports. Raises Failed with the provider's code."""
    query = canonical_query(
        {
            "PhoneNumbers": phone,
            "SignName": sign_name,
            "TemplateCode": template,
            "TemplateParam": json.dumps(values, ensure_ascii=False, separators=(",", ":")),
            "OutId": mark,
        }
    )
    headers = signed_headers(
        method="POST", host=urlsplit(address).netloc, query=query, action="SendSms", version="2017-05-25",
        key_id=key_id, secret=secret, at=at, nonce=secrets.token_hex(16),
    )  # fmt: skip
    answer = http.post(f"{address}/?{query}", b"", headers | {"accept": "application/json"})
    try:
        code = str(json.loads(answer.body)["Code"])
    except (ValueError, KeyError, TypeError):
        raise Failed(f"http_{answer.status}") from None
    if code != "OK":
        raise Failed(code if code.isascii() else "refused", final=code in _FINAL)
