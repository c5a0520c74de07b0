"""Whether somebody may do this to a duty, judged as of when it is done."""

from __future__ import annotations

from django.utils.translation import gettext as _

from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.people import acting as people
from liuchi.people.access import HasTarget


def acting(ctx: Context, ability: str, target: Target | HasTarget) -> Context:
    """The context with the post in which the person does this. Raises Refused (403) if nobody may."""
    sentence = _("This area is not yours. Please choose one within your own.")
    return people.acting(ctx, ability, target, sentence=sentence, field="area")
