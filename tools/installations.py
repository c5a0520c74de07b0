"""A throw-away installation for benchmarks and for tests that kill it: a folder, a database, the real programs.

Linux only: processes are counted and found by /proc.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator

from tools import setting_up

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_TICK = os.sysconf("SC_CLK_TCK")


class Installation:
    """Data lie in ``folder``; ``database`` is an address as LIUCHI_DATABASE has it, empty for SQLite in the folder."""

    def __init__(self, folder: str, database: str = "", **environment: str) -> None:
        self.folder = folder
        # What the shell says about another installation does not count here.
        shell = {name: value for name, value in os.environ.items() if not name.startswith(("LIUCHI_", "DJANGO_"))}
        self.environment = {**shell, "LIUCHI_VAR": folder, "PYTHONPATH": ROOT, **environment}
        if database:
            self.environment["LIUCHI_DATABASE"] = database
        self.port = free_port()
        self.server: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> str:
        """Runs ``liuchi ...`` and returns what it prints. Raises RuntimeError with its words when it fails."""
        return self._output([sys.executable, "-m", "liuchi.site.cli", *arguments], self.environment)

    def script(self, code: str) -> str:
        """Runs Python inside the installation, with Django set up; returns what it prints. Raises RuntimeError."""
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "liuchi.site.settings"}
        return self._output([sys.executable, "-c", "import django; django.setup()\n" + code], environment)

    def _output(self, command: list[str], environment: dict[str, str]) -> str:
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def start(self, *options: str) -> None:
        """Starts ``liuchi serve`` and waits until it answers."""
        self.run([sys.executable, "-m", "liuchi.site.cli", "serve", "--port", str(self.port), *options], "/healthz")

    def run(self, command: list[str], asked: str) -> None:
        """Starts a server of any kind on the port and waits until it answers the address."""
        with open(os.path.join(self.folder, "server.log"), "ab") as log:
            self.server = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        for _try in range(600):
            if self.server.poll() is not None:
                raise RuntimeError(f"the server ended while it started:\n{self.log()}")
            url = f"http://127.0.0.1:{self.port}{asked}"
            with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"the server did not answer within 30 s:\n{self.log()}")

    def log(self) -> str:
        """The end of what the programs said."""
        with open(os.path.join(self.folder, "server.log"), encoding="utf-8", errors="replace") as file:
            return file.read()[-5000:]

    def processes(self) -> list[int]:
        """The server's process and all below it."""
        return tree_of(self.server.pid) if self.server else []

    def kill(self) -> None:
        """Ends the whole tree with SIGKILL, as a power cut would, and waits until the port is free again."""
        if self.server is None:
            return
        # Halted first: one that still ran would start again what was killed before it.
        halted: list[int] = []
        while fresh := [pid for pid in self.processes() if pid not in halted]:
            for pid in fresh:
                _signal(pid, signal.SIGSTOP)
            halted += fresh
        for pid in halted:
            _signal(pid, signal.SIGKILL)
        self._ended()

    def _ended(self) -> None:
        assert self.server
        self.server.wait(timeout=10)
        self.server = None
        for _try in range(200):
            with contextlib.suppress(OSError), socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", self.port))
                return
            time.sleep(0.05)
        raise RuntimeError(f"port {self.port} is still taken")


@contextlib.contextmanager
def installation(
    database: str = "", then: str = "", *, front: bool = False, **environment: str
) -> Iterator[Installation]:
    """A prepared, empty installation; everything of it is gone afterwards.

    then: Python to run in it at first; front: with the built front end, for whoever asks for pages.
    """
    folder = tempfile.mkdtemp(prefix="liuchi-")
    place = Installation(folder, database, **environment)
    try:
        if front:
            setting_up.front_end(folder)
        place.script(f"from liuchi.site.preparing import prepare\nprepare(False, print)\n{then}")
        yield place
    finally:
        place.kill()
        shutil.rmtree(folder, ignore_errors=True)


def new_database(address: str) -> None:
    """Makes the (empty) database of a PostgreSQL address anew."""
    import psycopg

    server, _slash, name = address.partition("?")[0].rpartition("/")
    query = address.partition("?")[2]
    with psycopg.connect(f"{server}/postgres" + (f"?{query}" if query else ""), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tree_of(root: int) -> list[int]:
    """A process and all below it, the upper ones first."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit() and (fields := _stat(int(name))) and fields[0] != "Z":
            children.setdefault(int(fields[1]), []).append(int(name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def cpu_seconds(pids: list[int]) -> float:
    """CPU seconds that processes have used up to now, with those of their ended children."""
    total = 0
    for pid in pids:
        if fields := _stat(pid):
            total += sum(int(field) for field in fields[11:15])
    return total / _TICK


def _stat(pid: int) -> list[str]:
    """/proc/PID/stat from the state on (proc(5)); empty when the process is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return []


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
