"""Photos for the demo place, drawn: nobody's wall, nobody's street, nobody's face.

Each scene paints on a `Canvas`; grain and soft light are added afterwards so that thumbnails look like what a phone
takes. Same scene and variant, same picture.
"""

import io
import math
from functools import cache

import numpy as np
from PIL import Image, ImageFilter

from liuchi.site.demo.canvas import (
    ASPHALT,
    IRON,
    LEAF,
    PAVING,
    PLASTER,
    TRUNK,
    Canvas,
    Scene,
    draw_bricks,
    draw_car,
    draw_facade,
    draw_paving,
    draw_road,
    draw_scooter,
    draw_street_end,
    shade,
)


def wall(c: Canvas) -> None:
    """外墙脱落: plaster off the facade, brick showing."""
    draw_facade(c)
    x, y = c.rng.uniform(0.4, 0.58), c.rng.uniform(0.38, 0.52)
    hole = c.blob(x, y, 0.19, 0.24, 26)
    c.shape([(px + 0.01, py + 0.016) for px, py in hole], shade(PLASTER, 0.62))
    c.inside(hole, draw_bricks)
    c.line(hole + hole[:1], shade(PLASTER, 0.72), 5)
    c.line(c.crack(x + 0.05, y + 0.2, 0.3), shade(PLASTER, 0.5), 4)
    c.line(c.crack(x - 0.12, y - 0.4, 0.24, 0.3), shade(PLASTER, 0.5), 3)


def wall_repaired(c: Canvas) -> None:
    """The same wall afterwards: fresh plaster around the windows."""
    draw_facade(c)
    c.inside(c.blob(0.47, 0.46, 0.22, 0.27, 60, 0.05), lambda c: draw_facade(c, (237, 233, 223)))


def manhole(c: Canvas) -> None:
    """井盖翘起: the cover stands off its ring."""
    c.box(0, 0, 1, 1, ASPHALT)
    c.oval(0.5, 0.56, 0.3, 0.27, shade(ASPHALT, 0.8))
    c.oval(0.5, 0.56, 0.27, 0.24, (26, 26, 28))
    c.oval(0.55, 0.5, 0.26, 0.22, shade(IRON, 0.7))
    c.oval(0.55, 0.485, 0.26, 0.22, IRON)
    c.oval(0.55, 0.485, 0.23, 0.19, shade(IRON, 1.25))
    for i in range(-4, 5):
        for k in range(-4, 5):
            if (i / 4.6) ** 2 + (k / 4.6) ** 2 < 0.82:
                c.box(0.545 + i * 0.044, 0.476 + k * 0.037, 0.563 + i * 0.044, 0.496 + k * 0.037, shade(IRON, 0.85))
    c.line(c.crack(0.16, 0.4, 0.4, 0.1), shade(ASPHALT, 0.66), 4)


def manhole_closed(c: Canvas) -> None:
    c.box(0, 0, 1, 1, ASPHALT)
    c.oval(0.5, 0.54, 0.28, 0.25, shade(ASPHALT, 0.76))
    c.oval(0.5, 0.54, 0.26, 0.23, shade(IRON, 1.2))
    for i in range(-4, 5):
        for k in range(-4, 5):
            if (i / 4.6) ** 2 + (k / 4.6) ** 2 < 0.9:
                c.box(0.49 + i * 0.05, 0.53 + k * 0.043, 0.512 + i * 0.05, 0.552 + k * 0.043, shade(IRON, 0.9))


def lamp(c: Canvas) -> None:
    """路灯不亮: dusk, a row of lamps, the near one dark."""
    for i in range(72):
        c.box(0, i / 72, 1, (i + 1) / 72, (62 + i, 74 + i, 96 + i // 2))
    c.box(0, 0.78, 1, 1, (70, 72, 74))
    for k, (x, scale) in enumerate(((0.3, 1.0), (0.62, 0.6), (0.78, 0.42), (0.87, 0.3))):
        top = 0.78 - 0.68 * scale
        c.box(x - 0.008 * scale, top, x + 0.008 * scale, 0.78 + 0.06 * scale, (44, 46, 50))
        c.line([(x, top), (x + 0.12 * scale, top - 0.02 * scale)], (44, 46, 50), max(3, int(9 * scale)))
        if k:
            c.oval(x + 0.12 * scale, top, 0.09 * scale, 0.1 * scale, (150, 142, 120))
        c.oval(x + 0.12 * scale, top, 0.04 * scale, 0.02 * scale, (255, 236, 178) if k else (38, 40, 44))


def lamp_lit(c: Canvas) -> None:
    lamp(c)
    c.oval(0.42, 0.1, 0.1, 0.11, (160, 150, 124))
    c.oval(0.42, 0.1, 0.04, 0.022, (255, 240, 190))


def rubbish(c: Canvas) -> None:
    """垃圾满溢: bins, bags beside them."""
    draw_street_end(c, 0.42)
    draw_paving(c, 0.42)
    for i, colour in enumerate(((58, 110, 78), (62, 84, 120), (96, 98, 100))):
        x = 0.2 + i * 0.2
        c.shape([(x, 0.36), (x + 0.16, 0.36), (x + 0.145, 0.72), (x + 0.015, 0.72)], colour)
        c.shape(c.blob(x + 0.08, 0.33, 0.075, 0.05), (216, 210, 198))
        c.shape([(x - 0.01, 0.33), (x + 0.17, 0.37), (x + 0.17, 0.4), (x - 0.01, 0.37)], shade(colour, 0.8))
    for _ in range(9):
        tone = c.rng.choice(((40, 42, 44), (206, 204, 198), (170, 60, 52), (58, 84, 110)))
        x, y = c.rng.uniform(0.14, 0.84), c.rng.uniform(0.68, 0.86)
        c.shape(c.blob(x, y, 0.06, 0.06), tone)
        c.line([(x, y - 0.05), (x + 0.012, y - 0.085)], shade(tone, 0.8), 6)


def rubbish_cleared(c: Canvas) -> None:
    draw_street_end(c, 0.42)
    draw_paving(c, 0.42)
    for i, colour in enumerate(((58, 110, 78), (62, 84, 120), (96, 98, 100))):
        x = 0.2 + i * 0.2
        c.shape([(x, 0.36), (x + 0.16, 0.36), (x + 0.145, 0.72), (x + 0.015, 0.72)], colour)
        c.box(x - 0.008, 0.33, x + 0.168, 0.365, shade(colour, 0.8))


def wires(c: Canvas) -> None:
    """飞线充电: a cable from a window down to a parked e-bike."""
    draw_facade(c, (206, 198, 184))
    c.box(0, 0.84, 1, 1, PAVING)
    for k in range(3):
        x0, sag = 0.16 + k * 0.25, c.rng.uniform(0.06, 0.16)
        c.line(
            [(x0 + t / 20 * 0.3, 0.22 + (0.54 * t / 20) + sag * math.sin(math.pi * t / 20)) for t in range(21)],
            (30, 30, 32),
            4,
        )
    for x in (0.44, 0.7):
        draw_scooter(c, x, 0.86, 0.16)


def fire_lane(c: Canvas) -> None:
    """占用消防通道: cars on the yellow lattice."""
    draw_street_end(c, 0.4)
    c.box(0, 0.4, 1, 1, ASPHALT)
    for i in range(-6, 12):
        c.line([(i * 0.12, 1), (i * 0.08 + 0.24, 0.55)], (214, 176, 54), 6)
        c.line([(i * 0.12, 0.55), (i * 0.14 - 0.1, 1)], (214, 176, 54), 6)
    c.line([(0, 0.55), (1, 0.55)], (214, 176, 54), 10)
    draw_car(c, 0.26, 0.64, 0.2, (196, 198, 200))
    draw_car(c, 0.7, 0.7, 0.24, (62, 74, 92))


def fire_lane_free(c: Canvas) -> None:
    draw_street_end(c, 0.4)
    c.box(0, 0.4, 1, 1, ASPHALT)
    for i in range(-6, 12):
        c.line([(i * 0.12, 1), (i * 0.08 + 0.24, 0.55)], (214, 176, 54), 6)
        c.line([(i * 0.12, 0.55), (i * 0.14 - 0.1, 1)], (214, 176, 54), 6)
    c.line([(0, 0.55), (1, 0.55)], (214, 176, 54), 10)


def tree(c: Canvas) -> None:
    """树木倾斜: a tree leaning into the wires."""
    draw_street_end(c, 0.62)
    draw_paving(c, 0.62)
    for i in range(4):
        c.line([(0, 0.16 + i * 0.035), (0.5, 0.21 + i * 0.035), (1, 0.14 + i * 0.035)], (44, 44, 46), 3)
    c.shape([(0.3, 0.86), (0.36, 0.86), (0.6, 0.34), (0.56, 0.32)], TRUNK)
    for _ in range(26):
        x, y = c.rng.gauss(0.62, 0.09), c.rng.gauss(0.27, 0.07)
        c.shape(c.blob(x, y, 0.07, 0.08), shade(LEAF, c.rng.uniform(0.8, 1.2)))
    c.oval(0.33, 0.87, 0.1, 0.03, (112, 96, 74))


def puddle(c: Canvas) -> None:
    """道路积水."""
    draw_street_end(c, 0.36)
    draw_road(c, 0.36)
    pond = c.blob(0.46, 0.72, 0.4, 0.18, 60, 0.07)
    c.shape(pond, (146, 160, 166))
    c.shape(c.blob(0.44, 0.7, 0.3, 0.11, 60, 0.07), (168, 182, 188))
    for _ in range(7):
        x, y = c.rng.uniform(0.2, 0.7), c.rng.uniform(0.62, 0.8)
        c.line([(x - 0.03, y), (x + 0.03, y)], (204, 214, 218), 3)


def road_dry(c: Canvas) -> None:
    draw_street_end(c, 0.36)
    draw_road(c, 0.36)
    c.shape(c.blob(0.46, 0.72, 0.34, 0.14, 60, 0.07), shade(ASPHALT, 0.9))


def paving(c: Canvas) -> None:
    """人行道破损."""
    draw_street_end(c, 0.3)
    draw_paving(c, 0.3, holes=5)


def paving_mended(c: Canvas) -> None:
    draw_street_end(c, 0.3)
    draw_paving(c, 0.3)


def pipe(c: Canvas) -> None:
    """水管漏水."""
    c.box(0, 0, 1, 1, shade(PLASTER, 0.94))
    c.box(0, 0.8, 1, 1, PAVING)
    c.box(0.44, 0, 0.5, 0.9, (176, 180, 182))
    c.box(0.425, 0.4, 0.515, 0.47, (140, 144, 146))
    for _ in range(46):
        x, y = 0.51 + c.rng.random() * 0.22, 0.44 + c.rng.random() * 0.4
        c.line([(x, y), (x + 0.012, y + 0.035)], (176, 204, 220), 3)
    c.shape(c.blob(0.58, 0.9, 0.26, 0.07, 60, 0.07), (150, 168, 178))


def scooters(c: Canvas) -> None:
    """占用盲道: shared bikes and parcels on the yellow tactile strip."""
    draw_street_end(c, 0.36)
    draw_paving(c, 0.36)
    c.shape([(0.44, 0.36), (0.52, 0.36), (0.66, 1), (0.4, 1)], (206, 172, 78))
    for i, (x, y, size) in enumerate(((0.42, 0.56, 0.09), (0.5, 0.68, 0.12), (0.58, 0.84, 0.16))):
        draw_scooter(c, x + i * 0.01, y, size)


def stall(c: Canvas) -> None:
    """占道经营: crates before a shop."""
    draw_facade(c, (196, 190, 180))
    c.box(0.08, 0.1, 0.92, 0.24, (150, 52, 44))
    c.box(0.12, 0.24, 0.88, 0.66, (86, 88, 86))
    draw_paving(c, 0.66)
    for i in range(7):
        x, y = 0.06 + i * 0.13, 0.64 + (i % 2) * 0.1
        c.box(x, y, x + 0.12, y + 0.12, (176, 140, 92))
        for _ in range(9):
            c.oval(
                x + c.rng.uniform(0.015, 0.105),
                y + c.rng.uniform(-0.01, 0.03),
                0.016,
                0.02,
                c.rng.choice(((196, 84, 54), (112, 146, 72), (222, 180, 76))),
            )


SCENES: dict[str, Scene] = {
    f.__name__: f
    for f in (
        wall, wall_repaired, manhole, manhole_closed, lamp, lamp_lit, rubbish, rubbish_cleared, wires, fire_lane,
        fire_lane_free, tree, puddle, road_dry, paving, paving_mended, pipe, scooters, stall,
    )
}  # fmt: skip


@cache
def picture(scene: str, variant: int = 0) -> bytes:
    """A JPEG of 800 x 600 of one of SCENES. Raises KeyError for a scene that nobody drew."""
    canvas = Canvas(f"{scene}:{variant}")
    SCENES[scene](canvas)
    photo = canvas.image.filter(ImageFilter.GaussianBlur(0.7))
    dice = np.random.default_rng(seed_of(scene, variant))
    pixels = np.asarray(photo, dtype=np.float32)
    light = np.linspace(1.07, 0.9, photo.height, dtype=np.float32)[:, None, None]
    grain = dice.normal(0, 4.5, (photo.height, photo.width, 1)).astype(np.float32)
    out = Image.fromarray(np.clip(pixels * light + grain, 0, 255).astype(np.uint8))
    file = io.BytesIO()
    out.save(file, "JPEG", quality=82)
    return file.getvalue()


def seed_of(scene: str, variant: int) -> int:
    """A seed that does not change between processes, as `hash` does."""
    return sum(ord(c) * 31**i for i, c in enumerate(scene)) % (2**31) + variant
