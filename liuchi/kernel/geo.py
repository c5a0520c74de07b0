"""Coordinates: longitude before latitude, in degrees, WGS-84 unless the name says otherwise.

OpenStreetMap and the phone's receiver give WGS-84; Amap and Tencent show GCJ-02 (国测局坐标, 50 to 700 m off), Baidu
BD-09 on top of it. CGCS2000 (国家大地坐标系) equals WGS-84 to centimetres and needs no conversion. Stored is WGS-84;
the others are converted at the edge. Outside a box around China GCJ-02 is WGS-84 and all points stay as they are.
"""

from __future__ import annotations

from math import asin, atan2, cos, degrees, hypot, inf, isfinite, pi, radians, sin, sqrt
from typing import NamedTuple

Point = tuple[float, float]

EARTH_RADIUS = 6_371_008.8  # mean radius, metres

# The ellipsoid of Krassowsky 1940, on which GCJ-02 is defined.
_AXIS = 6_378_245.0
_ECCENTRICITY2 = 0.00669342162296594323
_BAIDU = pi * 3000.0 / 180.0

# WGS-84, for the length of a degree at a latitude.
_WGS_AXIS = 6_378_137.0
_WGS_ECCENTRICITY2 = 0.00669437999014


class Box(NamedTuple):
    """West, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north


CHINA_BOX = Box(72.004, 0.8293, 137.8347, 55.8271)


def is_position(lon: float, lat: float) -> bool:
    """Whether these are degrees on the earth at all (finite, in range)."""
    return isfinite(lon) and isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90


def wgs_to_gcj(lon: float, lat: float) -> Point:
    """WGS-84 to GCJ-02, for links into Amap and Tencent maps."""
    if not CHINA_BOX.holds(lon, lat):
        return lon, lat
    east, north = _shift(lon, lat)
    return lon + east, lat + north


def gcj_to_wgs(lon: float, lat: float) -> Point:
    """GCJ-02 to WGS-84, by fixed-point iteration; the way there and back closes to under a centimetre.

    A point that GCJ-02 moved over the edge of the box comes back to within the shift.
    """
    if not CHINA_BOX.holds(lon, lat):
        return lon, lat
    wgs_lon, wgs_lat = lon, lat
    # The shift changes by under a thousandth over its own length: each turn gains about three digits.
    for _ in range(6):
        east, north = _shift(wgs_lon, wgs_lat)
        wgs_lon, wgs_lat = lon - east, lat - north
    return wgs_lon, wgs_lat


def gcj_to_bd(lon: float, lat: float) -> Point:
    """GCJ-02 to BD-09, Baidu's."""
    if not CHINA_BOX.holds(lon, lat):
        return lon, lat
    far = hypot(lon, lat) + 0.00002 * sin(lat * _BAIDU)
    turn = atan2(lat, lon) + 0.000003 * cos(lon * _BAIDU)
    return far * cos(turn) + 0.0065, far * sin(turn) + 0.006


def bd_to_gcj(lon: float, lat: float) -> Point:
    """BD-09 to GCJ-02, by iteration on `gcj_to_bd`."""
    if not CHINA_BOX.holds(lon, lat):
        return lon, lat
    gcj_lon, gcj_lat = lon - 0.0065, lat - 0.006
    for _ in range(6):
        back_lon, back_lat = gcj_to_bd(gcj_lon, gcj_lat)
        gcj_lon, gcj_lat = gcj_lon + lon - back_lon, gcj_lat + lat - back_lat
    return gcj_lon, gcj_lat


def wgs_to_bd(lon: float, lat: float) -> Point:
    return gcj_to_bd(*wgs_to_gcj(lon, lat))


def bd_to_wgs(lon: float, lat: float) -> Point:
    return gcj_to_wgs(*bd_to_gcj(lon, lat))


def distance(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Metres between two points on the sphere of mean radius (within 0.5 % of the ellipsoid)."""
    phi1, phi2 = radians(lat1), radians(lat2)
    half = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(half)))


def degree_lengths(lat: float) -> Point:
    """Metres in one degree of longitude and of latitude at this latitude, on WGS-84."""
    phi = radians(lat)
    bend = 1 - _WGS_ECCENTRICITY2 * sin(phi) ** 2
    along = radians(1) * _WGS_AXIS * cos(phi) / sqrt(bend)
    across = radians(1) * _WGS_AXIS * (1 - _WGS_ECCENTRICITY2) / bend**1.5
    return along, across


class Metres:
    """A flat plane in metres around a point: x to the east, y to the north.

    Over a street (some 10 km) lengths are right to about one in a thousand. For areas, distances and drawing.
    """

    __slots__ = ("_across", "_along", "_lat", "_lon")

    def __init__(self, lon: float, lat: float) -> None:
        self._lon, self._lat = lon, lat
        self._along, self._across = degree_lengths(lat)

    def to(self, lon: float, lat: float) -> Point:
        """Degrees to (x, y) metres."""
        return (lon - self._lon) * self._along, (lat - self._lat) * self._across

    def back(self, x: float, y: float) -> Point:
        """(x, y) metres to degrees."""
        return self._lon + x / self._along, self._lat + y / self._across


def box_around(lon: float, lat: float, metres: float) -> Box:
    """The smallest box that surely holds every point within so many metres: for a look-up by index before `distance`.

    At a pole it spans all longitudes; it does not wrap at 180 degrees, which no place of ours touches.
    """
    turn = metres / EARTH_RADIUS
    south, north = lat - degrees(turn), lat + degrees(turn)
    if south <= -90 or north >= 90:
        return Box(-180.0, max(south, -90.0), 180.0, min(north, 90.0))
    widest = sin(turn) / cos(radians(lat)) if turn < pi / 2 else inf
    across = degrees(asin(widest)) if widest < 1 else 180.0
    # A hair more, so that rounding loses no point that lies exactly on the edge.
    return Box(lon - across - 1e-9, south - 1e-9, lon + across + 1e-9, north + 1e-9)


def _shift(lon: float, lat: float) -> Point:
    """By how many degrees GCJ-02 moves a WGS-84 point."""
    x, y = lon - 105.0, lat - 35.0
    waves = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    root = sqrt(abs(x))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y * pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    phi = radians(lat)
    bend = 1 - _ECCENTRICITY2 * sin(phi) ** 2
    root = sqrt(bend)
    north = degrees(north * bend * root / (_AXIS * (1 - _ECCENTRICITY2)))
    east = degrees(east * root / (_AXIS * cos(phi)))
    return east, north
