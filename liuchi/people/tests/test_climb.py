"""Nobody reaches further than their post by what they may do to other people's."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.kernel.errors import Refused
from liuchi.people import actions, queries
from liuchi.people.access import actor_at
from liuchi.people.models import Absence, Login
from liuchi.people.tests.conftest import Place, context


def as_role(place: Place, role: str) -> Client:
    client = Client()
    client.force_login(place.person(role).login)
    return client


def away(deputy: object) -> dict[str, object]:
    return {"begins": f"{timezone.now():%Y-%m-%dT00:00}", "ends": "2099-11-29T18:00", "deputy": deputy}


@pytest.mark.parametrize("higher", ["secretary", "supervisor", "dispatcher"])
def test_nobody_sends_their_equals_away_to_stand_in_for_them(place: Place, higher: str) -> None:
    mine = "dispatcher" if higher != "dispatcher" else "community_clerk"
    answer = as_role(place, mine).post(f"/desk/posts/{place.posts[higher].pk}/absence", away(place.person(mine).pk))
    assert answer.status_code in (403, 404)
    assert not Absence.objects.exists()
    assert place.posts[higher].role not in actor_at(place.person(mine).pk, timezone.now()).roles


def test_who_stands_above_enters_the_absence_of_those_below(place: Place) -> None:
    clerk = as_role(place, "community_clerk")
    post = place.posts["grid_worker"]
    assert clerk.post(f"/desk/posts/{post.pk}/absence", away(place.person("grid_leader").pk)).status_code == 302
    assert post.absences.exists()
    admin = as_role(place, "administrator")
    above = place.posts["secretary"]
    assert admin.post(f"/desk/posts/{above.pk}/absence", away(place.person("supervisor").pk)).status_code == 302


def test_a_clerk_does_not_get_a_higher_post_through_the_password_of_its_deputy(place: Place) -> None:
    now = timezone.now()
    worker, clerk = place.person("grid_worker"), place.person("community_clerk")
    login = Login.objects.get(person=worker)
    assert queries.may_reset(actor_at(clerk.pk, now), login, now)
    actions.set_absence(context(now), place.posts["secretary"], begins=now, ends=now + timedelta(days=1), deputy=worker)
    assert not queries.may_reset(actor_at(clerk.pk, now), login, now)
    assert queries.may_reset(actor_at(place.person("administrator").pk, now), login, now)


def test_the_last_administrator_keeps_term_and_sign_in(place: Place) -> None:
    post, now = place.posts["administrator"], timezone.now()
    yesterday = (now - timedelta(days=1)).date()
    with pytest.raises(Refused) as told:
        actions.correct_post(context(now), post, title="", begins=post.begins, ends=yesterday)
    assert told.value.code == "last_administrator"
    with pytest.raises(Refused) as told:
        actions.correct_post(context(now), post, title="", begins=(now + timedelta(days=9)).date(), ends=None)
    assert told.value.code == "last_administrator"
    with pytest.raises(Refused) as told:
        actions.close_login(context(now), Login.objects.get(person=post.person))
    assert told.value.code == "last_administrator"
    actions.appoint(context(now), place.person("secretary"), role="administrator")
    actions.close_login(context(now), Login.objects.get(person=post.person))
    with pytest.raises(Refused) as told:
        actions.close_login(context(now), Login.objects.get(person=place.person("secretary")))
    assert told.value.code == "last_administrator", "one whose sign-in has ended is no other administrator"
