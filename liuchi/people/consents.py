"""What a person agrees to, each purpose with its text and version. A new text is a new version; old rows keep theirs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Purpose:
    """title and text as shown; version of the text; needed: an account can't do without it."""

    title: str | Promise
    text: str | Promise
    version: int = 1
    needed: bool = False


PURPOSES = {
    "account": Purpose(
        _("Keep my account"),
        _(
            "We keep your name, your phone number and your password (as a digest) so that you can sign in and follow"
            " your reports. Only you see them, and staff whose duty needs it; each look is logged. You can erase them"
            " at any time."
        ),
        needed=True,
    ),
    "call_back": Purpose(
        _("Call me about my reports"),
        _(
            "Staff who handle or check your report may call the number you left, to ask where it is or whether it is solved."
        ),
    ),
}
