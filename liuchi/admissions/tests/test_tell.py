"""Applicant, desk and holder hear of what concerns them, each once; and lessons that a programme asks for."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from liuchi.admissions import actions
from liuchi.admissions.models import Admission
from liuchi.admissions.tests.helpers import ANSWERS, again, applied, by, programme, somebody
from liuchi.admissions.tests.test_pages import client_of
from liuchi.kernel import proofs
from liuchi.kernel.delivery.models import Message
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal import consumers
from liuchi.people.models import Registration

pytestmark = pytest.mark.django_db


def messages(person):
    while journal.seal_all(timezone.now()) or consumers.run("notices"):
        pass
    found = Message.objects.filter(person_id=person.pk).order_by("pk")
    return [(title.split(" · ")[0], url) for title, url in found.values_list("title", "url")]


def test_each_turn_is_told_to_whom_it_concerns(place):
    now = timezone.now()
    clerk, dispatcher, person = place.person("community_clerk"), place.person("dispatcher"), somebody()
    application = applied(place, programme(place), person, now)
    actions.send_back(by(clerk, now), application.pk, {"why": "写具体些"})
    actions.save(by(person, now, "phone"), application.programme_id, person, ANSWERS)
    actions.send(by(person, now, "phone"), application.pk)
    actions.pass_on(by(clerk, now), application.pk)
    actions.approve(by(dispatcher, now), application.pk)
    held = Admission.objects.get()
    mine, desk = f"/admissions/applications/{application.pk}", f"/desk/admissions?open={application.pk}"
    assert messages(person) == [("待补正", mine), ("申请有进展", mine), ("已通过", mine)]
    assert messages(dispatcher) == []  # it was decided when the news was read: nothing waits for them any more
    assert messages(clerk) == []
    actions.withdraw(by(place.person("secretary"), now), held.pk, "冒用身份")
    assert messages(person)[-1] == ("已撤销", f"/admissions/mine/{held.pk}")
    later = applied(place, application.programme, somebody("李小溪"), now)
    assert [url for _title, url in messages(clerk)] == [desk.replace(str(application.pk), str(later.pk))]
    line = actions.Line("张三", place.community, "治理观察员", person=somebody("张三"))
    [made] = actions.appoint_many(by(clerk, now), later.programme_id, [line], agreed=True)
    assert messages(made.person) == [("您已受聘", f"/admissions/mine/{made.pk}")]


def test_a_programme_may_ask_for_a_lesson_signed_before(place, monkeypatch):
    signed: dict[object, date] = {}
    offered = {"safe-ride": "安全骑行"}
    monkeypatch.setitem(proofs._proofs, "lesson", None)
    proofs.register("lesson", lambda person, code: signed.get((person, code)), lambda _codes: offered)
    one, person = programme(place, lessons=["safe-ride"]), somebody()
    with pytest.raises(Refused) as refused:
        applied(place, one, person)
    assert refused.value.code == "lesson"
    signed[person.pk, "safe-ride"] = date(2026, 11, 1)
    assert applied(place, one, person).state == "sent"
    secretary = client_of(place.person("secretary"))
    address = f"/desk/admissions/programmes/{one.pk}"
    assert 'value="safe-ride" checked' in (page := secretary.get(address).content.decode()) and "安全骑行" in page
    assert "小课“安全骑行”" in client_of(place.person("community_clerk")).get("/desk/admissions").content.decode()
    offered.clear()  # it was taken down
    assert "安全骑行" not in secretary.get(address).content.decode()
    with pytest.raises(Refused) as refused:
        actions.open_(by(place.person("secretary")), one.pk)
    assert refused.value.code == "lacking"


def test_who_is_in_the_register_of_riders_may_apply_as_one(place):
    from liuchi.kernel.records import actions as records

    one, person = programme(place, who="rider"), somebody()
    with pytest.raises(Refused):
        applied(place, one, person)
    today = timezone.localdate()
    line = Registration.objects.create(
        record=records.create("registration"), person=person, trade="delivery", area=place.community, how="self",
        registered_on=today, kept_until=today + timedelta(days=365),
    )  # fmt: skip
    application = applied(place, one, person)
    assert application.state == "sent"
    Registration.objects.filter(pk=line.pk).update(ended_on=today)
    assert again(application).state == "sent"
