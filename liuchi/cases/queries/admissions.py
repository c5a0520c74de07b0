"""What was asked of communities, and what the street answered: the refusals are on record (减负)."""

from django.db.models import QuerySet

from liuchi.cases.models import Motion
from liuchi.people.access import Actor


def admissions_seen_by(actor: Actor) -> QuerySet[Motion]:
    """What was asked of communities, with the answers, the newest first: to those who see the community's cases, and to the
    units that asked."""
    seen = actor.q("cases.admissions", area="case__area__first", units=("by_unit_id",))
    motions = Motion.objects.filter(seen, kind="approval").select_related(
        "unit", "by_unit", "case__area__parent__parent"
    )
    return motions.order_by("-asked_at")
