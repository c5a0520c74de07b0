"""The tables of the cases."""

from liuchi.cases.models.case import Case, NumberSeries
from liuchi.cases.models.matter import FilingCondition, Matter, Routing

__all__ = ["Case", "FilingCondition", "Matter", "NumberSeries", "Routing"]
