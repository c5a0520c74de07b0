"""Reading receivers."""

from __future__ import annotations

from typing import Any

from liuchi.kernel.hooks import events
from liuchi.kernel.hooks.models import Hook


def stuck() -> int:
    """How many receivers have not taken anything for more than a day."""
    return Hook.objects.filter(state=Hook.State.STUCK).count()


def labels(hook: Hook) -> list[Any]:
    """What it wants to know, in words."""
    known = events.offered()
    return [known[verb] for verb in hook.wanted if verb in known]
