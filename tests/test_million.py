"""A house that is years old: a million rows of journal, and its pages cost what they cost in the first month."""

import time
from collections.abc import Callable

import pytest
from django.test import Client

from bench.desk import PAGES, _headers
from bench.filling import fill_cases
from bench.ground import NOW, fill_ground, middle
from liuchi.cases.actions import Said, report
from liuchi.kernel.context import system
from liuchi.kernel.journal.models import Row
from liuchi.kernel.journal.queries import verify
from liuchi.people.models import Login

YOUNG, OLD = 5_000, 165_000
# A page may take this many times as long as in the young house, and so many milliseconds on top for deeper indexes.
TIMES, MORE = 1.5, 10


def milliseconds(work: Callable[[], object]) -> float:
    """The least CPU time of some tries."""

    def once() -> float:
        began = time.process_time()
        work()
        return (time.process_time() - began) * 1000

    return min(once() for _try in range(6))


@pytest.mark.long
@pytest.mark.timeout(5400)
@pytest.mark.django_db
def test_a_million_rows_of_journal_are_whole_and_cost_a_page_nothing() -> None:
    ground = fill_ground()
    fill_cases(ground, YOUNG)
    client = Client()
    client.force_login(Login.objects.get(username=ground.dispatcher_login))

    def costs() -> dict[str, float]:
        told = {
            name: milliseconds(lambda page=page: client.get(page, headers=_headers(page)))
            for name, page in PAGES.items()
        }
        lon, lat = middle(33)
        said = Said(text="路灯不亮", lon=lon, lat=lat, place_source="gps")
        return told | {"a report": milliseconds(lambda: report(system(NOW), said))}

    young = costs()
    fill_cases(ground, OLD, seed=7)
    assert Row.objects.count() > 1_000_000
    old = costs()
    for name, before in young.items():
        print(f"{name:28}{before:8.1f} ms -> {old[name]:8.1f} ms")
    slower = {name: (before, old[name]) for name, before in young.items() if old[name] > before * TIMES + MORE}
    assert not slower
    began = time.monotonic()
    told = verify()
    print(f"{told.sealed:,} rows verified in {time.monotonic() - began:.0f} s")
    assert told.whole
