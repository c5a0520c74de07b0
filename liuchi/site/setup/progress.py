"""How far an import is: one small file a key, written by the worker, read by the page."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings


def tell(key: str, state: str, **more: Any) -> None:
    """state: waiting, working, done or failed; more: done and total, figures, or the sentence of a failure."""
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps({"state": state, **more}, ensure_ascii=False))
    draft.replace(path)


def told(key: str) -> dict[str, Any]:
    """The last word on a key; state `unknown` if there is none."""
    try:
        return dict(json.loads(_path(key).read_text()))
    except (OSError, ValueError):
        return {"state": "unknown"}


def _path(key: str) -> Path:
    if not key.isalnum():
        raise ValueError("a key is letters and digits")
    return Path(settings.VAR) / "waiting" / f"progress-{key}.json"
