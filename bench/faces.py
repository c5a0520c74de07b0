"""How many faces on photos are covered, and what else is.

    .venv/bin/python -m bench.faces                 the photos that come inside scikit-image (requirements/test.txt)
    .venv/bin/python -m bench.faces --photos DIR    also those in DIR that stand in MORE below

Scenes are composed from photos of faces whose place is known (by eye, forehead to chin) on walls, gravel, grass and things: in
many sizes, turned, dark, blurred, half hidden. A face counts as covered when nine tenths of its box are. The 100 small grey
cuts of scikit-image (25 pixels, from Labeled Faces in the Wild, no hair, no neck) are harder than what a camera sees.
"""

from __future__ import annotations

import importlib.util
import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from liuchi.kernel.media import faces
from liuchi.kernel.media.covers import Cover
from liuchi.kernel.media.rules import SHOWN_SIDE

Box = tuple[float, float, float, float]
SIZE = (1600, 1200)
ENOUGH = 0.9
PORTRAIT = ("astronaut.png", (180, 62, 272, 165))  # NASA, public domain
# Official portraits of the White House, public domain, as they come in the sources of face_recognition on PyPI:
# pip download --no-deps --no-binary :all: face_recognition
MORE = {
    "obama.jpg": (372, 110, 610, 450),
    "biden.jpg": (320, 110, 525, 420),
    "obama2.jpg": (200, 250, 480, 640),
    "obama3.jpg": (440, 170, 640, 420),
}
GROUNDS = ("brick.png", "gravel.png", "coffee.png", "grass.png")
# nobody is on these
EMPTY = (*GROUNDS, "motorcycle_left.png", "motorcycle_right.png", "rocket.jpg", "chelsea.png", "page.png", "coins.png")


class Person(NamedTuple):
    """A picture with one face, and where it is."""

    image: Image.Image
    face: Box


class Scene(NamedTuple):
    image: Image.Image
    truth: list[Box]


def folder() -> Path:
    """Where scikit-image keeps its photos; the package itself is not imported."""
    found = importlib.util.find_spec("skimage")
    if found is None or not found.submodule_search_locations:
        raise click.ClickException("scikit-image is not installed: see requirements/test.txt")
    return Path(found.submodule_search_locations[0]) / "data"


def _open(path: Path) -> Image.Image:
    image = Image.open(path).convert("RGB")
    image.thumbnail((1600, 1600))
    return image


def _person(path: Path, face: Box) -> Person:
    """Head and shoulders."""
    image, (left, top, right, bottom) = _open(path), face
    wide, tall = right - left, bottom - top
    cut = (max(0, left - wide), max(0, top - tall), min(image.width, right + wide), min(image.height, bottom + tall))
    return Person(image.crop(cut), (left - cut[0], top - cut[1], right - cut[0], bottom - cut[1]))


def people(more: Path | None = None) -> list[Person]:
    found = [_person(folder() / PORTRAIT[0], PORTRAIT[1])]
    return found + [_person(more / name, face) for name, face in MORE.items() if more and (more / name).exists()]


def sized(one: Person, height: float) -> Person:
    """The face so many pixels tall."""
    times = height / (one.face[3] - one.face[1])
    size = (max(1, round(one.image.width * times)), max(1, round(one.image.height * times)))
    return Person(one.image.resize(size, Image.Resampling.LANCZOS), tuple(side * times for side in one.face))  # type: ignore[arg-type]


def turned(one: Person, degrees: float) -> Person:
    left, top, right, bottom = one.face
    image = one.image.rotate(degrees, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=(128, 128, 128))
    angle = math.radians(-degrees)
    east, south = (left + right) / 2 - one.image.width / 2, (top + bottom) / 2 - one.image.height / 2
    x = image.width / 2 + east * math.cos(angle) - south * math.sin(angle)
    y = image.height / 2 + east * math.sin(angle) + south * math.cos(angle)
    wide, tall = (right - left) / 2, (bottom - top) / 2
    across = math.hypot(wide * math.cos(angle), tall * math.sin(angle))
    down = math.hypot(wide * math.sin(angle), tall * math.cos(angle))
    return Person(image, (x - across, y - down, x + across, y + down))


def painted(one: Person, from_: float, to: float, colour: tuple[int, int, int]) -> Person:
    """Part of the height of the face painted over: a mask, sunglasses, the rim of a helmet (below 0: above the face)."""
    image, (left, top, right, bottom) = one.image.copy(), one.face
    tall = bottom - top
    ImageDraw.Draw(image).rectangle((left, top + tall * from_, right, top + tall * to), fill=colour)
    return Person(image, one.face)


def halved(one: Person) -> Person:
    """Only half of the face is within the photo."""
    left, top, right, bottom = one.face
    middle = (left + right) / 2
    return Person(
        one.image.crop((round(middle), 0, one.image.width, one.image.height)), (0, top, right - middle, bottom)
    )


def scene(ground: Image.Image, placed: list[tuple[Person, tuple[int, int]]]) -> Scene:
    image = ground.resize(SIZE)
    truth = []
    for one, (x, y) in placed:
        image.paste(one.image, (x, y))
        truth.append((one.face[0] + x, one.face[1] + y, one.face[2] + x, one.face[3] + y))
    return Scene(image, truth)


def kinds(cast: list[Person], grounds: list[Image.Image]) -> Iterator[tuple[str, list[Scene]]]:
    """The scenes, by what is hard about them."""
    places = [(80, 60), (560, 60), (1040, 60), (80, 640), (560, 640), (1040, 640)]

    def each(change: Callable[[Person], Person], heights: tuple[int, ...]) -> list[Scene]:
        return [
            scene(grounds[at % len(grounds)], [(change(sized(one, height)), (0, 200))])
            for at, one in enumerate(cast)
            for height in heights
        ]

    for height in (18, 24, 32, 48):
        many = [
            scene(grounds[at % len(grounds)], [(sized(one, height), place) for place in places])
            for at, one in enumerate(cast)
        ]
        yield f"six faces of {height} pixels", many
    yield "faces of 96 to 400 pixels", each(lambda one: one, (96, 200, 400))
    for degrees in (15, 30, 45, 90, 180):
        both = each(lambda one, by=degrees: turned(one, by), (60, 120))  # type: ignore[misc]
        both += each(lambda one, by=degrees: turned(one, -by), (60, 120))  # type: ignore[misc]
        yield f"turned by {degrees} degrees", both
    for light in (0.2, 0.1, 0.05):
        dark = [
            Scene(ImageEnhance.Brightness(one.image).enhance(light), one.truth) for one in each(lambda p: p, (40, 100))
        ]
        yield f"dark: {light:.0%} of the light", dark
    for radius in (2, 4):
        soft = [
            Scene(one.image.filter(ImageFilter.GaussianBlur(radius)), one.truth) for one in each(lambda p: p, (60,))
        ]
        yield f"blurred by {radius} pixels, 60 tall", soft
    yield "with a mask", each(lambda one: painted(one, 0.5, 1.0, (120, 170, 210)), (40, 80, 160))
    yield "with sunglasses", each(lambda one: painted(one, 0.28, 0.48, (10, 10, 10)), (40, 80, 160))
    yield "with a helmet", each(lambda one: painted(one, -0.5, 0.25, (240, 200, 20)), (40, 80, 160))
    yield "half out of the photo", each(halved, (40, 80, 160))


def grey_cuts(side: int, grounds: list[Image.Image]) -> list[Scene]:
    """A hundred people, each cut to the face and laid on a wall, so many pixels tall."""
    cuts = np.load(folder() / "lfw_subset.npy")[:100]
    pictures = [Image.fromarray((one * 255).astype("uint8")).convert("RGB").resize((side, side)) for one in cuts]
    whole = (0, 0, side, side)
    return [
        scene(
            grounds[start // 20 % len(grounds)],
            [
                (Person(one, whole), (80 + at % 5 * 300, 80 + at // 5 * 280))
                for at, one in enumerate(pictures[start : start + 20])
            ],
        )
        for start in range(0, 100, 20)
    ]


def covered(face: Box, boxes: list[Cover]) -> float:
    """How much of a face lies under the boxes."""
    left, top, right, bottom = face
    y, x = np.mgrid[0:30, 0:30]
    x, y = left + (x + 0.5) * (right - left) / 30, top + (y + 0.5) * (bottom - top) / 30
    under = np.zeros((30, 30), bool)
    for box in boxes:
        under |= (x >= box.left) & (x < box.right) & (y >= box.top) & (y < box.bottom)
    return float(under.mean())


def found_in(scenes: list[Scene]) -> tuple[int, int]:
    """(faces covered, faces there are)."""
    hits = there = 0
    for one in scenes:
        boxes = faces.find(one.image)
        within = [(max(0, x), max(0, y), min(SIZE[0], z), min(SIZE[1], w)) for x, y, z, w in one.truth]
        hits += sum(covered(face, boxes) >= ENOUGH for face in within)
        there += len(within)
    return hits, there


def empties() -> list[Image.Image]:
    """Photos without anybody on them, as large as a photo that is shown."""
    return [_open(folder() / name).resize(SIZE) for name in EMPTY]


def grounds() -> list[Image.Image]:
    return [_open(folder() / name) for name in GROUNDS]


@click.command()
@click.option("--photos", "more", type=click.Path(exists=True, path_type=Path), help="a folder with photos of MORE")
def main(more: Path | None) -> None:
    """Prints how many faces are covered, by what is hard about them, and how many boxes cover no face."""
    from bench.measuring import machine

    click.echo(", ".join(f"{key} {value}" for key, value in machine().items()))
    cast, on = people(more), grounds()
    click.echo(f"{len(cast)} people, {SHOWN_SIDE} pixels searched, sure from {faces.LEAST_SURE}")
    hits = there = 0
    for name, scenes in kinds(cast, on):
        some, of = found_in(scenes)
        hits, there = hits + some, there + of
        click.echo(f"{name:36} {some:4} of {of:4}  {some / of:6.1%}")
    click.echo(f"{'all of these':36} {hits:4} of {there:4}  {hits / there:6.1%}")
    for side in (28, 40, 64):
        some, of = found_in(grey_cuts(side, on))
        click.echo(f"{f'grey cuts of {side} pixels':36} {some:4} of {of:4}  {some / of:6.1%}")
    began = time.process_time()
    false = [len(faces.find(image)) for image in empties()]
    spent = (time.process_time() - began) / len(false)
    click.echo(f"{'boxes on photos without anybody':36} {sum(false):4} on {len(false):4} photos")
    click.echo(f"{spent:.2f} s CPU a photo of {SIZE[0]} x {SIZE[1]}")


if __name__ == "__main__":
    main()
