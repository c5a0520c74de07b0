"""From the straight plan (metres) to bent streets on the globe (WGS-84 degrees)."""

from __future__ import annotations

import math
from random import Random

from .plan import HEIGHT, RIVER_MIDDLE, WIDTH

# A made-up spot in Anhui.
CENTRE_LON, CENTRE_LAT = 116.9035, 31.1042
METRES_PER_DEGREE_LAT = 111_195.0


class Bend:
    """Bends the plan softly, so that no two streets are quite parallel, then turns it and places it."""

    def __init__(self, rng: Random) -> None:
        self.phase = rng.uniform(0, math.tau)
        self.tilt = rng.uniform(0, math.tau)
        angle = math.radians(rng.uniform(-6, 6))
        self.cos, self.sin = math.cos(angle), math.sin(angle)
        self.angle = angle

    def _move(self, x: float, y: float) -> tuple[float, float]:
        near_river = math.exp(-(((y - RIVER_MIDDLE) / 420) ** 2))
        up = 24 * math.sin(math.tau * x / 1300 + self.phase) * near_river
        right = 11 * math.sin(math.tau * y / 1500 + self.tilt)
        return x + right, y + up

    def metres(self, x: float, y: float) -> tuple[float, float]:
        """Bent and turned metres around the middle of the place."""
        x, y = self._move(x, y)
        x, y = x - WIDTH / 2, y - HEIGHT / 2
        return x * self.cos - y * self.sin, x * self.sin + y * self.cos

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """(longitude, latitude) of a point of the plan."""
        return to_degrees(*self.metres(x, y))

    def rigid(self, ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
        """Moves a footprint without bending it: walls of houses stay straight and square."""
        cx = sum(x for x, _ in ring) / len(ring)
        cy = sum(y for _, y in ring) / len(ring)
        ax, ay = self._move(cx - 5, cy)
        bx, by = self._move(cx + 5, cy)
        turn = math.atan2(by - ay, bx - ax) + self.angle
        cos, sin = math.cos(turn), math.sin(turn)
        mx, my = self.metres(cx, cy)
        return [to_degrees(mx + (x - cx) * cos - (y - cy) * sin, my + (x - cx) * sin + (y - cy) * cos) for x, y in ring]


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Metres around the centre to (longitude, latitude) in WGS-84 degrees, seven decimals as OSM keeps them."""
    lat = CENTRE_LAT + y / METRES_PER_DEGREE_LAT
    lon = CENTRE_LON + x / (METRES_PER_DEGREE_LAT * math.cos(math.radians(CENTRE_LAT)))
    return round(lon, 7), round(lat, 7)
