"""Pinyin of names, so that a place can be found from a keyboard without Chinese."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache


@cache
def _syllables() -> Callable[[str], list[str]]:
    """Reads the dictionaries at the first name: they are a tenth of the time that the program takes to start."""
    from pypinyin import Style, lazy_pinyin, load_single_dict

    # In an address 幢 counts buildings and is zhuàng; the dictionary gives chuáng first.
    load_single_dict({ord("幢"): "zhuàng"})
    # pypinyin takes a list for a run that is not Chinese, whatever its annotation says.
    return lambda text: lazy_pinyin(text, style=Style.NORMAL, errors=lambda run: [run.lower()])  # type: ignore[arg-type, return-value]


def spell(text: str) -> tuple[str, str]:
    """(pinyin without tones, initials): 槐荫里3幢 -> ("huaiyinli3zhuang", "hyl3z"). What is not Chinese stays, in small letters."""
    syllables = _syllables()(text)
    pinyin = "".join(syllables)
    initials = []
    rest = text
    for syllable in syllables:
        # A run that is not Chinese comes back as it is; a Chinese character comes back as one syllable.
        if rest.lower().startswith(syllable):
            initials.append(syllable)
            rest = rest[len(syllable) :]
        else:
            initials.append(syllable[:1])
            rest = rest[1:]
    return pinyin, "".join(initials)
