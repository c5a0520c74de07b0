"""Signing in, one-time passwords, signing out."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from liuchi.kernel.outbox.models import Token
from liuchi.kernel.outbox.tokens import phone_of
from liuchi.people import actions
from liuchi.people.models import Consent, Login, Person
from liuchi.people.tests.conftest import Place, context

PASSWORD = "six foot alley"


@pytest.fixture(autouse=True)
def fresh_counts(db: None) -> None:
    cache.clear()


def sign_in(client: Client, login: str, password: str = PASSWORD) -> object:
    return client.post("/account/login/", {"login": login, "password": password})


def signed_in(client: Client) -> bool:
    return bool(client.get("/api/people/me").json()["signed_in"])


@pytest.mark.parametrize("login", ["dispatcher", "DISPATCHER", "13800000004", "+86 138-0000-0004"])
def test_by_name_or_by_phone(place: Place, client: Client, login: str) -> None:
    answer = sign_in(client, login)
    assert answer.status_code == 302 and answer.url == "/desk/"
    told = client.get("/api/people/me").json()
    assert told["staff"] and told["posts"][0]["role"] == "dispatcher"


def test_everybody_comes_to_the_page_where_the_day_begins(place: Place, client: Client) -> None:
    for login, home in {
        "rider": "/",
        "gridworker": "/tasks",
        "handler": "/tasks",
        "administrator": "/desk/people",
    }.items():
        assert sign_in(Client(), login).url == home, login


def test_a_wrong_password_gets_a_sentence_and_many_are_slowed(place: Place, client: Client) -> None:
    page = sign_in(client, "dispatcher", "wrong").content.decode()
    assert "Name and password" in page or "登录名" in page
    for _try in range(5):
        sign_in(client, "dispatcher", "wrong")
    assert not signed_in(client)
    sign_in(client, "dispatcher")
    assert not signed_in(client), "the right password is slowed too, or guessing would show it"
    sign_in(client, "supervisor")
    assert signed_in(client), "others on the same network are not"


def test_a_one_time_password_opens_only_the_page_that_replaces_it(place: Place, client: Client) -> None:
    login = Login.objects.get(username="gridworker")
    password = actions.reset_password(context(timezone.now()), login)
    sign_in(client, "gridworker", password)
    assert client.get("/desk/people").url == "/account/password/change/"
    assert client.get("/api/people/me").status_code == 403
    page = client.get("/account/password/change/").content.decode()
    assert "oldpassword" not in page
    assert client.post("/account/password/change/", {"password1": "short"}).status_code == 200
    assert client.post("/account/password/change/", {"password1": "three feet each"}).status_code == 302
    assert signed_in(client), "who chose it stays signed in"
    assert sign_in(Client(), "gridworker", password).status_code == 200, "the one-time password is over"
    assert sign_in(Client(), "gridworker", "three feet each").status_code == 302


def test_a_one_time_password_ends_after_seven_days(place: Place, client: Client) -> None:
    login = Login.objects.get(username="gridworker")
    password = actions.reset_password(context(timezone.now() - timedelta(days=7, minutes=1)), login)
    answer = sign_in(client, "gridworker", password)
    assert answer.status_code == 302 and "inactive" in answer.url
    assert client.get(answer.url).status_code == 200
    assert not signed_in(client)


def test_a_reset_ends_sessions_and_phone_tokens(place: Place, client: Client) -> None:
    sign_in(client, "gridworker")
    assert client.post("/outbox/token").status_code == 201
    person = place.person("grid_worker")
    assert Token.objects.filter(person_id=person.pk).exists()
    actions.reset_password(context(timezone.now()), Login.objects.get(username="gridworker"))
    assert not signed_in(client)
    assert not Token.objects.filter(person_id=person.pk).exists()


def test_what_nobody_wrote_is_not_sent_in_the_name_of_who_is_signed_in(place: Place, client: Client) -> None:
    sign_in(client, "rider")
    assert client.post("/outbox/token").json()["person"] == str(place.person("rider").pk)
    told = client.post("/outbox/token?nobody=1").json()
    assert told["person"] is None and phone_of(told["token"]).person_id is None
    assert Token.objects.filter(person_id=None).count() == 1


def test_signing_out_ends_the_phone_tokens(place: Place, client: Client) -> None:
    sign_in(client, "rider")
    client.post("/outbox/token")
    assert client.get("/account/logout/").status_code == 200, "a link alone signs nobody out"
    assert signed_in(client)
    assert client.post("/account/logout/").status_code == 302
    assert not signed_in(client) and not Token.objects.exists()


def test_an_account_of_ones_own(place: Place, client: Client) -> None:
    form = {"name": "方小麦", "phone": "139 0000 1111", "password": "wheat in june", "account": "on"}
    without = client.post("/account/signup/", {**form, "account": ""})
    assert without.status_code == 200 and not Person.objects.filter(name="方小麦").exists()
    assert client.post("/account/signup/", form).url == "/"
    assert signed_in(client)
    assert Consent.objects.get(person__name="方小麦").purpose == "account"
    assert sign_in(Client(), "13900001111", "wheat in june").status_code == 302
    again = Client().post("/account/signup/", {**form, "name": "别人"})
    assert again.status_code == 200 and not Person.objects.filter(name="别人").exists()


def test_a_second_factor(place: Place, client: Client) -> None:
    sign_in(client, "supervisor")
    asked = client.get("/account/2fa/totp/activate/")
    assert "/account/reauthenticate/" in asked.url, "a change to the sign-in asks for the password once more"
    client.post(asked.url, {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    assert page.status_code == 200
    secret = page.context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    assert client.post("/account/2fa/totp/activate/", {"code": code}).status_code == 302
    assert client.get("/account/2fa/recovery-codes/").status_code == 200
    cache.clear()
    other = Client()
    answer = sign_in(other, "supervisor")
    assert answer.url.startswith("/account/2fa/authenticate/") and not signed_in(other)
    assert other.get("/account/2fa/authenticate/").status_code == 200
    spare = client.get("/account/2fa/recovery-codes/").context["unused_codes"][0]
    other.post("/account/2fa/authenticate/", {"code": spare})
    assert signed_in(other)


@pytest.mark.parametrize(
    "page",
    ["login/", "signup/", "password/forgotten/", "logout/", "inactive/", "2fa/", "password/change/", "reauthenticate/"],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_open_in_both_languages_without_inline_script_or_style(
    place: Place, client: Client, page: str, language: str
) -> None:
    if not page.startswith(("login", "signup", "password/forgotten")):
        sign_in(client, "dispatcher")
    client.cookies["django_language"] = language
    answer = client.get(f"/account/{page}", follow=True)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert " style=" not in text and "<style" not in text and "onclick" not in text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
