"""Draw the app icons (frontend/images/icon-*.png) from the logo: two white walls, a red dot in the alley between them.

Run it again only when the logo changes; the pictures are kept in the repository because phones want PNG.
"""

from pathlib import Path

from PIL import Image, ImageDraw

TILE, WALL, CINNABAR = "#2B3A42", "#F7F6F2", "#E4573F"
LEFT = [(2, 28), (2, 12), (5, 12), (5, 9), (8, 9), (8, 6), (12, 6), (12, 28)]
RIGHT = [(30 - x, y) for x, y in LEFT]
DOT = (15, 22, 2.1)
SMOOTH = 4  # drawn larger and scaled down, so that edges are soft


def icon(size: int, share: float, radius: float) -> Image.Image:
    """The logo on a tile of `size` pixels; `share` of the width is logo, `radius` is the corner as a share of the width."""
    big = size * SMOOTH
    image = Image.new("RGBA", (big, big), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, big - 1, big - 1), radius * big, fill=TILE)
    scale = big * share / 30
    left, top = (big - 30 * scale) / 2, (big - 34 * scale) / 2
    at = lambda x, y: (left + x * scale, top + y * scale)  # noqa: E731
    for wall in (LEFT, RIGHT):
        draw.polygon([at(x, y) for x, y in wall], fill=WALL)
    x, y, r = DOT
    draw.ellipse((*at(x - r, y - r), *at(x + r, y + r)), fill=CINNABAR)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write every size that a manifest or a shell names."""
    folder = Path(__file__).resolve().parent.parent / "frontend" / "images"
    for name, size, share, radius in (
        ("icon-192.png", 192, 0.66, 0.2),
        ("icon-512.png", 512, 0.66, 0.2),
        ("icon-maskable-512.png", 512, 0.5, 0),
        ("icon-apple-180.png", 180, 0.6, 0),
        ("icon-32.png", 32, 0.8, 0.2),
    ):
        icon(size, share, radius).save(folder / name, optimize=True)


if __name__ == "__main__":
    main()
