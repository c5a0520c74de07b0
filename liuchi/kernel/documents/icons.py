"""The drawings of the house on paper: symbols of the sprite that the front end's build made, as pictures of their own."""

from __future__ import annotations

import re
from functools import cache

from liuchi.kernel.ui import front

_LINE = 'fill="none" stroke="#2B3A42" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"'


def file(name: str) -> str:
    """A drawing as a whole SVG file; nothing for one that is not there, or where no front end was built."""
    return _all().get(name, "")


@cache
def _all() -> dict[str, str]:
    try:
        sprite = (front.folder() / "icons.svg").read_text()
    except FileNotFoundError:
        return {}
    return {
        name: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" {_LINE}>{shapes}</svg>'
        for name, box, shapes in re.findall(
            r'<symbol id="([\w-]+)"[^>]*viewBox="([^"]*)"[^>]*>(.*?)</symbol>', sprite, re.S
        )
    }
