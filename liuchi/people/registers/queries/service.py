"""Double registration: posts that somebody may claim, and what a person has claimed."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from liuchi.kernel.access import Target
from liuchi.people.access import Actor
from liuchi.people.models import Claim, ClaimPost, ServiceMember
from liuchi.territory.models import Area


def target_of(post: ClaimPost) -> Target:
    """What access needs to know of a post."""
    return Target(area_first=post.area.first)


def open_for(member: ServiceMember, at: datetime) -> QuerySet[ClaimPost]:
    """The posts that a member may claim: of their community (or the street above it), with places left, not claimed yet."""
    here = member.area
    posts = ClaimPost.objects.filter(
        area__first__lte=here.first, area__last__gte=here.last, ends__gt=at, closed_on=None, taken__lt=F("places")
    )
    mine = Claim.objects.filter(member=member, given_back_on=None).values("post_id")
    return posts.exclude(pk__in=mine).select_related("area").order_by("begins")


def claims_of(member: ServiceMember) -> QuerySet[Claim]:
    """What somebody claimed and did not give back."""
    return member.claims.filter(given_back_on=None).select_related("post").order_by("-post__begins")


def hours_of(post: ClaimPost) -> Decimal:
    """How long a post takes, in half hours."""
    halves = max(1, round((post.ends - post.begins).total_seconds() / 1800))
    return Decimal(halves) / 2


def proposal(actor: Actor) -> dict[str, Any]:
    """What the form for a new post proposes: one's own community, next Saturday morning."""
    first = next((post.first for post in actor.posts if post.level == "community"), None)
    area = Area.objects.filter(first=first, level="community", valid_to=None).first() if first else None
    today = timezone.localtime()
    saturday = today.date() + timedelta(days=(5 - today.weekday()) % 7 or 7)
    begins = datetime.combine(saturday, time(9), today.tzinfo)
    return {"area": area, "begins": begins, "ends": begins + timedelta(hours=2), "places": 5}
