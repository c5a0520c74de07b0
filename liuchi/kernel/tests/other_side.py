"""A server on this machine that stands for whoever we send to: what came, and what it answers."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest


@pytest.fixture
def other_side(settings):
    """A server: ``got`` is what came, ``answers`` a function of it that gives (status, body, headers)."""
    side = SimpleNamespace(got=[], answers=lambda _one: (200, b"{}", {}))

    class Talk(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            one = SimpleNamespace(path=self.path, headers=self.headers, body=body)
            side.got.append(one)
            status, answer, headers = side.answers(one)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Talk)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.DELIVERY_LOOPBACK = True
    side.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield side
    server.shutdown()
    server.server_close()
