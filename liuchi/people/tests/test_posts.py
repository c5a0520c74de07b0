"""Appointing, absences and ending posts; units; and what the actions refuse."""

from datetime import date, timedelta

import pytest

from liuchi.kernel.errors import Refused
from liuchi.kernel.journal.models import Row
from liuchi.people import actions
from liuchi.people.models import Person
from liuchi.people.tests.conftest import NOW, Place, context


def refused(action: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as told:
        action(**kwargs)  # type: ignore[operator]
    assert told.value.sentence
    return told.value.code


def test_each_role_needs_its_level(place: Place) -> None:
    someone = place.person("rider")

    def appoint(**kwargs: object) -> object:
        return actions.appoint(context(), someone, **kwargs)  # type: ignore[arg-type]

    assert refused(appoint, role="grid_worker", area=place.community) == "area"
    assert refused(appoint, role="grid_worker") == "area"
    assert refused(appoint, role="dispatcher", area=place.grid) == "area"
    assert refused(appoint, role="handler") == "organisation"
    assert refused(appoint, role="emperor") == "role"
    assert refused(appoint, role="rider", begins=date(2026, 2, 1), ends=date(2026, 1, 1)) == "ends"
    assert refused(appoint, role="rider") == "double"
    assert appoint(role="grid_worker", area=place.other_grid)


def test_an_appointment_is_one_journal_row_without_a_name(place: Place) -> None:
    row = Row.objects.get(verb="post.begun", record_id=place.posts["handler"].pk)
    assert row.facts["role"] == "handler" and row.facts["organisation"] == str(place.crew.pk)
    assert place.person("handler").name not in str(row.facts)


def test_the_last_administrator_stays(place: Place) -> None:
    def end() -> object:
        return actions.end_post(context(), place.posts["administrator"])

    assert refused(end) == "last_administrator"
    actions.appoint(context(), place.person("secretary"), role="administrator")
    assert end()


def test_absences(place: Place) -> None:
    post, clerk = place.posts["dispatcher"], place.person("community_clerk")

    def set_absence(**kwargs: object) -> object:
        values = {"begins": NOW, "ends": NOW + timedelta(hours=2), "deputy": clerk, **kwargs}
        return actions.set_absence(context(), post, **values)  # type: ignore[arg-type]

    assert refused(set_absence, ends=NOW) == "ends"
    assert refused(set_absence, deputy=post.person) == "deputy"
    stranger = actions.register_person(context(), name="无登录")
    assert refused(set_absence, deputy=stranger) == "deputy"
    absence = set_absence()
    assert refused(set_absence, begins=NOW + timedelta(hours=1), ends=NOW + timedelta(hours=3)) == "double"
    actions.end_absence(context(NOW + timedelta(hours=1)), absence)  # type: ignore[arg-type]
    assert post.absences.get().ends == NOW + timedelta(hours=1)
    assert Row.objects.filter(record_id=post.pk).order_by("version").last().verb == "post.absence_ended"


def test_phone_and_identity_number_are_never_written_in_clear(place: Place) -> None:
    person = actions.register_person(context(), name="程安", phone="137 1234 5678", id_number="11010519491231002X")
    stored = Person.objects.get(pk=person.pk)
    assert b"13712345678" not in bytes(stored.phone_cipher) and b"1949" not in bytes(stored.id_cipher)
    assert "13712345678" not in str(list(Row.objects.values_list("facts", flat=True)))
    assert (
        actions.show_phone(context(person=place.person("dispatcher").pk), stored, duty="people.phone") == "13712345678"
    )
    look = stored.looked_at.get()
    assert look.by == place.person("dispatcher") and look.duty == "people.phone"
    assert (stored.pinyin, stored.initials) == ("chengan", "ca")


def test_two_logins_never_share_a_phone(place: Place) -> None:
    other = actions.register_person(context(), name="同号", phone="13800000004")
    assert refused(lambda: actions.open_login(context(), other, "tonghao")) == "phone_taken"
    clerk = place.person("community_clerk")
    assert refused(lambda: actions.correct_person(context(), clerk, phone="13800000004")) == "phone_taken"


def test_somebody_faster_is_not_overwritten(place: Place) -> None:
    mine = Person.objects.select_related("record").get(pk=place.person("rider").pk)
    theirs = Person.objects.select_related("record").get(pk=mine.pk)
    seen = mine.record.version
    actions.correct_person(context(), theirs, name="先到", expect=seen)
    assert refused(lambda: actions.correct_person(context(), mine, name="后到", expect=seen)) == "changed"


def test_units(place: Place) -> None:
    ctx = context()
    assert refused(lambda: actions.open_unit(ctx, kind="team", name="城管中队", parent=place.office)) == "double"
    assert refused(lambda: actions.open_unit(ctx, kind="team", name=" ")) == "name"
    assert refused(lambda: actions.open_unit(ctx, kind="club", name="棋社")) == "kind"

    def hang() -> object:
        return actions.change_unit(
            ctx, place.office, kind="government_unit", name="办事处", parent=place.gang, area=place.street
        )

    assert refused(hang) == "parent"
    assert refused(lambda: actions.close_unit(ctx, place.crew)) == "in_use"
    actions.end_post(ctx, place.posts["handler"])
    actions.close_unit(ctx, place.gang)
    actions.close_unit(ctx, place.crew)
    assert (
        refused(lambda: actions.appoint(ctx, place.person("rider"), role="handler", organisation=place.crew))
        == "organisation"
    )
    assert actions.open_unit(ctx, kind="team", name="城管中队", parent=place.office)
