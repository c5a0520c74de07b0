"""The programmes that the five documents name, as data: liuchi admissions set-up."""

from liuchi.admissions import rules
from liuchi.admissions.actions.programmes import known_kinds, make, open_
from liuchi.admissions.models import Programme
from liuchi.admissions.ready import READY
from liuchi.kernel.context import Context
from liuchi.people.models import Organisation
from liuchi.territory.models import Area


def set_up(ctx: Context, area: Area, unit: Organisation | None = None, mark: str = "六街") -> list[Programme]:
    """Makes those that are not there yet and opens all whose grants this house knows; a second time changes nothing.

    mark: what the numbers of their letters begin with, the short name of the office.
    """
    made = []
    there = set(Programme.objects.filter(key__in=[one.key for one in READY]).values_list("key", flat=True))
    for one in READY:
        if one.key in there:
            continue
        said = rules.read({**one.said, "letter_mark": f"{mark}{one.said.get('letter_mark', '')}"})
        programme = make(ctx, name=one.name, area=area, unit=unit, key=one.key, said=said)
        if {give.kind for give in said.gives} <= set(known_kinds()):
            programme = open_(ctx, programme.pk)
        made.append(programme)
    return made
