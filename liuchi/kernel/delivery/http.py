"""Requests that go out of the house, from the worker alone: to https, to known hosts, without following anybody elsewhere."""

from __future__ import annotations

import ssl
from collections.abc import Collection, Mapping
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies

import certifi
import urllib3
from django.conf import settings

from liuchi.kernel.delivery.channels import Failed

_SECONDS = urllib3.Timeout(connect=4, read=8)
_LONGEST_ANSWER = 64 * 1024


class Answer(NamedTuple):
    status: int
    body: bytes


def is_allowed(address: str, hosts: Collection[str] | None = None) -> bool:
    """Whether something may be sent there: https on its own port, no name or password in it, and one of the hosts if some
    are given (``.example.org`` stands for all below it). Tests may use their own machine (``DELIVERY_LOOPBACK``)."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, (parts.hostname or "").lower()
    except ValueError:
        return False
    if settings.DELIVERY_LOOPBACK and parts.scheme == "http" and host == "127.0.0.1":
        return True
    if parts.scheme != "https" or port not in (None, 443) or "@" in parts.netloc or not host or parts.fragment:
        return False
    if any(sign.isspace() or not sign.isprintable() for sign in address):
        return False
    return hosts is None or any(host == one or (one.startswith(".") and host.endswith(one)) for one in hosts)


def post(address: str, body: bytes, headers: Mapping[str, str], *, hosts: Collection[str] | None = None) -> Answer:
    """Sends a POST and gives the answer, whatever its status. Raises Failed when nothing answers in time."""
    if not is_allowed(address, hosts):
        raise Failed("address_not_allowed", final=True)
    try:
        answer = _pool(getproxies().get("https", "")).request(
            "POST", address, body=body, headers=dict(headers), redirect=False, preload_content=False
        )
        try:
            return Answer(answer.status, answer.read(_LONGEST_ANSWER))
        finally:
            answer.close()  # the rest of a longer one is not waited for
    except (urllib3.exceptions.HTTPError, OSError) as error:
        cause = getattr(error, "reason", None) or error
        raise Failed(type(cause).__name__) from None


@cache
def _pool(proxy: str) -> urllib3.PoolManager:
    """Connections by way of the office's proxy, where it has one. The machine's certificates count, and the known ones."""
    trusted = ssl.create_default_context()
    trusted.load_verify_locations(certifi.where())
    if proxy:
        return urllib3.ProxyManager(proxy, ssl_context=trusted, timeout=_SECONDS, retries=False)
    return urllib3.PoolManager(ssl_context=trusted, timeout=_SECONDS, retries=False)


def path_of(address: str) -> str:
    """The path of an address, with what is asked behind it."""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
