"""The measurements fill a database in bulk; it must be one that the actions could have made."""

import pytest

from bench.filling import SHARES, fill_cases
from bench.ground import fill_ground
from liuchi.cases.actions import Said, report
from liuchi.cases.models import Case
from liuchi.kernel.context import system
from liuchi.kernel.journal.models import Row
from liuchi.kernel.journal.queries import verify
from liuchi.kernel.records.models import Record
from liuchi.kernel.search import queries as search


@pytest.mark.django_db
def test_filled_cases_are_whole() -> None:
    ground = fill_ground()
    fill_cases(ground, 400)
    assert Case.objects.count() == 400
    assert set(Case.objects.values_list("state", flat=True)) <= set(SHARES)
    told = verify()
    assert told.whole
    assert (told.sealed, told.unsealed) == (
        Row.objects.filter(position__isnull=False).count(),
        Row.objects.filter(position=None).count(),
    )
    for case in Case.objects.select_related("record")[:40]:
        assert case.record.version == Row.objects.filter(record=case.pk).count()
        assert (case.step_due is None) == (case.state == "closed")
    assert search.find("case", "路灯").count == Case.objects.filter(text__contains="路灯").count()
    assert Record.objects.filter(kind="case").count() == 400


@pytest.mark.django_db
def test_the_next_report_gets_the_next_number() -> None:
    ground = fill_ground()
    fill_cases(ground, 30)
    last = Case.objects.order_by("-number").first()
    assert last
    taken = report(system(last.reported_at), Said(text="灯不亮"))
    assert int(taken.case.number.rsplit("-", 1)[1]) == int(last.number.rsplit("-", 1)[1]) + 1
