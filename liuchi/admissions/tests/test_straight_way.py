"""From a draft to what is held, and what each turn writes."""

from datetime import timedelta

import pytest

from liuchi.admissions import actions, rules, telling
from liuchi.admissions.actions.acting import answers_of, is_vacant
from liuchi.admissions.models import Admission, Application
from liuchi.admissions.queries import verified
from liuchi.admissions.tests.helpers import (
    ANSWERS,
    NOW,
    admitted,
    again,
    applied,
    approved,
    by,
    day,
    days_later,
    programme,
    shop,
    somebody,
)
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.retention.actions import carry_out
from liuchi.people.access import actor_at
from liuchi.people.models import Absence, Look, Post

pytestmark = pytest.mark.django_db


def absence(post, deputy):
    """The deputy stands in for the holder of a post now."""
    Absence.objects.create(post=post, deputy=deputy, begins=NOW - timedelta(days=1), ends=NOW + timedelta(days=1))


def verbs(one):
    return list(Row.objects.filter(record_id=one.pk).order_by("version").values_list("verb", flat=True))


def test_written_sent_checked_twice_and_admitted_with_a_post_and_a_letter(place):
    one, person = programme(place), somebody()
    application = applied(place, one, person)
    assert application.state == "sent" and application.role == "community_clerk" and application.due_at
    assert application.number == "六街试申〔2026〕1号"
    application = approved(place, application)
    assert application.state == "admitted" and application.role == ""
    assert verbs(application) == ["application.saved", "application.sent", "application.passed", "application.approved"]
    held = Admission.objects.get(application=application)
    assert (held.begins, held.ends, held.title) == (day("2026-11-22"), day("2027-11-21"), "治理观察员")
    [post] = person.posts.all()
    assert (post.role, post.title, post.ends) == ("observer", "治理观察员", held.ends)
    [letter] = held.letters.all()
    assert letter.number == "六街试〔2026〕1号"
    assert not actor_at(person.pk, NOW).may("cases.see") and not actor_at(person.pk, NOW).is_staff


def test_answers_are_encrypted_and_a_phone_number_is_shown_with_a_trace(place):
    application = applied(place, programme(place), somebody())
    raw = bytes(again(application).answers_cipher)
    assert b"13800001111" not in raw and "天天".encode() not in raw
    assert answers_of(application) == ANSWERS
    clerk = place.person("community_clerk")
    assert actions.show_phone(by(clerk), application.pk, "phone") == "13800001111"
    [look] = Look.objects.filter(person=application.person)
    assert look.by == clerk and look.record_id == application.pk
    with pytest.raises(Refused):
        actions.show_phone(by(place.person("grid_leader")), application.pk, "phone")


def test_a_draft_is_kept_incomplete_and_sent_only_complete(place):
    one, person = programme(place), somebody()
    draft = actions.save(by(person, channel="phone"), one.pk, person, {"why": "先写一点"}, area=place.community)
    again_ = actions.save(by(person, channel="phone"), one.pk, person, {"why": "再写一点"}, area=place.community)
    assert draft.pk == again_.pk and Application.objects.count() == 1
    with pytest.raises(Refused) as refused:
        actions.send(by(person, channel="phone"), draft.pk)
    assert refused.value.field == "phone"
    assert again(draft).state == "draft"


def test_returned_with_marks_corrected_at_the_same_step(place):
    application = applied(place, programme(place), somebody())
    actions.pass_on(by(place.person("community_clerk")), application.pk)
    dispatcher = by(place.person("dispatcher"))
    with pytest.raises(Refused):
        actions.send_back(dispatcher, application.pk, {"why": "  ", "nothing": "x"})
    back = actions.send_back(dispatcher, application.pk, {"why": "请写具体一点", "nothing": "x"})
    assert back.state == "returned" and back.marks == {"why": "请写具体一点"} and back.role == ""
    me = by(application.person, channel="phone")
    actions.save(me, application.programme_id, application.person, ANSWERS | {"why": "每天早上送餐经过三次"})
    sent = actions.send(me, application.pk)
    assert sent.state == "checking" and sent.step == 1 and sent.role == "dispatcher" and sent.marks == {}


def test_refused_with_a_reason_and_one_appeal_to_another_role(place):
    application = applied(place, programme(place), somebody())
    clerk, me = by(place.person("community_clerk")), by(application.person, channel="phone")
    with pytest.raises(Refused):
        actions.refuse(clerk, application.pk, " ")
    assert actions.refuse(clerk, application.pk, "不常在这一带").state == "refused"
    with pytest.raises(Refused):
        actions.appeal(me, application.pk, "")
    appealed = actions.appeal(me, application.pk, "我每天都来")
    assert (appealed.state, appealed.role) == ("appealed", "secretary")
    with pytest.raises(Refused):
        actions.uphold(clerk, application.pk, "还是不行")  # who refused does not judge
    assert actions.uphold(by(place.person("secretary")), application.pk, "看了记录，确实不在片区").state == "closed"
    with pytest.raises(Refused):
        actions.appeal(me, application.pk, "再来一次")


def test_an_appeal_that_is_right_brings_all_of_it(place):
    application = applied(place, programme(place), somebody())
    actions.refuse(by(place.person("community_clerk")), application.pk, "不常在这一带")
    actions.appeal(by(application.person), application.pk, "我每天都来")
    assert actions.overturn(by(place.person("secretary")), application.pk).state == "admitted"
    assert Admission.objects.filter(application=application, state="running").count() == 1


def test_nobody_decides_on_their_own_application(place):
    clerk = place.person("community_clerk")
    application = applied(place, programme(place), clerk)
    with pytest.raises(Refused) as refused:
        actions.pass_on(by(clerk), application.pk)
    assert refused.value.code == "not_yours"
    # nobody else holds that role here: it waits, and is passed by nobody of another role
    for role in ("dispatcher", "secretary", "administrator"):
        with pytest.raises(Refused):
            actions.pass_on(by(place.person(role)), application.pk)
    assert is_vacant(application, NOW)
    row = Row.objects.get(record_id=application.pk, verb="application.sent")
    assert telling.desk(row) == {place.person("secretary").pk, place.person("dispatcher").pk}
    dispatcher = place.person("dispatcher")
    absence(place.posts["community_clerk"], dispatcher)
    assert not is_vacant(application, NOW)
    assert actions.pass_on(by(dispatcher), application.pk).step == 1
    row = Row.objects.get(record_id=application.pk, verb="application.passed")
    assert row.facts["stood_in"] and row.side("actor")["post"] == str(place.posts["community_clerk"].pk)


def test_a_role_that_nobody_holds_is_said_and_told_to_who_can_see_to_it(place):
    application = applied(place, programme(place, checks=[{"role": "grid_leader"}]), somebody())
    post = place.posts["grid_leader"]
    Post.objects.filter(pk=post.pk).update(ends=day("2026-11-01"))
    assert is_vacant(application, NOW)
    row = Row.objects.get(record_id=application.pk, verb="application.sent")
    assert telling.desk(row) == {place.person("secretary").pk, place.person("dispatcher").pk}
    assert "无人可审" in telling._to_desk(row)[0]
    with pytest.raises(Refused):
        actions.approve(by(place.person("administrator")), application.pk)


def test_nobody_appoints_or_renews_themselves_and_no_first_day_lies_far_away(place):
    one, clerk = programme(place), place.person("community_clerk")

    def appoint(person, **more):
        line = actions.Line(name=person.name, area=place.community, title="治理观察员", person=person)
        return actions.appoint_many(by(clerk), one.pk, [line], agreed=True, **more)

    with pytest.raises(Refused) as told:
        appoint(clerk)
    assert told.value.code == "self"
    for begins in ("0001-01-01", "2026-10-01", "2027-12-31", "9999-12-31"):
        with pytest.raises(Refused) as told:
            appoint(somebody(), begins=day(begins))
        assert told.value.field == "begins"
    assert appoint(somebody(), begins=day("2026-11-01"))[0].begins == day("2026-11-01")


def test_what_is_held_is_not_applied_for_again(place):
    one, person = programme(place), somebody()
    admitted(place, one, person)
    draft = actions.save(by(person, channel="phone"), one.pk, person, ANSWERS, area=place.community)
    with pytest.raises(Refused) as told:
        actions.send(by(person, channel="phone"), draft.pk)
    assert (told.value.code, told.value.field) == ("double", "title")


def test_another_streets_desk_does_not_decide(place):
    from liuchi.people import actions as people

    stranger = people.register_person(by(None), name="外来")
    people.appoint(by(None), stranger, role="dispatcher", area=place.other_street, begins=day("2026-01-01"))
    application = applied(place, programme(place), somebody())
    for act, more in ((actions.pass_on, ()), (actions.refuse, ("不行",)), (actions.send_back, ({"why": "再写"},))):
        with pytest.raises(Refused) as refused:
            act(by(stranger), application.pk, *more)
        assert refused.value.code == "not_yours"
    assert again(application).state == "sent"


def test_taken_back_with_all_that_was_written(place):
    application = applied(place, programme(place), somebody())
    with pytest.raises(Refused):
        actions.cancel(by(place.person("community_clerk")), application.pk)
    gone = actions.cancel(by(application.person), application.pk)
    assert gone.state == "cancelled" and gone.answers_cipher is None
    assert applied(place, application.programme, application.person).state == "sent"  # one may come again


def test_who_may_apply(place):
    riders = programme(place, key="riders", who="rider", letter_mark="六街骑")
    person = somebody()
    with pytest.raises(Refused):
        applied(place, riders, person)
    assert applied(place, riders, place.person("rider")).state == "sent"
    shops = programme(place, key="shops", who="business", gives=[], letter_mark="六街店")
    mine = shop(place, keeper=person)
    with pytest.raises(Refused):
        applied(place, shops, person)
    with pytest.raises(Refused):
        applied(place, shops, somebody("别人"), business=mine)
    assert applied(place, shops, person, business=mine).business == mine
    units = programme(place, key="units", who="organisation", gives=[], letter_mark="六街单")
    with pytest.raises(Refused):
        applied(place, units, person, organisation=place.crew)
    assert applied(place, units, place.person("handler"), organisation=place.crew).organisation == place.crew


def test_by_invitation_only(place):
    one, person = programme(place, invited=True), somebody()
    with pytest.raises(Refused):
        applied(place, one, person)
    assert actions.invite(by(place.person("secretary")), one.pk, [person, person]) == 1
    assert applied(place, one, person).state == "sent"


def test_a_letter_verifies_and_stops_being_valid_when_it_ends(place):
    from liuchi.admissions.actions.letters import code_of

    held = admitted(place, programme(place), somebody("王小河"))
    letter = held.letters.get()
    code = code_of(letter)
    found = verified(code.upper().replace("-", " "), day("2026-11-23"))
    assert found and (found.state, found.name) == ("valid", "王**")
    assert code.encode() not in bytes(letter.code_cipher)
    assert verified(code, day("2027-12-01")).state == "ended"
    assert verified("aaaa-aaaa-aaaa", day("2026-11-23")) is None and verified("x", day("2026-11-23")) is None
    actions.withdraw(by(place.person("secretary")), held.pk, "冒用身份")
    assert verified(code, day("2026-11-23")).state == "withdrawn"
    assert not held.person.posts.filter(ends__gte=day("2026-11-22")).exists()


def test_what_was_refused_is_emptied_after_90_days_and_appealed_within_60(place):
    application = applied(place, programme(place), somebody())
    actions.refuse(by(place.person("community_clerk")), application.pk, "不常在这一带")
    with pytest.raises(Refused) as told:
        actions.appeal(by(application.person, days_later(61)), application.pk, "我每天都来")
    assert told.value.code == "late"
    carry_out(days_later(89))
    assert again(application).answers_cipher
    carry_out(days_later(91))
    assert again(application).answers_cipher is None and again(application).reason == "不常在这一带"


def test_a_letter_is_issued_by_a_unit_of_the_place(place):
    from liuchi.people import actions as people

    one = programme(place)
    elsewhere = people.open_unit(by(None), kind="government_unit", name="别处的局", area=place.other_street)
    with pytest.raises(Refused) as told:
        actions.write(by(place.person("secretary")), one.pk, rules.read(one.draft), unit=elsewhere)
    assert told.value.field == "unit"
