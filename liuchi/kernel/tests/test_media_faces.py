"""Nobody sees a face on a photo: it is found and reduced to dots before the photo is shown."""

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from liuchi.kernel.media import faces, photos
from liuchi.kernel.tests import media_files as make


def portrait(width=800, height=600, x=300, y=280, size=160):
    """A wall with somebody drawn before it."""
    image = Image.new("RGB", (width, height), (120, 140, 150))
    draw, r = ImageDraw.Draw(image), size // 2

    def oval(dx, dy, wide, tall, fill):
        draw.ellipse((x + r * (dx - wide), y + r * (dy - tall), x + r * (dx + wide), y + r * (dy + tall)), fill=fill)

    oval(0, -0.5, 0.95, 0.9, (40, 30, 25))
    oval(0, 0, 0.8, 1.1, (224, 182, 150))
    for side in (-1, 1):
        oval(side * 0.35, -0.15, 0.18, 0.09, (245, 245, 240))
        oval(side * 0.35, -0.15, 0.08, 0.08, (40, 25, 20))
        oval(side * 0.35, -0.27, 0.22, 0.04, (50, 35, 30))
    draw.polygon([(x, y - r * 0.1), (x - r * 0.12, y + r * 0.3), (x + r * 0.12, y + r * 0.3)], fill=(205, 160, 128))
    oval(0, 0.58, 0.32, 0.08, (170, 80, 80))
    return image.filter(ImageFilter.GaussianBlur(2))


def detail(image, x, y, size):
    """How much neighbouring pixels differ around a point."""
    grey = np.asarray(image.convert("L"), dtype=float)[y - size : y + size, x - size : x + size]
    return np.abs(np.diff(grey, axis=0)).mean() + np.abs(np.diff(grey, axis=1)).mean()


def test_a_face_is_found_where_it_is():
    found = faces.find(portrait())
    assert found
    assert all(face.left < 300 < face.right and face.top < 280 < face.bottom for face in found)


def test_what_is_shown_has_no_face_any_more():
    photo = photos.make_ready(io.BytesIO(make.encoded(portrait(), quality=95)), "image/jpeg")
    for made in (photo.shown, photo.thumb):
        with Image.open(io.BytesIO(made)) as image:
            assert not faces.find(image.convert("RGB"))
    with Image.open(io.BytesIO(photo.shown)) as image:
        assert detail(image, 300, 280, 45) < detail(portrait(), 300, 280, 45) * 0.7


def test_the_rest_of_the_photo_stays_as_it_is():
    before = portrait()
    after = faces.hide(before.copy())
    assert np.array_equal(np.asarray(before)[:, 500:], np.asarray(after)[:, 500:])


def test_walls_doors_and_small_pictures_have_none():
    assert faces.find(make.picture()) == []
    assert faces.find(Image.new("RGB", (3, 2))) == []
