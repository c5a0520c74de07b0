"""Pushes can be read by the browser alone, and say who sends them; checked by a push service and a browser on this machine."""

import hmac
import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from liuchi.kernel.delivery import push
from liuchi.kernel.delivery.channels import Failed
from liuchi.kernel.tests.other_side import other_side

__all__ = ["other_side"]
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


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
