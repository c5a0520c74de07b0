"""Once a day in the worker: what was reported is held against what is usual, and signs are raised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from liuchi.cases.early import actions, rules
from liuchi.cases.early.rules import History, Sign
from liuchi.cases.joining.models import Follower
from liuchi.cases.joining.rules import FLAT, NOT_A_PLACE
from liuchi.cases.models import Case, Matter
from liuchi.kernel import ticks
from liuchi.kernel.context import CHINA, system
from liuchi.territory.models import Place

SURE = 0.6  # a guessed matter counts from this share on
AGAIN = timedelta(days=14)  # the same who says the same again within this is one report
ONE_HOUSEHOLD = 0.5  # of the reports name one flat: then it is no matter of a place


class Report(NamedTuple):
    """One report: who only tells whether it is the same again."""

    day: int
    cell: str
    matter: UUID
    who: object
    flat: str


def look(at: datetime) -> int:
    """Raises the signs of today; returns how many."""
    today = at.astimezone(CHINA).date()
    reports = list(_reports(at, today))
    raised = 0
    for kind in ("g", "c"):
        some = [one for one in reports if one.cell[0] == kind]
        for sign in rules.signs(History((one.day, one.cell, one.matter) for one in some), rules.number_of(today)):
            if not _one_household(some, sign, rules.number_of(today)):
                raised += actions.raise_sign(system(at), sign, today)
    return raised


def _reports(at: datetime, today: date) -> Iterable[Report]:
    """Those of grids and of compounds; who joined somebody's report is one who met it as well."""
    length = timedelta(days=rules.USUAL + max(rules.WINDOWS) + 1)
    first = today - length
    events = {str(pk): code for pk, code in Matter.objects.values_list("pk", "code")}
    found = Case.objects.filter(local_date__gte=first, local_date__lte=today, area__isnull=False, parent=None)
    found = found.exclude(state="withdrawn").exclude(channel="unit")
    joined: dict[UUID, list[datetime]] = defaultdict(list)
    for case_id, when in Follower.objects.filter(joined_at__gte=at - length).values_list("case", "joined_at"):
        joined[case_id].append(when)
    compounds = _compounds()
    seen: dict[tuple[object, str, UUID], int] = {}
    rows = found.values_list(
        "pk", "local_date", "area", "area__level", "place", "matter", "suggestions", "reporter", "place_words"
    )
    for pk, day, area, level, place, settled, guessed, reporter, words in rows.order_by("local_date").iterator():
        matter = settled or _sure(guessed)
        if matter is None or events.get(str(matter), "") in NOT_A_PLACE | {""}:
            continue
        cells = [f"g{area}"] if level == "grid" else []
        if place in compounds:
            cells.append(f"c{compounds[place]}")
        flat = words if FLAT.search(words) else ""
        for cell in cells:
            number = rules.number_of(day)
            if reporter:
                before = seen.get((reporter, cell, matter))
                seen[reporter, cell, matter] = number
                if before is not None and number - before < AGAIN.days:
                    continue
            yield Report(number, cell, matter, reporter or pk, flat)
            for when in joined[pk]:
                yield Report(rules.number_of(when.astimezone(CHINA).date()), cell, matter, (pk, when), flat)


def _sure(guessed: list[dict[str, object]]) -> UUID | None:
    """The matter that the words were taken for, where that is sure enough."""
    best = guessed[0] if guessed else None
    return UUID(str(best["matter"])) if best and float(str(best["share"])) >= SURE else None


def _compounds() -> dict[UUID, UUID]:
    """Place -> the compound it is or lies in."""
    found = Place.objects.filter(compound__isnull=False).values_list("pk", "compound")
    return {pk: compound for pk, compound in found if compound} | {
        pk: pk for pk in Place.objects.filter(kind="compound").values_list("pk", flat=True)
    }


def _one_household(reports: Iterable[Report], sign: Sign, today: int) -> bool:
    """Whether most of them name one and the same flat."""
    flats: dict[str, int] = defaultdict(int)
    for one in reports:
        if (one.cell, one.matter) == (sign.place, sign.matter) and today - sign.days < one.day <= today and one.flat:
            flats[one.flat] += 1
    return max(flats.values(), default=0) > ONE_HOUSEHOLD * sign.seen


def register_all() -> None:
    """Called when the program starts."""
    ticks.register("cases.early", timedelta(days=1), look)
