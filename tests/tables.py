"""The tables of this version, made once and then copied: migrating takes seconds and every suite wants it many times."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection, transaction
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "test" / "tables"
MIGRATE = "import django; django.setup(); from liuchi.site.preparing import migrate; migrate(lambda line: None)"


def version() -> str:
    """What tells these tables from those of another day: our migrations, and the pins of those who bring their own."""
    files = [*sorted(ROOT.glob("liuchi/*/migrations/*.py")), ROOT / "requirements" / "run.txt"]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:12]


def sqlite() -> Path:
    """The SQLite file with all tables and nothing in them, which one copies."""
    made = KEPT / f"{version()}.sqlite3"
    with _alone("sqlite"):
        if not made.exists():
            for old in KEPT.glob("*.sqlite3*"):
                old.unlink()
            being_made = KEPT / "being_made.sqlite3"
            _migrate(f"sqlite:///{being_made}")
            being_made.rename(made)
    return made


def postgres(address: str) -> str:
    """The name of the database with all tables and nothing in them, on the server at the address."""
    made = f"liuchi_tables_{version()}"
    with _alone("postgresql"), _server(address) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [made]).fetchone():
            server.execute("DROP DATABASE IF EXISTS liuchi_tables_being_made")
            server.execute("CREATE DATABASE liuchi_tables_being_made")
            _migrate(_of(address, "liuchi_tables_being_made"))
            server.execute(sql.SQL("ALTER DATABASE liuchi_tables_being_made RENAME TO {}").format(sql.Identifier(made)))
    return made


def copy_sqlite(target: Path) -> None:
    """Puts an SQLite file with all tables, and nothing in them, at this path."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for log in ("-wal", "-shm"):
        target.with_name(target.name + log).unlink(missing_ok=True)
    shutil.copyfile(sqlite(), target)


def copy_postgres(address: str, name: str) -> None:
    """Makes the database of this name, with all tables and nothing in them, on the server at the address; what had the
    name is dropped."""
    made = sql.Identifier(postgres(address))
    with _alone("postgresql"), _server(address) as server:  # no two copy at once: a template must not be in use
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), made))


def empty() -> None:
    """Takes out what a test has committed; what migrating put in stays. In a tenth of the time of Django's own way, which
    makes 100 files anew on PostgreSQL and writes all permissions again."""
    names = set(connection.introspection.django_table_names()) - {"django_content_type", "auth_permission"}
    before, after = {
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
        "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(before)
        with transaction.atomic():
            for name in sorted(names):
                cursor.execute(f'DELETE FROM "{name}"')
        cursor.execute(after)


def _server(address: str) -> psycopg.Connection:
    return psycopg.connect(address, dbname="postgres", autocommit=True)


def _of(address: str, name: str) -> str:
    """The address of another database on the same server."""
    before, _slash, after = address.partition("://")[2].partition("/")
    return f"postgres://{before}/{name}" + (f"?{query}" if (query := after.partition("?")[2]) else "")


def _migrate(address: str) -> None:
    outer = {"LIUCHI_KEYS", "LIUCHI_TEST_DATABASE", "DJANGO_SETTINGS_MODULE"}
    with tempfile.TemporaryDirectory(prefix="liuchi-tables-") as folder:
        env = {name: value for name, value in os.environ.items() if name not in outer}
        env |= {"LIUCHI_VAR": folder, "LIUCHI_DATABASE": address, "DJANGO_SETTINGS_MODULE": "liuchi.site.settings"}
        subprocess.run([sys.executable, "-c", MIGRATE], env=env, cwd=ROOT, check=True)


@contextmanager
def _alone(database: str) -> Iterator[None]:
    """One at a time for each database, whichever of the programs of a suite comes first."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f".lock-{database}").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    postgres(sys.argv[1]) if sys.argv[1:] else sqlite()
