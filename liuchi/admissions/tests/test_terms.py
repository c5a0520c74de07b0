"""Terms: notices before the end, the end, renewal, giving back, the waiting list; and the erasure of who holds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liuchi.admissions import actions, rules, words
from liuchi.admissions.actions.letters import code_of
from liuchi.admissions.models import Admission, Application
from liuchi.admissions.queries import verified
from liuchi.admissions.tests.helpers import (
    admitted,
    again,
    applied,
    approved,
    by,
    day,
    days_later,
    programme,
    somebody,
)
from liuchi.admissions.tests.test_pages import client_of
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.kernel.retention.actions import carry_out
from liuchi.people import actions as people
from liuchi.people.data import keepers

pytestmark = pytest.mark.django_db


def test_a_notice_thirty_and_seven_days_before_and_then_the_end(place):
    held = admitted(place, programme(place), somebody())  # until 2027-11-... minus a day
    assert held.ends == day("2027-11-21")
    for after in (0, 330, 334, 335, 356, 357, 358, 360):
        actions.remind(days_later(after))
        actions.remind(days_later(after))
    told = Row.objects.filter(record_id=held.pk, verb="admission.ending").order_by("version")
    assert [row.facts["days"] for row in told] == [30, 7]
    actions.end_terms(days_later(364))
    assert again(held).state == "running"  # the last day counts
    actions.end_terms(days_later(365))
    actions.end_terms(days_later(365))
    held = again(held)
    assert (held.state, held.ended_on) == ("ended", day("2027-11-22"))
    assert not held.grants.filter(ended=False).exists()
    assert [row.verb for row in Row.objects.filter(record_id=held.pk)].count("admission.ended") == 1


def test_renewed_with_a_new_letter_and_a_longer_post(place):
    held = admitted(place, programme(place), somebody())
    secretary, me = place.person("secretary"), held.person
    with pytest.raises(Refused) as refused:
        actions.renew(by(secretary), held.pk)
    assert refused.value.code == "too_early"
    with pytest.raises(Refused):
        actions.ask_to_renew(by(me), held.pk)
    near = days_later(340)
    actions.ask_to_renew(by(me, near), held.pk)
    actions.ask_to_renew(by(me, near), held.pk)
    renewed = actions.renew(by(secretary, near), held.pk)
    assert (renewed.ends, renewed.asked_at, renewed.told) == (day("2028-11-21"), None, None)
    old, new = renewed.letters.order_by("pk")
    assert old.replaced and not new.replaced and new.begins == day("2027-11-22")
    assert verified(code_of(old), day("2027-11-01")).state == "valid"
    assert verified(code_of(old), day("2027-11-23")).state == "renewed"
    assert verified(code_of(new), day("2027-11-23")).state == "valid"
    [post] = me.posts.all()
    assert post.ends == day("2028-11-21")
    # renewing again at the same moment is too early: two presses give one term
    with pytest.raises(Refused):
        actions.renew(by(secretary, near), held.pk)


def test_given_back_at_any_time_and_withdrawn_only_on_a_ground_of_the_programme(place):
    one = programme(place)
    first, second = (admitted(place, one, somebody(name)) for name in ("王小河", "李小溪"))
    with pytest.raises(Refused):
        actions.give_back(by(second.person), first.pk)
    assert actions.give_back(by(first.person), first.pk).state == "given_back"
    with pytest.raises(Refused):
        actions.give_back(by(first.person), first.pk)
    with pytest.raises(Refused) as refused:
        actions.withdraw(by(place.person("secretary")), second.pk, "看他不顺眼")
    assert refused.value.field == "ground"
    with pytest.raises(Refused):
        actions.withdraw(by(place.person("grid_leader")), second.pk, "离开本片区")
    assert actions.withdraw(by(place.person("secretary")), second.pk, "离开本片区").reason == "离开本片区"
    # what was taken away ends the post with it, and one may be admitted anew
    assert admitted(place, one, first.person, days_later(2)).state == "running"


def test_the_waiting_list_moves_up_in_the_order_of_arrival(place):
    one = programme(place, capacity=1)
    first = admitted(place, one, somebody("甲"))
    waiting = [
        approved(place, applied(place, one, somebody(name)), days_later(at)) for at, name in enumerate("乙丙", 1)
    ]
    assert [app.state for app in waiting] == ["waiting", "waiting"]
    actions.give_back(by(first.person, days_later(3)), first.pk)
    assert [again(app).state for app in waiting] == ["admitted", "waiting"]
    assert Admission.objects.filter(state="running").count() == 1
    said = rules.read({**one.draft, "capacity": 2})
    actions.write(by(place.person("secretary"), days_later(4)), one.pk, said)
    actions.open_(by(place.person("secretary"), days_later(4)), one.pk)
    assert again(waiting[1]).state == "admitted"


def test_who_waits_for_what_they_hold_by_now_does_not_stop_others(place):
    one = programme(place, capacity=2, titles=["治理观察员", "政策宣传员"])
    person, other = somebody("甲"), somebody("丁")
    line = {"area": place.community, "title": "治理观察员"}
    made = actions.appoint_many(
        by(place.person("secretary")), one.pk, [actions.Line(name=who.name, person=who, **line) for who in (somebody("乙"), somebody("丙"))], agreed=True
    )  # fmt: skip
    waiting = [
        approved(place, applied(place, one, who, days_later(1), title="治理观察员"), days_later(1))
        for who in (person, other)
    ]
    Admission.objects.filter(pk=made[0].pk).update(person=person)  # holds it by now, however that came
    actions.give_back(by(made[1].person, days_later(2)), made[1].pk)
    assert [again(app).state for app in waiting] == ["cancelled", "admitted"]


def test_erasing_ones_data_takes_the_letter_along(place):
    one, person = programme(place), somebody("王小河", "13900001234")
    held = admitted(place, one, person)
    code = code_of(held.letters.get())
    kept = keepers()["admissions"].kept(person.pk)
    assert kept[0]["answers"]["为什么"] == "天天路过，看得见" and kept[1]["letters"] == ["六街试〔2026〕1号"]
    people.erase_person(by(person, days_later(1)), person)
    found = verified(code, day("2026-11-24"))
    assert found and found.state == "erased" and found.name == ""
    application = Application.objects.get()
    assert application.answers_cipher is None and again(held).state == "given_back"


def test_a_draft_nobody_touched_is_swept(place):
    one, person = programme(place), somebody()
    actions.save(by(person), one.pk, person, {"why": "先写着"}, area=place.community)
    actions.save(by(person, days_later(50)), one.pk, person, {"why": "再写一点"})
    carry_out(days_later(91))
    assert Application.objects.get().state == "draft"
    carry_out(days_later(141))
    assert Application.objects.get().state == "cancelled"


def test_what_counts_is_the_version_one_applied_under(place):
    one = programme(place)
    application = applied(place, one, somebody())
    secretary = by(place.person("secretary"))
    said = rules.read({**one.draft, "checks": [{"role": "dispatcher"}], "months": 6})
    actions.write(secretary, one.pk, said)
    actions.open_(secretary, one.pk)
    assert again(application).version.number == 1
    assert approved(place, application).state == "admitted"
    later = applied(place, again(one), somebody("李小溪"))
    assert later.version.number == 2 and later.role == "dispatcher"


def test_renewing_says_the_next_term_before_it_is_given(place):
    held = admitted(place, programme(place, months=1), somebody(), at=timezone.now())
    desk, address = client_of(place.person("secretary")), f"/desk/admissions/holders/{held.pk}"
    page = desk.get(address).content.decode()
    begins = held.ends + timedelta(days=1)
    assert 'data-opens="renew"' in page and words.term(begins, rules.last_day(begins, 1)) in page and "马上通知" in page
    desk.post(f"{address}/renew")
    assert again(held).ends == rules.last_day(begins, 1)
    assert 'data-opens="renew"' not in desk.get(address).content.decode()
