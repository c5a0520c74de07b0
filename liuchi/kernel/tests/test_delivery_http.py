"""What goes out over HTTP goes where it may, signed as each side's documentation says; checked by servers on this machine."""

import base64
import hashlib
import hmac
import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from liuchi.kernel.context import Context
from liuchi.kernel.delivery import actions, aliyun, http, push, robots, sms
from liuchi.kernel.delivery.channels import Failed
from liuchi.kernel.delivery.models import Gateway, Sending

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
CTX = Context(at=AT, recorded_at=AT)


@pytest.fixture
def other_side(settings):
    """A server: ``got`` is what came, ``answers`` a function of it that gives (status, body, headers)."""
    side = SimpleNamespace(got=[], answers=lambda _one: (200, b"{}", {}))

    class Talk(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            one = SimpleNamespace(path=self.path, headers=self.headers, body=body)
            side.got.append(one)
            status, answer, headers = side.answers(one)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Talk)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.DELIVERY_LOOPBACK = True
    side.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield side
    server.shutdown()
    server.server_close()


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


# --- pushes ------------------------------------------------------------------------------------------------------------------


def test_the_cipher_is_that_of_the_rfcs_example():
    """RFC 8291, section 5 and appendix A."""
    private = int.from_bytes(push.padded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    body = push.encrypted(
        b"When I grow up, I want to be a watermelon",
        push.padded("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        push.padded("BTBZMqHH6r4Tts7J_aSIgg"),
        salt=push.padded("DGv6ra1nlYgDCS1FRnbzlw"),
        key=ec.derive_private_key(private, ec.SECP256R1()),
    )
    assert push.unpadded(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl"
        "95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.fixture
def browser(other_side):
    """A browser's side of it: its keys, the subscription it gives away, and reading what comes."""
    key, auth = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
    mine = push.public_bytes(key)

    def read(body):
        salt, theirs, cipher = body[:16], body[21:86], body[86:]
        assert int.from_bytes(body[16:20], "big") == 4096 and body[20] == 65
        shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        first = hmac.digest(auth, shared, "sha256")
        key_info = b"WebPush: info\x00" + mine + theirs
        material = HKDFExpand(hashes.SHA256(), 32, key_info).derive(first)
        second = hmac.digest(salt, material, "sha256")
        content = HKDFExpand(hashes.SHA256(), 16, b"Content-Encoding: aes128gcm\x00").derive(second)
        nonce = HKDFExpand(hashes.SHA256(), 12, b"Content-Encoding: nonce\x00").derive(second)
        words = AESGCM(content).decrypt(nonce, cipher, None)
        assert words.endswith(b"\x02")
        return json.loads(words[:-1])

    kept = {"endpoint": f"{other_side.url}/push/1", "p256dh": push.unpadded(mine), "auth": push.unpadded(auth)}
    return SimpleNamespace(subscription=kept, read=read)


def test_a_push_is_read_by_the_browser_alone_and_says_who_sends(other_side, browser, settings):
    settings.PUBLIC_URL = "https://liuchi.example"
    other_side.answers = lambda _one: (201, b"", {})
    words = {"title": "已派出", "body": "已派给环卫队", "url": "/mine/1", "tag": "journal:1"}
    push.send(browser.subscription, words, AT)
    push.send(browser.subscription, words, AT)
    one, again = other_side.got
    assert browser.read(one.body) == words and "已派" not in one.body.decode("latin1")
    assert one.headers["content-encoding"] == "aes128gcm" and int(one.headers["ttl"]) > 0
    assert one.headers["topic"] == again.headers["topic"] and len(one.headers["topic"]) <= 32
    scheme, rest = one.headers["authorization"].split(" ", 1)
    told = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid" and told["k"] == push.public_key()
    head, claims, signature = told["t"].split(".")
    assert json.loads(push.padded(head)) == {"typ": "JWT", "alg": "ES256"}
    said = json.loads(push.padded(claims))
    assert (said["aud"], said["sub"]) == (other_side.url, "https://liuchi.example")
    assert 0 < said["exp"] - AT.timestamp() <= 24 * 3600
    raw = push.padded(signature)
    known = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), push.padded(told["k"]))
    known.verify(
        encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")),
        f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()),
    )  # fmt: skip


def test_a_browser_that_left_is_known_as_gone(other_side, browser):
    other_side.answers = lambda _one: (410, b"", {})
    with pytest.raises(Failed) as failed:
        push.send(browser.subscription, {"title": "x", "tag": "x"}, AT)
    assert failed.value.gone


def test_only_known_push_services_are_taken(browser, settings):
    p256dh, auth = browser.subscription["p256dh"], browser.subscription["auth"]
    settings.DELIVERY_LOOPBACK = False
    assert push.is_endpoint("https://fcm.googleapis.com/fcm/send/x", p256dh, auth)
    assert push.is_endpoint("https://wns2-par02p.notify.windows.com/w/?token=x", p256dh, auth)
    for wrong in ("https://example.org/x", "http://127.0.0.1:9/x", "https://fcm.googleapis.com.example.org/x"):
        assert not push.is_endpoint(wrong, p256dh, auth)
    assert not push.is_endpoint("https://fcm.googleapis.com/x", push.unpadded(b"\x04" + b"1" * 64), auth)
    assert not push.is_endpoint("https://fcm.googleapis.com/x", p256dh, "x")
