"""What the front end's build left behind, and the service worker made from it."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static


def folder() -> Path:
    """Where `frontend/build.mjs` writes."""
    return Path(settings.VAR) / "front"


def _address(name: str) -> str:
    """Chunks are imported by each other under the names that the build gave them, which carry its own hash."""
    return f"{settings.STATIC_URL}{name}" if name.startswith("chunks/") else static(name)


def worker_script() -> str:
    """The service worker's text, led by the addresses it has to keep.

    Because the hashed addresses stand in the text, every build changes it, and browsers take the new one by themselves.
    Raises FileNotFoundError where the front end has not been built.
    """
    built = (folder() / "sw.js").read_text()
    files = json.loads((folder() / "front.json").read_text())
    front: dict[str, object] = {part: [_address(name) for name in files[part]] for part in ("now", "later")}
    front["version"] = hashlib.sha256((json.dumps(front) + built).encode()).hexdigest()[:12]
    return f"self.FRONT = {json.dumps(front)};\n{built}"
