"""How exactly the public map says where: to the road and to some fifty metres. Pure; no Django."""

from __future__ import annotations

import re

# Degrees: about 55 m from north to south and 48 m from west to east where this is used. Whoever stands at a door is not
# told from whoever stands at the next.
STEP = 0.0005
_ROAD = re.compile(
    r"[^0-9０-９\s,，·（(]{1,12}?(?:大道|大街|路|街|巷|弄|道|桥|广场|小区|花园|新村|公园|市场|苑|里|园|村)"
)


def spot(lon: float, lat: float) -> tuple[float, float]:
    """The same point for all that lies within some fifty metres (WGS-84 degrees)."""
    return round(round(lon / STEP) * STEP, 4), round(round(lat / STEP) * STEP, 4)


def road(words: str) -> str:
    """The road or the compound alone: 石榴巷 6 号院 1 幢北侧 -> 石榴巷; nothing where the words name none."""
    found = _ROAD.match(words.strip())
    return found[0] if found else ""
