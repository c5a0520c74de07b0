"""When what failed is tried again."""

from datetime import timedelta

# After each failure a longer pause: 1, 5, 15 minutes, 1, 4, 12 hours. Then a person must look: it is stuck.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))


# What another channel could bring does not wait for a day: after so many pauses it goes that way.
BEFORE_ANOTHER_WAY = 2


def next_try(failures: int, *, another_way: bool = False) -> timedelta | None:
    """How long to wait after so many failures; None when it has been tried often enough."""
    most = BEFORE_ANOTHER_WAY if another_way else len(PAUSES)
    return PAUSES[failures - 1] if failures <= most else None
