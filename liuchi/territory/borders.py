"""What the border of a grid has to be: an outline of a likely size, within its community, not over other grids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely
from django.utils.translation import gettext as _

from liuchi.kernel import geo
from liuchi.kernel.errors import Refused
from liuchi.territory.finding.areas import AreaIndex
from liuchi.territory.models import Area
from liuchi.territory.shapes import shape_of

# A grid smaller or larger than this (square metres) is a slip of the hand or a file in other units.
LEAST_GROUND, MOST_GROUND = 400.0, 2.0e9
# Lines drawn by hand cross a little; more than this share of the smaller grid is a mistake.
OVERLAP = 0.05


def checked_shape(boundary: Any) -> Any:
    """The shapely polygon of a GeoJSON boundary. Raises Refused when it is none, crosses itself or has an odd size."""
    sentence = _("This is not a closed outline on the map. Draw it again, without lines that cross.")
    try:
        shape = shape_of(boundary)
    except (TypeError, ValueError, shapely.errors.GEOSException) as error:
        raise Refused("bad_shape", sentence, field="boundary") from error
    if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty or not shape.is_valid:
        raise Refused("bad_shape", sentence, field="boundary")
    west, south, east, north = shape.bounds
    if not (geo.is_position(west, south) and geo.is_position(east, north)):
        raise Refused(
            "bad_shape", _("The outline does not lie on the earth: degrees, longitude first."), field="boundary"
        )
    along, across = geo.degree_lengths((south + north) / 2)
    if not LEAST_GROUND <= shape.area * along * across <= MOST_GROUND:
        raise Refused("bad_shape", _("This outline is too small or too large for a grid."), field="boundary")
    return shapely.force_2d(shape)


def refuse_elsewhere(shape: Any, parent: Area, index: AreaIndex) -> None:
    """Raises Refused for a grid over another community or the grids of one: it decides whose desk a report comes to."""
    for pk in _lies_over(shape, index, "community", "grid"):
        first, _last = index.range_of[pk]
        if not parent.first <= first <= parent.last:
            raise Refused(
                "elsewhere",
                _("A part of this lies in %(area)s. A grid stays within its own community.") % {"area": _name(pk)},
                field="boundary",
            )


def refuse_overlap(shape: Any, own: Area | None, index: AreaIndex) -> None:
    """Raises Refused for a grid over another one. own: the grid itself, if it has a border already."""
    for pk in _lies_over(shape, index, "grid"):
        if own is None or pk != own.pk:
            raise Refused(
                "overlaps",
                _("This lies over %(grid)s. Grids must not overlap.") % {"grid": _name(pk)},
                field="boundary",
            )


def _lies_over(shape: Any, index: AreaIndex, *levels: str) -> Iterator[int]:
    """The ids of areas of these levels with which it has more ground in common than a line drawn by hand makes."""
    for i in index.tree.query(shape, predicate="intersects"):
        other = index.shapes[i]
        if index.levels[i] in levels and shape.intersection(other).area > OVERLAP * min(shape.area, other.area):
            yield index.ids[i]


def _name(pk: int) -> str:
    return str(Area.objects.values_list("name", flat=True).get(pk=pk))
