"""Behind a reverse proxy everybody is counted by their own address, and nobody by one they made up."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuchi.site.forwarded import Forwarded

PROXIES = "10.9.8.7, 127.0.0.2 ,10.1.0.0/16,2001:db8::/64"


def seen(peer: str, forwarded: str | None = None, proto: str | None = None) -> tuple[str, str]:
    """What the program is told: (address, scheme)."""
    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http"}
    if forwarded is not None:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    if proto is not None:
        environ["HTTP_X_FORWARDED_PROTO"] = proto
    told: list[tuple[str, str]] = []
    Forwarded(lambda env, _start: told.append((env["REMOTE_ADDR"], env["wsgi.url_scheme"])) or [], PROXIES)(
        environ, None
    )
    return told[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.2", "203.0.113.7", "203.0.113.7"),
        ("10.9.8.7", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.2", "1.2.3.4, 203.0.113.7", "203.0.113.7"),  # 1.2.3.4 was written by the sender
        ("127.0.0.2", "203.0.113.7,10.1.2.3", "203.0.113.7"),  # through two proxies of ours
        ("127.0.0.2", "203.0.113.7:4711", "203.0.113.7"),
        ("127.0.0.2", "[2001:db8:1::7]:4711", "2001:db8:1::7"),
        ("::ffff:127.0.0.2", "::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8::1", "2001:db8:1::7", "2001:db8:1::7"),
        ("127.0.0.2", "203.0.113.7, unknown", "127.0.0.2"),  # the proxy did not know; what stands before is anybody's
        ("127.0.0.2", "", "127.0.0.2"),
        ("127.0.0.2", "10.1.2.3", "127.0.0.2"),
        ("203.0.113.9", "1.2.3.4", "203.0.113.9"),  # not through a proxy of ours
        ("10.2.0.1", "1.2.3.4", "10.2.0.1"),
        ("", "1.2.3.4", ""),
    ],
)
def test_the_senders_address_is_the_last_that_is_not_ours(peer, forwarded, address):
    assert seen(peer, forwarded)[0] == address


def test_https_is_believed_from_the_proxies_alone():
    assert seen("127.0.0.2", "203.0.113.7", "https")[1] == "https"
    assert seen("203.0.113.9", "1.2.3.4", "https")[1] == "http"
    assert seen("127.0.0.2", "203.0.113.7", "gopher")[1] == "http"


@given(st.text(max_size=60))
def test_whatever_a_sender_writes_before_the_proxy_is_not_believed(lie):
    assert seen("127.0.0.2", f"{lie}, 203.0.113.7")[0] == "203.0.113.7"


@given(st.text(max_size=60))
def test_what_is_told_is_always_an_address(header):
    ipaddress.ip_address(seen("127.0.0.2", header)[0])


@pytest.mark.parametrize("proxies", ["*", "127.0.0.1,proxy", "127.0.0.1/99"])
def test_a_mistake_in_the_setting_stops_the_start(proxies):
    with pytest.raises(ValueError, match="LIUCHI_PROXIES"):
        Forwarded(lambda _env, _start: [], proxies)
