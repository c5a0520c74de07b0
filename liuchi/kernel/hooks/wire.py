"""One POST to an address that somebody entered: over TLS, to a public address alone, without following anything.

The name is looked up once, every address that it has must be allowed, and the connection goes to that very address: a name
that changes between the look and the call leads nowhere else.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

import certifi
from django.conf import settings

SECONDS = 15  # in all, however slowly the other side drips
_STEP = 8  # for connecting, and for each silence
MOST_ANSWER = 300
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Answer(NamedTuple):
    """status: None when nobody answered; words: the beginning of the answer, or what went wrong."""

    status: int | None
    words: str


class NotAllowed(Exception):
    """The name leads to an address inside the house's own network."""


def is_allowed(said: str) -> bool:
    """Whether a numeric address may be called: a public one, or one in the networks of ``settings.HOOK_NETWORKS``."""
    found = ipaddress.ip_address(said.partition("%")[0])
    if any(found in network for network in settings.HOOK_NETWORKS):
        return True
    return all(one.is_global and not one.is_multicast for one in (found, *_inside(found)))


def _inside(found: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 address leads to."""
    if isinstance(found, ipaddress.IPv4Address):
        return []
    inner: list[Address | None] = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
    if found in _NAT64:
        inner.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
    return [one for one in inner if one is not None]


def address_of(host: str, port: int) -> str:
    """The address to call. Raises NotAllowed when any that the name has is not allowed, OSError when it has none."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(is_allowed(one) for one in found):
        raise NotAllowed
    return found[0]


class _Pinned(http.client.HTTPSConnection):
    """Goes to one address and asks for the certificate of the name."""

    def __init__(self, address: str, host: str, port: int) -> None:
        trust = ssl.create_default_context(cafile=certifi.where())
        if settings.HOOK_CERTIFICATES:
            trust.load_verify_locations(settings.HOOK_CERTIFICATES)
        super().__init__(host, port, timeout=_STEP, context=trust)
        self._address, self._trust = address, trust
        self.line: socket.socket | None = None

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), timeout=_STEP)
        self.line = plain
        closed = self._trust.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.line = self.sock = closed
        closed.do_handshake()

    def cut(self) -> None:
        """Time is over."""
        with suppress(OSError):
            if self.line:
                self.line.shutdown(socket.SHUT_RDWR)


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Sends the body and says what came back; never raises for what the other side or the network does."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    try:
        line = _Pinned(address_of(host, port), host, port)
    except NotAllowed:
        return Answer(None, "the name leads to an address inside a private network")
    except (OSError, UnicodeError) as error:
        return Answer(None, _problem(error))
    end = threading.Timer(SECONDS, line.cut)
    end.start()
    try:
        line.request("POST", f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", body, headers)
        answer = line.getresponse()
        words = answer.read(4 * MOST_ANSWER).decode(errors="replace").replace("\x00", "")
        return Answer(answer.status, " ".join(words.split())[:MOST_ANSWER])
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(None, _problem(error))
    finally:
        end.cancel()
        line.close()


def _problem(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:MOST_ANSWER]
