"""A backup taken while the house runs becomes the same house elsewhere: same journal head, same photos, same words found."""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.utils import timezone

from liuchi.kernel import crypto
from liuchi.kernel.backup import actions, safe
from liuchi.kernel.context import Context, system
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal import queries as journal_queries
from liuchi.kernel.media import actions as media
from liuchi.kernel.media import files, preparing
from liuchi.kernel.media.models import Media
from liuchi.kernel.records import actions as records
from liuchi.kernel.search import actions as search
from liuchi.kernel.tests import media_files as make

LIUCHI = [sys.executable, "-c", "from liuchi.site.cli import main; main()"]

LOOK = """
import json
from django.db import connection
from liuchi.kernel.crypto import decrypt
from liuchi.kernel.journal.models import Side
from liuchi.kernel.media import files
from liuchi.kernel.media.models import Media
from liuchi.kernel.records.actions import create
from liuchi.kernel.search.queries import find
photos = {}
for one in Media.objects.all():
    with files.open_file(one.shown) as file:
        photos[str(one.pk)] = file.read().hex()
print(json.dumps({
    "photos": photos,
    "found": find("case", "掉了").keys,
    "sides": sorted(decrypt(bytes.fromhex(side.body["sealed"])) for side in Side.objects.filter(kind="personal")),
}))
from liuchi.kernel.search.actions import index
create("case"); index("case", "new", "after the restore")
"""


@pytest.fixture
def house(transactional_db, settings, tmp_path):
    """A few reports with photos and words; returns what must come back."""
    settings.MEDIA_FOLDER = tmp_path / "media"
    now = timezone.now()
    ctx = Context(at=now, recorded_at=now)
    photos = {}
    for number in range(3):
        upload = media.receive(ctx, uuid4(), "photo", io.BytesIO(make.encoded(make.picture(60 + number, 40))))
        sealed = crypto.encrypt(f"1380013800{number}").hex()
        with transaction.atomic():
            record = records.create("case")
            media.attach([upload.key], record)
            journal.write(ctx, record, "case.reported", {"number": number, "tab": "a\tb\\n"}, {"sealed": sealed})
        search.index("case", f"case {number}", f"外墙掉了 {number}")
        preparing.prepare(upload.pk)
        upload.refresh_from_db()
        with files.open_file(upload.shown) as file:
            photos[str(upload.pk)] = file.read().hex()
    return {
        "photos": photos,
        "found": ["case 2", "case 1", "case 0"],
        "sides": ["13800138000", "13800138001", "13800138002"],
    }


@pytest.fixture
def elsewhere(tmp_path):
    """The environment of another, empty installation."""
    var = tmp_path / "elsewhere"
    env = {key: value for key, value in os.environ.items() if not key.startswith("LIUCHI_")}
    env |= {"LIUCHI_VAR": str(var), "DJANGO_SETTINGS_MODULE": "liuchi.site.settings", "PYTHONIOENCODING": "utf-8"}
    if connection.vendor == "sqlite":
        yield env
        return
    made = connection.settings_dict
    name = f"{made['NAME']}_elsewhere"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield env | {
        "LIUCHI_DATABASE": f"postgres://{made['USER']}:{made['PASSWORD']}@:{made['PORT']}/{name}?host={made['HOST']}"
    }
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(env, *command, status=0):
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == status, done.stdout + done.stderr
    return done


def take(tmp_path, **options):
    now = timezone.now()
    target = tmp_path / "backup.tar"
    return target, actions.backup(Context(at=now, recorded_at=now), target, **options)


def test_the_same_house_elsewhere(house, elsewhere, tmp_path):
    target, about = take(tmp_path, with_keys=True, passphrase="六尺巷")
    assert about["head"] == journal_queries.verify().head != ""
    assert (about["media"], about["missing"], about["keys"]) == (6 + 3, [], "locked")
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []

    env = elsewhere | {"LIUCHI_PASSPHRASE": "六尺巷"}
    told = json.loads(run(env, *LIUCHI, "restore", "--json", str(target)).stdout)
    assert (told["whole"], told["head"], told["lost"]) == (True, about["head"], [])
    verified = json.loads(run(env, *LIUCHI, "journal", "verify", "--json", "--head", about["head"]).stdout)
    assert (verified["whole"], verified["head"], verified["sealed"]) == (True, about["head"], 3)
    assert json.loads(run(env, *LIUCHI, "django", "shell", "-v0", "-c", LOOK).stdout) == house


def test_without_the_keys_nothing_is_readable_until_they_are_there(house, elsewhere, tmp_path):
    target, about = take(tmp_path)
    assert about["keys"] == "none"
    with tarfile.open(target) as tar:
        assert not [name for name in tar.getnames() if "key" in name]
    told = json.loads(run(elsewhere, *LIUCHI, "restore", "--json", str(target), status=1).stdout)
    assert (told["head_fits"], told["keys_fit"], told["whole"]) == (True, False, False)
    shutil.copytree(django_settings.KEYS, Path(elsewhere["LIUCHI_VAR"]) / "keys", dirs_exist_ok=True)
    assert json.loads(run(elsewhere, *LIUCHI, "django", "shell", "-v0", "-c", LOOK).stdout) == house


@pytest.mark.parametrize("passphrase", ["", "六尺巷"])
def test_keys_come_out_as_they_went_in(tmp_path, passphrase):
    kept, got = tmp_path / "kept", tmp_path / "got"
    kept.mkdir()
    (kept / "field.keys").write_text("secret words")
    name, content = safe.pack(kept, passphrase)
    assert (b"secret words" in content) == (not passphrase)
    if passphrase:
        with pytest.raises(safe.WrongPassphrase):
            safe.unpack(name, content, "other", got)
        assert not got.exists()
    got.mkdir()
    (got / "field.keys").write_text("of this machine")
    safe.unpack(name, content, passphrase, got)
    assert (got / "field.keys").read_text() == "secret words"
    assert (got / "field.keys").stat().st_mode & 0o777 == 0o600
    assert (got / "field.keys.before-restore").read_text() == "of this machine"


def test_nothing_is_restored_over_something(house, tmp_path):
    target, _about = take(tmp_path)
    with pytest.raises(Refused) as refused:
        actions.restore(target)
    assert refused.value.code == "not_empty"
    assert Media.objects.count() == 3


def test_no_file_is_written_over(house, tmp_path):
    take(tmp_path)
    with pytest.raises(Refused) as refused:
        take(tmp_path)
    assert refused.value.code == "exists"
    with pytest.raises(Refused) as refused:
        take(tmp_path / "nowhere")
    assert refused.value.code == "folder"


def test_a_missing_photo_is_told_and_the_rest_is_saved(house, tmp_path):
    lost = Media.objects.first()
    files.remove(lost.shown)
    _target, about = take(tmp_path)
    assert about["missing"] == [lost.shown]


@pytest.fixture
def empty(monkeypatch, settings, tmp_path):
    """As if this installation were empty, up to the moment when its tables would be filled."""

    def load(files, migrations):
        raise AssertionError("the tables were touched")

    monkeypatch.setattr(actions.databases, "is_empty", lambda: True)
    monkeypatch.setattr(actions.databases, "load", load)
    settings.MEDIA_FOLDER = tmp_path / "none"


@pytest.mark.parametrize("how", ["cut", "text", "no about", "other database", "newer format"])
def test_what_is_no_backup_of_ours_touches_nothing(house, empty, tmp_path, how, settings):
    settings.MEDIA_FOLDER = tmp_path / "media"
    target, about = take(tmp_path)
    settings.MEDIA_FOLDER = tmp_path / "none"
    code = "no_backup"
    if how == "cut":
        target.write_bytes(target.read_bytes()[:-12_000])
    elif how == "text":
        target.write_text("not a tar")
    else:
        if how == "other database":
            about["database"], code = "oracle", "other_database"
        if how == "newer format":
            about["format"], code = 99, "newer"
        with tarfile.open(target, "w") as tar:
            if how != "no about":
                actions._add(tar, "about.json", json.dumps(about).encode())
            actions._add(tar, "end", b"")
    with pytest.raises(Refused) as refused:
        actions.restore(target)
    assert refused.value.code == code
    assert not (tmp_path / "none").exists()


def test_a_backup_of_a_newer_version_is_refused():
    from liuchi.kernel.backup import databases

    with pytest.raises(databases.Newer):
        databases.refuse_newer([("kernel", "0001_initial"), ("kernel", "0999_of_next_year")])
    databases.refuse_newer([("kernel", "0001_initial")])


@pytest.mark.skipif(
    "sqlite" not in django_settings.DATABASES["default"]["ENGINE"], reason="writes beside a running SQLite"
)
def test_a_backup_is_of_one_moment_while_others_write(house, tmp_path):
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=10)

    def write(done, whole):
        other.execute("DELETE FROM kernel_media")
        other.commit()

    target, about = take(tmp_path, progress=write)
    other.close()
    assert not Media.objects.exists()
    with tarfile.open(target) as tar:
        assert len([name for name in tar.getnames() if name.startswith("media/")]) == about["media"] == 9


def test_the_command_takes_the_keys_along_and_warns_without_a_passphrase(house, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from liuchi.kernel.backup.commands import backup

    monkeypatch.delenv("LIUCHI_PASSPHRASE", raising=False)
    open_file, locked, without = (tmp_path / name for name in ("open.tar", "locked.tar", "without.tar"))
    told = CliRunner().invoke(backup, [str(open_file)], catch_exceptions=False)
    assert "未加口令" in told.output
    told = CliRunner().invoke(backup, [str(locked)], env={"LIUCHI_PASSPHRASE": "六尺巷"}, catch_exceptions=False)
    assert "未加口令" not in told.output
    told = CliRunner().invoke(backup, ["--no-keys", str(without)], catch_exceptions=False)
    assert "不含密钥" in told.output
    members = []
    for path in (open_file, locked, without):
        with tarfile.open(path) as tar:
            members.append([name for name in tar.getnames() if name.startswith("keys/")])
    assert members == [["keys/plain.tar"], ["keys/locked"], []]


def test_nobody_else_reads_a_backup_while_it_is_written(house, tmp_path, monkeypatch):
    modes = []

    def add(*_args):
        modes.extend(path.stat().st_mode & 0o777 for path in tmp_path.glob(".mine.tar.part"))

    monkeypatch.setattr(actions, "_add_media", add)
    before = os.umask(0o022)
    try:
        actions.backup(system(), tmp_path / "mine.tar")
    finally:
        os.umask(before)
    assert modes == [0o600]
    assert (tmp_path / "mine.tar").stat().st_mode & 0o777 == 0o600
