"""A member of staff says themselves that they are away, and who stands in."""

from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from liuchi.kernel.context import CHINA
from liuchi.kernel.journal.models import Row
from liuchi.people import actions
from liuchi.people.access import actor_at
from liuchi.people.forms import AbsenceForm
from liuchi.people.models import Absence
from liuchi.people.tests.conftest import Place, context


def as_role(place: Place, role: str) -> Client:
    client = Client()
    client.force_login(place.person(role).login)
    return client


def form(place: Place, deputy: str, hours: float = 8) -> dict[str, object]:
    now = timezone.localtime()
    return {
        "post": "",
        "begins": f"{now:%Y-%m-%dT%H:%M}",
        "ends": f"{now + timedelta(hours=hours):%Y-%m-%dT%H:%M}",
        "deputy": place.person(deputy).pk,
    }


def test_a_grid_worker_enters_an_absence_and_comes_back(place: Place) -> None:
    worker = as_role(place, "grid_worker")
    page = worker.get("/me/absence")
    assert page.status_code == 200 and place.person("grid_leader").name in page.content.decode()
    assert worker.post("/me/absence", form(place, "grid_leader")).status_code == 302
    absence = Absence.objects.get(post=place.posts["grid_worker"])
    assert absence.deputy == place.person("grid_leader")
    assert "grid_worker" in actor_at(absence.deputy_id, timezone.now()).roles
    row = Row.objects.get(verb="post.absence_set")
    assert row.side("actor")["post"] == str(place.posts["grid_worker"].pk)  # type: ignore[index]
    assert place.person("grid_leader").name in worker.get("/me/absence").content.decode()
    assert worker.post(f"/me/absence/{absence.pk}/end").status_code == 302
    assert "grid_worker" not in actor_at(absence.deputy_id, timezone.now()).roles


def test_each_of_the_staff_may_and_nobody_for_another(place: Place) -> None:
    for role, deputy in {
        "handler": "dispatcher",
        "dispatcher": "supervisor",
        "secretary": "supervisor",
        "administrator": "secretary",
    }.items():
        client = as_role(place, role)
        assert client.post("/me/absence", form(place, deputy)).status_code == 302, role
        absence = Absence.objects.get(post=place.posts[role])
        other = as_role(place, "grid_worker" if role != "grid_worker" else "grid_leader")
        assert other.post(f"/me/absence/{absence.pk}/end").status_code == 404
    stranger = form(place, "grid_leader") | {"post": place.posts["supervisor"].pk}
    as_role(place, "grid_worker").post("/me/absence", stranger)
    assert not Absence.objects.filter(post=place.posts["supervisor"]).exists()
    assert as_role(place, "rider").get("/me/absence").status_code == 403
    assert Client().get("/me/absence").status_code == 302


def test_with_several_posts_one_says_which(place: Place) -> None:
    worker = place.person("grid_worker")
    second = actions.appoint(context(), worker, role="grid_worker", area=place.other_grid)
    client = as_role(place, "grid_worker")
    assert client.post("/me/absence", form(place, "grid_leader")).status_code == 200, "which one is asked"
    said = form(place, "grid_leader") | {"post": second.pk}
    assert client.post("/me/absence", said).status_code == 302
    assert Absence.objects.get().post == second


def test_what_is_wrong_is_said_at_the_field(place: Place) -> None:
    worker = as_role(place, "grid_worker")
    answer = worker.post("/me/absence", form(place, "grid_leader", hours=-1))
    assert answer.status_code == 200 and "ends" in answer.context["form"].errors
    assert worker.post("/me/absence", form(place, "grid_worker")).status_code == 200, "nobody stands in for themselves"
    assert not Absence.objects.exists()


def test_in_the_evening_the_next_evening_is_proposed() -> None:
    for hour in (9, 17, 19):
        proposed = AbsenceForm.until_evening(datetime(2026, 11, 22, hour, 30, tzinfo=CHINA))
        assert proposed["begins"] < proposed["ends"] <= proposed["begins"] + timedelta(days=1)
