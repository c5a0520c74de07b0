"""Whether somebody may do this to a duty, judged as of when it is done."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people.access import HasTarget, actor_at

# The program itself is not asked for its posts.
_TRUSTED = frozenset({"import", "replay", "system"})


def acting(ctx: Context, ability: str, target: Target | HasTarget) -> Context:
    """The context with the post in which the person does this. Raises Refused (403) if nobody may."""
    if ctx.channel in _TRUSTED:
        return ctx
    actor = actor_at(ctx.person, ctx.at, ctx.language)
    if not actor.may(ability, target):
        sentence = _("This area is not yours. Please choose one within your own.")
        raise Refused("not_yours", sentence, field="area", status=403)
    return replace(ctx, post=actor.post_for(ability, target))
