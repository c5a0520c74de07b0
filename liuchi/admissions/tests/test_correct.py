"""What the clerk sees of what she had asked for, and what a yes would bring before it is given."""

import pytest

from liuchi.admissions import actions
from liuchi.admissions.actions.acting import returned_with
from liuchi.admissions.tests.helpers import ANSWERS, again, applied, by, programme, somebody
from liuchi.admissions.tests.test_pages import client_of, resident
from liuchi.people.models import Look

pytestmark = pytest.mark.django_db


def page_of(desk, application):
    return desk.get(f"/desk/admissions/applications/{application.pk}").content.decode()


def test_what_was_asked_for_stands_beside_what_came_back(place):
    one, clerk = programme(place), place.person("community_clerk")
    application = applied(place, one, somebody())
    desk, me = client_of(clerk), by(application.person, channel="phone")
    assert "补正前后对照" not in page_of(desk, application)
    actions.send_back(by(clerk), application.pk, {"why": "写具体在哪条路", "phone": "号码打不通"})
    assert "天天路过".encode() not in bytes(again(application).returned_cipher)
    changed = ANSWERS | {"why": "每天送餐经过文汇路三次"}
    actions.save(me, one.pk, application.person, changed)
    # what is being written is the applicant's own until it is sent
    assert "文汇路三次" not in page_of(desk, application) and "天天路过" in page_of(desk, application)
    actions.send(me, application.pk)
    page = page_of(desk, application)
    table = page[page.index("补正前后对照") : page.index("</table>", page.index("补正前后对照"))]
    assert "写具体在哪条路" in table and "天天路过，看得见" in table and "每天送餐经过文汇路三次" in table
    assert "号码打不通" in table and "没有改" in table and "13800001111" not in page
    actions.send_back(by(clerk), application.pk, {"phone": "还是打不通"})
    actions.save(me, one.pk, application.person, changed | {"phone": "13900002222", "why": "换一句"})
    actions.send(me, application.pk)
    page = page_of(desk, application)
    assert (
        "换了一个号码" in page
        and "申请人另外改的" in page
        and "13900002222" not in page
        and "写具体在哪条路" not in page
    )
    actions.pass_on(by(clerk), application.pk)
    actions.approve(by(place.person("dispatcher")), application.pk)
    assert returned_with(again(application)) == {}


def test_what_a_yes_brings_is_told_before_it_is_given(place):
    one = programme(place, capacity=1)
    first, second = (applied(place, one, somebody(name)) for name in ("王小河", "李小溪"))
    clerk, dispatcher = client_of(place.person("community_clerk")), client_of(place.person("dispatcher"))
    page = page_of(clerk, first)
    assert 'data-opens="yes"' in page and "接下来由街道派遣员审核" in page and "复核" in page
    for application in (first, second):
        actions.pass_on(by(place.person("community_clerk")), application.pk)
    page = page_of(dispatcher, first)
    for said in (
        "王小河：“治理观察员”",
        "生成“聘书”并编号",
        "同时生成：以此称号任职",
        "马上通知王小河",
        "只能按项目列明的事由撤销",
    ):
        assert said in page
    actions.approve(by(place.person("dispatcher")), first.pk)
    assert "名额已满：先列入候补" in page_of(dispatcher, second)


def test_the_list_goes_on_as_it_was_chosen(place):
    one = programme(place)
    application = applied(place, one, somebody())
    desk = client_of(place.person("community_clerk"))
    page = desk.get(f"/desk/admissions?tab=desk&programme={one.pk}").content.decode()
    assert page.count(f'name="programme" value="{one.pk}"') == 3  # yes, return, refuse
    address, chosen = f"/desk/admissions/applications/{application.pk}/pass", {"tab": "desk", "programme": one.pk}
    assert desk.post(address, chosen)["Location"] == f"/desk/admissions?tab=desk&programme={one.pk}"
    late = desk.post(address, chosen)["Location"]
    assert late.startswith(f"/desk/admissions?tab=desk&programme={one.pk}&open=") and str(application.pk) in late


def test_each_day_of_reading_is_one_line_that_the_applicant_sees(place):
    person = resident()
    application = applied(place, programme(place), person)
    clerk, leader = (client_of(place.person(role)) for role in ("community_clerk", "grid_leader"))
    for desk in (clerk, clerk, leader, clerk):
        page_of(desk, application)
    assert Look.objects.filter(what="application").count() == 2
    mine = client_of(person)
    follow = mine.get(f"/admissions/applications/{application.pk}").content.decode()
    assert "谁看过这份申请" in follow and follow.count("看过 1 次") == 2 and "社区工作者" in follow
    assert "您的申请材料" in mine.get("/me/data").content.decode()
    assert place.person("community_clerk").name not in follow
