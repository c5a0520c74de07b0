"""A certificate says the same for ever: whose it is, how much it is of; and of who was erased it says nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.duties import actions, queries
from liuchi.duties.models import Certificate, Shift, Signup
from liuchi.duties.tests.helpers import a_duty, a_team, by, comes
from liuchi.kernel.records import actions as records
from liuchi.kernel.tests.kept import Kept
from liuchi.people.actions import correct_person, erase_person, open_login
from liuchi.people.models import Person

pytestmark = pytest.mark.django_db
kept_team = Kept(a_team)


@pytest.fixture
def team(db):
    return kept_team()


@pytest.fixture
def served(team):
    """A volunteer who served once, and their browser."""
    now = timezone.now()
    day = now - timedelta(days=2)
    shift = (
        a_duty(team.grid, day, rule="FREQ=DAILY", starts_on=day.date()).shifts.filter(ends__lt=now).earliest("begins")
    )
    person = Person.objects.get(pk=team.volunteers[0].pk)
    actions.take(by(person, shift.begins), shift.pk)
    comes(person, shift)
    login, _password = open_login(by(None, now, "system"), person, "zhiyuan", "six foot alley")
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(login)
    return person, client


def checked(code):
    return Client(HTTP_ACCEPT_LANGUAGE="zh-hans").get(f"/duties/v/{code}")


def test_a_new_name_changes_no_certificate_that_was_issued(served):
    person, client = served
    client.post("/duties/hours/certificate")
    first = Certificate.objects.get()
    correct_person(by(person, timezone.now()), person, name="欧阳明月")
    printed = client.get(f"/duties/hours/{first.pk}").content.decode()
    assert "志愿0" in printed and "欧阳明月" not in printed
    told = checked(first.code).content.decode()
    assert "志**" in told and "欧阳" not in told
    # issued once more it is another paper, in the new name
    client.post("/duties/hours/certificate")
    second = Certificate.objects.exclude(pk=first.pk).get()
    assert "欧阳明月" in client.get(f"/duties/hours/{second.pk}").content.decode()
    assert "欧阳**" in checked(second.code).content.decode() and "志**" in checked(first.code).content.decode()
    client.post("/duties/hours/certificate")
    assert Certificate.objects.count() == 2


def test_the_certificate_of_who_was_erased_is_answered_as_one_that_never_was(served):
    person, client = served
    client.post("/duties/hours/certificate")
    one = Certificate.objects.get()
    assert checked(one.code).status_code == 200
    erase_person(by(None, timezone.now(), "system"), person)
    erased, never = checked(one.code), checked("2222-2222-2222")
    assert (erased.status_code, never.status_code) == (404, 404)
    said = [page.content.split(b"<main")[1] for page in (erased, never)]
    assert said[0].replace(one.code.encode(), b"2222-2222-2222") == said[1]
    assert "已不再保存" in erased.content.decode() and "已失效" not in erased.content.decode()
    one.refresh_from_db()
    assert (one.person, one.name, one.lines) == (None, "", [])


def test_a_certificate_of_many_shifts_counts_all_of_them(team):
    person, duty = team.volunteers[0], a_duty(team.grid)
    like = first = duty.shifts.earliest("begins")
    shifts = [
        Shift(record=records.create("shift", team.grid.pk), duty=duty, day=like.day - timedelta(days=back),
              nominal=like.day - timedelta(days=back), begins=like.begins - timedelta(days=back),
              ends=like.ends - timedelta(days=back), needs=2, state="kept")
        for back in range(1, 451)
    ]  # fmt: skip
    Shift.objects.bulk_create(shifts)
    Signup.objects.bulk_create(
        Signup(shift=one, seat=1, person=person, taken_at=one.begins, came_at=one.begins, minutes=60) for one in shifts
    )
    made = actions.issue_certificate(by(person, first.begins))
    assert (made.times, made.minutes) == (450, 450 * 60)
    assert (made.begins, made.ends) == (first.day - timedelta(days=450), first.day - timedelta(days=1))
    assert len(made.lines) == 60 and made.lines[0][0] == made.ends.isoformat()
    mine = queries.hours(person.pk)
    assert (mine.times, mine.minutes, len(mine.newest)) == (450, 450 * 60, queries.LINES)
