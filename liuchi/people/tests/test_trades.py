"""The lists of trades: renamed, added, no longer offered, never lost."""

import pytest
from django.test import Client

from liuchi.kernel.errors import Refused
from liuchi.people.actions import groups, trades
from liuchi.people.models import Registration, Trade
from liuchi.people.registers.trades import BUSINESSES, GROUPS
from liuchi.people.tests.conftest import Place, context
from liuchi.people.tests.test_register_members import client_of


def by(place: Place, role: str):
    return context(person=place.person(role).pk)


def refused(action, *given: object) -> str:
    with pytest.raises(Refused) as told:
        action(*given)
    return told.value.code


def test_a_trade_is_added_chosen_renamed_and_ended_and_what_has_it_keeps_it(place: Place) -> None:
    made = trades.add_trade(by(place, "dispatcher"), "groups", "代驾")
    assert GROUPS.offered()[made.code] == "代驾" and made.code not in BUSINESSES
    entry = groups.register_worker(
        context(), name="程小满", trade=made.code, area=place.community, how="spoken", phone="13700000001"
    )
    trades.rename_trade(by(place, "administrator"), "groups", made.code, "代驾司机")
    trades.offer_trade(by(place, "administrator"), "groups", made.code, False)
    assert GROUPS[made.code] == "代驾司机" and made.code not in GROUPS.offered()
    with pytest.raises(Refused):
        groups.register_worker(context(), name="何谷雨", trade=made.code, area=place.community, how="spoken")
    groups.correct_registration(context(), entry, area=place.grid)  # who has it is corrected all the same
    assert Registration.objects.get().trade == made.code
    desk = client_of(place.person("community_clerk"))
    assert "代驾司机" in desk.get(f"/desk/registers/people/{entry.pk}").content.decode()
    assert "代驾司机" not in desk.get("/desk/registers/people/new").content.decode()


def test_a_standard_trade_is_renamed_and_keeps_its_code(place: Place) -> None:
    trades.offer_trade(by(place, "dispatcher"), "groups", "streaming", False)
    assert str(GROUPS["streaming"]) == "网络主播" and "streaming" not in GROUPS.offered()
    trades.rename_trade(by(place, "dispatcher"), "groups", "takeaway", "外卖骑手")
    trades.rename_trade(by(place, "dispatcher"), "groups", "takeaway", "外卖员")
    assert GROUPS["takeaway"] == "外卖员" and Trade.objects.filter(code="takeaway").count() == 1


def test_two_of_one_name_none_at_all_and_the_wrong_person_are_refused(place: Place) -> None:
    desk = by(place, "dispatcher")
    assert refused(trades.add_trade, desk, "groups", "网约车司机") == "name"
    assert refused(trades.add_trade, desk, "groups", " courier ") == "name"
    assert refused(trades.add_trade, desk, "groups", " ") == "name"
    assert refused(trades.rename_trade, desk, "groups", "delivery", "网约车司机") == "name"
    for code in list(GROUPS)[1:]:
        trades.offer_trade(desk, "groups", code, False)
    assert refused(trades.offer_trade, desk, "groups", next(iter(GROUPS)), False) == "last"
    for role in ("community_clerk", "secretary", "supervisor", "rider"):
        assert refused(trades.add_trade, by(place, role), "groups", "代驾") == "not_yours"


def test_at_the_desk(place: Place) -> None:
    desk = client_of(place.person("administrator"))
    assert desk.post("/desk/registers/trades/groups/new", {"name": "网约车司机"}).status_code == 200
    assert desk.post("/desk/registers/trades/groups/new", {"name": "代驾"}).status_code == 302
    code = Trade.objects.get().code
    assert desk.post(f"/desk/registers/trades/groups/{code}", {"name": "代驾员"}).status_code == 302
    assert desk.post(f"/desk/registers/trades/groups/{code}/offer").status_code == 302
    page = desk.get("/desk/registers/trades").content.decode()
    assert "代驾员" in page and "已停用" in page and "外卖" in page
    assert desk.get("/desk/registers/trades/groups/nothing").status_code == 404
    assert desk.get("/desk/registers/trades/else/new").status_code == 404
    assert Client().get("/desk/registers/trades").status_code == 302
