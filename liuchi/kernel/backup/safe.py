"""The key files inside a backup: locked with a passphrase, or plain when none is given."""

from __future__ import annotations

import io
import secrets
import tarfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

LOCKED, PLAIN = "keys/locked", "keys/plain.tar"
_MAGIC = b"LQK1"
_SALT = 16


class WrongPassphrase(Exception):
    """The keys in the backup can't be opened with this passphrase."""


def pack(folder: Path, passphrase: str) -> tuple[str, bytes]:
    """(name in the backup, content) of all key files."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as tar:
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                tar.add(path, path.name)
    if not passphrase:
        return PLAIN, held.getvalue()
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(12)
    return LOCKED, _MAGIC + salt + nonce + AESGCM(_stretched(passphrase, salt)).encrypt(nonce, held.getvalue(), _MAGIC)


def unpack(name: str, content: bytes, passphrase: str, folder: Path) -> None:
    """Writes the key files into the folder. A file there that differs is kept beside as ``<name>.before-restore``.

    Raises WrongPassphrase.
    """
    if name == LOCKED:
        salt, rest = content[4 : 4 + _SALT], content[4 + _SALT :]
        try:
            content = AESGCM(_stretched(passphrase, salt)).decrypt(rest[:12], rest[12:], _MAGIC)
        except InvalidTag:
            raise WrongPassphrase
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        for member in tar:
            part = tar.extractfile(member)
            if part is None or Path(member.name).name != member.name:
                continue
            data, path = part.read(), folder / member.name
            if path.exists() and path.read_bytes() != data:
                path.replace(path.with_name(f"{path.name}.before-restore"))
            path.touch(mode=0o600)
            path.write_bytes(data)


def _stretched(passphrase: str, salt: bytes) -> bytes:
    # 32 MB of memory for each guess
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
