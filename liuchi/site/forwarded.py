"""Behind a reverse proxy: whose request it is, and whether it came by https.

A proxy writes into ``X-Forwarded-For`` from whom it got the request, after what stood there before, which anybody may have
written. So the header is read from its end, the proxies of the house are passed over, and the first other address is the
sender's. Whoever may name an address of their own is never slowed: from others than these proxies nothing is believed.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from typing import Any

from liuchi.site.door import Program

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Some proxies add the port: 203.0.113.7:4711, [2001:db8::7]:4711
_WITH_PORT = re.compile(r"(?:\[(?P<six>[^\]]+)\]|(?P<four>[0-9.]+))(?::\d+)?$")


class Forwarded:
    """A WSGI program around another one. proxies: ``LIUCHI_PROXIES``, addresses and networks by comma."""

    def __init__(self, program: Program, proxies: str) -> None:
        self.program = program
        self.networks = networks(proxies)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if self._is_ours(address(environ.get("REMOTE_ADDR", ""))):
            sender = self._sender(environ.get("HTTP_X_FORWARDED_FOR", ""))
            if sender:
                environ["REMOTE_ADDR"] = str(sender)
            if environ.get("HTTP_X_FORWARDED_PROTO") in ("http", "https"):
                environ["wsgi.url_scheme"] = environ["HTTP_X_FORWARDED_PROTO"]
        return self.program(environ, start_response)

    def _sender(self, header: str) -> Address | None:
        """The last address that is none of ours; None if the proxy wrote none, so that the proxy itself is counted."""
        for said in reversed(header.split(",")):
            found = address(said)
            if found is None or not self._is_ours(found):
                return found
        return None

    def _is_ours(self, found: Address | None) -> bool:
        return found is not None and any(found in network for network in self.networks)


def networks(proxies: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """Raises ValueError with a sentence for what is no address: a mistake here would let everybody or nobody be slowed."""
    found = []
    for said in filter(None, (part.strip() for part in proxies.split(","))):
        try:
            found.append(ipaddress.ip_network(said, strict=False))
        except ValueError as error:
            raise ValueError(
                f"LIUCHI_PROXIES: {said!r} is no address. Name the proxies, as in 127.0.0.1,10.0.0.0/24."
            ) from error
    return found


def address(said: str) -> Address | None:
    """An address as proxies write it; an IPv4 address inside IPv6 is the IPv4 address. None for anything else."""
    said = said.strip()
    fits = _WITH_PORT.match(said)
    try:
        found = ipaddress.ip_address((fits["six"] or fits["four"]) if fits else said)
    except ValueError:
        return None
    return (isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped) or found
