"""What goes out over HTTP goes where it may, signed as each side's documentation says; checked by servers on this machine."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from liuchi.kernel.context import Context
from liuchi.kernel.delivery import actions, aliyun, http, robots, sms
from liuchi.kernel.delivery.channels import Failed
from liuchi.kernel.delivery.models import Gateway, Sending
from liuchi.kernel.tests.other_side import other_side

__all__ = ["other_side"]
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
CTX = Context(at=AT, recorded_at=AT)


def as_json(told):
    return lambda _one: (200, json.dumps(told).encode(), {"content-type": "application/json"})


# --- where to ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "http://oapi.dingtalk.com/robot/send",
        "https://oapi.dingtalk.com.example.org/robot/send",
        "https://oapi.dingtalk.com@example.org/",
        "https://example.org#oapi.dingtalk.com",
        "https://oapi.dingtalk.com:8443/robot/send",
        "https://127.0.0.1/robot/send",
        "http://127.0.0.1/robot/send",
        "file:///etc/passwd",
        "https://oapi.dingtalk.com/robot/send\r\nHost: x",
        "https://[",
        "",
    ],
)
def test_robots_are_only_at_home(address):
    assert not robots.is_address("dingtalk", address)
    with pytest.raises(Failed, match="not_allowed"):
        robots.say("dingtalk", address, "", "x", AT)


def test_each_robot_has_its_own_host():
    homes = {kind: f"https://{robots.HOSTS[kind]}{robots.PATHS[kind]}" for kind in robots.HOSTS}
    for kind in homes:
        assert [other for other, home in homes.items() if robots.is_address(kind, home)] == [kind]


def test_nobody_is_followed_elsewhere(other_side):
    other_side.answers = lambda _one: (302, b"", {"Location": "/elsewhere"})
    assert http.post(other_side.url, b"", {}).status == 302
    assert len(other_side.got) == 1


def test_who_does_not_answer_is_left_with_a_word(settings):
    settings.DELIVERY_LOOPBACK = True
    with pytest.raises(Failed) as failed:
        http.post("http://127.0.0.1:1/secret-path", b"", {})
    assert failed.value.problem == "NewConnectionError"


# --- text messages -------------------------------------------------------------------------------------------------------


def test_the_signature_is_that_of_the_published_example():
    """help.aliyun.com, “V3版本请求体&签名机制”, 固定参数示例."""
    query = aliyun.canonical_query(
        {"RegionId": "cn-shanghai", "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"}
    )
    headers = aliyun.signed_headers(
        method="POST", host="ecs.cn-shanghai.aliyuncs.com", query=query, action="RunInstances", version="2014-05-26",
        key_id="YourAccessKeyId", secret="YourAccessKeySecret", at=datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC),
        nonce="3156853299f313e23d1673dc12e1703d",
    )  # fmt: skip
    assert headers["authorization"] == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
        "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def aliyun_says(one):
    """As the provider does it: signs what came anew, with the secret that both know."""
    shown = one.headers["authorization"].split(" ", 1)[1].split(",")
    signed = shown[1].removeprefix("SignedHeaders=").split(";")
    lines = "".join(f"{name}:{one.headers[name].strip()}\n" for name in signed)
    asked = parse_qs(urlsplit(one.path).query, strict_parsing=True)
    query = "&".join(f"{quote(name, safe='~')}={quote(asked[name][0], safe='~')}" for name in sorted(asked))
    whole = f"POST\n/\n{query}\n{lines}\n{';'.join(signed)}\n{hashlib.sha256(one.body).hexdigest()}"
    to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(whole.encode()).hexdigest()
    right = hmac.new(b"the secret", to_sign.encode(), hashlib.sha256).hexdigest()
    if shown[2] != f"Signature={right}":
        return 403, b'{"Code": "SignatureDoesNotMatch"}', {}
    if len(asked["PhoneNumbers"][0]) != 11:
        return 200, b'{"Code": "isv.MOBILE_NUMBER_ILLEGAL"}', {}
    return 200, b'{"Code": "OK", "BizId": "1"}', {}


def set_up(other_side, secret="the secret"):
    other_side.answers = aliyun_says
    return sms.set_up(
        CTX, address=other_side.url, key_id="key", secret=secret, sign_name="六尺街道", template="SMS_1",
        code_template="SMS_2", active=True,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_text_message_is_signed_and_says_no_more_than_its_template(other_side):
    set_up(other_side)
    words = "已派出 · 槐荫路 12 号门口的路灯坏了三天没人修，晚上看不见路，老人怕摔跤，请快来看看"
    assert actions.send(CTX, "sms", "a", "13800000001", words, "the whole story", url="/mine/1")
    actions.send(CTX, "sms", "code:1", "13800000001", "x", short="123456")
    actions.deliver_due(AT)
    assert set(Sending.objects.values_list("state", "problem")) == {("sent", "")}
    first, code = (
        {name: value[0] for name, value in parse_qs(urlsplit(one.path).query).items()}
        for one in sorted(other_side.got, key=lambda one: "SMS_2" in one.path)
    )
    assert (first["PhoneNumbers"], first["SignName"], first["TemplateCode"]) == ("13800000001", "六尺街道", "SMS_1")
    assert json.loads(first["TemplateParam"]) == {"title": words[:35]}
    assert (code["TemplateCode"], json.loads(code["TemplateParam"])) == ("SMS_2", {"code": "123456"})


@pytest.mark.django_db
def test_a_wrong_key_waits_until_somebody_puts_it_right(other_side):
    set_up(other_side, secret="another")
    actions.send(CTX, "sms", "a", "13800000001", "x")
    actions.deliver_due(AT)
    assert Sending.objects.values_list("state", "problem").get() == ("waiting", "SignatureDoesNotMatch")
    Gateway.objects.all().delete()
    assert not actions.send(CTX, "sms", "b", "13800000001", "x"), "nothing piles up where it is off"


@pytest.mark.django_db
def test_a_number_that_is_none_is_stuck_at_once(other_side):
    set_up(other_side)
    actions.send(CTX, "sms", "a", "12345", "x")
    actions.deliver_due(AT)
    assert Sending.objects.values_list("state", "problem").get() == ("stuck", "isv.MOBILE_NUMBER_ILLEGAL")


@pytest.mark.django_db
def test_the_secret_is_not_readable_in_the_database(other_side):
    kept = set_up(other_side)
    assert b"the secret" not in bytes(Gateway.objects.get(pk=kept.pk).secret)


# --- robots of groups ------------------------------------------------------------------------------------------------------


def test_wecom(other_side):
    other_side.answers = as_json({"errcode": 0, "errmsg": "ok"})
    robots.say("wecom", f"{other_side.url}/cgi-bin/webhook/send?key=k", "", "新任务", AT)
    (one,) = other_side.got
    assert one.path == "/cgi-bin/webhook/send?key=k"
    assert json.loads(one.body) == {"msgtype": "text", "text": {"content": "新任务"}}


def test_dingtalk_checks_the_signature_in_the_address(other_side):
    def says(one):
        asked = parse_qs(urlsplit(one.path).query)
        stamp = asked["timestamp"][0]
        right = base64.b64encode(hmac.new(b"SECabc", f"{stamp}\nSECabc".encode(), hashlib.sha256).digest()).decode()
        good = asked["sign"][0] == right and stamp == str(int(AT.timestamp() * 1000)) and asked["access_token"] == ["t"]
        return 200, json.dumps({"errcode": 0 if good else 310000, "errmsg": "sign not match"}).encode(), {}

    other_side.answers = says
    address = f"{other_side.url}/robot/send?access_token=t"
    robots.say("dingtalk", address, "SECabc", "新任务", AT)
    with pytest.raises(Failed) as failed:
        robots.say("dingtalk", address, "SECxyz", "新任务", AT)
    assert (failed.value.problem, failed.value.final) == ("dingtalk_310000", True)


def test_feishu_checks_the_signature_in_the_body(other_side):
    def says(one):
        told = json.loads(one.body)
        right = hmac.new(f"{told['timestamp']}\nabc".encode(), b"", hashlib.sha256).digest()
        good = base64.b64decode(told["sign"]) == right and told["timestamp"] == str(int(AT.timestamp()))
        return 200, json.dumps({"code": 0 if good else 19021, "msg": "sign match fail"}).encode(), {}

    other_side.answers = says
    address = f"{other_side.url}/open-apis/bot/v2/hook/x"
    robots.say("feishu", address, "abc", "新任务", AT)
    assert json.loads(other_side.got[0].body)["content"] == {"text": "新任务"}
    with pytest.raises(Failed, match="feishu_19021"):
        robots.say("feishu", address, "xyz", "新任务", AT)


def test_an_answer_that_says_nothing_is_tried_again(other_side):
    other_side.answers = lambda _one: (502, b"<html>", {})
    with pytest.raises(Failed) as failed:
        robots.say("wecom", f"{other_side.url}/cgi-bin/webhook/send", "", "x", AT)
    assert (failed.value.problem, failed.value.final) == ("http_502", False)
