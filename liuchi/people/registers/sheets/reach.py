"""What the cells of a register's workbook mean: areas within somebody's reach, words of a list."""

from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from liuchi.people.rules import Scope
from liuchi.people.sheets.columns import spoken
from liuchi.territory.models import Area


class Areas:
    """The areas that a workbook names, looked up in one query."""

    def __init__(self, words: Iterable[str], scope: Scope) -> None:
        wanted = {word for word in words if word}
        self.named: dict[str, list[Area]] = {}
        self.scope = scope
        for area in Area.objects.filter(Q(name__in=wanted) | Q(code__in=wanted), valid_to=None).defer("boundary"):
            for word in {area.name, area.code} & wanted:
                self.named.setdefault(word, []).append(area)

    def find(self, word: str) -> Area | str:
        """The area, or a sentence that says why there is none."""
        if not word:
            return _("Please write the community or grid.")
        found = self.named.get(word, [])
        inside = [area for area in found if self.scope.holds(area_first=area.first)]
        if len(inside) == 1:
            return inside[0]
        if inside:
            return _("There are several areas of this name. Please write its code instead.")
        return _("This area is not yours to register in.") if found else _("No area has this name or code.")


def words_of(labels: Mapping[str, str | Promise]) -> dict[str, str]:
    """word in any language of the house -> code."""
    return {word: code for code, label in labels.items() for word in {*spoken(label), code}}
