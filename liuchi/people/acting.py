"""Whether somebody may do what an action is about to do, and in which post: the question at the head of every write."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext as _

from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people.access import HasTarget
from liuchi.people.tokens.access import actor_of_context


def acting(
    ctx: Context,
    ability: str,
    target: Target | HasTarget | None = None,
    *,
    sentence: str = "",
    field: str | None = None,
    grace: timedelta = timedelta(0),
) -> Context:
    """The context with the post in which the person does this: the one held when it was done.

    What arrives later than ``grace`` after it was done (a phone that was offline) is judged by the posts of the moment of
    arrival as well: who left a post adds nothing to the past. target: None where the ability is of the whole house.
    Raises Refused("not_yours", 403) with the sentence, at the field, if nobody may.
    """
    if ctx.trusted:
        return ctx
    actor = actor_of_context(ctx, ctx.at)
    allowed = actor.may(ability, target)
    if allowed and ctx.recorded_at - ctx.at > grace:
        allowed = actor_of_context(ctx, ctx.recorded_at).may(ability, target)
    if not allowed:
        words = sentence or _("Your post does not cover this. Ask your administrator if it should.")
        raise Refused("not_yours", words, field, status=403)
    return replace(ctx, post=actor.post_for(ability, target))
