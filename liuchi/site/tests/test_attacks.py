"""Small things sent to do harm: each gets an answer, and none leaves a trace of a person in the log."""

import io
import logging
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from liuchi.kernel.media.rules import byte_range
from liuchi.people.tests.conftest import Place, place
from liuchi.site.logs import Discreet

pytestmark = pytest.mark.django_db
__all__ = ["place"]


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [
        ("/desk/?tab=soon", "/desk/?tab=soon"),
        ("/catalogue?q=路灯", "/catalogue?q=%E8%B7%AF%E7%81%AF"),
        ("/a\r\nSet-Cookie: x=1", None),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https:evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_the_language_leads_back_into_the_house(client: Client, back: str, leads_to: str | None) -> None:
    answer = client.post("/language", {"language": "en", "next": back})
    assert answer.status_code == 302
    assert "\n" not in answer.url and (leads_to is None or answer.url == leads_to)
    assert "x" not in answer.cookies


@pytest.mark.parametrize("root", ["/static/", "/map/", "/media/", "/"])
@pytest.mark.parametrize("up", ["../", "..%2f", "%2e%2e/", "..%252f", "..%5c", "....//", "%2e%2e%00/", "%c0%ae%c0%ae/"])
def test_no_file_beside_the_public_ones_is_served(client: Client, root: str, up: str) -> None:
    for depth in (1, 2, 4):
        for file in ("keys/secret_key", "liuchi.sqlite3", "etc/passwd"):
            assert client.get(root + up * depth + file).status_code in (400, 404)


def test_a_page_number_without_end_is_an_empty_page(place: Place, client: Client) -> None:
    client.force_login(place.person("rider").login)
    for page in (10**6, 10**30):
        assert client.get("/api/cases/mine", {"page": page}).json()["cases"] == []


def test_a_range_of_thousands_of_digits_is_no_range() -> None:
    assert byte_range(f"bytes={'9' * 5000}-", 10) is None


def test_a_large_file_is_refused_before_it_is_taken_in(place: Place, client: Client) -> None:
    file = SimpleUploadedFile("x.bin", bytes(2 * 1024 * 1024))
    assert client.post("/language", {"file": file}).status_code == 413
    client.force_login(place.person("rider").login)
    file.seek(0)
    answer = client.post("/me/data/erase", {"file": file}, headers={"Accept-Language": "en"})
    assert answer.status_code == 413 and "too large" in answer.content.decode()
    client.force_login(place.person("administrator").login)
    file.seek(0)
    assert client.post("/desk/people/import", {"file": file}).status_code == 200


def test_the_log_names_no_receipt_and_no_number() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Discreet("%(message)s"))
    said = "Not Found: /api/cases/follow/ABCD-EFGH-JKLM /r/ABCDEFGHJKLM /media/x?pass=secretpass&v=1 Mr 138 0000 1234"
    handler.handle(logging.LogRecord("x", logging.WARNING, "", 0, said, None, None))
    text = out.getvalue()
    assert "ABCD" not in text and "secretpass" not in text and "1234" not in text
    assert "/api/cases/follow/…" in text and "v=1" in text
    try:
        raise ValueError("no such number 13800001234 at /r/WXYZ23456789")
    except ValueError:
        handler.handle(logging.LogRecord("x", logging.ERROR, "", 0, "broken", None, sys.exc_info()))
    assert "13800001234" not in out.getvalue() and "WXYZ" not in out.getvalue() and "Traceback" in out.getvalue()
