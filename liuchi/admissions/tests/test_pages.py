"""The pages of phone and desk: what they show, what they keep, what they cost."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from liuchi.admissions import actions, rules
from liuchi.admissions.actions.acting import answers_of
from liuchi.admissions.actions.letters import code_of
from liuchi.admissions.home import home
from liuchi.admissions.models import Admission, Application, Letter, Programme
from liuchi.admissions.tests.helpers import admitted, again, applied, by, programme, somebody, system
from liuchi.kernel.media.models import Media
from liuchi.people import actions as people
from liuchi.people.access import NOBODY, Actor
from liuchi.people.models import Look

pytestmark = pytest.mark.django_db
NAMES = "甲乙丙丁戊己庚辛壬癸"


def client_of(person):
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(person.login)
    return client


def resident(name="王小河", username="xiaohe"):
    person = somebody(name)
    people.open_login(system(), person, username, "six foot alley")
    return person


def photo(colour="red"):
    out = BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return SimpleUploadedFile("a.jpg", out.getvalue(), content_type="image/jpeg")


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_FOLDER = tmp_path


def test_applying_on_the_phone_with_a_photo_kept_and_sent(place):
    one, person = programme(place), resident()
    page, address = client_of(person), f"/admissions/{one.key}/apply"
    assert "为什么" in page.get(address).content.decode()
    sent = {"do": "save", "area": place.community.pk, "q_why": "路过", "q_photo": photo()}
    assert page.post(address, sent).status_code == 302
    draft = Application.objects.get()
    assert draft.state == "draft" and Media.objects.filter(record=draft.record).count() == 1
    key = answers_of(draft)["photo"][0]
    again_ = page.get(address).content.decode()
    assert "路过" in again_ and key in again_
    lacking = page.post(address, {"do": "send", "area": place.community.pk, "q_why": "路过", "kept_photo": key})
    assert lacking.status_code == 200 and "这一项还没填" in lacking.content.decode()
    sent = {
        "do": "send",
        "area": place.community.pk,
        "q_why": "路过",
        "kept_photo": key,
        "q_phone": "13800001111",
        "q_yes": "on",
    }
    assert page.post(address, sent)["Location"] == f"/admissions/applications/{draft.pk}"
    page.post(address, sent)  # a double tap
    assert again(draft).state == "sent" and Application.objects.count() == 1
    follow = page.get(f"/admissions/applications/{draft.pk}").content.decode()
    assert "已提交" in follow and "社区工作者" in follow


def test_a_returned_application_shows_its_marks_and_a_dropped_photo_goes(place):
    one, person = programme(place), resident()
    page, address = client_of(person), f"/admissions/{one.key}/apply"
    page.post(
        address,
        {
            "do": "send",
            "area": place.community.pk,
            "q_why": "路过",
            "q_photo": photo(),
            "q_phone": "13800001111",
            "q_yes": "on",
        },
    )
    application = Application.objects.get()
    desk = client_of(place.person("community_clerk"))
    back = desk.post(
        f"/desk/admissions/applications/{application.pk}/return", {"mark_why": "请写具体", "mark_photo": "看不清"}
    )
    assert back.status_code == 302 and again(application).marks == {"why": "请写具体", "photo": "看不清"}
    assert "请写具体" in page.get(address).content.decode()
    page.post(
        address,
        {
            "do": "send",
            "area": place.community.pk,
            "q_why": "每天三次",
            "q_phone": "13800001111",
            "q_yes": "on",
            "q_photo": photo("blue"),
        },
    )
    assert again(application).state == "checking" and Media.objects.filter(record=application.record).count() == 1


def test_the_desk_decides_with_what_it_saw(place):
    one = programme(place, checks=[{"role": "community_clerk"}])
    application = applied(place, one, somebody())
    desk = client_of(place.person("community_clerk"))
    page = desk.get("/desk/admissions").content.decode()
    assert "王小河" in page and "13800001111" not in page and "天天路过" in page
    expect = re.search(r'name="expect" value="(\d+)"', page)[1]
    address = f"/desk/admissions/applications/{application.pk}"
    shown = desk.post(f"{address}/phone/phone").content.decode()
    assert "13800001111" in shown
    assert sorted(Look.objects.values_list("what", flat=True)) == ["application", "phone"]
    assert desk.post(f"{address}/refuse", {"reason": ""}).status_code == 302
    assert again(application).state == "sent"
    actions.send_back(by(place.person("community_clerk")), application.pk, {"why": "再写"})
    actions.send(by(application.person), application.pk)
    late = desk.post(f"{address}/approve", {"expect": expect}, follow=True)  # a page from before
    assert again(application).state == "checking" and "banner bad" in late.content.decode()
    assert desk.post(f"{address}/approve").status_code == 302
    assert again(application).state == "admitted"
    assert desk.post(f"{address}/nothing").status_code == 404


def test_a_letter_on_the_phone_its_pdf_and_its_public_page(place):
    one, person = programme(place), resident()
    held = admitted(place, one, person)
    page = client_of(person)
    shown = page.get(f"/admissions/mine/{held.pk}").content.decode()
    assert "<svg" in shown and "六街试〔2026〕1号" in shown and "style=" not in shown
    file = page.get(f"/admissions/mine/{held.pk}/letter.pdf")
    assert file.content.startswith(b"%PDF-")
    code = code_of(held.letters.get())
    anybody = Client(headers={"accept-language": "zh-hans"}).get(f"/v/{code}")
    public = anybody.content.decode()
    assert "真实有效" in public and "王**" in public and "王小河" not in public and "noindex" in anybody["X-Robots-Tag"]
    assert Client().get("/v/aaaa-bbbb-cccc").status_code == 404
    assert page.post(f"/admissions/mine/{held.pk}/give-back").status_code == 302
    assert "已失效" in Client(headers={"accept-language": "zh-hans"}).get(f"/v/{code}").content.decode()


def test_twenty_are_pasted_looked_through_appointed_and_printed(place):
    one = programme(place)
    desk = client_of(place.person("community_clerk"))
    address = f"/desk/admissions/programmes/{one.pk}/appoint"
    lines = "\n".join(f"骑手{NAMES[at // 10]}{NAMES[at % 10]}, 1390000{at:04d}" for at in range(20))
    sent = {"title": "治理观察员", "area": place.community.pk, "begins": "2026-11-22", "lines": lines}
    bad = desk.post(
        address, sent | {"lines": f"{lines}\n没有号码\n骑手甲甲 13900000000", "do": "appoint", "agreed": "on"}
    )
    assert "有 2 行要先改一下" in bad.content.decode() and Admission.objects.count() == 0
    assert "20 行，可以写入" in desk.post(address, sent | {"do": "check"}).content.decode()
    assert desk.post(address, sent | {"do": "appoint"}).status_code == 200 and Admission.objects.count() == 0
    done = desk.post(address, sent | {"do": "appoint", "agreed": "on"})
    assert done.status_code == 302 and Admission.objects.count() == 20
    page = desk.get(done["Location"]).content.decode()
    assert page.count("checked") >= 20
    held = [str(pk) for pk in Admission.objects.values_list("pk", flat=True)]
    letters = desk.post("/desk/admissions/holders/letters", {"held": held, "as": "pdf"})
    assert letters.content.startswith(b"%PDF-")
    assert desk.post("/desk/admissions/holders/letters", {"held": held, "as": "word"}).content.startswith(b"PK")
    assert "还没打印" not in desk.get(done["Location"]).content.decode()
    elsewhere = people.register_person(system(), name="外来")
    people.open_login(system(), elsewhere, "wailai", "six foot alley")
    people.appoint(system(), elsewhere, role="dispatcher", area=place.other_street)
    assert client_of(elsewhere).post("/desk/admissions/holders/letters", {"held": held}).status_code == 302


def test_all_letters_of_a_programme_that_were_not_printed_yet_are_one_choice(place):
    one, other = programme(place), programme(place, key="other", letter_mark="六街另")
    for at in range(20):
        line = actions.Line(f"骑手{at}", place.community, "治理观察员", f"1390000{at:04d}")
        actions.appoint_many(by(place.person("secretary")), one.pk, [line], agreed=True)
    admitted(place, other, somebody("李小溪"))
    desk, address = client_of(place.person("community_clerk")), "/desk/admissions/holders/letters"
    page = desk.get(f"/desk/admissions/holders?programme={one.pk}").content.decode()
    assert "还没打印的 20 份" in page and "data-every" in page
    assert "还没打印的 21 份" in desk.get("/desk/admissions/holders").content.decode()
    sent = {"as": "new-pdf", "programme": one.pk}
    assert desk.post(address, sent).content.startswith(b"%PDF-")
    assert Letter.objects.filter(printed=1).count() == 20
    told = desk.post(address, sent, follow=True).content.decode()
    assert "都已打印过" in told and Letter.objects.filter(printed=1).count() == 20
    assert desk.post(address, {"as": "new-word"}).content.startswith(b"PK")
    assert not Letter.objects.filter(printed=0).exists()


def test_a_copy_of_a_programme_is_a_draft_with_a_name_of_its_own(place):
    one, desk = programme(place), client_of(place.person("secretary"))
    page = desk.get(f"/desk/admissions/programmes/new?from={one.pk}").content.decode()
    assert "观察员（副本）" in page and f'value="{one.pk}" selected' in page
    made = desk.post("/desk/admissions/programmes/new", {"name": "夜间观察员", "area": place.street.pk, "like": one.pk})
    copy = Programme.objects.get(name="夜间观察员")
    assert made["Location"].endswith(str(copy.pk)) and copy.state == "draft" and copy.key != one.key
    said, before = rules.read(copy.draft), rules.read(one.draft)
    assert (said.fields, said.checks, said.gives, said.letter_words) == (
        before.fields, before.checks, before.gives, before.letter_words
    )  # fmt: skip
    assert said.letter_mark == "" and "编号的字头" in desk.get(made["Location"]).content.decode()


def test_a_secretary_writes_a_new_programme_without_code(place):
    desk = client_of(place.person("secretary"))
    made = desk.post("/desk/admissions/programmes/new", {"name": "楼道长", "area": place.street.pk})
    one = Programme.objects.get(name="楼道长")
    address = f"/desk/admissions/programmes/{one.pk}"
    assert made["Location"] == address
    page = desk.get(address).content.decode()
    assert "还缺" in page
    sent = {
        "name": "楼道长", "who": "person", "about": "照看一个楼道。", "titles": "楼道长、副楼道长", "gives": ["post"],
        "fields.key": ["a", "b"], "fields.label": ["哪个楼道", "愿意吗"], "fields.kind": ["place", "consent"],
        "fields.required": ["1", "1"], "fields.help": ["", ""], "fields.choices": ["", ""],
        "checks.role": ["community_clerk"], "checks.look": ["住不住在这里"], "checks.days": ["3"], "appeal_role": "secretary",
        "months": "24", "renewal": "ask", "renewal_days": "45", "grounds": "搬走了\n本人不愿继续", "capacity": "40",
        "letter_heading": "聘书", "letter_words": "兹聘请{name}为{title}。", "letter_mark": "六街楼",
    }  # fmt: skip
    desk.post(address, sent | {"do": "add.fields"})
    assert len(again(one).draft["fields"]) == 3
    desk.post(address, sent | {"do": "down.fields.0"})
    assert [field["label"] for field in again(one).draft["fields"]] == ["愿意吗", "哪个楼道"]
    assert "楼道长" in desk.get(f"{address}/preview").content.decode()
    assert desk.post(address, sent | {"do": "open"}).status_code == 302
    assert again(one).state == "open"
    said = again(one).version.definition
    assert (said.titles, said.capacity, said.months) == (("楼道长", "副楼道长"), 40, 24)
    phone = client_of(resident()).get(f"/admissions/{one.key}").content.decode()
    assert "照看一个楼道" in phone and "全凭自愿" in phone
    assert desk.post(f"{address}/close").status_code == 302 and again(one).state == "closed"


def test_what_pages_cost(place, django_assert_max_num_queries):
    one, person = programme(place), resident()
    for name in NAMES:
        applied(place, one, somebody(name))
    held = admitted(place, one, person)
    desk, page = client_of(place.person("community_clerk")), client_of(person)
    for address, most in (
        ("/desk/admissions", 12),
        ("/desk/admissions/holders", 11),
        (f"/desk/admissions/holders/{held.pk}", 8),
    ):
        with django_assert_max_num_queries(most):
            assert desk.get(address).status_code == 200
    for address, most in (("/admissions", 9), (f"/admissions/{one.key}", 9), (f"/admissions/mine/{held.pk}", 7)):
        with django_assert_max_num_queries(most):
            assert page.get(address).status_code == 200
    with django_assert_max_num_queries(2):
        told = home(Actor(held.person_id))
    assert told["appointments"][0]["title"] == "治理观察员" and told["open"] == 0
    assert home(NOBODY)["appointments"] == []


def test_what_is_by_invitation_is_not_there_for_others(place):
    one, person = programme(place, invited=True), resident()
    assert client_of(person).get(f"/admissions/{one.key}").status_code == 404
    assert one.name not in client_of(person).get("/admissions").content.decode()
    actions.invite(by(place.person("secretary")), one.pk, [person])
    assert one.name in client_of(person).get("/admissions").content.decode()
    assert rules.read(one.draft).invited


def test_a_spot_on_the_map_is_kept_encrypted_shown_at_the_desk_and_taken_over_by_what_is_granted(place, monkeypatch):
    from liuchi.kernel import granting

    made = []
    kind = granting.Kind("点", lambda _ctx, granted: made.append(granted.answers), lambda _ctx, _made: None)
    monkeypatch.setitem(granting._kinds, "spot", kind)
    asked = [{"key": "where", "label": "店门在哪里", "kind": "place"}]
    one = programme(place, fields=asked, gives=[{"kind": "spot"}], checks=[{"role": "community_clerk"}])
    page, address = client_of(resident()), f"/admissions/{one.key}/apply"
    assert "data-spot-field" in page.get(address).content.decode()
    sent = {"do": "send", "area": place.community.pk, "q_where": "菜场北门", "q_where_lon": "x", "q_where_lat": "31.8"}
    assert "地图上没有这个点" in page.post(address, sent).content.decode()
    assert page.post(address, sent | {"q_where_lon": "117.3012344"}).status_code == 302
    application = Application.objects.get()
    assert b"117.30" not in bytes(application.answers_cipher)
    assert "菜场北门" in page.get(f"/admissions/applications/{application.pk}").content.decode()
    clerk = place.person("community_clerk")
    desk = client_of(clerk).get(f"/desk/admissions/applications/{application.pk}").content.decode()
    assert 'data-lon="117.301234" data-lat="31.8"' in desk
    actions.approve(by(clerk), application.pk)
    assert made == [{"where": "菜场北门", "lon": 117.301234, "lat": 31.8}]
