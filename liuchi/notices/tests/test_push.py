"""A browser takes pushes for one person, from the page's first yes until it is gone."""

import json
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.delivery import channels, push
from liuchi.kernel.delivery.channels import Failed
from liuchi.kernel.delivery.models import Sending
from liuchi.notices import Told, actions, sending
from liuchi.notices.models import Browser, Choice
from liuchi.notices.tests.conftest import TEN, context, reachable

pytestmark = pytest.mark.django_db
KEYS = {
    "p256dh": push.unpadded(push.public_bytes(ec.generate_private_key(ec.SECP256R1()))),
    "auth": push.unpadded(b"0123456789abcdef"),
}
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"


def subscribe(client, endpoint=ENDPOINT, **more):
    body = json.dumps({"endpoint": endpoint, **KEYS} | more)
    return client.post("/me/notices/browser", body, content_type="application/json").status_code


@pytest.fixture
def page(client, somebody):
    client.force_login(somebody.login)
    return client


@pytest.fixture
def pushed(monkeypatch):
    seen = SimpleNamespace(words=[], answer=None)

    def send(subscription, words, _at):
        if seen.answer:
            raise seen.answer
        seen.words.append((subscription["endpoint"], words))

    monkeypatch.setattr(push, "send", send)
    sending.register_all()
    return seen


def reach(person, thing="a"):
    actions.reach(context(TEN), thing, {person.pk: Told("已派出", "已派给环卫队", "/mine/1")})
    delivery.deliver_due(TEN)


def test_what_is_told_comes_as_a_push(page, somebody, pushed):
    assert subscribe(page) == 204 and subscribe(page) == 204
    assert Choice.objects.get(person=somebody).order[0] == "push"
    reach(somebody)
    ((endpoint, words),) = pushed.words
    assert endpoint == ENDPOINT
    assert words == {"title": "已派出", "body": "已派给环卫队", "url": "/mine/1", "tag": "a"}
    assert b"fcm.googleapis" not in bytes(Browser.objects.get().cipher)


def test_an_unknown_push_service_and_rubbish_are_refused(page):
    assert subscribe(page, "https://example.org/internal") == 422
    assert subscribe(page, "http://127.0.0.1:8000/") == 422
    assert subscribe(page, p256dh="x") == 422
    assert subscribe(page, "https://fcm.googleapis.com/\ud800", off=True) == 422
    assert page.post("/me/notices/browser", "[]", content_type="application/json").status_code == 422
    assert not Browser.objects.exists()


def test_the_next_who_signs_in_on_this_browser_takes_it_over(page, somebody, client, pushed):
    subscribe(page)
    other = reachable("other", "13800000003")
    client.force_login(other.login)
    subscribe(client)
    assert Browser.objects.get().person_id == other.pk
    reach(somebody)
    assert pushed.words == []


def test_switched_off_between_writing_and_sending_nothing_goes_there(page, somebody, pushed):
    subscribe(page)
    actions.reach(context(TEN), "a", {somebody.pk: Told("x")})
    assert subscribe(page, off=True) == 204
    delivery.deliver_due(TEN)
    assert pushed.words == []
    assert "stuck" not in Sending.objects.values_list("state", flat=True)


def test_a_browser_that_is_gone_is_forgotten(page, somebody, pushed):
    subscribe(page)
    pushed.answer = Failed("browser_gone", gone=True)
    reach(somebody)
    assert not Browser.objects.exists()
    assert not Sending.objects.filter(state="stuck").exists()


def test_five_browsers_are_enough(page, somebody):
    for number in range(7):
        subscribe(page, f"{ENDPOINT}{number}")
    assert Browser.objects.count() == 5


def test_all_channels_are_there():
    sending.register_all()
    assert {"mail", "sms", "push", "robot"} <= set(channels._channels)
