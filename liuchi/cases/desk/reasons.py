"""Reasons for not taking a request up that are at hand; each is told to the reporter as it stands."""

from __future__ import annotations

from django.utils.translation import gettext as _


def reasons() -> list[tuple[str, str, str]]:
    """(outcome, what the desk calls it, what the reporter reads)."""
    return [
        (
            "not_ours",
            _("Not ours"),
            _("This is not for our street to decide. We have passed it on to whoever is in charge."),
        ),
        ("known", _("Known already"), _("Somebody reported the same before; it is being worked on under that number.")),
        (
            "invalid",
            _("Nothing to be seen"),
            _("We looked and could not find it any more. If it is still there, please report it again with a photo."),
        ),
        (
            "refused",
            _("Between private parties"),
            _(
                "This is a matter between private parties. The community's mediators can help; please come to the counter."
            ),
        ),
    ]
