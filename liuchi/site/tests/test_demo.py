"""The demo place is loaded once, through the real actions, with something in every state."""

from collections import Counter
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.cases.models import Case
from liuchi.cases.queries.lists import tasks
from liuchi.cases.rules import STATES
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.models import Row
from liuchi.kernel.journal.queries import verify
from liuchi.kernel.media.models import Media
from liuchi.people.access import actor_at
from liuchi.people.models import Login, Person
from liuchi.people.rules import ROLES
from liuchi.site.demo.loading import load_demo_once, sign_ins
from liuchi.site.demo.people import SIGN_INS
from liuchi.site.demo.pictures import SCENES
from liuchi.site.demo.stories import AFTER, FARES, STORIES


def test_the_stories_name_pictures_that_were_drawn() -> None:
    assert {story.picture for story in STORIES} - {""} <= set(SCENES)
    assert set(AFTER) | set(AFTER.values()) <= set(SCENES)
    assert {story.fare for story in STORIES} == set(FARES)
    assert len({story.words for story in STORIES}) == len(STORIES)


@pytest.mark.django_db
def test_the_demo_place() -> None:
    said: list[str] = []
    assert load_demo_once(said.append)
    assert not load_demo_once(said.append), "what is there is never touched"
    cases = list(Case.objects.select_related("area", "unit"))
    now = timezone.now()
    assert set(Counter(case.state for case in cases)) == set(STATES)
    lost = [
        (case.number, case.area, case.place_words)
        for case in cases
        if not case.place_words or not case.area or (case.area.level != "grid" and case.channel != "unit")
    ]
    assert not lost
    assert all(case.unit for case in cases if case.state in ("dispatched", "accepted", "handled", "checked"))
    assert {case.outcome for case in cases} >= {"done", "not_done", "refused"}
    assert any(case.in_time is False for case in cases) and any(case.stars for case in cases)
    assert now - timedelta(days=30) <= min(case.reported_at for case in cases)
    assert not Row.objects.filter(at__gt=now).exists(), "nothing happens in the future"
    assert Media.objects.count() > 40
    journal.seal_all(now)
    assert verify().whole
    keys = sign_ins()
    held = {
        key.username: set(Login.objects.get(username=key.username).person.posts.values_list("role", flat=True))
        for key in keys
    }
    meant = {username: {role} - {"resident"} for username, role, _title in SIGN_INS}
    assert held == meant | {"qishou": {"rider", "observer"}}, "one for each role; the rider was appointed, too"
    assert set().union(*held.values(), {"resident"}) == set(ROLES)
    for key in (keys[0], keys[5]):
        answer = Client().post("/account/login/", {"login": key.username, "password": key.password})
        assert answer.status_code == 302
    worker = Login.objects.get(username="wangge").person
    assert len(tasks(actor_at(worker.pk, now))) == 2, "whoever signs in as grid worker has something to do"
    assert not Person.objects.filter(name="").exists() and Person.objects.count() > 40
