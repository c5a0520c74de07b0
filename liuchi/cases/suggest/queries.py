"""The suggestion itself: lexicon and model together, and the matters behind their codes."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from liuchi.cases.models.matter import Matter
from liuchi.cases.suggest import lexicon
from liuchi.cases.suggest.linear import Model

# With so many confirmed texts the model has as much to say as the lexicon.
EQUAL = 300
SURE = 0.05  # a smaller share is not worth a line
KEPT = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A matter that may be meant. share: 0 to 1, how sure; because: the words that speak for it."""

    matter: Matter
    share: float
    because: tuple[str, ...]


def model_file() -> Path:
    """Where the model of this installation lies; made by ``liuchi cases train``."""
    return settings.VAR / "models" / "matters.npz"


def model() -> Model | None:
    """The model as it is on disk now, or None. A new file is noticed at the next call."""
    path = model_file()
    try:
        return _loaded(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=1)
def _loaded(path: Path, _changed: int) -> Model:
    return Model.load(path)


def ranked(text: str, most: int = 3) -> list[tuple[str, float, list[str]]]:
    """(code, share, because) of the likeliest matters, each with its reason; needs no database."""
    if not text.strip():
        return []
    said = lexicon.own().shares(text)
    learnt = model()
    shares = {code: share for code, (share, _words) in said.items()}
    if learnt:
        shares = _blended(shares, dict(zip(learnt.labels, learnt.shares(text).tolist(), strict=True)), learnt.texts)
    found: list[tuple[str, float, list[str]]] = []
    for code, share in sorted(shares.items(), key=lambda pair: -pair[1]):
        if share < SURE or len(found) == most:
            break
        words = said[code][1] if code in said else []
        if not words and learnt:
            words = learnt.because(text, learnt.labels.index(code))
        if words:  # a guess without a reason is none
            found.append((code, share, words[:3]))
    return found


def _blended(said: dict[str, float], learnt: dict[str, float], texts: int) -> dict[str, float]:
    """Lexicon and model together. What the lexicon says of matters that the model has never seen stands; the rest of
    the share is parted between the two by how much the model has seen."""
    unseen = {code: share for code, share in said.items() if code not in learnt}
    left = 1 - sum(unseen.values())
    weight = texts / (texts + EQUAL) if said else 1.0
    seen = {code: (1 - weight) * said.get(code, 0.0) + weight * left * share for code, share in learnt.items()}
    return unseen | seen


def suggest(text: str, most: int = 3) -> list[Suggestion]:
    """The matters that a report's words speak for, the likeliest first; none when nothing is known."""
    best = ranked(text, most + 2)
    known = _known([code for code, _share, _words in best])
    found = [Suggestion(known[code], share, tuple(words)) for code, share, words in best if code in known]
    return found[:most]


_matters: dict[str, Matter] = {}
_matters_until = 0.0


def _known(codes: Iterable[str]) -> dict[str, Matter]:
    """Published events by code. The whole table is kept for a minute, so that most calls ask nothing."""
    global _matters, _matters_until
    clock = time.monotonic()
    if clock > _matters_until or any(code not in _matters for code in codes):
        _matters = {matter.code: matter for matter in Matter.objects.filter(kind="event").exclude(valid_from=None)}
        _matters_until = clock + KEPT
    return _matters


def forget() -> None:
    """Drops the kept matters; tests, each with a database of its own, call it."""
    global _matters_until
    _matters_until = 0.0
