"""What the model learns from: cases of this installation whose matter a person confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from liuchi.cases.models import Case, Matter
from liuchi.cases.suggest import linear, queries
from liuchi.kernel import ticks

MOST = 10_000  # the newest: enough to learn from, and training stays well below a minute
FEWEST = 100  # fewer say less than the lexicon


def confirmed() -> tuple[list[str], list[str]]:
    """Masked texts and codes of filed cases, without imported ones (their matter came from a table, not from a person).

    Matters with fewer than three cases are left out: nothing can be learnt of them yet. Raises ValueError if too few
    are left.
    """
    rows = list(
        Case.objects.exclude(masked="")
        .exclude(state__in=["reported", "withdrawn"])
        .exclude(channel="import")
        .filter(matter__kind="event")
        .order_by("-reported_at")
        .values_list("masked", "matter__code")[:MOST]
    )
    counts: dict[str, int] = {}
    for _text, code in rows:
        counts[code] = counts.get(code, 0) + 1
    kept = [(text, code) for text, code in rows if counts[code] >= 3]
    if len({code for _text, code in kept}) < 2:
        raise ValueError(
            "too few confirmed cases yet: at least three in each of two matters; the lexicon goes on alone"
        )
    return [text for text, _code in kept], [code for _text, code in kept]


def codes_of(labels: Sequence[str]) -> list[str]:
    """The codes of events for labels that are codes or names of them. Raises ValueError, naming those that are neither."""
    events = list(Matter.objects.filter(kind="event").values_list("code", "name"))
    known = {name: code for code, name in events} | {code: code for code, _name in events}
    if strange := sorted(set(labels) - set(known)):
        raise ValueError(f"neither code nor name of a matter in the catalogue: {', '.join(strange[:10])}")
    return [known[label] for label in labels]


def learn_anew(_at: datetime) -> None:
    """Once a day in the worker: trains the model again when people have confirmed a tenth more than it has seen."""
    try:
        texts, labels = confirmed()
    except ValueError:
        return
    known = queries.model()
    if len(texts) < FEWEST or (known and len(texts) * 10 < known.texts * 11):
        return
    linear.train(texts, labels).save(queries.model_file())


def register_all() -> None:
    """Called when the program starts."""
    ticks.register("cases.learn", timedelta(days=1), learn_anew)
