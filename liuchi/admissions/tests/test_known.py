"""What the house knows already of who applies: what suits them stands first, and the form begins with it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liuchi.admissions import actions
from liuchi.admissions.actions.inviting import code_on
from liuchi.admissions.models import Application
from liuchi.admissions.tests.helpers import ANSWERS, SAID, by, programme, shop
from liuchi.admissions.tests.test_pages import client_of, resident
from liuchi.kernel.records import actions as records
from liuchi.people.actions.persons import correct_person
from liuchi.people.models import Registration

pytestmark = pytest.mark.django_db
KNOWN = "取自您的登记，可以改"


def registered(place, person, platform="蜜蜂跑腿"):
    today = timezone.localdate()
    return Registration.objects.create(
        record=records.create("registration"), person=person, trade="takeaway", area=place.grid, how="self",
        platform=platform, registered_on=today, kept_until=today + timedelta(days=365),
    )  # fmt: skip


def order(page, *names):
    at = [page.index(name) for name in names]
    assert at == sorted(at)


def test_what_suits_somebody_stands_first(place):
    rides = [*SAID["fields"], {"key": "platform", "label": "平台", "kind": "platform", "required": False}]
    for key, name, more in (
        ("a-units", "给单位的", {"who": "organisation"}), ("b-shops", "给店的", {"who": "business"}),
        ("c-all", "给大家的", {}), ("d-rides", "给路上的", {"fields": rides}), ("e-riders", "给骑手的", {"who": "rider"}),
    ):  # fmt: skip
        one = programme(place, key=key, gives=[], letter_mark=f"字{key}", **more)
        one.name = name
        one.save(update_fields=["name"])
    person = resident()
    page = client_of(person).get("/admissions").content.decode()
    order(page, "适合您的", "给大家的", "给路上的", "给商家、单位等", "给骑手的", "给店的", "给单位的")
    registered(place, person)
    page = client_of(person).get("/admissions").content.decode()
    order(page, "适合您的", "给骑手的", "给路上的", "给大家的", "给商家、单位等", "给店的", "给单位的")
    shop(place, keeper=person)
    page = client_of(person).get("/admissions").content.decode()
    order(page, "给骑手的", "给路上的", "给店的", "给大家的", "给商家、单位等", "给单位的")


def test_the_form_begins_with_what_was_registered_and_keeps_what_is_changed(place):
    fields = [
        *SAID["fields"],
        {"key": "rides", "label": "平台", "kind": "platform"},
        {"key": "who", "label": "姓名", "kind": "name"},
    ]
    one, person = programme(place, fields=fields), resident()
    correct_person(by(person), person, name=person.name, phone="13800002222")
    page, address = client_of(person), f"/admissions/{one.key}/apply"
    shown = page.get(address).content.decode()
    assert shown.count(KNOWN) == 2 and 'value="13800002222"' in shown and 'value="王小河"' in shown
    registered(place, person)
    shown = page.get(address).content.decode()
    assert shown.count(KNOWN) == 4 and 'value="蜜蜂跑腿"' in shown
    assert f'value="{place.community.pk}" selected' in shown
    sent = {"area": place.community.pk, "q_why": "路过", "q_phone": "13900003333", "q_rides": "自己跑", "do": "save"}
    page.post(address, sent)
    shown = page.get(address).content.decode()
    assert KNOWN not in shown and 'value="13900003333"' in shown and "蜜蜂跑腿" not in shown
    assert Application.objects.get().state == "draft"


def test_what_the_desk_filled_in_stands_before_what_was_registered(place):
    one, person = programme(place), resident()
    correct_person(by(person), person, name=person.name, phone="13800002222")
    code = actions.make_code(by(place.person("secretary")), one.pk, area=place.community, answers=ANSWERS)
    actions.take_up(by(person), code_on(code), person)
    shown = client_of(person).get(f"/admissions/{one.key}/apply").content.decode()
    assert 'value="13800001111"' in shown and "13800002222" not in shown


def test_a_keeper_goes_on_with_the_next_shop_while_the_first_is_looked_at(place):
    one, person = programme(place, who="business", gives=[]), resident()
    mine = shop(place, keeper=person)
    page = client_of(person)
    assert f'value="{mine.pk}" selected' in page.get(f"/admissions/{one.key}/apply").content.decode()
    draft = actions.save(by(person), one.pk, person, ANSWERS, business=mine)
    actions.send(by(person), draft.pk)
    shown = page.get(f"/admissions/{one.key}").content.decode()
    assert "看看到哪一步了" in shown and "再申请一家店" in shown and "bar-bottom" in shown
    assert one.name in page.get("/admissions").content.decode()
    assert page.get(f"/admissions/{one.key}/apply").status_code == 200
