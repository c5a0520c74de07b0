"""Key files of this installation: outside the database, made at first use, readable by their owner alone."""

import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def key_file(name: str) -> bytes:
    """32 random bytes kept in the keys folder under a name."""
    return read_or_make(Path(settings.KEYS) / name)


def read_or_make(path: Path) -> bytes:
    """Reads a key, or makes it so that of two processes starting at once both read the same one."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(32))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()
