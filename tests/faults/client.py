"""A phone that never trusts the network: a process of its own, which puts each acknowledgement on the disk at once.

    python -m tests.faults.client PORT FOLDER NUMBER SECONDS

It sends reports, one with a photo every now and then, again and again until each is acknowledged, as the outbox of the page does.
Lines of ``FOLDER/acknowledged.NUMBER``: key, number, receipt, key of the photo or ``-``.
"""

import http.client
import io
import json
import os
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from PIL import Image

CSRF = "f" * 32
# Far apart from each other, so that none is taken for a sign of a busy street.
WEST, SOUTH = 117.03, 30.52
# Seconds between two photos of one phone: under the 150 a minute that the house takes from one, with room for repeats.
PHOTO_EVERY = 0.6


class Phone:
    """Keeps what it has to say until it is told that it arrived."""

    def __init__(self, port: int, folder: Path, number: int, until: float) -> None:
        self.port, self.folder, self.until = port, folder, until
        self.said = open(folder / f"acknowledged.{number}", "a", encoding="utf-8")  # noqa: SIM115 - until the process ends
        self.token = ""
        self.next_photo = 0.0

    def ask(self, address: str, body: bytes, kind: str, headers: dict[str, str]) -> tuple[int, dict]:
        """(status, answer); status 0 when the server is gone or says nothing that can be read."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            connection.request("POST", address, body, {"Content-Type": kind, **headers})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return 0, {}
        finally:
            connection.close()

    def delivered(self, address: str, body: bytes, kind: str) -> dict | None:
        """Sends until it is taken; None when the time is over first. Raises for an answer that waiting cannot help."""
        while time.time() < self.until:
            if not self.token:
                headers = {"Cookie": f"csrftoken={CSRF}", "X-CSRFToken": CSRF}
                status, said = self.ask("/outbox/token", b"", kind, headers)
                self.token = said.get("token", "") if status == 201 else ""
            if self.token:
                status, said = self.ask(address, body, kind, {"Authorization": f"Outbox {self.token}"})
                if status in (200, 201):
                    return said
                if status not in (0, 429, 503):
                    raise SystemExit(f"{address}: {status} {said}")
            time.sleep(0.05)
        return None

    def report(self) -> None:
        """One report, with or without a photo, noted on the disk once it is acknowledged."""
        key, media = str(uuid4()), "-"
        if time.time() >= self.next_photo:
            self.next_photo = time.time() + PHOTO_EVERY
            media = str(uuid4())
            photo = picture()
            (self.folder / f"{media}.jpg").write_bytes(photo)
            if self.delivered(f"/outbox/media?key={media}&kind=photo", photo, "image/jpeg") is None:
                return
        said = {
            "key": key,
            "verb": "case.report",
            "at": datetime.now(UTC).isoformat(),
            "version": 1,
            "body": {
                "text": f"路灯不亮 {key}",
                "lon": WEST + random.uniform(0, 0.02),
                "lat": SOUTH + random.uniform(0, 0.02),
                "accuracy": 8,
                "place_source": "gps",
            },
            "media": [] if media == "-" else [media],
        }
        answer = self.delivered("/outbox", json.dumps(said).encode(), "application/json")
        if answer is not None:
            result = answer["result"]
            self.said.write(f"{key} {result['number']} {result['receipt']} {media}\n")
            self.said.flush()
            os.fsync(self.said.fileno())


def picture() -> bytes:
    """A small JPEG unlike every other."""
    file = io.BytesIO()
    Image.frombytes("RGB", (64, 48), random.randbytes(64 * 48 * 3)).save(file, "JPEG", quality=80)
    return file.getvalue()


def main() -> None:
    """Reports until the time is over."""
    port, folder, number, seconds = sys.argv[1:]
    until = time.time() + float(seconds)
    phone = Phone(int(port), Path(folder), int(number), until)
    while time.time() < until:
        phone.report()


if __name__ == "__main__":
    main()
