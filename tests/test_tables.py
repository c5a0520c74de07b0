"""The tables that everything starts from."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests import tables


@pytest.mark.long
def test_what_is_made_quickly_is_what_django_makes(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LIUCHI_", "DJANGO_"))}
    command = [sys.executable, "-m", "liuchi.site.cli", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=env | {"LIUCHI_VAR": str(tmp_path)}, cwd=tables.ROOT, check=True)
    assert shape(tables.sqlite()) == shape(tmp_path / "liuchi.sqlite3")


def shape(file: Path) -> list[tuple[str, ...]]:
    with sqlite3.connect(file) as there:
        return there.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
