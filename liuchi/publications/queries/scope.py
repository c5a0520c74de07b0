"""Whose things somebody sees at the desk: those of the own area, and what an area above offers to all below it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q


def own_or_above(actor: Any, ability: str) -> Q:
    """A condition on ``area``: within the scope of the ability, or an area that holds one of it."""
    found = actor.q(ability)
    for first, last in actor.scope(ability).areas:
        found |= Q(area__first__lte=first, area__last__gte=last)
    return found
