"""When a message goes out of the house, and by which way. Knows no Django; all times are of the place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

CHANNELS = ("push", "sms", "mail")
# What makes a sound wherever one is; mail lies there until one looks.
RINGING = frozenset({"push", "sms"})


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to be told. The values here are those of who never chose: no text message is sent unasked.

    order: the first channel that reaches the person is used; with every, all of them. Between quiet_from and quiet_until
    nothing rings, unless it is urgent and urgent_passes. digest_at: one message a day at that time instead of many.
    """

    order: tuple[str, ...] = ("push", "mail")
    every: bool = False
    quiet_from: time | None = time(22)
    quiet_until: time | None = time(7)
    urgent_passes: bool = True
    digest_at: time | None = None


def quiet_end(at: datetime, wish: Wish) -> datetime | None:
    """When the quiet hours end in which ``at`` lies; None outside of them. They may run over midnight."""
    begins, ends, now = wish.quiet_from, wish.quiet_until, at.time()
    if begins is None or ends is None or not is_quiet(now, begins, ends):
        return None
    day = at.date() + timedelta(days=1 if begins > ends and now >= begins else 0)
    return datetime.combine(day, ends, at.tzinfo)


def next_digest(at: datetime, hour: time) -> datetime:
    """The next time that the digest goes out, after ``at``."""
    today = datetime.combine(at.date(), hour, at.tzinfo)
    return today if today > at else today + timedelta(days=1)


def later(at: datetime, wish: Wish, reached: Sequence[str], urgent: bool) -> datetime | None:
    """Until when a message waits; None: it goes out at once. reached: the channels in the person's order that reach them.

    Quiet hours hold back what rings; where the first way is mail, nothing does.
    """
    if urgent and wish.urgent_passes:
        return None
    if wish.digest_at is not None:
        return next_digest(at, wish.digest_at)
    rings = any(one in RINGING for one in (reached if wish.every else reached[:1]))
    return quiet_end(at, wish) if rings else None


def ways(wish: Wish, has: Collection[str]) -> list[str]:
    """The channels by which somebody can be reached, in the order they chose."""
    return [channel for channel in wish.order if channel in has]


def may_take_over(channel: str, at: datetime, wish: Wish) -> bool:
    """Whether a channel may bring now what another one could not: not by ringing in the quiet hours."""
    return channel not in RINGING or quiet_end(at, wish) is None


def is_quiet(hour: time, begins: time | None, ends: time | None) -> bool:
    """Whether a time of day lies in the quiet hours."""
    if begins is None or ends is None or begins == ends:
        return False
    return begins <= hour < ends if begins < ends else hour >= begins or hour < ends


_DIGITS = re.compile(r"\d(?:[\s-]?\d){6,}")


def without_numbers(text: str) -> str:
    """The words without what could be somebody's number: seven digits or more in a row become three stars."""
    return _DIGITS.sub("***", text)


_BRACED = re.compile(r"\{\s*([^{}]*?)\s*\}")


def braced(name: str) -> str:
    """The placeholder of a name."""
    return "{" + name + "}"


def in_braces(text: str) -> str:
    """``%(unit)s has it`` as ``{unit} has it``."""
    return re.sub(r"%\((\w+)\)s", r"{\1}", text).replace("%%", "%")


def plain_braces(text: str) -> str:
    """Full-width braces (｛｝), which a Chinese keyboard gives, as plain ones."""
    return text.replace("｛", "{").replace("｝", "}")


def tidy(text: str) -> str:
    """Without the dots (·) between parts of which one is empty."""
    return " · ".join(part.strip() for part in text.split(" · ") if part.strip())


def placeholders(text: str) -> tuple[list[str], bool]:
    """What stands in braces, and whether a brace stands alone."""
    text = plain_braces(text)
    rest = _BRACED.sub("", text)
    return _BRACED.findall(text), "{" in rest or "}" in rest


def filled(text: str, values: Mapping[str, object]) -> str:
    """The text with values for its placeholders; one without a value stays as it is. Values are never read as templates."""
    return _BRACED.sub(lambda found: str(values[found[1]]) if found[1] in values else found[0], text)
