"""A backup is a file that somebody brings: nothing in it is written outside the folders it is for."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from liuchi.kernel.backup import actions
from liuchi.kernel.errors import Refused


def backup_with(path: Path, name: str, kind: bytes = tarfile.REGTYPE) -> Path:
    about = {"format": 1, "database": connection.vendor, "keys": "none", "migrations": [], "head": "", "media": 1,
             "missing": [], "made_at": "2026-11-22T00:00:00+00:00"}  # fmt: skip
    with tarfile.open(path, "w") as tar:
        for member, content in (("about.json", json.dumps(about).encode()), (name, b"evil"), ("end", b"")):
            info = tarfile.TarInfo(member)
            if member == name and kind != tarfile.REGTYPE:
                info.type, info.linkname, content = kind, "/etc/passwd", b""
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


@pytest.mark.parametrize(
    "name",
    [
        "media/../evil",
        "media/../../evil",
        "media//{tmp}/evil",
        "media/aa/../../evil",
        "map/../evil",
        "models//{tmp}/evil",
    ],
)
def test_no_name_leads_out_of_the_folders(name: str, settings, tmp_path, monkeypatch, db) -> None:
    home = tmp_path / "home" / "var"
    home.mkdir(parents=True)
    settings.VAR, settings.MEDIA_FOLDER, settings.MAP_FOLDER = home, home / "media", home / "map"
    monkeypatch.setattr(actions.databases, "is_empty", lambda: True)
    monkeypatch.setattr(actions.databases, "load", lambda tables, migrations: None)
    file = backup_with(tmp_path / "b.tar", name.replace("{tmp}", str(tmp_path)))
    with pytest.raises(Refused) as refused:
        actions.restore(file)
    assert refused.value.code == "no_backup"
    assert not list(tmp_path.rglob("evil"))
