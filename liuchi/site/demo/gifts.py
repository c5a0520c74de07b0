"""Pictures of the demo's gifts, drawn: a few plain shapes each."""

import io
import math

from PIL import Image, ImageDraw

WALL, TILE, INK = (239, 237, 230), (43, 58, 66), (86, 98, 105)
RED, GREEN, OCHRE, BLUE, PALE = (191, 58, 38), (38, 107, 76), (196, 142, 52), (39, 99, 138), (252, 251, 248)
Pen = ImageDraw.ImageDraw


def cup(pen: Pen) -> None:
    pen.rounded_rectangle((310, 130, 490, 510), 34, fill=GREEN)
    pen.rounded_rectangle((326, 84, 474, 158), 18, fill=TILE)
    pen.rectangle((310, 330, 490, 372), fill=PALE)
    pen.rounded_rectangle((334, 190, 352, 310), 9, fill=(92, 150, 122))


def umbrella(pen: Pen) -> None:
    pen.pieslice((180, 110, 620, 550), 180, 360, fill=BLUE)
    for x in (180, 290, 400, 510):
        pen.pieslice((x, 296, x + 110, 364), 180, 360, fill=WALL)
    pen.rectangle((394, 320, 406, 480), fill=TILE)
    pen.arc((346, 440, 406, 510), 0, 180, fill=TILE, width=12)


def gloves(pen: Pen) -> None:
    for x, colour in ((230, OCHRE), (430, (176, 124, 40))):
        for finger, top in enumerate((140, 100, 110, 155)):
            pen.rounded_rectangle((x + finger * 34, top, x + finger * 34 + 30, 310), 15, fill=colour)
        pen.rounded_rectangle((x, 240, x + 132, 390), 30, fill=colour)
        pen.rounded_rectangle((x - 6, 380, x + 138, 450), 12, fill=TILE)


def scissors(pen: Pen) -> None:
    for turn in (-1, 1):
        tip = (400 + turn * 120, 110)
        pen.line((*tip, 400 - turn * 74, 390), fill=INK, width=26)
        pen.ellipse((400 - turn * 100 - 54, 380, 400 - turn * 100 + 54, 488), outline=RED, width=24)
    pen.ellipse((386, 254, 414, 282), fill=PALE)


def wheel(pen: Pen) -> None:
    pen.ellipse((210, 110, 590, 490), outline=TILE, width=34)
    pen.ellipse((256, 156, 544, 444), outline=INK, width=6)
    for part in range(12):
        turn = part * math.pi / 6
        pen.line((400, 300, 400 + 146 * math.cos(turn), 300 + 146 * math.sin(turn)), fill=INK, width=5)
    pen.ellipse((366, 266, 434, 334), fill=RED)


def bottle(pen: Pen) -> None:
    pen.rounded_rectangle((300, 200, 500, 510), 40, fill=BLUE)
    pen.rounded_rectangle((356, 96, 444, 210), 14, fill=TILE)
    pen.rounded_rectangle((330, 290, 470, 430), 16, fill=PALE)
    pen.ellipse((372, 330, 428, 390), fill=(150, 190, 210))


DRAWN = {"cup": cup, "umbrella": umbrella, "gloves": gloves, "scissors": scissors, "wheel": wheel, "bottle": bottle}


def gift_picture(name: str) -> bytes:
    """A JPEG of 800 x 600."""
    image = Image.new("RGB", (800, 600), WALL)
    DRAWN[name](ImageDraw.Draw(image))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()
