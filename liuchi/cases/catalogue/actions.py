"""Writes of the catalogue: import, edit as a draft, publish, and name the unit of a place."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases.catalogue import rules
from liuchi.cases.catalogue.importing import Imported, import_catalogue, spelled
from liuchi.cases.models.matter import FilingCondition, Matter, Routing, UnitRole
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people.models import Organisation
from liuchi.territory.models import Area

__all__ = [
    "Imported",
    "add_condition",
    "add_matter",
    "drop_draft",
    "edit_condition",
    "import_catalogue",
    "publish",
    "route",
]

NAME_MAX, TEXT_MAX, CLOSING_MAX = 60, 500, 120


def edit_condition(
    ctx: Context,
    condition: FilingCondition,
    *,
    text: str,
    closing: str,
    limit_value: int,
    limit_type: str,
    unit_role: str,
    co_roles: str = "",
    basis: str = "",
) -> FilingCondition:
    """Changes a condition. A draft is changed in place; of one in force a draft is made that replaces it once published.

    Raises Refused("text" | "closing" | "limit_value" | "limit_type" | "unit_role" | "past").
    """
    values = _checked(text, closing, limit_value, limit_type, unit_role, co_roles, basis)
    with transaction.atomic():
        if condition.valid_until:
            raise Refused("past", _("This condition no longer counts. Please edit the one that replaced it."))
        draft = condition
        if condition.valid_from:
            draft = FilingCondition.objects.filter(replaces=condition).first() or FilingCondition(
                matter=condition.matter, replaces=condition, position=condition.position
            )
        for field, value in values.items():
            setattr(draft, field, value)
        draft.source = "office"
        draft.save()
        _tell(ctx, draft, "matter.drafted")
    return draft


def add_condition(
    ctx: Context,
    matter: Matter,
    *,
    text: str,
    closing: str,
    limit_value: int,
    limit_type: str,
    unit_role: str,
    co_roles: str = "",
    basis: str = "",
) -> FilingCondition:
    """A new condition of a matter, as a draft. Raises as ``edit_condition``."""
    values = _checked(text, closing, limit_value, limit_type, unit_role, co_roles, basis)
    with transaction.atomic():
        draft = FilingCondition(matter=matter, source="office", position=9999, **values)
        draft.save()
        _tell(ctx, draft, "matter.drafted")
    return draft


def drop_draft(ctx: Context, condition: FilingCondition) -> None:
    """Throws a draft away. Raises Refused("published") for a condition that counts or counted."""
    if condition.valid_from:
        raise Refused("published", _("This condition is published. It can be replaced, but not deleted."))
    with transaction.atomic():
        _tell(ctx, condition, "matter.draft_dropped")
        condition.delete()


def add_matter(ctx: Context, *, major: str, name: str, name_en: str = "") -> Matter:
    """A local addition to a major class of the events, as a draft; its code counts down from 99.

    Raises Refused("name" | "major" | "double" | "full").
    """
    name, name_en = name.strip(), name_en.strip()
    if not 2 <= len(name) <= NAME_MAX:
        raise Refused("name", _("A name has 2 to %(most)d characters.") % {"most": NAME_MAX}, field="name")
    with transaction.atomic():
        kin = list(Matter.objects.filter(code__startswith=major).order_by("kind", "code")) if len(major) == 2 else []
        namesake = next((each for each in kin if each.kind == "event"), None)
        if namesake is None:
            raise Refused("major", _("Please choose a class from the list."), field="major")
        if any(each.name == name for each in kin):
            raise Refused("double", _("This class already has a matter with this name."), field="name")
        try:
            code = rules.next_local_code(major, {each.code for each in kin})
        except ValueError:
            raise Refused(
                "full", _("This class has no free code left. Please choose another class."), field="major"
            ) from None
        record = records.create("matter")
        pinyin, initials = spelled(name)
        matter = Matter(
            record=record,
            kind="event",
            code=code,
            major=namesake.major,
            major_en=namesake.major_en,
            name=name,
            name_en=name_en[:120],
            source="local",
            pinyin=pinyin,
            initials=initials,
        )
        matter.save(force_insert=True)
        journal.write(ctx, record, "matter.added", {"kind": "event", "code": code, "source": "local"})
    return matter


def publish(ctx: Context) -> int:
    """Lets every draft count from ``ctx.at`` on: for new dispatches, not for work already given out. Returns how many.

    Raises Refused("bare") for a new matter without a condition, because nobody could say by when it must be done.
    """
    with transaction.atomic():
        for matter in Matter.objects.filter(valid_from=None).select_related("record"):
            if not matter.conditions.exists():
                sentence = _("“%(name)s” has no condition yet. Add one, then publish.") % {"name": matter.name}
                raise Refused("bare", sentence)
            matter.valid_from = ctx.at
            matter.save(update_fields=["valid_from"])
        published = 0
        for draft in FilingCondition.objects.filter(valid_from=None).select_related("matter__record", "replaces"):
            if draft.replaces:
                draft.replaces.valid_until = ctx.at
                draft.replaces.save(update_fields=["valid_until"])
            draft.valid_from = ctx.at
            draft.save(update_fields=["valid_from"])
            _tell(ctx, draft, "matter.published")
            published += 1
    return published


def route(ctx: Context, *, area: Area, units: Mapping[str, Organisation | None]) -> None:
    """Names for each role the organisation that does its work in an area, or takes the name back with None. Roles that are
    not given stay as they are.

    Raises Refused("unit_role" | "closed"); then nothing is changed.
    """
    if not set(units) <= set(UnitRole.values):
        raise Refused("unit_role", _("Please choose a kind of unit from the list."), field="unit_role")
    with transaction.atomic():
        there = Routing.objects.filter(unit_role__in=units, area=area).select_related("organisation__record")
        before = {each.unit_role: each for each in there}
        for role, organisation in units.items():
            known = before.get(role)
            if organisation is None:
                if known:
                    known.delete()
                    _tell_routing(ctx, known.organisation, "routing.ended", role, area)
            elif known is None or known.organisation_id != organisation.pk:
                if organisation.closed_on:
                    raise Refused("closed", _("This unit is closed. Please choose another one."), field="organisation")
                Routing.objects.update_or_create(unit_role=role, area=area, defaults={"organisation": organisation})
                _tell_routing(ctx, organisation, "routing.set", role, area)


def _tell_routing(ctx: Context, organisation: Organisation, verb: str, unit_role: str, area: Area) -> None:
    journal.write(ctx, organisation.record, verb, {"role": unit_role, "area": area.pk})


def _tell(ctx: Context, condition: FilingCondition, verb: str) -> None:
    facts = {
        "condition": condition.pk,
        "replaces": condition.replaces_id,
        "value": condition.limit_value,
        "type": condition.limit_type,
        "role": condition.unit_role,
    }
    condition.matter.record.refresh_from_db(fields=["version"])  # several drafts of one matter are told one by one
    journal.write(ctx, condition.matter.record, verb, facts)


def _checked(
    text: str, closing: str, limit_value: int, limit_type: str, unit_role: str, co_roles: str, basis: str
) -> dict[str, object]:
    text, closing = text.strip(), closing.strip()
    if not 2 <= len(text) <= TEXT_MAX:
        raise Refused(
            "text", _("Please say when it is filed, in 2 to %(most)d characters.") % {"most": TEXT_MAX}, field="text"
        )
    if not 1 <= len(closing) <= CLOSING_MAX:
        raise Refused("closing", _("Please say when it counts as done."), field="closing")
    if limit_type not in rules.LIMIT_TYPES:
        raise Refused("limit_type", _("Please choose a clock from the list."), field="limit_type")
    if not 1 <= limit_value <= rules.LONGEST[limit_type]:
        sentence = _("The limit is a whole number from 1 to %(most)d.") % {"most": rules.LONGEST[limit_type]}
        raise Refused("limit_value", sentence, field="limit_value")
    helpers = [role for role in dict.fromkeys(co_roles.split()) if role != unit_role]
    if any(role not in UnitRole.values for role in [unit_role, *helpers]):
        raise Refused("unit_role", _("Please choose a kind of unit from the list."), field="unit_role")
    return {
        "text": text,
        "closing": closing,
        "limit_value": limit_value,
        "limit_type": limit_type,
        "unit_role": unit_role,
        "co_roles": " ".join(helpers),
        "basis": basis.strip()[:120],
    }
