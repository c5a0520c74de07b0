"""The pages of the catalogue: the public one, and editing, publishing and routing at the desk."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.cases.catalogue import actions, queries
from liuchi.cases.models import FilingCondition, Matter
from liuchi.cases.suggest import queries as suggesting
from liuchi.cases.tests.catalogues import few
from liuchi.kernel.context import system
from liuchi.kernel.records import actions as records
from liuchi.kernel.tests.kept import Kept
from liuchi.people.actions import units
from liuchi.people.models import Login, Person, Post
from liuchi.territory.models import Area

kept_catalogue = Kept(lambda: actions.import_catalogue(system(), few()))


@pytest.fixture(autouse=True)
def catalogue(db):
    suggesting.forget()
    return kept_catalogue()


@pytest.fixture
def street(db):
    return Area.objects.create(
        code="340803001", name="六尺街道", level="street", first=340803001000000, last=340803001999999
    )


def signed_in(role: str, area: Area) -> Client:
    person = Person.objects.create(record=records.create("person"), name="程安")
    login = Login.objects.create(person=person, username=role)
    Post.objects.create(record=records.create("post"), person=person, role=role, area=area, begins=date(2020, 1, 1))
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(login)
    return client


@pytest.fixture
def administrator(street):
    return signed_in("administrator", street)


class TestPublic:
    def test_open_to_everybody_in_both_languages(self, client):
        page = client.get("/catalogue", headers={"accept-language": "zh-hans"}).content.decode()
        assert "市容环境类" in page
        assert (
            "Cityscape and environment" in client.get("/catalogue", headers={"accept-language": "en"}).content.decode()
        )

    def test_four_limits_of_a_manhole_cover_read_as_sentences(self, client):
        page = client.get("/catalogue", {"q": "供水井盖"}, headers={"accept-language": "zh-hans"}).content.decode()
        assert "如果<b>缺失、移位、开裂，存在安全隐患的</b>，就在<b>2 小时</b>内恢复" in page
        assert all(limit in page for limit in ("4 个工作小时", "2 个工作日", "5 个工作日"))

    def test_the_same_sentences_in_english(self, client):
        page = client.get(
            "/catalogue", {"q": "water supply manhole"}, headers={"accept-language": "en"}
        ).content.decode()
        assert "If <b>it is missing, shifted or cracked and a danger</b>: within <b>2 hours</b> restore it" in page

    def test_found_by_what_people_say(self, client):
        page = client.get("/catalogue", {"q": "外墙掉下来了"}).content.decode()
        assert "外墙脱落、高空坠物" in page

    def test_it_names_the_unit_of_the_place(self, client, street):
        unit = units.open_unit(system(), kind="company", name="六尺供水所")
        actions.route(system(), area=street, units={"water": unit})
        assert "六尺供水所" in client.get("/catalogue", {"q": "供水井盖"}).content.decode()

    def test_what_somebody_says_can_not_be_read_in_the_address(self, client):
        address = client.post("/catalogue", {"q": "供水井盖", "major": "01"}).url
        assert "q=~" in address and address.endswith("&major=01")
        assert "供水井盖" in client.get(address).content.decode()
        assert client.post("/catalogue", {"q": " "}).url == "/catalogue"

    @pytest.mark.parametrize("query", [{"q": "' or 1=1"}, {"major": "zz"}, {"q": "字" * 500}, {"q": "没有这样的事"}])
    def test_nothing_found_says_what_to_do(self, client, query):
        page = client.get("/catalogue", query)
        assert page.status_code == 200
        assert 'href="/report"' in page.content.decode()

    def test_drafts_are_not_shown(self, client):
        matter = actions.add_matter(system(), major="99", name="晾衣绳断了")
        actions.add_condition(
            system(), matter, text="断了", closing="换绳", limit_value=1, limit_type="work_day", unit_role="property"
        )
        assert "晾衣绳断了" not in client.get("/catalogue", {"major": "99"}).content.decode()


class TestDesk:
    def test_a_resident_stays_outside(self, client, street):
        assert client.get("/desk/catalogue").status_code == 302
        assert signed_in("resident", street).get("/desk/catalogue").status_code == 403

    def test_a_dispatcher_reads_but_does_not_change(self, street):
        dispatcher = signed_in("dispatcher", street)
        page = dispatcher.get("/desk/catalogue/01001").content.decode()
        assert "破损超过25cm²" in page
        assert "/conditions/" not in page
        assert "/desk/catalogue/units" not in page
        condition = FilingCondition.objects.first()
        assert dispatcher.get(f"/desk/catalogue/01001/conditions/{condition.pk}").status_code == 403
        assert dispatcher.post("/desk/catalogue/publish").status_code == 403
        assert dispatcher.post("/desk/catalogue/units", {"role": "water"}).status_code == 403

    def test_edit_see_the_draft_publish(self, administrator):
        [condition] = FilingCondition.objects.filter(matter__code="09012")
        address = f"/desk/catalogue/09012/conditions/{condition.pk}"
        assert "非法占用、堵塞消防通道" in administrator.get(address).content.decode()
        values = {
            "text": condition.text,
            "limit_value": 1,
            "limit_type": "urgent_hour",
            "closing": condition.closing,
            "unit_role": "fire",
            "co_roles": ["property", "street"],
            "basis": condition.basis,
        }
        assert administrator.post(address, values).status_code == 302
        page = administrator.get("/desk/catalogue/09012").content.decode()
        assert "发布 1 处草稿" in page
        assert "1 小时" in page
        assert "1 小时" in administrator.get("/desk/catalogue/publish").content.decode()
        assert administrator.post("/desk/catalogue/publish").status_code == 302
        matter = Matter.objects.get(kind="event", code="09012")
        [now] = queries.conditions_of(matter, timezone.now())
        assert (now.limit_value, now.limit_type, now.co_roles) == (1, "urgent_hour", "property street")

    def test_what_is_wrong_is_said_at_the_field_and_kept(self, administrator):
        values = {
            "text": "只在夜里",
            "limit_value": 9999,
            "limit_type": "work_day",
            "closing": "整改",
            "unit_role": "street",
        }
        page = administrator.post("/desk/catalogue/09012/conditions/new", values)
        assert page.status_code == 422
        assert "只在夜里" in page.content.decode()
        assert "1 到 250" in page.content.decode()

    def test_a_new_matter_leads_to_its_first_condition(self, administrator):
        done = administrator.post(
            "/desk/catalogue/new", {"major": "06", "name": "公共座椅缺失", "name_en": "Missing bench"}
        )
        assert done["Location"] == "/desk/catalogue/06099/conditions/new"
        assert "还没有立案条件" in administrator.get("/desk/catalogue/publish").content.decode()
        values = {
            "text": "应有而无",
            "limit_value": 5,
            "limit_type": "work_day",
            "closing": "补装",
            "unit_role": "landscaping",
        }
        administrator.post(done["Location"], values)
        administrator.post("/desk/catalogue/publish")
        assert queries.matters(timezone.now()).filter(code="06099").exists()

    def test_a_draft_can_be_thrown_away(self, administrator):
        matter = Matter.objects.get(kind="event", code="09012")
        draft = actions.add_condition(
            system(), matter, text="另一条", closing="整改", limit_value=1, limit_type="work_day", unit_role="street"
        )
        assert administrator.post(f"/desk/catalogue/09012/conditions/{draft.pk}/drop").status_code == 302
        assert not FilingCondition.objects.filter(pk=draft.pk).exists()

    def test_filters_stay_in_the_address(self, administrator):
        page = administrator.get("/desk/catalogue", {"major": "09", "q": "消防"}).content.decode()
        assert "/desk/catalogue/09012?q=%E6%B6%88%E9%98%B2&amp;major=09" in page

    @pytest.mark.parametrize(
        "path", ["/desk/catalogue/99999", "/desk/catalogue/xx", "/desk/catalogue/09012/conditions/1"]
    )
    def test_what_is_not_there_is_not_found(self, administrator, path):
        assert administrator.get(path).status_code == 404

    def test_routing_from_the_page(self, administrator, street):
        unit = units.open_unit(system(), kind="company", name="六尺供水所")
        page = administrator.get("/desk/catalogue/units").content.decode()
        assert "还没有指定" in page
        address = f"/desk/catalogue/units?area={street.pk}"
        administrator.post(address, {"unit-water": str(unit.pk), "unit-gas": str(unit.pk), "unit-fire": ""})
        assert queries.unit_for("water", street) == queries.unit_for("gas", street) == unit
        assert queries.unit_for("fire", street) is None
        administrator.post(address, {"unit-water": ""})
        assert queries.unit_for("water", street) is None
        assert queries.unit_for("gas", street) == unit, "what is not sent stays as it is"
        for nonsense in ({"unit-water": "x"}, {"unit-water": str(uuid4())}):
            assert administrator.post(address, nonsense).status_code == 404
        assert administrator.post(address, {"unit-nobody": str(unit.pk)}).status_code == 422

    def test_of_two_who_save_at_once_none_takes_back_what_the_other_named(self, administrator, street):
        unit = units.open_unit(system(), kind="company", name="六尺供水所")
        address = f"/desk/catalogue/units?area={street.pk}"
        page = administrator.get(address).content.decode()
        shown = dict(re.findall(r'name="was-(\w+)" value="([^"]*)"', page))
        assert shown["water"] == shown["gas"] == ""

        def save(**named: str) -> None:
            lines = shown | named
            was = {f"was-{role}": value for role, value in shown.items()}
            administrator.post(address, was | {f"unit-{role}": value for role, value in lines.items()})

        save(water=str(unit.pk))
        save(gas=str(unit.pk))
        assert queries.unit_for("water", street) == queries.unit_for("gas", street) == unit

    def test_few_queries_whatever_the_size(self, administrator, django_assert_max_num_queries):
        administrator.get("/desk/catalogue")
        with django_assert_max_num_queries(18):
            administrator.get("/desk/catalogue/01001")
