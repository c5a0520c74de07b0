"""The same thing twice, and an erasure in the middle of something else: on threads, on both databases."""

import pytest

from liuchi.kernel.tests.at_once import at_once
from liuchi.people import actions
from liuchi.people.actions import groups, homecoming, registers
from liuchi.people.actions.data import erase_again
from liuchi.people.models import Consent, HomeComing, Organisation, Person, Registration
from liuchi.people.tests import workbooks
from liuchi.people.tests.conftest import context, made_place
from liuchi.people.tests.test_register_workers import ALL, ROW

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_yes_that_comes_four_times_is_one_and_an_entry_too():
    place = made_place()
    rider = place.person("rider")
    gave = at_once(*[lambda: actions.give_consent(context(), rider, "call_back").pk] * 4)
    assert len(set(gave)) == 1
    assert Consent.objects.filter(person=rider, purpose="call_back", withdrawn_at=None).count() == 1

    def entered() -> object:
        facts = {"trade": "takeaway", "area": place.community, "how": "signed"}
        return groups.register_worker(context(), name="程小满", phone="13700000001", **facts).pk

    gave = at_once(*[entered] * 4)
    assert gave.count("double") == 3 and Registration.objects.count() == 1


def test_a_workbook_that_is_written_twice_at_once_is_written_once():
    place = made_place()
    rows = [
        ROW | {"name": f"示例{number}", "phone": f"1370000{1000 + number}", "area": place.community.name}
        for number in range(20)
    ]
    data = workbooks.workers(rows)
    at_once(*[lambda: registers.import_workers(context(), data, ALL)] * 2)
    assert Registration.objects.count() == 20


def test_nothing_stays_of_who_signs_in_to_a_branch_while_they_are_erased():
    place = made_place()
    branch = actions.open_unit(context(), kind=Organisation.Kind.PARTY_BODY, name="骑手党支部", area=place.community)
    code = homecoming.renew_code(context(), branch)
    for number in range(4):
        person = actions.register_person(context(), name=f"示例{number}", phone=f"1380000110{number}")
        gave = at_once(
            lambda person=person: homecoming.sign_in(context(), code, person, name=person.name) and "in",
            lambda person=person: actions.erase_person(context(), Person.objects.get(pk=person.pk)),
        )
        assert gave[1] is None and gave[0] in ("in", "erased")
        assert not HomeComing.objects.filter(withdrawn_on=None).exists()
    assert erase_again(context()) == 0


def test_what_came_too_late_for_an_erasure_is_taken_along_afterwards(monkeypatch):
    from liuchi.people import data

    late = {"left": [{"text": "井盖"}]}
    keeper = data.Keeper("Late", lambda pk: late["left"], lambda ctx, pk: late.update(left=[]))
    monkeypatch.setitem(data._keepers, "late", keeper)
    person = actions.register_person(context(), name="示例", phone="13800001199")
    actions.erase_person(context(), person)
    late["left"] = [{"text": "井盖"}]
    assert erase_again(context()) == 1 and late["left"] == []
    assert erase_again(context()) == 0
