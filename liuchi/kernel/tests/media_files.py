"""Small files of each kind, made here byte by byte or by Pillow."""

import io
import struct
import wave

from PIL import Image, PngImagePlugin

MAKER = "SecretMaker"


def picture(width=60, height=40):
    """Left half red, right half blue, so that a turn can be seen."""
    image = Image.new("RGB", (width, height), (220, 20, 20))
    image.paste((20, 20, 220), (width // 2, 0, width, height))
    return image


def exif(orientation=1, position=None, taken="2026:11:22 09:30:00", offset=None):
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = MAKER
    noted = {0x9003: taken}
    if offset:
        noted[0x9011] = offset
    data[0x8769] = noted
    if position:
        lon, lat = position
        data[0x8825] = {
            1: "N" if lat >= 0 else "S",
            2: _parts(abs(lat)),
            3: "E" if lon >= 0 else "W",
            4: _parts(abs(lon)),
        }
    return data


def _parts(value):
    degrees = int(value)
    minutes = int((value - degrees) * 60)
    return float(degrees), float(minutes), round((value - degrees - minutes / 60) * 3600, 4)


def encoded(image=None, kind="JPEG", **options):
    out = io.BytesIO()
    (image or picture()).save(out, kind, **options)
    return out.getvalue()


def png_with_words():
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", MAKER)
    return encoded(kind="PNG", pnginfo=words)


def heic(**options):
    import pillow_heif

    pillow_heif.register_heif_opener()
    return encoded(kind="HEIF", **options)


def bomb(width=50_000, height=50_000):
    """A PNG of a few kilobytes that says it has 2,500 million pixels."""
    import zlib

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(100_000)))
        + chunk(b"IEND", b"")
    )


def wav():
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return out.getvalue()


def box(name, *content):
    body = b"".join(content)
    return struct.pack(">I", 8 + len(body)) + name + body


def iso(brand=b"isom", handler=b"vide", place=True):
    """A video or sound file with one empty track and, as phones write it, the place where it was taken."""
    told = box(b"udta", box(b"\xa9xyz", b"+31.8200+117.2200/" + MAKER.encode())) if place else b""
    track = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), handler, bytes(12))), told)
    moov = box(b"moov", box(b"mvhd", bytes(100)), track, told)
    return box(b"ftyp", brand, bytes(4), b"isom") + box(b"mdat", b"frames" * 50) + moov


def webm(codec=b"V_VP9"):
    return b"\x1aE\xdf\xa3\x9fB\x82\x84webm" + b"\x18S\x80g" + codec + bytes(40)


def ogg(codec=b"OpusHead"):
    return b"OggS" + bytes(24) + codec + bytes(60)


def amr():
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * 10


def mp3(tag=True):
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    return (b"ID3\x03\x00\x00\x00\x00\x00\x0a" + bytes(10) if tag else b"") + frame * 3


def many_passes(passes):
    """A progressive JPEG that asks for its last pass again and again: 60 bytes each in the file, all pixels each time."""
    whole = encoded(Image.new("L", (64, 64), 128), progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * passes + whole[-2:]
