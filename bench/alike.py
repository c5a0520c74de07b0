"""How long the look for the same report takes while somebody writes one, and how good it is on the hand-made pairs.

LIUCHI_VAR=… .venv/bin/python -m bench.alike [--json]      (an installation filled by bench.filling)
"""

import csv
import json
import os
import random
import time
from pathlib import Path
from typing import Any

import click

PAIRS = Path(__file__).resolve().parents[1] / "liuchi" / "cases" / "tests" / "data" / "alike_pairs.csv"
WORDS = ("路灯不亮，晚上很黑", "垃圾堆了三天没人清", "外墙掉了一块", "井盖翘起来了", "消防通道被车堵了")


def quality() -> dict[str, float]:
    """Precision and recall on the pairs, from words and the first guess of the matter alone."""
    from liuchi.cases.alike import rules
    from liuchi.cases.suggest.queries import ranked

    right = wrong = missed = 0
    with PAIRS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            guessed = [{code: share for code, share, _words in ranked(row[side])} for side in ("one", "other")]
            words = rules.words_alike(rules.said(row["one"]), rules.said(row["other"]))
            score = rules.score(words, rules.matters_alike(*guessed), float(row["metres"]), float(row["hours"]) / 24)
            same, found = row["same"] == "1", score >= rules.LIKELY
            right, wrong, missed = right + (same and found), wrong + (found and not same), missed + (same and not found)
    return {"precision": round(right / (right + wrong), 3), "recall": round(right / (right + missed), 3)}


def speed(times: int) -> dict[str, Any]:
    """Milliseconds of a look around places where something is open."""
    from liuchi.cases.alike.queries import of_words
    from liuchi.cases.models import Case

    latest = Case.objects.filter(step_due__isnull=False, lon__isnull=False).order_by("-reported_at").first()
    if latest is None:
        raise click.ClickException("no open case with a place")
    spots = list(
        Case.objects.filter(step_due__isnull=False, lon__isnull=False).values_list("lon", "lat").order_by("?")[:times]
    )
    took, found, cpu = [], 0, time.process_time()
    for lon, lat in spots:
        began = time.perf_counter()
        found += bool(of_words(random.choice(WORDS), lon, lat, latest.reported_at))
        took.append(1000 * (time.perf_counter() - began))
    cpu = time.process_time() - cpu
    took.sort()
    return {
        "cases": Case.objects.count(),
        "looks": len(took),
        "with a hint": found,
        "CPU ms": round(1000 * cpu / len(took), 2),
        "median ms": round(took[len(took) // 2], 2),
        "99 % ms": round(took[int(len(took) * 0.99) - 1], 2),
    }


@click.command()
@click.option("--times", default=400, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(times: int, as_json: bool) -> None:
    """Measures both."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuchi.site.settings")
    import django

    django.setup()
    told = {**quality(), **speed(times)}
    click.echo(json.dumps(told) if as_json else "\n".join(f"{name}: {value}" for name, value in told.items()))


if __name__ == "__main__":
    main()
