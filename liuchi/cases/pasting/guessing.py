"""What a draft's words seem to say: where it is, and what it is about. The clerk sees each guess before it is sent."""

from __future__ import annotations

import re
from dataclasses import replace

from liuchi.cases.pasting.stored import Content
from liuchi.cases.suggest.queries import ranked, suggest
from liuchi.territory import queries as territory
from liuchi.territory.models import Place

SURE = 0.45  # a matter that is less likely is offered, not chosen


def topic(words: str) -> str:
    """The code of the matter that the words speak for; nothing where they speak for none clearly."""
    best = ranked(words, 1)
    return best[0][0] if best and best[0][1] >= SURE else ""


_HOUSE = re.compile(r"(?<!\d)(\d{1,3})\s?(?:幢|栋|号楼|#|座)")


def _place(content: Content, near: tuple[float, float] | None) -> Place | None:
    """The place that the words name; where they name none, the compound in how somebody is called in the group (槐荫里-小丽).
    With a house of the words it is that house."""
    found = territory.places_named(content.words, near, 1) or territory.places_named(
        " ".join(content.speakers), near, 1
    )
    if found and found[0].kind == "compound" and (house := _HOUSE.search(content.words)):
        closer = territory.places_named(f"{found[0].label}{house[1]}幢", near, 1)
        return closer[0] if closer else found[0]
    return found[0] if found else None


def guessed(content: Content, anew: bool = False) -> Content:
    """The draft with place and matter as the words name them; what it has already stays unless it is guessed anew."""
    found = suggest(content.words) if content.words else []
    content = replace(content, guesses=[[str(one.matter.pk), one.matter.label, one.share] for one in found])
    if anew or not content.matter:
        content.matter = str(found[0].matter.pk) if found and found[0].share >= SURE else ""
    if content.words and (anew or not content.place_text):
        root = territory.root()
        near = (root.lon, root.lat) if root and root.lon is not None and root.lat is not None else None
        if place := _place(content, near):
            content.place_id, content.place_text = str(place.pk), place.label
    return content
