"""Limits and units of the catalogue in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liuchi.cases.models.matter import FilingCondition, UnitRole

TONES = {"urgent_hour": "bad", "work_hour": "warn"}


def limit(value: int, limit_type: str) -> str:
    """``2 小时`` (run on), ``4 个工作小时``, ``2 个工作日``, ``15 天``."""
    if limit_type == "urgent_hour":
        words = ngettext("%(count)d hour", "%(count)d hours", value)
    elif limit_type == "work_hour":
        words = ngettext("%(count)d working hour", "%(count)d working hours", value)
    elif limit_type == "work_day":
        words = ngettext("%(count)d working day", "%(count)d working days", value)
    else:
        words = ngettext("%(count)d day", "%(count)d days", value)
    return words % {"count": value}


def clock(limit_type: str) -> str:
    """How the clock counts, for who asks."""
    return {
        "urgent_hour": _("Counted day and night"),
        "work_hour": _("Counted in office hours, 8-12 and 14-18"),
        "work_day": _("A working day has eight office hours"),
        "natural_day": _("Rest days are counted too"),
    }[limit_type]


def role(code: str) -> str:
    """The name of a unit role."""
    return str(UnitRole(code).label)


def roles(condition: FilingCondition) -> list[str]:
    """The names of the roles that help."""
    return [role(code) for code in condition.co_roles.split()]


def several(names: list[str]) -> str:
    """Names one after the other, as the language writes it."""
    return _(", ").join(names)
