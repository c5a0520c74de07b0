"""The tables of the cases."""

from liuchi.cases.models.case import Case, NumberSeries
from liuchi.cases.models.matter import FilingCondition, Matter, Routing
from liuchi.cases.models.turning import Motion, Slip

__all__ = ["Case", "FilingCondition", "Matter", "Motion", "NumberSeries", "Routing", "Slip"]
