"""What somebody typed, or a program sent, where a number or a day is meant: anything else is none, never an error.

``"²".isdigit()`` is true and ``int("²")`` raises, as five thousand digits do; a day at the edge of the calendar overflows
with the next sum. So nobody takes texts apart on their own.
"""

from datetime import date

# Database numbers end at 18 digits; no paper of an office bears a day beyond these.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
DIGITS = 18


def whole(text: object, most: int = 10**DIGITS - 1) -> int | None:
    """The whole number, from 0 to ``most``; None for everything else."""
    digits = str(text or "").strip() if not isinstance(text, int) else str(text)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= DIGITS):
        return None
    number = int(digits)
    return number if number <= most else None


def number(text: object, most: float = 1e9) -> float | None:
    """The number with or without decimals (``1.5``, ``2``), from 0 to ``most``; None for everything else."""
    whole_part, _point, rest = str(text or "").strip().partition(".")
    if whole(whole_part) is None or (rest and whole(rest) is None):
        return None
    found = float(f"{whole_part}.{rest or 0}")
    return found if found <= most else None


def day(text: object) -> date | None:
    """The day of ``2026-11-22``, from 1900 to 2199; None for everything else."""
    try:
        found = date.fromisoformat(str(text or "").strip())
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None
