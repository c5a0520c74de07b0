"""Who sees what in the registers, where reach by area is not narrow enough: party membership is sensitive data."""

from uuid import UUID

from django.db.models import Q

from liuchi.people.access import Actor


def leads(actor: Actor) -> frozenset[UUID]:
    """The organisations whose secretary somebody is: at that very one, not above it, and not standing in for somebody.

    None for who administers the house: whoever hands out posts could hand this one to themselves.
    """
    if any(post.role == "administrator" for post in actor.posts):
        return frozenset()
    return frozenset(
        post.organisation
        for post in actor.posts
        if post.role == "secretary" and post.organisation and post.deputy_for is None
    )


def in_charge(actor: Actor, area: str = "area__first") -> Q:
    """What lies in a community of which somebody is a clerk or the secretary: not the street, which sees figures."""
    opens = Q(pk__in=[])
    for post in actor.posts:
        if post.role in ("community_clerk", "secretary") and post.level == "community" and post.first is not None:
            opens |= Q(**{f"{area}__gte": post.first, f"{area}__lte": post.last})
    return opens
