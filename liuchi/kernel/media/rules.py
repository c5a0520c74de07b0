"""What a file is, told from its content alone. No name and no header of a browser is believed."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

KINDS = ("photo", "voice", "video")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
SHOWN_SIDE = 1600
THUMB_SIDE = 320

# Enough of a file to tell what it is and which tracks a WebM has.
HEAD = 64 * 1024

PHOTO_TYPES = ("image/jpeg", "image/png", "image/webp", "image/heic")

_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
# Boxes of an ISO file in which a phone writes where and with what a video was taken.
_TELLING_BOXES = {b"udta", b"meta", b"uuid"}
_PARENT_BOXES = {b"moov", b"trak", b"mdia"}


class Content(NamedTuple):
    """kind: photo, voice or video; type: the MIME type the content really has."""

    kind: str
    type: str


def sniff(file: BinaryIO) -> Content | None:
    """What the file is, or None for what we do not take. Reads the head, of ISO files (mp4, 3gp) also the boxes."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(b"\xff\xd8\xff"):
        return Content("photo", "image/jpeg")
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Content("photo", "image/png")
    if head[:4] == b"RIFF":
        if head[8:16] in (b"WEBPVP8 ", b"WEBPVP8L", b"WEBPVP8X"):
            return Content("photo", "image/webp")
        return Content("voice", "audio/wav") if head[8:16] == b"WAVEfmt " else None
    if head[4:8] == b"ftyp":
        return _sniff_iso(file, head)
    if head.startswith(b"\x1aE\xdf\xa3"):
        return _sniff_webm(head)
    if head.startswith(b"OggS"):
        return Content("voice", "audio/ogg") if b"OpusHead" in head[:128] or b"\x01vorbis" in head[:128] else None
    if head.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return Content("voice", "audio/amr")
    return Content("voice", "audio/mpeg") if _is_mp3(file, head) else None


def _sniff_iso(file: BinaryIO, head: bytes) -> Content | None:
    brand = head[8:12]
    if brand in _HEIC_BRANDS:
        return Content("photo", "image/heic")
    tracks = set(_track_kinds(file))
    if b"vide" in tracks:
        if brand.startswith((b"3gp", b"3g2")):
            return Content("video", "video/3gpp")
        return Content("video", "video/quicktime" if brand == b"qt  " else "video/mp4")
    if b"soun" in tracks:
        return Content("voice", "audio/3gpp" if brand.startswith((b"3gp", b"3g2")) else "audio/mp4")
    return None


def _sniff_webm(head: bytes) -> Content | None:
    if b"webm" not in head[:64]:
        return None  # Matroska with other codecs, which no phone plays
    if b"V_VP8" in head or b"V_VP9" in head or b"V_AV1" in head:
        return Content("video", "video/webm")
    return Content("voice", "audio/webm") if b"A_OPUS" in head or b"A_VORBIS" in head else None


def _is_mp3(file: BinaryIO, head: bytes) -> bool:
    """Two frames of MPEG layer III in a row, behind an ID3 tag if there is one."""
    start = 0
    if head[:3] == b"ID3" and len(head) >= 10:
        start = 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9])
    file.seek(start)
    part = file.read(4)
    length = _mp3_frame_length(part)
    if not length:
        return False
    file.seek(start + length)
    following = file.read(4)
    return not following or bool(_mp3_frame_length(following))


def _mp3_frame_length(head: bytes) -> int:
    """Bytes of the layer III frame that begins here; 0 if none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate_index, frequency_index, padding = head[2] >> 4, head[2] >> 2 & 3, head[2] >> 1 & 1
    if version == 1 or layer != 1 or rate_index in (0, 15) or frequency_index == 3:
        return 0
    if version == 3:
        rate = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)[rate_index]
        return 144_000 * rate // (44_100, 48_000, 32_000)[frequency_index] + padding
    rate = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)[rate_index]
    frequency = (22_050, 24_000, 16_000)[frequency_index] // (1 if version == 2 else 2)
    return 72_000 * rate // frequency + padding


# --- boxes of ISO files (mp4, m4a, 3gp, mov) -------------------------------------------------------------------------


class Box(NamedTuple):
    name: bytes
    start: int  # of the content, behind the head
    end: int


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes between two offsets. Stops at the first one that does not fit: the file is cut or no ISO file."""
    while start + 8 <= end:
        file.seek(start)
        size, name = struct.unpack(">I4s", file.read(8))
        content = start + 8
        if size == 1:
            large = file.read(8)
            if len(large) < 8:
                return
            size, content = struct.unpack(">Q", large)[0], start + 16
        elif size == 0:
            size = end - start
        if size < content - start or start + size > end:
            return
        yield Box(name, content, start + size)
        start += size


def _track_kinds(file: BinaryIO) -> Iterator[bytes]:
    """``vide``, ``soun`` … of the tracks."""
    end = file.seek(0, 2)
    for moov in (box for box in _boxes(file, 0, end) if box.name == b"moov"):
        for track in (box for box in _boxes(file, moov.start, moov.end) if box.name == b"trak"):
            for media in (box for box in _boxes(file, track.start, track.end) if box.name == b"mdia"):
                for handler in (box for box in _boxes(file, media.start, media.end) if box.name == b"hdlr"):
                    file.seek(handler.start + 8)
                    yield file.read(4)


def without_telling_boxes(data: bytes) -> bytes:
    """An ISO file in which place, maker and title are blanked. The boxes keep their length (as ``free``), so that no
    offset in the file changes and nothing is encoded again."""
    import io

    file, cleaned = io.BytesIO(data), bytearray(data)

    def blank(start: int, end: int, depth: int) -> None:
        for box in _boxes(file, start, end):
            if box.name in _TELLING_BOXES:
                cleaned[box.start : box.end] = bytes(box.end - box.start)
                name_at = box.start - 4 if data[box.start - 4 : box.start] == box.name else box.start - 12
                cleaned[name_at : name_at + 4] = b"free"
            elif box.name in _PARENT_BOXES and depth < 4:
                blank(box.start, box.end, depth + 1)

    blank(0, len(data), 0)
    return bytes(cleaned)


# --- parts of a file for the player ----------------------------------------------------------------------------------


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """(first, last) of a ``Range`` header with one range, or None when it can't be met (RFC 9110, 14.1.2)."""
    unit, _equals, spec = header.partition("=")
    first, dash, last = spec.strip().partition("-")
    if unit.strip() != "bytes" or not dash or "," in spec or not (first or last):
        return None
    if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in (first, last) if part):
        return None
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) and size else None
    begin = int(first)
    end = min(int(last), size - 1) if last else size - 1
    return (begin, end) if begin <= end else None
