"""The page of the gateway for text messages: entered by an administrator, the secret never shown."""

import pytest

from liuchi.kernel.delivery.models import Gateway, Sending
from liuchi.people.tests.conftest import Place, client_of, place

pytestmark = pytest.mark.django_db
__all__ = ["place"]
AT = "/desk/notices/sms"
SENT = {
    "key_id": "LTAI", "secret": "very secret", "sign_name": "六尺街道", "template": "SMS_1", "code_template": "SMS_2",
    "address": "https://dysmsapi.aliyuncs.com", "active": "on",
}  # fmt: skip


@pytest.fixture
def desk(place: Place):
    return client_of(place.person("administrator"))


def test_it_is_kept_and_the_secret_is_not_shown(desk):
    assert desk.post(AT, SENT).status_code == 302
    kept = Gateway.objects.get()
    assert b"very secret" not in bytes(kept.secret)
    shown = desk.get(AT).content.decode()
    assert "LTAI" in shown and "very secret" not in shown
    assert desk.post(AT, SENT | {"secret": "", "template": "SMS_3"}).status_code == 302
    again = Gateway.objects.get()
    assert again.template == "SMS_3" and bytes(again.secret) == bytes(kept.secret)


@pytest.mark.parametrize(
    "address",
    [
        "http://dysmsapi.aliyuncs.com",
        "https://dysmsapi.aliyuncs.com/path",
        "https://a@b.example",
        "ftp://x",
        "dysmsapi.aliyuncs.com",
    ],
)
def test_only_https_and_only_a_host(desk, address):
    shown = desk.post(AT, SENT | {"address": address}).content.decode()
    assert "https:// 开头" in shown and not Gateway.objects.exists()


def test_the_secret_does_not_go_to_another_address_unasked(desk):
    desk.post(AT, SENT)
    shown = desk.post(AT, SENT | {"secret": "", "address": "https://thief.example"}).content.decode()
    assert "再填一遍" in shown and Gateway.objects.get().address == "https://dysmsapi.aliyuncs.com"


def test_a_test_goes_to_ones_own_phone(desk):
    desk.post(AT, SENT)
    desk.post(f"{AT}/test")
    assert Sending.objects.get().channel == "sms"
    assert "发送中" in desk.get(AT).content.decode()
