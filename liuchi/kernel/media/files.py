"""Where encrypted files lie: ``settings.MEDIA_FOLDER``, 256 folders by the first two digits of a random name."""

from __future__ import annotations

import io
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from liuchi.kernel import encrypted_files
from liuchi.kernel.keys import sync_folder

_DRAFTS = "drafts"


def folder() -> Path:
    return Path(settings.MEDIA_FOLDER)


def path_of(name: str) -> Path:
    return folder() / name[:2] / name


def new_name() -> str:
    """32 random hex digits: a name tells nothing about what is in the file."""
    return secrets.token_hex(16)


def is_name(text: str) -> bool:
    """Whether a text is a name that new_name gives."""
    return bool(re.fullmatch("[0-9a-f]{32}", text))


def open_file(name: str) -> io.BufferedReader:
    """The plain content of a stored file. FileNotFoundError; CryptoError if it was changed or its key is gone."""
    return encrypted_files.open_encrypted(path_of(name))


class Draft:
    """A file that is being received: encrypted as it comes, under a name that is swept if nothing follows."""

    def __init__(self) -> None:
        drafts = folder() / _DRAFTS
        drafts.mkdir(parents=True, exist_ok=True)
        self._path = drafts / new_name()
        self._file = open(self._path, "xb")  # noqa: SIM115 - closed by keep or discard
        self._writer = encrypted_files.EncryptedWriter(self._file)

    def write(self, data: bytes) -> None:
        self._writer.write(data)

    def read_back(self) -> io.BufferedReader:
        """Ends the writing and reads what was written."""
        self._writer.finish()
        self._file.flush()
        return encrypted_files.open_encrypted(self._path)

    def keep(self) -> str:
        """Puts the file on the disk under its real name and returns that name."""
        os.fsync(self._file.fileno())
        self._file.close()
        name = new_name()
        path = path_of(name)
        new_folder = not path.parent.exists()
        path.parent.mkdir(exist_ok=True)
        os.rename(self._path, path)
        sync_folder(path.parent)
        if new_folder:
            sync_folder(folder())
        return name

    def discard(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)


def store(data: bytes) -> str:
    """Encrypts data into a new file, on the disk when this returns; its name."""
    draft = Draft()
    try:
        draft.write(data)
        draft.read_back().close()
        return draft.keep()
    except BaseException:
        draft.discard()
        raise


def remove(name: str) -> None:
    if name:
        path_of(name).unlink(missing_ok=True)


def stored_before(moment: float) -> Iterator[Path]:
    """Files and drafts last written before a moment (seconds since 1970)."""
    if not folder().exists():
        return
    for place in folder().iterdir():
        if place.is_dir():
            for path in place.iterdir():
                try:
                    if path.stat().st_mtime < moment:
                        yield path
                except FileNotFoundError:
                    continue  # kept or discarded in this moment
