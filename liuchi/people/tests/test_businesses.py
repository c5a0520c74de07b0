"""The register of shops and firms."""

from datetime import date

import pytest

from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row, Side
from liuchi.people.actions import businesses
from liuchi.people.models import Business, Person
from liuchi.people.rules import is_licence, withheld
from liuchi.people.tests.conftest import Place, context


def shop(place: Place, **more: object) -> Business:
    facts = {"name": "巷口面馆", "trade": "catering", "area": place.grid, "address": "六尺巷3号"} | more
    return businesses.register_business(context(), **facts)  # type: ignore[arg-type]


def test_a_shop_is_written_down_with_its_phone_unreadable_in_the_database(place: Place) -> None:
    made = shop(place, office_phone="138 0000 0101", consent=True)
    stored = Business.objects.get(pk=made.pk)
    assert (stored.pinyin, stored.initials) == ("xiangkoumianguan", "xkmg")
    assert stored.office_phone == "13800000101"
    assert b"13800000101" not in bytes(stored.phone_cipher)
    row = Row.objects.get(record_id=made.pk)
    assert row.verb == "business.registered" and row.facts == {"trade": "catering", "consent": True}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "  "}, "name"),
        ({"trade": "magic"}, "trade"),
        ({"area": None}, "area"),
        ({"office_phone": "12"}, "office_phone"),
        ({"licence": "91340881MA2XXXXX0A"}, "licence"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(place: Place, wrong: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        shop(place, **wrong)
    assert refused.value.field == field
    assert not Business.objects.exists()


def test_the_same_shop_at_the_same_address_is_written_once(place: Place) -> None:
    first = shop(place)
    with pytest.raises(Refused) as refused:
        shop(place)
    assert refused.value.status == 409
    businesses.close_business(context(), first)
    assert shop(place).pk != first.pk  # a new one may open where one closed
    assert Business.objects.get(pk=first.pk).closed_on == date(2026, 11, 22)


def test_taking_back_the_yes_ends_being_shown(place: Place) -> None:
    made = shop(place, consent=True)
    facts = {"name": made.name, "trade": made.trade, "area": place.grid, "address": made.address}
    businesses.correct_business(context(), made, **facts, consent=False)  # type: ignore[arg-type]
    assert Business.objects.get(pk=made.pk).consent_at is None


def test_a_licence_number_has_a_check_sign() -> None:
    assert is_licence("91350100M000100Y43")  # the example of GB 32100
    assert not is_licence("91350100M000100Y44")
    assert is_licence("340881600123456")  # as older licences have it


def test_figures_of_one_to_four_persons_are_withheld() -> None:
    assert [withheld(count) for count in (0, 1, 4, 5, 736)] == [0, None, None, 5, 736]


def test_the_name_of_a_corrected_keeper_does_not_stay(place: Place) -> None:
    facts = {"name": "巷口面馆", "trade": "catering", "area": place.grid, "address": "六尺巷3号"}
    made = businesses.enter_business(context(), None, facts, "张三风")
    first = made.keeper
    made = businesses.enter_business(context(), made, facts, "张三丰")
    first.refresh_from_db()
    assert (first.name, first.erased_at is not None, made.keeper.name) == ("", True, "张三丰")
    assert not any("张" in str(row.facts) for row in Row.objects.all())
    assert not Side.objects.filter(row__record_id=first.pk).exists()


def test_a_keeper_who_has_another_shop_or_an_account_keeps_the_name(place: Place) -> None:
    facts = {"name": "巷口面馆", "trade": "catering", "area": place.grid, "address": "六尺巷3号"}
    both, member = businesses.enter_business(context(), None, facts, "李四"), place.person("grid_worker")
    shop(place, name="巷尾面馆", keeper=both.keeper)
    other = shop(place, name="茶馆", keeper=member)
    businesses.enter_business(context(), both, facts, "王五")
    businesses.enter_business(context(), other, facts | {"name": "茶馆"}, "王五")
    assert not Person.objects.filter(pk__in=(member.pk, both.keeper_id), erased_at__isnull=False).exists()
    assert Business.objects.get(name="巷尾面馆").keeper.name == "李四"
