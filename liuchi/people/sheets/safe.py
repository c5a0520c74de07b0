"""A workbook is a packed file: what is in it is measured before anything is made of it.

Five kilobytes can unpack to gigabytes, and one cell in the last corner of a sheet makes a reader fill in all the others.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

# Of what is read, unpacked: names and phones of some thousand people are below one megabyte.
MOST_BYTES = 30 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS, MOST_COLUMNS = 20_000, 200
# A text that many cells share is one in the file and many in memory.
MOST_TEXT = 100 * 1024 * 1024


class Unsafe(Exception):
    """This is no workbook, or one that would fill the memory."""


def plain(data: bytes) -> bytes:
    """The same workbook, not packed, with what is read of it alone: no pictures, no macros. Raises Unsafe."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = dict(_parts(packed))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Unsafe from error
    if "xl/workbook.xml" not in parts:
        raise Unsafe  # another kind of packed file, or one of the older formats
    cells = sum(_cells(xml) for name, xml in parts.items() if name.startswith("xl/worksheets/"))
    longest = max((_longest_text(xml) for name, xml in parts.items() if "sharedstrings" in name.lower()), default=0)
    if cells * longest > MOST_TEXT:
        raise Unsafe
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, xml in parts.items():
            made.writestr(name, xml)
    return out.getvalue()


def _parts(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = packed.infolist()
    if len(entries) > MOST_PARTS:
        raise Unsafe
    left = MOST_BYTES
    for entry in entries:
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        with packed.open(entry) as part:
            xml = part.read(left + 1)  # whatever size it announces
        left -= len(xml)
        if left < 0:
            raise Unsafe
        yield entry.filename, xml


def _cells(xml: bytes) -> int:
    """How many cells of a sheet hold something. Raises Unsafe if one lies further out than any list of an office."""
    row = column = count = 0

    def begin(name: str, facts: dict[str, str]) -> None:
        nonlocal row, column, count
        kind = name.rpartition(":")[2]
        if kind == "row":
            row, column = _number(facts.get("r"), row + 1), 0
        elif kind == "c":
            letters = "".join(sign for sign in facts.get("r", "") if sign.isalpha())
            column = _column(letters) if letters else column + 1
            row = _number(facts.get("r", "")[len(letters) :], row)
        elif kind in ("v", "is"):
            count += 1
            if row > MOST_ROWS or column > MOST_COLUMNS:
                raise Unsafe

    _read(xml, begin)
    return count


def _longest_text(xml: bytes) -> int:
    """Signs of the longest text that cells share."""
    longest = here = 0

    def begin(name: str, _facts: dict[str, str]) -> None:
        nonlocal here
        if name.rpartition(":")[2] == "si":
            here = 0

    def text(said: str) -> None:
        nonlocal here, longest
        here += len(said)
        longest = max(longest, here)

    _read(xml, begin, text)
    return longest


def _read(xml: bytes, begin: object, text: object = None) -> None:
    reader = expat.ParserCreate()
    reader.StartElementHandler = begin  # type: ignore[assignment]
    reader.CharacterDataHandler = text  # type: ignore[assignment]
    reader.StartDoctypeDeclHandler = _no_doctype
    try:
        reader.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise Unsafe from error


def _no_doctype(*_said: object) -> None:
    raise Unsafe  # Excel writes none; entities that stand for each other grow without end


def _number(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 10 else otherwise


def _column(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    column = 0
    for letter in letters[:4].upper():
        column = column * 26 + ord(letter) - 64
    return column
