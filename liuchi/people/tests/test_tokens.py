"""Keys of other programs: made at the desk, bound to a post, ended at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from liuchi.kernel.delivery.models import Message
from liuchi.kernel.errors import Refused
from liuchi.people import actions, rules
from liuchi.people.models import ApiToken
from liuchi.people.tests.conftest import Place, client_of, context
from liuchi.people.tokens import auth
from liuchi.people.tokens.access import actor_of, token_of
from liuchi.people.tokens.actions import make_token, revoke_token

pytestmark = pytest.mark.django_db


def made(
    place: Place, role: str = "dispatcher", scopes: Any = ("cases.read", "areas.read"), **more: Any
) -> tuple[ApiToken, str]:
    now = timezone.now()
    ends = rules.local_day(now) + timedelta(days=30)
    by = context(now, place.person("administrator").pk)
    said = {"name": "12345 平台", "post": place.posts[role], "scopes": scopes, "ends": ends}
    return make_token(by, **(said | more))


def asked(secret: str, path: str = "/api/v1/me", **more: Any) -> Any:
    return Client().get(path, headers={"Authorization": f"Bearer {secret}"}, **more)


def test_a_key_says_what_it_is_for(place: Place) -> None:
    token, secret = made(place)
    told = asked(secret).json()
    assert told["name"] == "12345 平台"
    assert set(told["scopes"]) == {"areas.read", "cases.read"}
    assert told["area"] == place.street.code
    token.refresh_from_db()
    assert token.last_day == rules.local_day(timezone.now())
    assert secret not in str(ApiToken.objects.values())


@pytest.mark.parametrize("secret", ["", "liuchi_", "liuchi_" + "x" * 43, "无效", "x\x00y"])
def test_what_is_no_key_opens_nothing(place: Place, secret: str) -> None:
    answer = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}".encode().decode("latin-1")})
    assert answer.status_code == 401
    assert answer.json()["error"] == "key"


def test_a_browser_that_is_signed_in_counts_for_nothing(place: Place) -> None:
    client = client_of(place.person("dispatcher"))
    assert client.get("/api/v1/areas").status_code == 401
    _token, secret = made(place, "grid_worker", ["areas.read"])
    told = client.get("/api/v1/areas", headers={"Authorization": f"Bearer {secret}"}).json()
    assert [area["code"] for area in told["areas"]] == [place.grid.code]


def test_a_key_may_what_its_scopes_and_its_post_may(place: Place) -> None:
    now = timezone.now()
    token, _secret = made(place, "dispatcher", ["areas.read", "cases.contact"])
    actor = actor_of(token, now)
    assert actor.may("territory.see", place.grid)
    assert not actor.may("territory.see", place.other_street)
    assert not actor.may("cases.see"), "the post may, the key is not for it"
    worker, _secret = made(place, "grid_worker", ["areas.read", "cases.contact"])
    assert not actor_of(worker, now).may("cases.contact"), "the key is for it, the post may not"


def test_of_several_posts_the_key_has_one(place: Place) -> None:
    now = timezone.now()
    person = place.person("grid_worker")
    actions.appoint(context(channel="system"), person, role="dispatcher", area=place.other_street, begins=now.date())
    token, _secret = made(place, "grid_worker", ["areas.read"])
    actor = actor_of(token, now)
    assert actor.may("territory.see", place.grid)
    assert not actor.may("territory.see", place.other_street)


def test_with_the_post_the_key_ends(place: Place) -> None:
    _token, secret = made(place)
    assert asked(secret).status_code == 200
    actions.end_post(context(timezone.now(), channel="system"), place.posts["dispatcher"])
    assert asked(secret).status_code == 401


def test_revoked_it_opens_nothing_from_that_moment(place: Place) -> None:
    token, secret = made(place)
    client = client_of(place.person("administrator"))
    assert client.post(f"/desk/keys/{token.pk}/revoke").status_code == 302
    assert client.post(f"/desk/keys/{token.pk}/revoke").status_code == 302  # a double tap
    assert asked(secret).status_code == 401
    assert token_of(secret, timezone.now()) is None


def test_after_its_last_day_it_opens_nothing(place: Place) -> None:
    now = timezone.now()
    _token, secret = made(place, ends=rules.local_day(now))
    assert token_of(secret, now)
    assert token_of(secret, now + timedelta(days=1)) is None


@pytest.mark.parametrize(
    "field, more",
    [
        ("name", {"name": "  "}),
        ("scopes", {"scopes": ["everything"]}),
        ("ends", {"ends": rules.local_day(timezone.now()) - timedelta(days=1)}),
        ("ends", {"ends": rules.local_day(timezone.now()) + timedelta(days=500)}),
    ],
)
def test_a_key_without_purpose_or_end_is_refused(place: Place, field: str, more: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        made(place, **more)
    assert refused.value.field == field


def test_nobody_but_an_administrator_makes_or_revokes_one(place: Place) -> None:
    token, _secret = made(place)
    by = context(timezone.now(), place.person("secretary").pk)
    with pytest.raises(Refused) as refused:
        revoke_token(by, token)
    assert refused.value.code == "not_yours"
    assert client_of(place.person("secretary")).get("/desk/keys").status_code == 403


def test_the_holder_of_the_post_is_told(place: Place) -> None:
    made(place)
    assert Message.objects.filter(person_id=place.person("dispatcher").pk, thing__startswith="token ").exists()


def test_who_asks_too_often_waits(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth, "PER_MINUTE", 2)
    monkeypatch.setattr(auth, "WRONG_PER_MINUTE", 2)
    _token, secret = made(place)
    answers = [asked(secret) for _ in range(4)]
    assert [answer.status_code for answer in answers].count(429) >= 1
    assert int(answers[-1]["Retry-After"]) > 0
    assert [asked("liuchi_wrong").status_code for _ in range(4)][-1] == 429


def test_the_desk_makes_one_and_shows_it_once(place: Place) -> None:
    client = client_of(place.person("administrator"))
    form = {"name": "物业系统", "post": place.posts["dispatcher"].pk, "scopes": ["cases.report"]}
    ends = (timezone.now() + timedelta(days=9)).date().isoformat()
    assert "至少选一项" in client.post("/desk/keys/new", {**form, "scopes": [], "ends": ends}).content.decode()
    page = client.post("/desk/keys/new", {**form, "ends": ends}).content.decode()
    secret = page.partition('value="liuchi_')[2].partition('"')[0]
    assert asked("liuchi_" + secret).status_code == 200
    listed = client.get("/desk/keys").content.decode()
    assert secret not in listed
    assert "物业系统" in listed and str(place.person("administrator")) in listed


def test_the_list_asks_as_much_for_many_as_for_one(place: Place, django_assert_max_num_queries: Any) -> None:
    client = client_of(place.person("administrator"))
    for _ in range(12):
        made(place)
    client.get("/desk/keys")
    with django_assert_max_num_queries(12):
        client.get("/desk/keys")
