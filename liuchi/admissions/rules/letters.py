"""Letters of appointment and certificates (聘书、证书): their numbers, codes and words, and the names on them. Pure; no Django."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

# What a letter leaves open, and what it may be filled with.
_GAP = re.compile(r"\{(\w+)\}")
GAPS = frozenset({"name", "title", "from", "until", "unit"})

# 31 signs without those that look alike; 12 of them hold 59 random bits.
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH = 12


def new_code() -> str:
    """A code to verify a letter by: 59 random bits, ``abcd-efgh-jkmn``."""
    code = "".join(secrets.choice(_SIGNS) for _place in range(CODE_LENGTH))
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def clean_code(said: str) -> str:
    """The code as it was given out, from what a person typed; empty if it can't be one."""
    code = re.sub(r"[\s\-－—]", "", said).lower()
    if len(code) != CODE_LENGTH or any(sign not in _SIGNS for sign in code):
        return ""
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def letter_number(mark: str, year: int, number: int) -> str:
    """As offices number what they issue: 六街聘〔2026〕12号."""
    return f"{mark}〔{year}〕{number}号"


def masked_name(name: str) -> str:
    """王* for 王小明, 欧阳* for 欧阳小明, C* for Cheng: enough to compare with the person who shows the letter. Shops and
    units are shown as they are."""
    name = name.strip()
    if not name:
        return ""
    family = name[:2] if name[:2] in _DOUBLE_NAMES and len(name) > 2 else name[:1]
    return family + "*" * max(1, min(len(name) - len(family), 3))


def same_name(one: str, other: str) -> bool:
    """Whether two people's names are the same as people write them: without spaces and dots, in any case."""
    plain = [re.sub(r"[\s·•．.\-]", "", name).casefold() for name in (one, other)]
    return plain[0] == plain[1]


_DOUBLE_NAMES = frozenset(
    ("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "夏侯", "慕容", "端木")
)


def gaps_in(words: str) -> set[str]:
    """The names of the gaps in the words of a letter: ``{name}``, ``{title}``."""
    return set(_GAP.findall(words))


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words of a letter with its gaps filled in; what is no gap stays."""
    return _GAP.sub(lambda found: values.get(found[1], found[0]), words)
