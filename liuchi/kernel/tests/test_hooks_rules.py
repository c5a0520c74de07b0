"""How an event is signed, when it is tried again, and where it may go."""

import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from liuchi.kernel.hooks import rules, wire


@given(body=st.binary(max_size=200), event=st.from_regex(r"evt_[0-9a-f]{32}", fullmatch=True))
def test_a_ready_made_library_knows_our_signature(body: bytes, event: str) -> None:
    secret, now = rules.new_secret(), datetime.now(UTC)
    text = body.decode("latin-1").encode()
    headers = {name.lower(): value for name, value in rules.headers(secret, event, int(now.timestamp()), text).items()}
    document = b'{"text":' + b'"' + text.hex().encode() + b'"}'
    headers["webhook-signature"] = rules.signature(secret, event, int(now.timestamp()), document)
    assert Webhook(secret).verify(document, headers) == {"text": text.hex()}
    with pytest.raises(WebhookVerificationError):
        Webhook(rules.new_secret()).verify(document, headers)


def test_it_is_tried_over_more_than_a_day_with_growing_pauses() -> None:
    pauses = [rules.next_try(failures) for failures in range(1, 9)]
    assert all(pauses) and pauses == sorted(pauses)  # type: ignore[type-var]
    assert sum(pauses, timedelta()) > timedelta(hours=24)  # type: ignore[arg-type]
    assert rules.next_try(9) is None


@pytest.mark.parametrize(
    "url, fault",
    [
        ("https://example.org/events?a=1", ""),
        ("https://[2606:2800:220:1::1]:8443/", ""),
        ("http://example.org/", "https"),
        ("ftp://example.org/", "https"),
        ("https:///events", "host"),
        ("https://user:secret@example.org/", "host"),
        ("https://example.org:99999/", "host"),
        ("https://exam ple.org/", "host"),
        ("https://example.org/\r\nX: 1", "host"),
        ("https://[::1", "host"),
    ],
)
def test_only_whole_addresses_over_tls(url: str, fault: str) -> None:
    assert rules.fault_of(url) == fault


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "ff02::1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:c0a8:101::1",
    ],
)  # fmt: skip
def test_no_address_of_a_private_network(address: str) -> None:
    assert not wire.is_allowed(address)


def test_public_addresses_and_named_networks(settings: Any) -> None:
    from ipaddress import ip_network

    assert wire.is_allowed("1.1.1.1") and wire.is_allowed("2606:4700::1111")
    settings.HOOK_NETWORKS = [ip_network("10.20.0.0/16")]
    assert wire.is_allowed("10.20.3.4") and not wire.is_allowed("10.21.3.4")


def test_one_bad_address_of_a_name_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in ("93.184.216.34", "10.0.0.5")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: both)
    answer = wire.post("https://example.org/", b"{}", {})
    assert answer.status is None and "private network" in answer.words


def test_a_name_is_looked_up_once_and_that_address_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, called = [], []

    def first_public_then_inside(host: str, port: int, **_more: Any) -> list[Any]:
        asked.append(host)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def call(where: tuple[str, int], **_more: Any) -> Any:
        called.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", first_public_then_inside)
    monkeypatch.setattr(socket, "create_connection", call)
    assert wire.post("https://example.org/", b"{}", {}).status is None
    assert called == [("93.184.216.34", 443)] and asked == ["example.org"]
