"""What the map folder holds now."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings


def folder() -> Path:
    """Where the base map lies."""
    return Path(settings.MAP_FOLDER)


def about() -> dict[str, Any] | None:
    """What is known of the base map: bounds (west, south, east, north), frames of its maps, hash, size; None without one."""
    path = folder() / "base.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
