"""A program that receives webhooks, on this machine, over TLS with a certificate of its own."""

import http.server
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import trustme
from django.test import override_settings

Answer = tuple[int, bytes, dict[str, str]]
YES: Answer = (200, b"ok", {})


@dataclass
class Receiver:
    """answer: what it says to the how manieth request; got: (headers, body) of each."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answer: Callable[[int], Answer] = lambda _number: YES


@contextmanager
def listening(folder: Path) -> Iterator[Receiver]:
    """Runs until the end of the block; this machine's own addresses are allowed meanwhile."""
    ours = Receiver()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            ours.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            status, said, more = ours.answer(len(ours.got))
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: Any) -> None:
            pass

    authority = trustme.CA()
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(trust)
    certificates = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(certificates))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = trust.wrap_socket(server.socket, server_side=True)
    ours.url = f"https://localhost:{server.server_port}/events?from=liuchi"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    here = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
    try:
        with override_settings(HOOK_NETWORKS=here, HOOK_CERTIFICATES=str(certificates)):
            yield ours
    finally:
        server.shutdown()
        server.server_close()
