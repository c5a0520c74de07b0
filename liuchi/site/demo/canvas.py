"""A canvas with a pen and dice, and the things that several of the demo's pictures share: houses, ground, vehicles."""

import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Points = list[tuple[float, float]]

SIZE = (800, 600)
SKY, PLASTER, BRICK, ASPHALT = (203, 216, 222), (214, 206, 190), (150, 104, 84), (112, 113, 112)
PAVING, LEAF, TRUNK, IRON, SHADE = (178, 174, 164), (96, 128, 88), (104, 84, 66), (62, 62, 64), (84, 82, 76)


def shade(colour: Colour, by: float) -> Colour:
    r, g, b = (max(0, min(255, round(c * by))) for c in colour)
    return r, g, b


class Canvas:
    """An image with its pen and its dice. Lengths are parts of width (x) and height (y), 0 to 1."""

    def __init__(self, seed: str) -> None:
        self.w, self.h = SIZE
        self.rng = random.Random(seed)
        self.image = Image.new("RGB", SIZE, SKY)
        self.pen = ImageDraw.Draw(self.image)

    def box(self, x0: float, y0: float, x1: float, y1: float, fill: Colour) -> None:
        self.pen.rectangle((x0 * self.w, y0 * self.h, x1 * self.w, y1 * self.h), fill=fill)

    def shape(self, points: Points, fill: Colour) -> None:
        self.pen.polygon([(x * self.w, y * self.h) for x, y in points], fill=fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        self.pen.ellipse(((x - rx) * self.w, (y - ry) * self.h, (x + rx) * self.w, (y + ry) * self.h), fill=fill)

    def line(self, points: Points, fill: Colour, width: int = 4) -> None:
        self.pen.line([(x * self.w, y * self.h) for x, y in points], fill=fill, width=width, joint="curve")

    def inside(self, points: Points, paint: "Scene") -> None:
        """Let `paint` draw, but keep only what lies within the outline."""
        under = self.image.copy()
        paint(self)
        mask = Image.new("L", SIZE, 0)
        ImageDraw.Draw(mask).polygon([(x * self.w, y * self.h) for x, y in points], fill=255)
        self.image.paste(Image.composite(self.image, under, mask))

    def blob(self, x: float, y: float, rx: float, ry: float, points: int = 20, rough: float = 0.36) -> Points:
        """A closed outline: rough as plaster breaks, or smooth as water lies."""
        turn = self.rng.random() * math.tau
        out = []
        for i in range(points):
            r = 1 - rough / 2 + self.rng.random() * rough
            out.append(
                (
                    x + rx * r * math.cos(turn + i * math.tau / points),
                    y + ry * r * math.sin(turn + i * math.tau / points),
                )
            )
        return out

    def crack(self, x: float, y: float, length: float, lean: float = 0.2) -> Points:
        line = [(x, y)]
        for _ in range(14):
            x += self.rng.uniform(-0.03, 0.03) * length + lean * length / 14
            y += length / 14
            line.append((x, y))
        return line


Scene = Callable[[Canvas], None]


def draw_facade(c: Canvas, wall: Colour = PLASTER) -> None:
    c.box(0, 0, 1, 1, wall)
    for row in range(3):
        for col in range(4):
            x, y = 0.06 + col * 0.25, 0.05 + row * 0.36
            c.box(x - 0.007, y - 0.009, x + 0.142, y + 0.2, shade(wall, 0.86))
            c.box(x, y, x + 0.135, y + 0.19, (112, 130, 138))
            c.box(x, y, x + 0.065, y + 0.19, (130, 149, 156))
            c.box(x - 0.01, y + 0.19, x + 0.145, y + 0.205, shade(wall, 0.74))
            if c.rng.random() < 0.4:
                c.box(x + 0.01, y + 0.215, x + 0.09, y + 0.275, (226, 226, 222))
                c.oval(x + 0.04, y + 0.245, 0.02, 0.026, (196, 197, 194))


def draw_bricks(c: Canvas) -> None:
    c.box(0, 0, 1, 1, BRICK)
    for row in range(36):
        y = row / 36
        c.line([(0, y), (1, y)], shade(BRICK, 0.8), 3)
        for col in range(24):
            x = (col + (row % 2) / 2) / 24
            c.line([(x, y), (x, y + 1 / 36)], shade(BRICK, 0.8), 2)


def draw_paving(c: Canvas, top: float, holes: int = 0) -> None:
    c.box(0, top, 1, 1, shade(PAVING, 0.8))
    missing = {(c.rng.randrange(3, 6), c.rng.randrange(4, 9)) for _ in range(holes)}
    rows = 8
    for row in range(rows):
        y0, y1 = (top + (1 - top) * (r / rows) ** 1.3 for r in (row, row + 1))
        size = (1 + 1.6 * row / rows) / 16
        for col in range(-1, int(1 / size) + 2):
            x = col * size - (row % 2) * size / 2
            gone = (row, col) in missing
            c.box(
                x + 0.002,
                y0 + 0.003,
                x + size - 0.002,
                y1 - 0.003,
                (84, 73, 58) if gone else shade(PAVING, c.rng.uniform(0.94, 1.06)),
            )
            if gone:
                c.shape(c.blob(x + size / 2, (y0 + y1) / 2, size * 0.34, (y1 - y0) * 0.3), (66, 58, 48))


def draw_road(c: Canvas, top: float) -> None:
    c.box(0, top, 1, 1, ASPHALT)
    c.shape([(0.49, top), (0.51, top), (0.56, 1), (0.44, 1)], shade(ASPHALT, 1.06))
    for i in range(4):
        y = top + (1 - top) * (i / 4) ** 1.4
        c.shape([(0.495, y), (0.505, y), (0.51, y + 0.05 + 0.03 * i), (0.49, y + 0.05 + 0.03 * i)], (222, 220, 210))


def draw_street_end(c: Canvas, top: float) -> None:
    """Sky and a row of houses far behind."""
    c.box(0, 0, 1, top, SKY)
    x = -0.02
    while x < 1:
        width, height = c.rng.uniform(0.1, 0.2), c.rng.uniform(0.12, top - 0.03)
        tone = shade((198, 192, 180), c.rng.uniform(0.86, 1.04))
        c.box(x, top - height, x + width, top, tone)
        for i in range(int(height / 0.07)):
            for k in range(int(width / 0.05)):
                c.box(
                    x + 0.012 + k * 0.05,
                    top - height + 0.02 + i * 0.07,
                    x + 0.036 + k * 0.05,
                    top - height + 0.055 + i * 0.07,
                    shade(tone, 0.78),
                )
        x += width + c.rng.uniform(0, 0.03)


def draw_scooter(c: Canvas, x: float, y: float, size: float) -> None:
    c.oval(x - size * 0.55, y, size * 0.22, size * 0.29, (36, 36, 38))
    c.oval(x + size * 0.55, y, size * 0.22, size * 0.29, (36, 36, 38))
    body = c.rng.choice(((52, 92, 140), (178, 62, 50), (228, 180, 60)))
    c.shape(
        [
            (x - size * 0.5, y - 0.1 * size),
            (x - size * 0.55, y - size * 0.7),
            (x - size * 0.4, y - size * 0.7),
            (x - size * 0.2, y - size * 0.2),
            (x + size * 0.1, y - size * 0.25),
            (x + size * 0.1, y - size * 0.65),
            (x + size * 0.65, y - size * 0.6),
            (x + size * 0.6, y),
        ],
        body,
    )
    c.line(
        [(x - size * 0.48, y - size * 0.7), (x - size * 0.42, y - size * 1.0), (x - size * 0.25, y - size * 1.0)],
        (40, 40, 42),
        6,
    )


def draw_car(c: Canvas, x: float, y: float, size: float, body: Colour) -> None:
    c.oval(x, y + size * 0.05, size * 1.05, size * 0.1, shade(ASPHALT, 0.7))
    c.shape(
        [
            (x - size * 0.6, y - size * 0.4),
            (x - size * 0.38, y - size * 0.8),
            (x + size * 0.4, y - size * 0.8),
            (x + size * 0.66, y - size * 0.4),
        ],
        shade(body, 0.9),
    )
    c.shape(
        [
            (x - size * 0.5, y - size * 0.42),
            (x - size * 0.33, y - size * 0.74),
            (x + size * 0.35, y - size * 0.74),
            (x + size * 0.55, y - size * 0.42),
        ],
        (74, 88, 96),
    )
    c.shape(
        [
            (x - size, y - size * 0.36),
            (x - size * 0.9, y - size * 0.42),
            (x + size * 0.92, y - size * 0.42),
            (x + size, y - size * 0.3),
            (x + size, y),
            (x - size, y),
        ],
        body,
    )
    for dx in (-0.58, 0.58):
        c.oval(x + dx * size, y, size * 0.19, size * 0.24, (32, 32, 34))
        c.oval(x + dx * size, y, size * 0.09, size * 0.12, (150, 152, 154))
