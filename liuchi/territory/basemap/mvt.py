"""Writes Mapbox Vector Tiles (specification 2.1): just what the base map needs, in plain bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

EXTENT = 4096
POINT, LINE, POLYGON = 1, 2, 3
Value = str | int | bool
# Whole numbers in tile units; a polygon's first ring is its outside.
Part = Sequence[tuple[int, int]]


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append((value & 0x7F) | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _field(number: int, payload: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def _packed(numbers: Iterable[int]) -> bytes:
    out = bytearray()
    for value in numbers:
        while value > 0x7F:
            out.append((value & 0x7F) | 0x80)
            value >>= 7
        out.append(value)
    return bytes(out)


def _zigzag(value: int) -> int:
    return (value << 1) ^ (value >> 63)


def _area(ring: Part) -> int:
    """Twice the signed area; positive when the ring runs clockwise on a screen whose y grows downwards."""
    total = 0
    x0, y0 = ring[-1]
    for x, y in ring:
        total += x0 * y - x * y0
        x0, y0 = x, y
    return total


@dataclass
class Layer:
    """One layer of one tile."""

    name: str
    keys: dict[str, int] = field(default_factory=dict)
    values: dict[tuple[type, Value], int] = field(default_factory=dict)
    features: list[bytes] = field(default_factory=list)

    def add(self, number: int, kind: int, parts: Sequence[Part], tags: dict[str, Value]) -> None:
        """Adds a feature; parts that shrink to nothing at this zoom are dropped, and the feature with them."""
        commands = _commands(kind, parts)
        if not commands:
            return
        indexes: list[int] = []
        for key, value in tags.items():
            indexes.append(self.keys.setdefault(key, len(self.keys)))
            indexes.append(self.values.setdefault((type(value), value), len(self.values)))
        body = (
            b"\x08"
            + varint(number)
            + _field(2, _packed(indexes))
            + b"\x18"
            + varint(kind)
            + _field(4, _packed(commands))
        )
        self.features.append(_field(2, body))

    def encoded(self) -> bytes:
        out = b"\x78\x02" + _field(1, self.name.encode()) + b"".join(self.features)
        out += b"".join(_field(3, key.encode()) for key in self.keys)
        out += b"".join(_field(4, _value(value)) for _type, value in self.values)
        return _field(3, out + b"\x28" + varint(EXTENT))


def _value(value: Value) -> bytes:
    if isinstance(value, bool):
        return b"\x38" + (b"\x01" if value else b"\x00")
    if isinstance(value, int):
        return b"\x28" + varint(value)
    return _field(1, value.encode())


def _commands(kind: int, parts: Sequence[Part]) -> list[int]:
    out: list[int] = []
    x = y = 0
    for index, part in enumerate(parts):
        points = _without_repeats(part)
        if kind == POLYGON:
            if points and points[0] == points[-1]:
                points.pop()
            area = _area(points) if len(points) > 2 else 0
            if area == 0:
                if index == 0:
                    return []
                continue
            # Outsides run clockwise on the screen, holes against it. `parts` of several polygons come one by one.
            if (area > 0) != (index == 0):
                points.reverse()
        elif kind == LINE and len(points) < 2:
            continue
        first_x, first_y = points[0]
        out += (9, _zigzag(first_x - x), _zigzag(first_y - y))
        x, y = first_x, first_y
        if len(points) > 1:
            out.append((len(points) - 1) << 3 | 2)
            for next_x, next_y in points[1:]:
                out += (_zigzag(next_x - x), _zigzag(next_y - y))
                x, y = next_x, next_y
        if kind == POLYGON:
            out.append(15)
    return out


def _without_repeats(part: Part) -> list[tuple[int, int]]:
    points: list[tuple[int, int]] = []
    for point in part:
        if not points or points[-1] != point:
            points.append(point)
    return points
