"""What a person agrees to with points: collecting them, and letting the community confirm them for the unit they work in."""

from django.utils.translation import gettext_lazy as _

from liuchi.people.consents import PURPOSES, Purpose
from liuchi.points.actions.awards import PURPOSE
from liuchi.points.actions.statements import PURPOSE as HOME_PURPOSE


def register_all() -> None:
    """Called when the program starts."""
    PURPOSES[PURPOSE] = Purpose(
        _("Collect points for me"),
        _(
            "When you do something that the published rules thank for, points are written down for you. Only you see them."
            " You can switch it off at any time; what you have stays yours."
        ),
    )
    PURPOSES[HOME_PURPOSE] = Purpose(
        _("Confirm my points for the unit I work in"),
        _(
            "For a period that you choose, your community sees which points you got in it and confirms them on a sheet that"
            " you hand over yourself. Only if you say so for a sheet, the secretary of your unit may open it as well."
        ),
        version=2,
    )
