"""How often early finding cries wolf in months in which nothing happens, and how soon it finds what begins.

    .venv/bin/python -m bench.early [--months 12] [--bursts 60] [--json]

A town of 60 grids and 40 matters is made up with dice: grids and matters differ, weekends are quiet, some matters have a season,
and of each incident up to three people report. After seven usual months each day is looked at, as the worker does.
"""

import json
import random
from collections import defaultdict
from typing import Any

import click

from liuchi.cases.early import rules
from liuchi.cases.early.rules import History

GRIDS, MATTERS = 60, 40
USUAL = 210  # days before anything is looked at
QUIET_AGAIN = 14  # days in which a sign of the same place and matter is not raised again

Reports = list[tuple[int, int, int]]


def usual_days(dice: random.Random, days: int, per_day: float = 25.0) -> Reports:
    """Reports of a town in which nothing special happens: (day, grid, matter)."""
    grids = [dice.gammavariate(2.0, 1.0) for _one in range(GRIDS)]
    matters = [dice.gammavariate(0.7, 1.0) for _one in range(MATTERS)]
    tastes = {(grid, matter): dice.gammavariate(3.0, 1 / 3) for grid in range(GRIDS) for matter in range(MATTERS)}
    seasons = [(dice.random() < 0.3, dice.randrange(365)) for _one in range(MATTERS)]
    weights = {pair: grids[pair[0]] * matters[pair[1]] * taste for pair, taste in tastes.items()}
    pairs, shares = list(weights), list(weights.values())
    found: Reports = []
    for day in range(days):
        quiet = 0.6 if day % 7 in (5, 6) else 1.15
        for grid, matter in dice.choices(pairs, shares, k=_poisson(dice, per_day * quiet)):
            seasonal, peak = seasons[matter]
            if seasonal and dice.random() > 0.5 + 0.5 * _near(day, peak):
                continue
            found.append((day, grid, matter))
            for _more in range(dice.choices((0, 1, 2), (0.8, 0.15, 0.05))[0]):
                found.append((min(day + dice.randrange(3), days - 1), grid, matter))
    return found


def _near(day: int, peak: int) -> float:
    """1 in the season, 0 half a year from it."""
    return 1 - abs((day - peak + 182) % 365 - 182) / 182


def _poisson(dice: random.Random, mean: float) -> int:
    left, n = dice.expovariate(1.0), 0
    while left < mean:
        left += dice.expovariate(1.0)
        n += 1
    return n


def raised(reports: Reports, first: int, last: int) -> list[tuple[int, int, int]]:
    """(day, grid, matter) of the signs raised from one day to another, each as the worker would raise it."""
    found: list[tuple[int, int, int]] = []
    before: dict[Any, int] = {}
    by_day: dict[int, Reports] = defaultdict(list)
    for one in reports:
        by_day[one[0]].append(one)
    known = [one for one in reports if one[0] < first]
    for day in range(first, last + 1):
        known += by_day[day]
        for sign in rules.signs(History(known), day):
            pair = (sign.place, sign.matter)
            if day - before.get(pair, -QUIET_AGAIN) >= QUIET_AGAIN:
                found.append((day, *pair))  # type: ignore[arg-type]
                before[pair] = day
    return found


def burst(dice: random.Random, start: int, size: int, days: int) -> Reports:
    """Something begins: so many reports of one matter in one grid within so many days."""
    grid, matter = dice.randrange(GRIDS), dice.randrange(MATTERS)
    return [(start + dice.randrange(days), grid, matter) for _one in range(size)]


def measured(months: int, bursts: int, seed: int = 1) -> dict[str, Any]:
    """False signs a month, and of bursts the share found and after how many days."""
    dice = random.Random(seed)
    false: list[int] = []
    for _month in range(months):
        reports = usual_days(dice, USUAL + 30)
        false.append(len(raised(reports, USUAL, USUAL + 29)))
    found: dict[str, Any] = {}
    for size, days in ((6, 3), (8, 7), (12, 7), (15, 14)):
        delays: list[int] = []
        for _one in range(bursts // 10):
            reports = usual_days(dice, USUAL + days)
            # ten at once in places of their own: each is told apart
            begun = [burst(dice, USUAL, size, days) for _each in range(10)]
            for one in begun:
                reports += one
            signs = raised(reports, USUAL, USUAL + days - 1)
            for one in begun:
                pair = one[0][1:]
                delays += [day - USUAL + 1 for day, *sign in signs if tuple(sign) == pair][:1]
        delays.sort()
        tried = bursts // 10 * 10
        found[f"{size} in {days} days"] = {
            "found": round(len(delays) / tried, 2),
            "on day": delays[len(delays) // 2] if delays else None,
        }
    return {
        "cells": GRIDS * MATTERS,
        "months": months,
        "false a month": round(sum(false) / months, 2),
        "most in one month": max(false),
        "bursts": found,
    }


@click.command()
@click.option("--months", default=12, show_default=True)
@click.option("--bursts", default=60, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(months: int, bursts: int, seed: int, as_json: bool) -> None:
    """Measures false alarms and power."""
    told = measured(months, bursts, seed)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"{told['cells']} places x matters, {told['months']} months in which nothing happens:")
    click.echo(f"  false signs a month: {told['false a month']}, most in one month: {told['most in one month']}")
    for name, one in told["bursts"].items():
        click.echo(f"  {name}: {one['found']:.0%} found, half of them by day {one['on day']}")


if __name__ == "__main__":
    main()
