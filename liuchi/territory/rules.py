"""Codes, ranges and names of areas, and how a person says where something is. No Django here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import atan2, degrees

LEVEL_OF_LENGTH = {2: "province", 4: "city", 6: "county", 9: "street", 12: "community", 15: "grid"}
DEPTH = {level: depth for depth, level in enumerate(("province", "city", "county", "street", "community", "grid"))}


def level_of(code: str) -> str:
    """The level of a division code (2, 4, 6, 9 or 12 digits, statistics office) or grid code (15, GB/T 47678.5).

    Raises ValueError when it is neither.
    """
    if not (code.isascii() and code.isdigit() and len(code) in LEVEL_OF_LENGTH):
        raise ValueError(f"{code!r} is not a division code of 2, 4, 6, 9, 12 or 15 digits")
    return LEVEL_OF_LENGTH[len(code)]


def plain_code(code: str) -> str:
    """A code without its filling: 440307000000 and 440307 are one county, 340000 is a province.

    Raises ValueError when the digits can't be a code.
    """
    code = code.strip()
    if len(code) == 12:
        for length in (2, 4, 6, 9):
            if code[length:] == "0" * (12 - length):
                code = code[:length]
                break
    if len(code) == 6:
        if code.endswith("0000"):
            code = code[:2]
        elif code.endswith("00"):
            code = code[:4]
    level_of(code)
    return code


def code_range(code: str) -> tuple[int, int]:
    """(first, last): the 15-digit numbers between which the codes of everything below lie."""
    return int(code.ljust(15, "0")), int(code.ljust(15, "9"))


def ancestors(code: str) -> list[str]:
    """The codes above, from the province down: 340881990001 -> 34, 3408, 340881, 340881990."""
    return [code[:length] for length in LEVEL_OF_LENGTH if length < len(code)]


def next_serial(codes: Iterable[str], community: str) -> str:
    """The next grid code in a community (community 12 + serial 3), one above the highest ever given.

    Raises ValueError when all 999 are used.
    """
    serials = [int(code[12:]) for code in codes if len(code) == 15 and code.startswith(community)]
    serial = max(serials, default=0) + 1
    if serial > 999:
        raise ValueError(f"all 999 grid codes of {community} are used")
    return f"{community}{serial:03}"


_VILLAGE = re.compile(r"(村民委员会|村委会|村民委会)$")
_COMMUNITY = re.compile(r"(居民委员会|居委会|居委员会|社区委员会)$")


def short_name(name: str) -> str:
    """The area's own name where a list gives its committee's: 填海巷社区居委会 -> 填海巷社区, 崔岗村民委员会 -> 崔岗村."""
    name = name.strip()
    for ending, kind in ((_VILLAGE, "村"), (_COMMUNITY, "社区")):
        base = ending.sub("", name)
        if base != name and base:
            return base if base.endswith((kind, "社区")) else base + kind
    return name


def deepest(levels: Iterable[tuple[str, int]]) -> int | None:
    """Of (level, id) pairs the id of the deepest level; of equals the first."""
    best: tuple[int, int] | None = None
    for level, number in levels:
        if best is None or DEPTH[level] > best[0]:
            best = (DEPTH[level], number)
    return best[1] if best else None


_NUMBER = re.compile(r"\d+")
_HOUSE = re.compile(r"(\d+)\s*(?:号楼|栋|幢|座|#|＃|楼)")
_UNIT_TAIL = re.compile(r"(\d+)\s*(?:单元|室|层|楼道|户).*$")
_SIDES = re.compile(r"(?:[东南西北]+[侧边面]|门前|门口|对面|旁边?|附近|里面|楼下|前面|后面)$")


def search_text(text: str) -> str:
    """Text as it is kept for search and as a query is read: no blanks, small letters, one word for a numbered house.

    槐荫里 3号楼, 槐荫里3栋 and 槐荫里3# are all 槐荫里3幢.
    """
    text = re.sub(r"[\s·•・,，。、.'’\-]+", "", text.translate(_FULL_WIDTH)).lower()
    return _HOUSE.sub(r"\1幢", text)


_FULL_WIDTH = {0xFF10 + i: str(i) for i in range(10)} | {0xFF21 + i: chr(65 + i) for i in range(26)}
_FULL_WIDTH |= {0xFF41 + i: chr(97 + i) for i in range(26)}


_AREAS = re.compile(
    r"^(?:\w{2,8}?(?:省|自治区|特别行政区))?(?:\w{2,6}?市)?(?:\w{1,6}?[市区县])?(?:\w{1,8}?(?:街道|镇|乡))?(?:\w{1,8}?(?:社区|村委会))?"
)


def without_areas(text: str) -> str:
    """An address without the areas it begins with: 安徽省桐城市六尺街道北正街41号 -> 北正街41号."""
    return _AREAS.sub("", text) or text


def looser(text: str) -> list[str]:
    """Shorter readings of a query that found nothing, best first: without the side, without stairs and rooms, without its end."""
    readings = []
    bare = _SIDES.sub("", text)
    if bare != text:
        readings.append(bare)
    house = _UNIT_TAIL.sub("", bare)
    if house != bare:
        readings.append(house)
    while len(house) > 2:
        house = house[:-1]
        if not _NUMBER.search(house[-1:]):
            readings.append(house)
    return [reading for reading in readings if len(reading) >= 2]


def side(east: float, north: float) -> str:
    """The side on which something lies, from metres east and north of the middle: 东, 南, 西, 北 or in between."""
    angle = degrees(atan2(north, east)) % 360
    return ("东", "东北", "北", "西北", "西", "西南", "南", "东南")[int((angle + 22.5) // 45) % 8]


def spaced(text: str) -> str:
    """Words with blanks around their numbers, as they are printed: 槐荫里3幢 -> 槐荫里 3 幢."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])", " ", text)
    return re.sub(r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])", " ", text)


def spoken(name: str, number: str) -> str:
    """A name and a number as one says them: 槐荫里 3 幢."""
    return spaced(f"{name}{number}")


def house_number(tags: Mapping[str, str]) -> str:
    """The number of a building from its OSM tags, or an empty text.

    It stands in addr:housenumber, in ref, or in a name such as 3栋, C座 or 12号楼.
    """
    for key in ("addr:housenumber", "ref"):
        value = tags.get(key, "").strip()
        if value:
            return f"{value}幢" if value.isdigit() and "addr:street" not in tags else value
    found = re.search(r"([0-9A-Za-z]+(?:号楼|栋|幢|座))$", tags.get("name", ""))
    return found.group(1) if found else ""
