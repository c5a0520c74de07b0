"""Web server and worker as one process tree."""

import os
import signal
import ssl
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from liuchi.site import forwarded
from liuchi.site.door import WAITING


def server_command(application: str, host: str, port: int, threads: int = 4, processes: int = 1) -> list[str]:
    """How the web server is started for a WSGI application. threads: how many requests it works on at once; there are
    more of them, to wait for slow phones (site.door)."""
    os.environ["LIUCHI_THREADS"] = str(threads)
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(processes), "--blocking-threads", str(threads + WAITING), "--respawn-failed-workers",
        "--backlog", "512", "--log-level", "error", "--no-ws", application,
    ]  # fmt: skip


def serve_all(
    host: str,
    port: int,
    *,
    threads: int = 4,
    processes: int = 1,
    certificate: str | None = None,
    key: str | None = None,
    worker: bool = True,
    when_ready: Callable[[str], None] | None = None,
) -> int:
    """Starts both, starts a worker that died again, and ends both when either the server ends or Ctrl-C comes.

    when_ready: called with the address once the server answers. Returns the server's exit status.
    """
    try:
        forwarded.networks(os.environ.get("LIUCHI_PROXIES", ""))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    command = server_command("liuchi.site.wsgi:application", host, port, threads, processes)
    if certificate and key:
        command += ["--ssl-certificate", certificate, "--ssl-keyfile", key]
    server = subprocess.Popen(command, start_new_session=True)
    ending = threading.Event()
    keeper = threading.Thread(target=_keep_worker, args=(ending,), daemon=True)
    if worker:
        keeper.start()
    if when_ready:
        url = address(host, port, bool(certificate))
        threading.Thread(target=_wait, args=(url, ending, when_ready), daemon=True).start()

    def end(_number: int, _frame: FrameType | None) -> None:
        ending.set()
        server.terminate()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    status = server.wait()
    asked = ending.is_set()
    ending.set()
    if worker:
        keeper.join(timeout=15)
    return 0 if asked else status


def address(host: str, port: int, https: bool) -> str:
    """Where this machine itself reaches the server."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"{'https' if https else 'http'}://{shown}:{port}"


def _wait(url: str, ending: threading.Event, when_ready: Callable[[str], None]) -> None:
    """Asks /healthz until it answers."""
    own = ssl.create_default_context()
    own.check_hostname, own.verify_mode = False, ssl.CERT_NONE  # it is our own, on this machine
    while not ending.wait(0.05):
        with suppress(OSError), urllib.request.urlopen(f"{url}/healthz", timeout=5, context=own) as answer:
            if answer.status == 200:
                when_ready(url)
                return


def _keep_worker(ending: threading.Event) -> None:
    """Runs the worker; if it dies, starts another after a moment."""
    while not ending.is_set():
        child = subprocess.Popen(
            [sys.executable, "-m", "liuchi.site.cli", "worker"],
            start_new_session=True,
            env=os.environ | {"LIUCHI_PARENT": str(os.getpid())},
        )
        while child.poll() is None:
            if ending.wait(0.2):
                child.terminate()
                try:
                    child.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    child.kill()
                return
        ending.wait(1)
