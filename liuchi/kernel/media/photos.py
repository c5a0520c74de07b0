"""Photos: the look at the head that the web process takes, and the whole work that the worker does.

Pillow is imported when the first photo comes, so that a web process that serves pages alone stays light.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from liuchi.kernel import geo
from liuchi.kernel.media import faces
from liuchi.kernel.media.covers import MOST, Cover
from liuchi.kernel.media.rules import MAX_PIXELS, SHOWN_SIDE, THUMB_SIDE
from liuchi.kernel.worktime.rules import CHINA

if TYPE_CHECKING:
    from PIL import Image

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _TAKEN_OFFSET = 0x9003, 0x9011
_WHITE = (255, 255, 255)
# A progressive JPEG is drawn in some ten passes over all pixels. A pass takes 60 bytes to ask for and milliseconds to do, so
# a file of 20 MB could keep the worker busy for half an hour.
MOST_SCANS = 100
# Within the data of a pass 0xFF is followed by 0 or by one of eight marks that have no content.
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd8\xff]")
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9


class Unreadable(Exception):
    """The file is no photo that can be opened. code: ``unreadable`` or ``too_many_pixels``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Photo(NamedTuple):
    """A photo made ready: JPEG files without any metadata, size of the shown one, and what the camera noted. clear: the
    shown one without its covers; empty where nothing is covered."""

    shown: bytes
    thumb: bytes
    clear: bytes
    covers: list[Cover]
    width: int
    height: int
    position: tuple[float, float] | None  # lon, lat as the camera wrote them: WGS-84
    taken_at: datetime | None


def open_photo(file: BinaryIO, mime: str) -> Image.Image:
    """The photo with its head read and its pixels not yet. Raises Unreadable, also for more than 40 megapixels."""
    from PIL import Image

    if mime == "image/heic":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    # Pillow's own guard would only warn; ours is below its limit and counts before a pixel is decoded.
    Image.MAX_IMAGE_PIXELS = None
    file.seek(0)
    try:
        image = Image.open(file, formats=[_FORMATS[mime]])
    except Exception as error:  # decoders raise whatever their library does: SyntaxError, struct.error, EOFError
        raise Unreadable("unreadable") from error
    if image.width * image.height > MAX_PIXELS:
        raise Unreadable("too_many_pixels")
    return image


def make_ready(file: BinaryIO, mime: str) -> Photo:
    """Decodes, turns upright, reads place and time, drops all metadata, hides faces and encodes anew. Raises Unreadable."""
    from PIL import ImageOps

    if mime == "image/jpeg" and _scans(file) > MOST_SCANS:
        raise Unreadable("unreadable")
    image = open_photo(file, mime)
    try:
        exif = image.getexif()
        position, taken_at = _position(exif), _taken_at(exif)
    except Exception:  # a broken note of the camera is no reason to lose the photo
        position = taken_at = None
    try:
        # JPEG can be decoded at half or a quarter of its size: a 12 megapixel photo then takes a third of the time.
        image.draft("RGB", (SHOWN_SIDE, SHOWN_SIDE))
        image.load()
        if image.mode not in ("RGB", "RGBA", "L", "CMYK"):
            image = image.convert("RGBA" if image.has_transparency_data else "RGB")
        # Small first, then the rest: 40 megapixels are 120 MB, and each step would make a copy of them.
        image.thumbnail((SHOWN_SIDE, SHOWN_SIDE), reducing_gap=2.0)
        plain = _plain(ImageOps.exif_transpose(image))
        covers = faces.find(plain)[:MOST]
        clear = _jpeg(plain, 82) if covers else b""
        shown, thumb = _shown(plain, covers)
        return Photo(shown, thumb, clear, covers, plain.width, plain.height, position, taken_at)
    except Exception as error:
        raise Unreadable("unreadable") from error


def cover_anew(file: BinaryIO, covers: list[Cover]) -> tuple[bytes, bytes]:
    """(shown, thumb) of a picture of ours with other covers. Raises Unreadable."""
    image = open_photo(file, "image/jpeg")
    try:
        image.load()
        return _shown(image, covers)
    except Exception as error:
        raise Unreadable("unreadable") from error


def _shown(plain: Image.Image, covers: list[Cover]) -> tuple[bytes, bytes]:
    """The picture and its thumbnail with what is covered; the picture given is changed."""
    shown = faces.hide(plain, covers)
    thumb = shown.copy()
    thumb.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return _jpeg(shown, 82), _jpeg(thumb, 75)


def _scans(file: BinaryIO) -> int:
    """How many passes a JPEG asks for, up to one more than we take. Behind its end a phone may have put a film."""
    file.seek(0)
    data = file.read()
    found, at = 0, 2
    while found <= MOST_SCANS and (marker := _MARKER.search(data, at)):
        code, start = data[marker.end() - 1], marker.end()
        if code == _END_OF_IMAGE:
            break
        found += code == _START_OF_SCAN
        at = start + int.from_bytes(data[start : start + 2])
    return found


def _plain(image: Image.Image) -> Image.Image:
    """The pixels alone, in sRGB on white: no profile, no comment, no alpha."""
    from PIL import Image

    image = _in_srgb(image)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        plain = Image.new("RGB", image.size, _WHITE)
        plain.paste(image, mask=image.getchannel("A"))
        return plain
    plain = image.convert("RGB")
    plain.info.clear()  # the encoder would write a comment found here into the new file
    return plain


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours of a phone's wide profile (Display P3) as sRGB: the profile itself is dropped with the metadata."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode != "RGB":
        return image
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB")) or image
    except (ImageCms.PyCMSError, OSError):
        return image  # a profile nobody can read changes colours a little, no more


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _position(exif: Any) -> tuple[float, float] | None:
    gps = exif.get_ifd(_GPS)
    try:
        lat, lon = _degrees(gps[2], gps[1], "S"), _degrees(gps[4], gps[3], "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    # Some cameras write 0, 0 when they know nothing.
    return (lon, lat) if geo.is_position(lon, lat) and (lon, lat) != (0, 0) else None


def _degrees(parts: Any, side: str, negative: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if side.strip("\0 ").upper() == negative else value


def _taken_at(exif: Any) -> datetime | None:
    """When it was taken, in UTC. A camera without an offset is believed to stand in China."""
    noted = exif.get_ifd(_EXIF)
    try:
        taken = datetime.strptime(noted[_TAKEN].strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
        offset = noted.get(_TAKEN_OFFSET, "").strip("\0 ")
        if offset:
            return datetime.fromisoformat(taken.isoformat() + offset).astimezone(UTC)
        return taken.replace(tzinfo=CHINA).astimezone(UTC)
    except (KeyError, AttributeError, ValueError, OverflowError):
        return None
