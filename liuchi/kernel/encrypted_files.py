"""Encrypted files, written and read as if they were plain.

A file is a head and chunks of 64 KiB, each AES-GCM under a key of its own file (HKDF over the ring's key and a random
salt). The nonce is the number of the chunk with a mark on the last one, so that a chunk that is changed, moved or
missing does not open, and any part can be read without the rest (a video is played from its middle).
"""

from __future__ import annotations

import io
import os
import secrets
import struct
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from liuchi.kernel.crypto import CryptoError, ring
from liuchi.kernel.keys import sync_folder

_MAGIC = b"LQF1"
_SALT = 16
_TAG = 16
_HEAD = len(_MAGIC) + 4 + _SALT
CHUNK = 64 * 1024
_SEALED_CHUNK = CHUNK + _TAG


def _file_cipher(secret: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"liuchi file").derive(secret))


def _chunk_nonce(index: int, last: bool) -> bytes:
    return struct.pack(">7xIB", index, last)


class EncryptedWriter:
    """Encrypts what is written to it on its way into ``target``; plain bytes never touch the disk. Call `finish`."""

    def __init__(self, target: BinaryIO) -> None:
        key = ring("media").current
        salt = secrets.token_bytes(_SALT)
        self._cipher = _file_cipher(key.secret, salt)
        self._target = target
        self._held = bytearray()
        self._index = 0
        target.write(_MAGIC + key.id + salt)

    def write(self, data: bytes) -> None:
        self._held += data
        # the chunk that turns out to be the last needs its mark: keep it back until more has come
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]

    def finish(self) -> None:
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, chunk: bytes, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_chunk_nonce(self._index, last), chunk, None))
        self._index += 1


class EncryptedReader(io.RawIOBase):
    """Reads an encrypted file as if it were plain: seekable, a chunk at a time. CryptoError where it was changed."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        head = source.read(_HEAD)
        if len(head) != _HEAD or not head.startswith(_MAGIC):
            raise CryptoError("this is no encrypted file")
        self._cipher = _file_cipher(ring("media").secret(head[4:8]), head[8:])
        self._source = source
        body = source.seek(0, io.SEEK_END) - _HEAD
        self._chunks = max(1, -(-body // _SEALED_CHUNK))
        self._size = body - self._chunks * _TAG
        if self._size < 0:
            raise CryptoError("the encrypted file is cut off")
        self._at = 0
        self._open = (-1, b"")

    @property
    def size(self) -> int:
        """Bytes of the plain file."""
        return self._size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        index, within = divmod(self._at, CHUNK)
        if self._at >= self._size and self._size:
            return 0
        part = self._chunk(index)[within : within + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()

    def _chunk(self, index: int) -> bytes:
        if self._open[0] != index:
            self._source.seek(_HEAD + index * _SEALED_CHUNK)
            sealed = self._source.read(_SEALED_CHUNK)
            try:
                plain = self._cipher.decrypt(_chunk_nonce(index, index == self._chunks - 1), sealed, None)
            except InvalidTag:
                raise CryptoError("the encrypted file was changed")
            self._open = (index, plain)
        return self._open[1]


def open_encrypted(path: Path) -> io.BufferedReader:
    """An encrypted file as a plain, seekable, buffered reader."""
    return io.BufferedReader(EncryptedReader(open(path, "rb")), buffer_size=CHUNK)


def write_encrypted(path: Path, data: bytes) -> None:
    """Encrypts data into a new file, which is on the disk when this returns."""
    with open(path, "xb") as file:
        writer = EncryptedWriter(file)
        writer.write(data)
        writer.finish()
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)
