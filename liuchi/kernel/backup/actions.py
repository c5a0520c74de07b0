"""Making a backup and restoring it into an empty installation."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import tarfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from liuchi.kernel import crypto
from liuchi.kernel.backup import databases, safe
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.models import Seal
from liuchi.kernel.keys import key_file, sync_folder
from liuchi.kernel.media import files
from liuchi.kernel.media.models import Media

FORMAT = 1
_ABOUT = "about.json"
_DATABASE, _MEDIA = "database/", "media/"
_END = "end"  # the last member: a file without it was cut off
# Folders of what was made here at some cost and is in no table: the base map, the trained suggestions.
_FOLDERS: dict[str, Callable[[], Path]] = {
    "map/": lambda: Path(settings.MAP_FOLDER),
    "models/": lambda: Path(settings.VAR) / "models",
}

# Called with the number of files done and the number there are.
Progress = Callable[[int, int], None]


def backup(
    ctx: Context, target: Path, *, with_keys: bool = False, passphrase: str = "", progress: Progress | None = None
) -> dict[str, Any]:
    """Writes the whole installation into one tar file while it runs; returns what is in it.

    with_keys: also the key files, locked with the passphrase (plain if it is empty). The media are those of the same
    moment as the tables: a file is always there before its row, and is swept only after it.
    Raises Refused ``exists`` if there is such a file already, ``folder`` if it can't be written.
    """
    target = Path(target).absolute()
    if target.exists():
        raise Refused("exists", _("%(file)s is there already. Choose another name.") % {"file": target})
    if not target.parent.is_dir():
        raise Refused("folder", _("There is no folder %(folder)s.") % {"folder": target.parent})
    journal.seal_all(ctx.recorded_at)
    draft = target.with_name(f".{target.name}.part")
    try:
        with databases.work_folder(target.parent) as folder, databases.snapshot(folder) as view:
            wanted = _media_names(view)
            about = _about(ctx, view, with_keys, passphrase)
            about["media"] = len(wanted)
            about["missing"] = sorted(name for name in wanted if not files.path_of(name).exists())
            draft.touch(mode=0o600)  # the keys may lie open in it
            with tarfile.open(draft, "w") as tar:
                _add(tar, _ABOUT, json.dumps(about, ensure_ascii=False, indent=1).encode())
                for path in view.files():
                    tar.add(path, _DATABASE + path.name)
                _add_media(tar, wanted, progress)
                for prefix, place in _FOLDERS.items():
                    for path in _files_in(place()):
                        tar.add(path, prefix + str(path.relative_to(place())))
                if with_keys:
                    _add(tar, *safe.pack(Path(settings.KEYS), passphrase))
                _add(tar, _END, b"")
        with open(draft, "rb") as done:
            os.fsync(done.fileno())
        draft.replace(target)
        sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)
    return about | {"bytes": target.stat().st_size}


def _media_names(view: databases.Snapshot) -> list[str]:
    rows = view.ask(f"SELECT original, shown, thumb FROM {Media._meta.db_table} ORDER BY id")
    return list(dict.fromkeys(name for row in rows for name in row if name))


def _about(ctx: Context, view: databases.Snapshot, with_keys: bool, passphrase: str) -> dict[str, Any]:
    head = view.ask(f"SELECT hash FROM {Seal._meta.db_table} ORDER BY number DESC LIMIT 1")
    return {
        "format": FORMAT,
        "made_at": ctx.recorded_at.isoformat(),
        "database": connection.vendor,
        "migrations": view.ask("SELECT app, name FROM django_migrations ORDER BY id"),
        "head": head[0][0] if head else "",
        "keys": ("locked" if passphrase else "plain") if with_keys else "none",
    }


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mode = 0o600
    tar.addfile(member, io.BytesIO(content))


def _add_media(tar: tarfile.TarFile, names: list[str], progress: Progress | None) -> None:
    for done, name in enumerate(names):
        if progress and done % 50 == 0:
            progress(done, len(names))
        try:
            tar.add(files.path_of(name), f"{_MEDIA}{name}")
        except FileNotFoundError:  # told as missing
            continue
    if progress:
        progress(len(names), len(names))


def _files_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file()) if folder.is_dir() else iter(())


def restore(source: Path, *, passphrase: str = "", progress: Progress | None = None) -> dict[str, Any]:
    """Fills an empty installation from a backup; returns what the backup said with ``whole``: whether the journal ends
    as it did, all files are there and the keys fit.

    Raises Refused: ``not_empty``, ``no_backup``, ``other_database``, ``newer``, ``passphrase``; nothing is written then.
    """
    source = Path(source)
    if not databases.is_empty() or any(_files_in(files.folder())):
        raise Refused(
            "not_empty",
            _(
                "There are data here already. Restore into an empty folder and an empty database (LIUCHI_VAR, LIUCHI_DATABASE)."
            ),
        )
    try:
        with tarfile.open(source) as tar:
            about = _read_about(tar)
            _refuse_unfitting(about)
            if tar.getnames()[-1] != _END:
                raise ValueError(_("it breaks off"))
            _restore_keys(tar, about, passphrase)
            with databases.work_folder(_made(Path(settings.VAR))) as folder:
                tables = [_extracted(tar, member, folder) for member in tar if member.name.startswith(_DATABASE)]
                databases.load(tables, [(app, name) for app, name in about["migrations"]])
            _restore_files(tar, about, progress)
    except databases.Newer:
        raise Refused("newer", _("This backup was made by a newer version. Install that version first."))
    except (tarfile.TarError, zlib.error, sqlite3.Error, OSError, EOFError, ValueError, KeyError) as error:
        raise Refused("no_backup", _("%(file)s can't be read as a backup: %(why)s") % {"file": source, "why": error})
    return about | _checked(about)


def _read_about(tar: tarfile.TarFile) -> dict[str, Any]:
    first = tar.next()
    part = tar.extractfile(first) if first and first.name == _ABOUT else None
    if part is None:
        raise ValueError(_ABOUT)
    about: dict[str, Any] = json.load(part)
    return about


def _refuse_unfitting(about: dict[str, Any]) -> None:
    if about["format"] > FORMAT:
        raise databases.Newer
    if about["database"] != connection.vendor:
        raise Refused(
            "other_database",
            _("This backup is of %(theirs)s, and LIUCHI_DATABASE names %(ours)s.")
            % {"theirs": about["database"], "ours": connection.vendor},
        )


def _restore_keys(tar: tarfile.TarFile, about: dict[str, Any], passphrase: str) -> None:
    if about["keys"] == "none":
        return
    name = safe.LOCKED if about["keys"] == "locked" else safe.PLAIN
    part = tar.extractfile(name)
    try:
        safe.unpack(name, part.read() if part else b"", passphrase, Path(settings.KEYS))
    except safe.WrongPassphrase:
        raise Refused("passphrase", _("The passphrase does not open the keys in this backup."))
    crypto.forget_keys()


def _restore_files(tar: tarfile.TarFile, about: dict[str, Any], progress: Progress | None) -> None:
    done = 0
    for member in tar:
        if not member.isfile():
            continue
        if member.name.startswith(_MEDIA):
            name = member.name.removeprefix(_MEDIA)
            if not files.is_name(name):  # a name with a path in it would be written wherever it says
                raise ValueError(member.name)
            _extracted(tar, member, _made(files.path_of(name).parent))
            done += 1
            if progress and done % 50 == 0:
                progress(done, about["media"])
        for prefix, place in _FOLDERS.items():
            if member.name.startswith(prefix):
                inner = Path(member.name.removeprefix(prefix))
                if inner.is_absolute() or ".." in inner.parts:
                    raise ValueError(member.name)
                _extracted(tar, member, _made(place() / inner.parent))
    if progress:
        progress(about["media"], about["media"])


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _extracted(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> Path:
    """Writes one file of the backup into a folder under its own last name, and onto the disk."""
    part = tar.extractfile(member)
    path = folder / Path(member.name).name
    if part is None:
        raise ValueError(member.name)
    with open(path, "wb") as out:
        while piece := part.read(1024 * 1024):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    return path


def _checked(about: dict[str, Any]) -> dict[str, Any]:
    """Whether what was restored is what was backed up."""
    last = Seal.objects.order_by("-number").first()
    head_fits = (last.hash if last else "") == about["head"]
    names = {name for row in Media.objects.values_list("original", "shown", "thumb", "clear") for name in row if name}
    lost = sorted(name for name in names if not files.path_of(name).exists())
    keys_fit = _keys_fit(sorted(names - set(lost)))
    return {
        "head_fits": head_fits,
        "lost": lost,
        "keys_fit": keys_fit,
        "whole": head_fits and keys_fit and set(lost) <= set(about["missing"]),
    }


def _keys_fit(names: list[str]) -> bool:
    """Whether the keys in the folder are those of this backup: they open a photo and made the journal's last seal."""
    from liuchi.kernel.journal import rules

    try:
        for name in names[:1]:
            with files.open_file(name) as file:
                file.read(1)
    except crypto.CryptoError:
        return False
    last = Seal.objects.order_by("-number").first()
    return last is None or rules.seal_mac(key_file("journal.key"), last.hash, last.algorithm) == last.mac
