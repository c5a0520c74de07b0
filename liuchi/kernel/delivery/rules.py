"""When a mail that failed is tried again."""

from datetime import timedelta

# After each failure a longer pause: 1, 5, 15 minutes, 1, 4, 12 hours. Then a person must look: it is stuck.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))


def next_try(failures: int) -> timedelta | None:
    """How long to wait after so many failures; None when it has been tried often enough."""
    return PAUSES[failures - 1] if failures <= len(PAUSES) else None
