"""Phone numbers as they are typed, and as they are kept."""

from liuchi.kernel import crypto
from liuchi.people import rules


def normal_phone(text: str) -> str | None:
    """The one spelling under which a number is kept and found, or None if it is no phone number."""
    normal = crypto.normal_phone(text)
    return normal if rules.is_phone(normal) else None
