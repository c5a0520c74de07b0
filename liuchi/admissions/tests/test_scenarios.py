"""The figures of the five documents, counted from records."""

import io
from datetime import date

import cv2
import numpy as np
import pytest
import xlsxwriter

from liuchi.admissions import actions, paper, queries, rules
from liuchi.admissions.actions.appointing import Line
from liuchi.admissions.desk.listing import from_workbook, look_through
from liuchi.admissions.models import Admission, Letter, Programme
from liuchi.admissions.tests.helpers import NOW, by, shop, somebody, system
from liuchi.kernel import granting
from liuchi.kernel.documents import word
from liuchi.kernel.errors import Refused
from liuchi.people.access import actor_at
from liuchi.people.models import Post
from liuchi.people.tests.conftest import area

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def ready(place):
    actions.set_up(system(), place.street, place.office)
    return {one.key: one for one in Programme.objects.select_related("version")}


def counted(place, key):
    """(title, how many) of a programme in the street this year."""
    return {row["title"]: row["admitted"] for row in queries.figures(place.street, *YEAR) if row["programme"] == key}


def scanned(page):
    """What a phone reads from the page; held closer, and less still, when it does not at first."""
    picture = cv2.imdecode(np.frombuffer(page, np.uint8), cv2.IMREAD_GRAYSCALE)
    corner = picture[picture.shape[0] * 6 // 10 :, : picture.shape[1] * 4 // 10]
    closer = (cv2.resize(corner, None, fx=by_, fy=by_, interpolation=cv2.INTER_CUBIC) for by_ in (2, 3, 4, 2.5))
    closer = [*closer, *(cv2.GaussianBlur(cv2.resize(corner, None, fx=by_, fy=by_), (5, 5), 0) for by_ in (3, 4))]
    return next((said for view in (picture, *closer) if (said := cv2.QRCodeDetector().detectAndDecode(view)[0])), "")


def letters(admissions):
    found = Letter.objects.filter(admission__in=admissions).select_related(
        "admission__version", "admission__person", "admission__business", "admission__programme__unit"
    )
    return list(found.order_by("pk"))


def test_set_up_makes_each_once_and_opens_all_whose_grants_are_there(ready, place):
    assert set(ready) == {"observer", "friendly-shop", "trade-in", "model-post", "friendly-compound", "alliance"}
    assert {one.state for one in ready.values()} == {"open"}
    assert actions.set_up(system(), place.street, place.office) == []
    assert len(ready["model-post"].version.definition.titles) == 2  # 文明示范岗、诚信示范岗


def test_without_a_map_in_the_house_the_friendly_shops_are_made_but_not_opened(place, monkeypatch):
    monkeypatch.setattr(granting, "_kinds", {"post": granting.kinds()["post"]})
    made = {one.key: one for one in actions.set_up(system(), place.street, place.office)}
    assert made["friendly-shop"].state == "draft" and made["observer"].state == "open"
    with pytest.raises(Refused, match=r"."):
        actions.open_(system(), made["friendly-shop"].pk)


def test_twenty_are_appointed_in_one_ceremony_each_with_a_letter_that_verifies(ready, place):
    sheet = io.BytesIO()
    book = xlsxwriter.Workbook(sheet)
    page = book.add_worksheet()
    page.write_row(0, 0, ["姓名", "手机号"])
    for at in range(20):
        page.write_row(at + 1, 0, [f"骑手{at:02d}", 13900000000 + at])
    book.close()
    one = ready["observer"]
    seen = look_through("\n".join(from_workbook(sheet.getvalue())), "治理观察员", one, place.community)
    assert len(seen) == 20 and not [line.fault for line in seen if line.fault]
    clerk = by(place.person("community_clerk"))
    lines = [Line(name=line.name, phone=line.phone, area=place.community, title=line.title) for line in seen]
    with pytest.raises(Refused) as refused:
        actions.appoint_many(clerk, one.pk, lines, agreed=False)
    assert refused.value.field == "agreed"
    made = actions.appoint_many(clerk, one.pk, lines, agreed=True)
    assert counted(place, "observer") == {"治理观察员": 20}
    written = paper.papers(letters(made), "https://liuchi.example")
    pages = paper.as_pictures(written, 100)
    assert len(pages) == 20
    for page_, letter in zip(pages, written, strict=True):
        link = scanned(page_)
        assert link == letter.link
        assert queries.verified(link.rpartition("/")[2], NOW.date()).state == "valid"
    assert b"NotoSerifSC" in paper.as_pdf(written)
    text = list(word.text_of(paper.as_word(written)))
    assert sum("骑手" in line and "治理观察员" in line for line in text) == 20
    assert sum(line == "聘　书" for line in text) == 20
    # nobody of the list twice, and all or nobody
    with pytest.raises(Refused):
        actions.appoint_many(
            clerk, one.pk, [*lines, Line("新人", place.community, "治理观察员", "13911110000")], agreed=True
        )
    assert Admission.objects.count() == 20
    assert look_through("骑手00 13900000000", "治理观察员", one, place.community)[0].fault


def test_fifty_one_riders_join_the_grids_of_a_county_and_open_nobodys_case(place):
    county = place.street.parent
    said = rules.read(actions.setting_up.READY[0].said | {"letter_mark": "县聘"})
    one = actions.make(system(), name="兼职网格员", area=county, key="riders", said=said)
    actions.open_(system(), one.pk)
    grids = [area(f"34088100100{1 + at // 9}{10 + at % 9:03d}", f"网格{at}", "grid") for at in range(17)]
    people_ = [somebody(f"骑手{at}", f"1370000{at:04d}") for at in range(51)]
    lines = [Line(who.name, grids[at % 17], "兼职网格员", person=who) for at, who in enumerate(people_)]
    actions.appoint_many(system(), one.pk, lines, agreed=True)
    [row] = [row for row in queries.figures(county, *YEAR) if row["programme"] == "riders"]
    assert (row["title"], row["admitted"]) == ("兼职网格员", 51)
    posts = Post.objects.filter(person__in=people_)
    assert posts.count() == 51 and set(posts.values_list("role", flat=True)) == {"observer"}
    assert not any(
        actor_at(who.pk, NOW).may(ability) for who in people_[:5] for ability in ("cases.see", "cases.handle")
    )


def test_thirteen_friendly_shops_and_seventeen_corners_stand_on_the_map(ready, place):
    one, made = ready["friendly-shop"], 0
    place.community.lon, place.community.lat = 117.03, 30.52
    place.community.save()
    for title, number in (("友好商家", 13), ("服务角", 17)):
        for at in range(number):
            keeper = somebody(f"店主{title}{at}")
            business = shop(place, f"{title}{at}", keeper)
            answers = {"services": ["喝水", "歇脚"], "hours": "9:00-21:00", "phone": "13800001234", "shown": True}
            me = by(keeper, channel="phone")
            draft = actions.save(me, one.pk, keeper, answers, business=business, title=title)
            actions.send(me, draft.pk)
            actions.approve(by(place.person("community_clerk")), draft.pk)
            made += 1
    assert counted(place, "friendly-shop") == {"友好商家": 13, "服务角": 17}
    held = Admission.objects.filter(programme=one)
    assert held.filter(grants__kind="service_point", grants__made__isnull=False).count() == made == 30
    # taken back, it goes from the map
    first = held.order_by("pk")[0]
    actions.give_back(by(first.person), first.pk)
    assert first.grants.get().ended


def test_165_caring_shops_20_compounds_and_69_firms_of_an_alliance(ready, place, monkeypatch):
    marks: list[object] = []
    fake = granting.Kind("map", lambda _ctx, granted: marks.append(granted.settings["kind"]), lambda _ctx, _made: None)
    monkeypatch.setitem(granting._kinds, "service_point", fake)
    shops = [shop(place, f"爱心商户{at}") for at in range(165)]
    lines = [Line(one.name, one.area, "爱心商户", business=one) for one in shops]
    actions.appoint_many(by(place.person("community_clerk")), ready["friendly-shop"].pk, lines, agreed=True)
    assert counted(place, "friendly-shop") == {"爱心商户": 165} and marks == ["shop"] * 165
    firms = [shop(place, f"新经济企业{at}") for at in range(69)]
    lines = [Line(one.name, one.area, "联盟成员", business=one) for one in firms]
    actions.appoint_many(by(place.person("dispatcher")), ready["alliance"].pk, lines, agreed=True)
    assert counted(place, "alliance") == {"联盟成员": 69}
    from liuchi.people import actions as people

    for at in range(20):
        unit = people.open_unit(system(), kind="property_manager", name=f"{at}号小区物业", area=place.community)
        manager = somebody(f"经理{at}")
        people.appoint(system(), manager, role="handler", organisation=unit, begins=date(2026, 1, 1))
        me = by(manager, channel="phone")
        answers = {
            "compound": f"{at}号小区",
            "gates": "东门全天",
            "riding": "推行",
            "parking": "东门内",
            "numbers": "清楚",
            "meeting": True,
        }
        draft = actions.save(me, ready["friendly-compound"].pk, manager, answers, organisation=unit)
        actions.send(me, draft.pk)
        actions.pass_on(by(place.person("community_clerk")), draft.pk)
        actions.approve(by(place.person("dispatcher")), draft.pk)
    assert counted(place, "friendly-compound") == {"友好小区": 20}
    assert Letter.objects.count() == 165 + 69 + 20
