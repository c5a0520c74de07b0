"""Which rooms of the house have something in them: a door that leads to an empty room is not shown, and the wizard says
what is still to be opened."""

from django.db.models import Exists

from liuchi.admissions.models import Programme
from liuchi.duties.models import Duty
from liuchi.places.counter.models import Counter
from liuchi.places.models import ServicePoint
from liuchi.places.rooms.models import Room
from liuchi.points.models import RuleSet
from liuchi.publications.models import Lesson, ServiceItem
from liuchi.territory.models import Area


def opened() -> set[str]:
    """``places``, ``services``, ``lessons``, ``duties``, ``programmes``, ``rooms``, ``counter``, ``points``: those with at
    least one thing that is in use. One query; a house without any area has none."""
    there = {
        "places": ServicePoint.objects.filter(closed_on=None),
        "services": ServiceItem.objects.filter(ended_on=None),
        "lessons": Lesson.objects.filter(state=Lesson.State.PUBLISHED),
        "duties": Duty.objects.filter(ended_on=None),
        "programmes": Programme.objects.filter(state="open"),
        "rooms": Room.objects.filter(closed_on=None),
        "counter": Counter.objects.filter(closed_on=None),
        "points": RuleSet.objects.exclude(published_at=None),
    }
    # any row will do: what stands in it is not asked
    found = Area.objects.order_by().values(**{f"some_{name}": Exists(rows) for name, rows in there.items()}).first()
    return {name for name in there if found and found[f"some_{name}"]}
