"""A shop that nobody knew applies: it is in the register, and somebody its keeper, only once the desk has said yes."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from liuchi.admissions import actions
from liuchi.admissions.models import Application
from liuchi.admissions.tests.helpers import ANSWERS, again, by, days_later, programme, shop, somebody
from liuchi.admissions.tests.test_pages import client_of, resident
from liuchi.kernel import granting
from liuchi.kernel.errors import Refused
from liuchi.people.actions.businesses import register_business
from liuchi.people.models import Business

pytestmark = pytest.mark.django_db


@pytest.fixture
def shops(place):
    return programme(place, who="business", gives=[], checks=[{"role": "community_clerk"}])


def wants(place, one, person, name="拐角小店", at=None, **more: Any) -> Application:
    ctx = by(person, at, "phone") if at else by(person, channel="phone")
    new = actions.NewShop(name, place.community, "grocery", "槐荫里 8 号")
    return actions.send(ctx, actions.save(ctx, one.pk, person, ANSWERS, shop=new, **more).pk)


def refused(act, *args, **more):
    with pytest.raises(Refused) as told:
        act(*args, **more)
    return told.value


def test_a_shop_is_entered_into_the_register_when_it_is_approved(place, shops):
    person = resident()
    page, address = client_of(person), f"/admissions/{shops.key}/apply"
    sent = {
        "do": "send", "shop_name": "拐角小店", "shop_trade": "grocery", "shop_area": place.community.pk,
        "q_why": "有水", "q_phone": "13800001111", "q_yes": "on",
    }  # fmt: skip
    lacking = page.post(address, sent | {"shop_name": "", "shop_trade": "", "q_why": ""}).content.decode()
    assert lacking.count("这一项还没填") == 3 and not Application.objects.exists()
    assert page.post(address, sent).status_code == 302
    application = Application.objects.get()
    assert application.shop_name == "拐角小店" and not Business.objects.exists()
    assert "拐角小店" in page.get("/admissions").content.decode()
    stolen = page.post(address, sent | {"business": str(shop(place, "别人的店").pk)})
    assert stolen.status_code == 200 and Application.objects.count() == 1
    desk = client_of(place.person("community_clerk")).get("/desk/admissions").content.decode()
    assert "还不在商户名录里" in desk and "“拐角小店”写入商户名录，店主为王小河" in desk
    actions.approve(by(place.person("community_clerk")), application.pk)
    business = Business.objects.get(name="拐角小店")
    assert business.keeper == person and again(application).business == business
    assert again(application).admission.business == business


def test_nothing_is_kept_or_made_for_somebody_whom_nobody_approved(place, monkeypatch):
    made = []
    kind = granting.Kind("点", lambda _ctx, granted: made.append(granted.business), lambda _ctx, _made: None)
    monkeypatch.setitem(granting._kinds, "service_point", kind)
    checks = [{"role": "community_clerk"}, {"role": "dispatcher"}]
    one = programme(place, who="business", gives=[{"kind": "service_point"}], checks=checks)
    person, clerk, dispatcher = somebody(), by(place.person("community_clerk")), by(place.person("dispatcher"))

    def nothing() -> bool:
        return not made and not Business.objects.filter(keeper=person).exists()

    application = wants(place, one, person)
    assert refused(actions.approve, clerk, application.pk).code == "wrong_state" and nothing()
    assert refused(actions.approve, by(person), application.pk).code in ("wrong_state", "not_yours") and nothing()
    actions.pass_on(clerk, application.pk)
    actions.send_back(dispatcher, application.pk, {"why": "再写"})
    actions.send(by(person), application.pk)
    assert nothing()
    actions.refuse(dispatcher, application.pk, "没有这家店")
    actions.appeal(by(person), application.pk, "有的")
    assert nothing()
    actions.uphold(by(place.person("secretary")), application.pk, "去看过了，没有")
    assert nothing()
    second = wants(place, one, person, "街口小店")
    actions.pass_on(clerk, second.pk)
    actions.approve(dispatcher, second.pk)
    assert made == [Business.objects.get(keeper=person).pk]


def test_a_shop_that_is_in_the_register_is_not_entered_again_nor_taken_over(place, shops):
    person = somebody()
    application = wants(place, shops, person)
    there = register_business(
        by(None), name="拐角小店", trade="grocery", area=place.community, address="槐荫里 8 号", keeper=somebody("别人")
    )
    clerk = by(place.person("community_clerk"))
    assert "店主是别人" in refused(actions.approve, clerk, application.pk).sentence
    assert again(application).state == "sent" and again(there).keeper != person
    assert refused(wants, place, shops, somebody("第三人")).field == "shop_name"
    page = client_of(place.person("community_clerk")).get("/desk/admissions").content.decode()
    assert "名录里已有" in page and "店主别人" in page
    Business.objects.filter(pk=there.pk).update(keeper=person)  # the clerk asked the shop
    assert actions.approve(clerk, application.pk).business == there


def test_how_many_new_shops_somebody_brings_in_a_day(place, shops):
    person = somebody()
    for name in ("甲店", "乙店"):
        wants(place, shops, person, name)
    third = wants(place, shops, person, "丙店")
    actions.cancel(by(person), third.pk)
    told = refused(wants, place, shops, person, "丁店")
    assert told.code == "often" and "3 家" in told.sentence and Application.objects.count() == 3
    assert wants(place, shops, person, "丁店", at=days_later(1)).state == "sent"
    assert wants(place, shops, somebody("别人"), "丁店二").state == "sent"


def test_how_often_somebody_begins_in_a_day(place):
    one, person = programme(place), somebody()
    for _at in range(12):
        actions.cancel(by(person), actions.save(by(person), one.pk, person, {}, area=place.community).pk)
    told = refused(actions.save, by(person), one.pk, person, {}, area=place.community)
    assert told.code == "often" and Application.objects.count() == 12
    tomorrow = by(person, days_later(1), "phone")
    assert actions.save(tomorrow, one.pk, person, {}, area=place.community).state == "draft"


def test_a_draft_of_a_shop_is_renamed_and_not_a_second_one(place, shops):
    person = somebody()
    ctx = by(person, channel="phone")
    new = [actions.NewShop(name, place.community) for name in ("旧名", "新名", "另一家")]
    draft = actions.save(ctx, shops.pk, person, {}, shop=new[0])
    same = actions.save(ctx, shops.pk, person, {}, shop=new[1], goes_on=draft.pk)
    assert same.pk == draft.pk and again(draft).shop_name == "新名"
    other = actions.save(ctx, shops.pk, person, {}, shop=new[2])
    assert refused(actions.save, ctx, shops.pk, person, {}, shop=new[1], goes_on=other.pk).code == "double"


@pytest.mark.django_db(transaction=True)
def test_a_shop_sent_twice_at_once_is_one(place, shops):
    from django.db import connection

    person = somebody()

    def send() -> str:
        try:
            return wants(place, shops, person).state
        except Refused as told:
            return told.code
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        got = sorted(pool.map(lambda _at: send(), range(3)))
    assert "sent" in got and Application.objects.count() == 1
