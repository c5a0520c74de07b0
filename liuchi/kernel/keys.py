"""Key files of this installation: outside the database, made at first use, readable by their owner alone."""

import os
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def key_file(name: str) -> bytes:
    """32 random bytes kept in the keys folder under a name."""
    return read_or_make(Path(settings.KEYS) / name)


def random_key() -> bytes:
    return secrets.token_bytes(32)


def read_or_make(path: Path, make: Callable[[], bytes] = random_key) -> bytes:
    """Reads a key, or makes it so that of two processes starting at once both read the same one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = draft_beside(path, make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        sync_folder(path.parent)
    return path.read_bytes()


def draft_beside(path: Path, content: bytes) -> Path:
    """A finished file for its owner alone, on the disk before it is given its real name beside it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    return draft


def sync_folder(folder: Path) -> None:
    """Puts the names in a folder on the disk: after a power cut a file without its name would be lost."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
