"""Which words stand in many reports of this installation, so that they count less. Counted once a day in the worker."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from liuchi.cases.alike.rules import UNKNOWN, Rarity, grams
from liuchi.cases.models import Case
from liuchi.kernel import ticks

MOST = 10_000  # the newest
FEWEST = 300  # below that a share says nothing
FREQUENT = 0.005


def file() -> Path:
    return settings.VAR / "models" / "alike.json"


def current() -> Rarity:
    """As counted last; nothing is frequent where nothing was counted. A new file is noticed at the next call."""
    path = file()
    try:
        return _loaded(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return UNKNOWN


@lru_cache(maxsize=1)
def _loaded(path: Path, _changed: int) -> Rarity:
    return Rarity(json.loads(path.read_text(encoding="utf-8")))


def count_anew(_at: datetime) -> None:
    """The pairs that stand in more than one of 200 of the newest reports."""
    texts = list(Case.objects.exclude(masked="").order_by("-reported_at").values_list("masked", flat=True)[:MOST])
    if len(texts) < FEWEST:
        return
    counts = Counter(pair for text in texts for pair in grams(text))
    shares = {pair: round(n / len(texts), 5) for pair, n in counts.items() if n > FREQUENT * len(texts)}
    path = file()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(shares, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


def register_all() -> None:
    """Called when the program starts."""
    ticks.register("cases.rarity", timedelta(days=1), count_anew)
