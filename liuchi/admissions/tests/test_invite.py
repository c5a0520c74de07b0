"""Invitations by a link: a code that works once, for some days, with what the desk filled in."""

from datetime import timedelta

import pytest
from django.test import Client

from liuchi.admissions import actions, keeping, rules
from liuchi.admissions.actions import inviting
from liuchi.admissions.models import Application, Invitation, InvitationCode
from liuchi.admissions.tests.helpers import NOW, applied, by, days_later, programme, somebody
from liuchi.admissions.tests.test_pages import client_of, resident
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.tests.at_once import at_once

pytestmark = pytest.mark.django_db


def invited(place, one, at=NOW, **more):
    made = actions.make_code(by(place.person("community_clerk"), at), one.pk, area=place.community, **more)
    return made, inviting.code_on(made)


def refused(ctx, code, person):
    with pytest.raises(Refused) as told:
        actions.take_up(ctx, code, person)
    return told.value.code


def test_it_works_once_and_for_who_took_it_up_it_goes_on_working(place):
    one, first, second = programme(place, invited=True), somebody("王小河"), somebody("李小山")
    made, code = invited(place, one)
    assert actions.take_up(by(first), code, first) == one
    assert refused(by(second), code, second) == "taken"
    assert actions.take_up(by(first), code.upper().replace("-", " "), first) == one  # tapped again
    assert Invitation.objects.get().person == first
    assert Row.objects.filter(verb="invitation.taken").count() == 1
    assert applied(place, one, first).state == "sent"  # who was not invited can't
    with pytest.raises(Refused) as told:
        applied(place, one, second)
    assert told.value.code == "not_invited"
    made.refresh_from_db()
    assert made.code_cipher is None and made.filled_cipher is None  # nobody needs them any more


def test_it_runs_out_and_is_taken_back(place):
    one, person = programme(place), somebody()
    _made, code = invited(place, one, days=3)
    assert refused(by(person, days_later(4)), code, person) == "over"
    assert actions.take_up(by(person, days_later(3)), code, person) == one
    made, code = invited(place, one)
    actions.end_code(by(place.person("secretary")), made.pk)
    assert refused(by(person), code, person) == "taken_back"
    assert refused(by(person), "abcd-efgh-jkmn", person) == "not_found"
    with pytest.raises(Refused) as told:
        invited(place, one, days=61)
    assert told.value.field == "days"


def test_the_wrong_person_does_not_use_it_up(place):
    one, other, right = programme(place), somebody("李小山"), somebody("王 小河")
    _made, code = invited(place, one, name="王小河")
    with pytest.raises(Refused) as told:
        actions.take_up(by(other), code, other)
    assert told.value.code == "other_name" and "王小河" not in told.value.sentence
    assert refused(by(other), code, right) == "not_yours"
    assert actions.take_up(by(right), code, right) == one


def test_who_may_not_appoint_there_invites_nobody(place):
    one = programme(place)
    for role in ("grid_worker", "rider"):
        with pytest.raises(Refused) as told:
            actions.make_code(by(place.person(role)), one.pk, area=place.community)
        assert told.value.code == "not_yours"
    with pytest.raises(Refused):
        actions.make_code(by(place.person("community_clerk")), one.pk, area=place.other_street)


def test_of_two_who_tap_it_at_the_same_moment_one_gets_it(transactional_db, place):
    one = programme(place)
    people = [somebody("甲"), somebody("乙")]
    _made, code = invited(place, one)
    got = at_once(*[lambda person=person: actions.take_up(by(person), code, person).key for person in people])
    assert sorted(got) == ["taken", "test"]
    assert Invitation.objects.count() == 1


def test_what_is_not_needed_is_wiped_and_a_person_takes_theirs_along(place):
    one, person = programme(place), somebody()
    open_, _code = invited(place, one, name="李小山", days=3)
    _taken, code = invited(place, one, answers={"why": "常来驿站"})
    actions.take_up(by(person), code, person)
    assert "常来驿站" in str(keeping.kept(person.pk))
    actions.sweep_codes(NOW + timedelta(days=4))
    open_.refresh_from_db()
    assert open_.for_cipher is None and inviting.filled_in(one.pk, person.pk)
    actions.sweep_codes(NOW + timedelta(days=91))
    assert inviting.filled_in(one.pk, person.pk) is None


def test_the_desk_consents_for_nobody(place):
    said = rules.read(programme(place).draft)
    assert {field.key for field in inviting.for_the_desk(said).fields} == {"why", "phone"}
    made, _code = invited(place, programme(place, key="b", letter_mark="乙"), answers={"why": "好", "yes": True})
    assert inviting.filled_of(made)["answers"] == {"why": "好"}


class TestPages:
    def test_from_the_desk_over_an_account_to_the_application(self, place, settings):
        one = programme(place, invited=True)
        desk = client_of(place.person("community_clerk"))
        address = f"/desk/admissions/programmes/{one.pk}/invite"
        assert desk.post(address, {"area": place.community.pk, "days": "0"}).context["form"].errors["days"]
        sent = {"name": "王小河", "area": place.community.pk, "days": "14", "q_why": "天天在驿站帮忙", "q_yes": "on"}
        sheet = desk.post(address, sent, follow=True)
        assert "邀请函" in sheet.content.decode() and "王小河" in sheet.content.decode()
        link = sheet.context["link"]
        path = link[link.index("/i/") :]
        guest = Client(headers={"accept-language": "zh-hans"})
        page = guest.get(path).content.decode()
        assert "王**" in page and "王小河" not in page and f"/account/signup/?next={path}" in page
        account = {"name": "王小河", "phone": "13912345678", "password": "six foot alley 6", "account": "on"}
        back = guest.post(f"/account/signup/?next={path}", account)
        assert back.status_code == 302 and back.url == path
        assert InvitationCode.objects.get().taken_at is None  # opening it uses nothing up
        form = guest.post(f"{path}/take", follow=True)
        assert form.redirect_chain[-1][0] == f"/admissions/{one.key}/apply"
        assert "天天在驿站帮忙" in form.content.decode() and "已先填了一部分" in form.content.decode()
        assert form.context["form"].initial["area"] == str(place.community.pk)
        whole = {"do": "send", "area": place.community.pk, "q_why": "天天在", "q_phone": "13912345678", "q_yes": "on"}
        assert guest.post(f"/admissions/{one.key}/apply", whole).status_code == 302
        assert Application.objects.get().state == "sent"
        assert client_of(resident("李小山")).get(path).context["fault"]
        assert InvitationCode.objects.get().filled_cipher is None

    def test_a_shop_that_is_not_registered_finds_its_name_filled_in(self, place):
        one = programme(place, who="business", gives=[])
        keeper = resident()
        made, code = invited(place, one, shop={"shop_name": "桂语小厨", "shop_address": "文汇路 1 号", "else": "x"})
        assert inviting.filled_of(made)["shop"] == {"shop_name": "桂语小厨", "shop_address": "文汇路 1 号"}
        page = client_of(keeper).post(f"/i/{code}/take", follow=True).content.decode()
        assert "桂语小厨" in page and "文汇路 1 号" in page

    def test_pages_cost_little(self, place, django_assert_max_num_queries):
        one = programme(place)
        for _time in range(5):
            made, code = invited(place, one, name="王小河")
        desk = client_of(place.person("community_clerk"))
        with django_assert_max_num_queries(9):
            assert desk.get(f"/desk/admissions/programmes/{one.pk}/invite").content.decode().count("王小河") == 5
        with django_assert_max_num_queries(4):
            assert Client().get(f"/i/{code}").status_code == 200
        assert desk.post(f"/desk/admissions/invitations/{made.pk}/end").status_code == 302
        assert Client().get(f"/i/{code}").context["fault"]
        assert Client().get("/i/abcd-efgh-jkmn").status_code == 404
