"""What the desk proposes for a case: matter, filing condition, unit - and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.cases import words
from liuchi.cases.catalogue import queries as catalogue
from liuchi.cases.catalogue.rules import likeliest
from liuchi.cases.models import Case, FilingCondition, Matter
from liuchi.cases.models.matter import UnitRole
from liuchi.cases.suggest.queries import suggest
from liuchi.people.models import Organisation


@dataclass(slots=True)
class Proposal:
    """share, because: of the suggestion, when the matter is the suggested one; role: who should do it, where no unit
    is named for it; choices: how many filing conditions the matter has; chosen: the person changed the unit."""

    matter: Matter | None = None
    condition: FilingCondition | None = None
    unit: Organisation | None = None
    role: str = ""
    helpers: list[str] = field(default_factory=list)
    share: int | None = None
    because: list[str] = field(default_factory=list)
    choices: int = 0
    chosen: bool = False

    @property
    def limit(self) -> str:
        """2 个紧急工作时"""
        return (
            words.limit(self.condition.limit_value, self.condition.limit_type)
            if self.condition
            else words.limit(5, "work_day")
        )

    @property
    def why(self) -> str:
        """建议 93% · 因为“外墙”“掉”; nothing where a person settled it."""
        if self.share is None:
            return ""
        told = _("suggested %(share)s%%") % {"share": self.share}
        if not self.because:
            return told
        quoted = "".join(_("“%(words)s”") % {"words": word} for word in self.because)
        return _("%(suggested)s · because of %(words)s") % {"suggested": told, "words": quoted}

    @property
    def who(self) -> str:
        """槐荫物业（协办：住建）"""
        if self.unit is None:
            return _("No unit is named here for: %(role)s") % {"role": self.role} if self.role else ""
        if not self.helpers:
            return self.unit.name
        return _("%(unit)s (with %(helpers)s)") % {"unit": self.unit.name, "helpers": "、".join(self.helpers)}

    @property
    def missing(self) -> str:
        """What has to be chosen before it can be dispatched: ``matter``, ``unit`` or nothing."""
        if self.matter is None or (self.choices and self.condition is None):
            return "matter"
        return "" if self.unit else "unit"


def propose(
    case: Case,
    now: datetime,
    *,
    matter_id: UUID | None = None,
    condition_id: int | None = None,
    unit_id: UUID | None = None,
) -> Proposal:
    """What was chosen before, else what was filed, else the first suggestion; the unit from the condition's role and
    the place (at most 5 queries)."""
    suggestion = _suggestion(case, matter_id)
    matter = _matter(case, matter_id, suggestion, now)
    if matter is None:
        return Proposal(unit=_unit(unit_id), chosen=unit_id is not None)
    conditions = catalogue.conditions_of(matter, now)
    condition = _condition(case, matter, conditions, condition_id)
    made = Proposal(matter=matter, condition=condition, choices=len(conditions))
    if suggestion and suggestion["matter"] == str(matter.pk) and case.matter_id is None:
        made.share, made.because = round(suggestion["share"] * 100), list(suggestion["because"])
    if condition:
        charge = catalogue.charge_of(condition, case.area)
        made.unit, made.role = charge.unit, str(UnitRole(charge.role).label)
        made.helpers = [unit.name if unit else str(UnitRole(role).label) for role, unit in charge.helpers]
    chosen = _unit(unit_id)
    if chosen:
        made.chosen = made.unit is None or made.unit.pk != chosen.pk
        made.unit = chosen
    return made


def suggestions_of(case: Case) -> list[dict[str, Any]]:
    """What the worker noted, or, where the case is quicker on the screen than the worker, the same made now."""
    if case.suggestions or case.matter_id:
        return case.suggestions
    return [
        {"matter": str(one.matter.pk), "share": one.share, "because": list(one.because)} for one in suggest(case.masked)
    ]


def _suggestion(case: Case, matter_id: UUID | None) -> dict[str, Any] | None:
    """The suggestion that led here: the one of the chosen matter, or the first."""
    known = suggestions_of(case)
    if matter_id is None:
        return known[0] if known else None
    return next((one for one in known if one["matter"] == str(matter_id)), None)


def _matter(case: Case, matter_id: UUID | None, suggestion: dict[str, Any] | None, now: datetime) -> Matter | None:
    wanted = matter_id or case.matter_id or (suggestion["matter"] if suggestion else None)
    return catalogue.matters(now).filter(pk=wanted).first() if wanted else None


def _condition(
    case: Case, matter: Matter, conditions: list[FilingCondition], condition_id: int | None
) -> FilingCondition | None:
    wanted = condition_id or (case.condition_id if case.matter_id == matter.pk else None)
    found = next((one for one in conditions if one.pk == wanted), None)
    if found:
        return found
    best = likeliest(case.text, [(one.pk, one.text) for one in conditions])
    return next((one for one in conditions if one.pk == best), None)


def _unit(unit_id: UUID | None) -> Organisation | None:
    return Organisation.objects.filter(pk=unit_id, closed_on=None).first() if unit_id else None
