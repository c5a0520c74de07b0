"""Who stands in is told so, and nobody's password is set anew in silence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from liuchi.kernel.delivery.models import Message
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal import consumers
from liuchi.people import actions as people
from liuchi.people.models import Login
from liuchi.people.tests.conftest import Place, context, place

pytestmark = pytest.mark.django_db
__all__ = ["place"]


def told(person: object) -> list[tuple[str, str, str]]:
    journal.seal_all(timezone.now())
    consumers.run("notices")
    return list(Message.objects.filter(person_id=person.pk).values_list("title", "body", "url"))  # type: ignore[attr-defined]


def test_the_deputy_is_told_for_whom_and_until_when(place: Place) -> None:
    now, leader = timezone.now(), place.person("grid_leader")
    ctx = context(now, place.person("grid_worker").pk)
    people.set_absence(ctx, place.posts["grid_worker"], begins=now, ends=now + timedelta(hours=3), deputy=leader)
    ((title, body, url),) = told(leader)
    assert place.person("grid_worker").name in title and "槐荫第一网格" in body and url == "/tasks"
    assert told(place.person("grid_worker")) == []


def test_an_absence_taken_back_is_not_told(place: Place) -> None:
    now, leader = timezone.now(), place.person("grid_leader")
    begins = now + timedelta(days=1)
    absence = people.set_absence(
        context(now), place.posts["grid_worker"], begins=begins, ends=begins + timedelta(hours=3), deputy=leader
    )
    people.end_absence(context(now), absence)
    assert told(leader) == []


def test_a_password_set_by_the_office_is_told_to_its_owner(place: Place) -> None:
    rider, clerk = place.person("rider"), place.person("community_clerk")
    people.reset_password(context(timezone.now(), clerk.pk), Login.objects.get(person=rider))
    ((title, body, _url),) = told(rider)
    assert "密码" in title and clerk.name not in body


def test_a_secretary_reads_of_another_one_beside(place: Place) -> None:
    now, new, unit = timezone.now(), place.person("handler"), place.posts["handler"].organisation
    people.hire(
        context(now), name="章书记", role="secretary", username="shuji2", organisation=unit, area=place.community,
        password="six foot alley",
    )  # fmt: skip
    first = Login.objects.get(username="shuji2").person
    assert told(first) == []
    people.appoint(context(now), new, role="secretary", organisation=unit, area=place.community)
    ((title, body, _url),) = told(first)
    assert "书记" in title and new.name in body and unit.name in body
    assert told(new) == []
