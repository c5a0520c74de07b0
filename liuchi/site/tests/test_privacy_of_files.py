"""On a machine that several people use, what the program writes is its owner's alone."""

import os
import stat
import subprocess
import sys
from pathlib import Path


def test_the_database_and_its_folder_are_nobody_elses(tmp_path: Path) -> None:
    home = tmp_path / "var"
    subprocess.run(
        [sys.executable, "-m", "liuchi.site.cli", "django", "migrate", "--verbosity", "0", "contenttypes"], check=True, timeout=60,
        env=os.environ | {"LIUCHI_VAR": str(home), "DJANGO_SETTINGS_MODULE": "liuchi.site.settings", "LIUCHI_DATABASE": f"sqlite:///{home}/x.sqlite3"},
        umask=0o022,
    )  # fmt: skip
    for path in (home / "x.sqlite3", *home.rglob("*")):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
