"""What every write of the office shares: whether this person may do this to that, and in which post."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people.access import HasTarget, actor_at

# The program itself (imports, the replay, the command line) is not asked for its posts.
TRUSTED = frozenset({"import", "replay", "system"})


def acting(ctx: Context, ability: str, target: Target | HasTarget | None = None) -> Context:
    """The context with the post in which the person does this. target: None where the ability is of the whole house.
    Raises Refused (403) if nobody may."""
    if ctx.channel in TRUSTED:
        return ctx
    actor = actor_at(ctx.person, ctx.at, ctx.language)
    if not actor.may(ability, target):
        raise Refused(
            "not_allowed", _("Your post does not cover this. Ask your administrator if it should."), status=403
        )
    return replace(ctx, post=actor.post_for(ability, target))


def refuse_others(ctx: Context, holder: object) -> None:
    """What is somebody's own is done by that person alone. holder: the person's id. Raises Refused (403)."""
    if ctx.channel not in TRUSTED and (ctx.person is None or ctx.person != holder):
        raise Refused("not_yours", _("This belongs to somebody else."), status=403)
