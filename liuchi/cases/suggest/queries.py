"""Which matter the words may be about."""

from dataclasses import dataclass

from liuchi.cases.models import Matter


@dataclass(frozen=True, slots=True)
class Suggestion:
    """matter; share: 0 to 1, how sure; because: the words that spoke for it."""

    matter: Matter
    share: float
    because: tuple[str, ...]


def suggest(text: str) -> list[Suggestion]:
    """The likeliest matters first."""
    return []
