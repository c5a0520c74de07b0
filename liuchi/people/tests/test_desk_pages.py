"""The desk's pages: finding, hiring, ending, deputies, passwords, units, workbooks."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from liuchi.people.models import Login, Organisation, Person, Post
from liuchi.people.sheets.columns import STAFF, UNITS
from liuchi.people.sheets.reading import as_day
from liuchi.people.tasks import sweep_workbooks, waiting_folder
from liuchi.people.tests.conftest import Place


@pytest.fixture
def admin(place: Place) -> Client:
    client = Client()
    client.force_login(place.person("administrator").login)
    return client


def as_role(place: Place, role: str) -> Client:
    client = Client()
    client.force_login(place.person(role).login)
    return client


def names(answer: Any) -> list[str]:
    return [person.name for person in answer.context["people"]]


def test_the_list_is_searched_by_name_pinyin_unit_and_whole_phone(admin: Client, place: Place) -> None:
    handler = place.person("handler")
    Person.objects.filter(pk=handler.pk).update(name="程安", pinyin="chengan", initials="ca")
    for text in ("程", "chengan", "cheng an", "ca", "城管", "handler", "13800000005", "138 0000 0005"):
        assert names(admin.post("/desk/people", {"q": text}, follow=True)) == ["程安"], text
    assert names(admin.post("/desk/people", {"q": "1380000"}, follow=True)) == []
    within = set(names(admin.get("/desk/people", {"unit": place.office.pk})))
    assert within == {place.person("dispatcher").name, "程安"}, "a unit holds those below it"
    assert names(admin.get("/desk/people", {"role": "supervisor"})) == [place.person("supervisor").name]


def test_what_is_typed_can_not_be_read_in_the_address(admin: Client, place: Place) -> None:
    typed = {"q": "13800000005", "role": "handler"}
    address = admin.post("/desk/people", typed).url
    assert "13800000005" not in address and "role=handler" in address
    page = admin.get(address)
    assert names(page) == [place.person("handler").name], "the link shows the same to the next person"
    assert 'value="13800000005"' in page.content.decode()
    part = admin.post("/desk/people", typed, headers={"HX-Request": "true"})
    assert names(part) == names(page) and names(admin.get(part["HX-Replace-Url"])) == names(page)
    assert admin.post("/desk/people", {"q": " ", "role": ""}).url == "/desk/people"


def test_only_visible_colleagues_are_listed(place: Place) -> None:
    clerk = as_role(place, "community_clerk")
    roles = {post.role for person in clerk.get("/desk/people").context["people"] for post in person.shown_posts}
    assert roles == {"grid_worker", "grid_leader", "community_clerk"}
    assert clerk.get(f"/desk/people/{place.person('grid_worker').pk}").status_code == 200
    assert clerk.get(f"/desk/people/{place.person('supervisor').pk}").status_code == 404
    assert as_role(place, "grid_worker").get("/desk/people").status_code == 403


def test_the_list_costs_the_same_for_few_and_many(
    admin: Client, place: Place, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        admin.get("/desk/people")


def test_hiring_shows_the_one_time_password_once(admin: Client, place: Place) -> None:
    form = {
        "name": "方小麦", "phone": "13911112222", "role": "grid_worker", "area": place.other_grid.name,
        "begins": "2026-11-22", "username": "",
    }  # fmt: skip
    wrong = admin.post("/desk/people/new", {**form, "area": "槐荫社区"})
    assert wrong.status_code == 200 and wrong.context["form"].errors["area"]
    done = admin.post("/desk/people/new", form)
    password = done.context["password"]
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){2}", password) and password in done.content.decode()
    login = Login.objects.get(username="fangxiaomai")
    assert login.must_change and login.check_password(password)
    page = admin.get(f"/desk/people/{login.person_id}").content.decode()
    assert password not in page and "13911112222" not in page
    shown = admin.post(f"/desk/people/{login.person_id}/phone").content.decode()
    assert "13911112222" in shown and login.person.looked_at.count() == 1


def test_terms_absences_and_passwords_through_the_pages(admin: Client, place: Place) -> None:
    post, clerk = place.posts["dispatcher"], place.person("community_clerk")
    dates = {"begins": f"{timezone.now():%Y-%m-%dT00:00}", "ends": "2099-11-29T18:00", "deputy": clerk.pk}
    page = admin.get(f"/desk/posts/{post.pk}/absence").content.decode()
    assert re.search(r'href="/desk/people"[^>]*aria-current', page), "the rail shows where one is"
    assert admin.post(f"/desk/posts/{post.pk}/absence", dates).status_code == 302
    assert clerk.name in admin.get(f"/desk/people/{post.person_id}").content.decode()
    assert admin.post(f"/desk/absences/{post.absences.get().pk}/end").status_code == 302
    assert (
        admin.post(f"/desk/posts/{post.pk}", {"title": "值班长", "begins": "2026-01-01", "ends": ""}).status_code == 302
    )
    assert admin.post(f"/desk/posts/{post.pk}/end", {"last_day": "2026-11-21"}).status_code == 302
    post.refresh_from_db()
    assert (post.title, str(post.ends)) == ("值班长", "2026-11-21")
    assert (
        admin.post(f"/desk/people/{post.person_id}/appoint", {"role": "rider", "begins": "2026-11-22"}).status_code
        == 302
    )
    assert admin.post(f"/desk/people/{post.person_id}/login/close").status_code == 302
    assert not Login.objects.get(person=post.person).is_active


def test_a_clerk_resets_a_forgotten_password_of_lower_posts_only(place: Place) -> None:
    clerk = as_role(place, "community_clerk")
    assert clerk.post("/desk/people/forgotten", {"login": "13800000001"}).context["found"].username == "gridworker"
    assert clerk.post("/desk/people/forgotten", {"login": "rider"}).context["found"], (
        "riders and residents have no area"
    )
    for higher in ("administrator", "secretary", "communityclerk", "nobody"):
        assert clerk.post("/desk/people/forgotten", {"login": higher}).context["found"] is None
    worker, secretary = place.person("grid_worker"), place.person("secretary")
    done = clerk.post(f"/desk/people/{worker.pk}/reset")
    assert Login.objects.get(person=worker).check_password(done.context["password"])
    assert clerk.post(f"/desk/people/{secretary.pk}/reset").status_code == 403
    assert Login.objects.get(person=secretary).check_password("six foot alley")


def test_units_through_the_pages(admin: Client, place: Place) -> None:
    assert [unit.name for unit in admin.get("/desk/units").context["units"]] == [
        "六尺街道办事处",
        "城管中队",
        "夜间巡查组",
    ]
    assert [unit.name for unit in admin.get("/desk/units", {"q": "巡查"}).context["units"]][-1] == "夜间巡查组"
    form = {
        "name": "供水所",
        "kind": "company",
        "parent": place.office.pk,
        "area": place.street.code,
        "office_phone": "",
    }
    assert admin.post("/desk/units/new", form).status_code == 302
    unit = Organisation.objects.get(name="供水所")
    assert unit.area == place.street
    assert admin.post("/desk/units/new", form).context["form"].errors["name"]
    assert admin.post(f"/desk/units/{unit.pk}", {**form, "name": "自来水公司", "area": ""}).status_code == 302
    assert admin.post(f"/desk/units/{unit.pk}/close").status_code == 302
    assert admin.post(f"/desk/units/{place.office.pk}/close").status_code == 409


def filled(units: list[list[Any]], staff: list[list[Any]], heads: tuple[Any, Any] = (UNITS, STAFF)) -> io.BytesIO:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for sheet, rows in zip(heads, (units, staff), strict=True):
        page = book.add_worksheet(str(sheet.title))
        page.write_row(0, 0, [str(column.head) for column in sheet.columns])
        for at, row in enumerate(rows, start=1):
            page.write_row(at, 0, row)
    book.close()
    out.seek(0)
    out.name = "staff.xlsx"
    return out


UNIT_ROWS = [
    ["住建所", "government_unit", "六尺街道办事处", "六尺街道", "0556-6200000"],
    ["维修队", "team", "住建所", "", ""],
]
STAFF_ROWS = [
    ["程安", 13511110000.0, "handler", "维修队", "", "队长", "2026/11/1", "", ""],
    ["方禾", "13511110001", "grid_worker", "", "340881001001002", "", "", "2027年3月1日", "fanghe"],
]


def test_a_workbook_is_previewed_written_and_given_again(admin: Client, place: Place) -> None:
    preview = admin.post("/desk/people/import", {"file": filled(UNIT_ROWS, STAFF_ROWS)})
    plan = preview.context["plan"]
    assert plan.ready and (plan.new_units, plan.new_staff) == (2, 2)
    assert not Organisation.objects.filter(name="住建所").exists(), "nothing is written before it is confirmed"
    done = admin.post("/desk/people/import/confirm")
    assert [key.username for key in done.context["done"].keys] == ["chengan", "fanghe"]
    assert Organisation.objects.get(name="维修队").parent.name == "住建所"
    post = Post.objects.get(person__name="程安")
    assert (post.title, str(post.begins)) == ("队长", "2026-11-01")
    assert admin.post("/desk/people/import/confirm").url == "/desk/people/import", "a plan is carried out once"
    again = admin.post("/desk/people/import", {"file": filled(UNIT_ROWS, STAFF_ROWS)}).context["plan"]
    assert not again.ready and again.known == 4


def test_faults_stand_on_their_cells_and_nothing_is_written(admin: Client, place: Place) -> None:
    units = [
        ["住建所", "俱乐部", "没有的单位", "火星", ""],
        ["住建所", "team", "", "", ""],
        ["甲", "team", "乙", "", ""],
        ["乙", "team", "甲", "", ""],
    ]
    staff = [
        ["", "123", "皇帝", "没有的单位", "", "", "昨天", "", ""],
        ["程安", "13800000004", "handler", "", "", "", "2026-02-01", "2026-01-01", ""],
        ["方禾", "13511110001", "grid_worker", "", "槐荫社区", "", "", "", "X"],
        ["方禾", "13511110001", "grid_worker", "", "槐荫社区", "", "", "", ""],
    ]
    answer = admin.post("/desk/people/import", {"file": filled(units, staff)})
    plan = answer.context["plan"]
    by_row = {line.number: set(line.faults) for line in plan.units}
    assert by_row[2] == {"kind", "parent", "area"} and by_row[3] == {"name"}
    assert by_row[4] | by_row[5] == {"parent"}
    faults = [set(line.faults) for line in plan.staff]
    assert faults[0] == {"name", "phone", "role", "unit", "begins"}
    assert faults[1] == {"unit", "ends"}
    assert faults[2] == {"area", "username"} and "name" in faults[3]
    assert "bad-cell" in answer.content.decode()
    before = Person.objects.count()
    assert admin.post("/desk/people/import/confirm").status_code == 422
    assert Person.objects.count() == before


def test_somebody_elses_phone_is_a_fault_and_a_known_person_gets_another_post(admin: Client, place: Place) -> None:
    known = place.person("handler").name
    staff = [
        ["别人", "13800000005", "rider", "", "", "", "", "", ""],
        [known, "13800000005", "rider", "", "", "", "", "", ""],
    ]
    plan = admin.post("/desk/people/import", {"file": filled([], staff)}).context["plan"]
    assert "phone" in plan.staff[0].faults or "phone" in plan.staff[1].faults
    plan = admin.post("/desk/people/import", {"file": filled([], staff[1:])}).context["plan"]
    assert plan.ready and plan.staff[0].note
    done = admin.post("/desk/people/import/confirm").context["done"]
    assert done.posts == 1 and not done.keys


def test_a_workbook_that_waits_is_encrypted_and_thrown_away_after_a_day(admin: Client, place: Place) -> None:
    before = set(waiting_folder().glob("*"))
    admin.post("/desk/people/import", {"file": filled(UNIT_ROWS, STAFF_ROWS)})
    (waiting,) = set(waiting_folder().glob("*")) - before
    assert not waiting.read_bytes().startswith(b"PK")
    sweep_workbooks(timezone.now() + timedelta(hours=23))
    assert waiting.exists()
    sweep_workbooks(timezone.now() + timedelta(hours=25))
    assert not waiting.exists()
    assert admin.post("/desk/people/import/confirm").url == "/desk/people/import"


def test_who_may_not_come_in_is_told_what_to_do(place: Place) -> None:
    told = as_role(place, "grid_worker").get("/desk/people", headers={"Accept": "application/json"})
    assert told.status_code == 403 and told.json()["message"]
    nobody = Client()
    assert nobody.get("/desk/people").url == "/account/login/?next=/desk/people"
    part = nobody.get("/desk/people", headers={"HX-Request": "true"})
    assert part.status_code == 401 and part.headers["HX-Redirect"] == "/account/login/"


def test_what_is_no_workbook_is_told_so(admin: Client) -> None:
    for data in (b"", b"hello", b"PK\x03\x04 broken"):
        file = io.BytesIO(data)
        file.name = "x.xlsx"
        answer = admin.post("/desk/people/import", {"file": file})
        assert answer.status_code == 200 and answer.context["form"].errors["file"]


def test_the_template_can_be_filled_in_in_either_language(admin: Client) -> None:
    for language in ("zh-hans", "en"):
        admin.cookies["django_language"] = language
        book = CalamineWorkbook.from_filelike(io.BytesIO(admin.get("/desk/people/import/template").content))
        assert len(book.sheet_names) == 3
        admin.cookies["django_language"] = "en" if language == "zh-hans" else "zh-hans"
        file = io.BytesIO(admin.get("/desk/people/import/template").content)
        file.name = "t.xlsx"
        assert admin.post("/desk/people/import", {"file": file}).context["plan"].ready is False


@pytest.mark.parametrize("text", ["2026-11-22", "2026/11/22", "2026.11.22", "2026年11月22日", "20261122"])
def test_days_as_offices_write_them(text: str) -> None:
    assert str(as_day(text)) == "2026-11-22"
    assert as_day("2026-13-01") is None and as_day("明天") is None


@pytest.mark.parametrize("page", ["people", "people/new", "people/forgotten", "people/import", "units", "units/new"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_open_in_both_languages(admin: Client, page: str, language: str) -> None:
    admin.cookies["django_language"] = language
    text = admin.get(f"/desk/{page}").content.decode()
    assert " style=" not in text and "<h1" in text
