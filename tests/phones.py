"""A phone that reports, and what it expects to be told."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.test import Client

# An id that nothing has; the same in every process, so that a suite split over several finds the same tests.
NOBODY = "01a20000-0000-7000-8000-000000000000"

LANGUAGES = {"zh-hans": "zh-CN,zh;q=0.9", "en": "en-GB,en;q=0.9"}
CHINESE = re.compile("[\u4e00-\u9fff]")
JSON = "application/json"


class Phone:
    """A phone that has introduced itself."""

    def __init__(self, language: str = "zh-hans", client: Client | None = None) -> None:
        self.client = client or Client(raise_request_exception=True)
        self.language = language
        self.token = self.client.post("/outbox/token").json()["token"]

    def send(self, body: Any, **more: Any) -> Any:
        """What the outbox answers; bytes and text go as they are."""
        raw = body if isinstance(body, bytes | str) else json.dumps(body)
        return self._post("/outbox", raw, JSON, **more)

    def upload(self, content: bytes, address: str = "", **more: Any) -> Any:
        return self._post(address or f"/outbox/media?key={uuid4()}&kind=photo", content, "image/jpeg", **more)

    def _post(self, address: str, content: Any, kind: str, **more: Any) -> Any:
        headers = {"Authorization": f"Outbox {self.token}", "Accept-Language": LANGUAGES[self.language]}
        return self.client.post(
            address, content, content_type=kind, headers={**headers, **more.pop("headers", {})}, **more
        )


def report(**body: Any) -> dict[str, Any]:
    """A good report; keyword arguments change its body."""
    said = {"text": "路灯不亮，天黑看不见路", "lon": 117.03, "lat": 30.52, "accuracy": 8, "place_source": "gps"}
    return {
        "key": str(uuid4()),
        "verb": "case.report",
        "at": datetime.now(UTC).isoformat(),
        "version": 1,
        "body": said | body,
        "media": [],
    }


def refused(answer: Any, language: str, *status: int) -> dict[str, Any]:
    """The refusal: 4xx, with a sentence in the language."""
    assert 400 <= answer.status_code < 500, answer.content[:500]
    assert not status or answer.status_code in status, (answer.status_code, answer.content[:500])
    told = answer.json()
    assert len(told["message"]) > 5
    assert bool(CHINESE.search(told["message"])) == (language == "zh-hans"), told["message"]
    return told
