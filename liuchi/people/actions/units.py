"""Organisations: opened, changed, closed."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people import rules
from liuchi.people.models import Organisation

if TYPE_CHECKING:
    from liuchi.territory.models import Area

NAME_MAX = 80


def open_unit(
    ctx: Context,
    *,
    kind: str,
    name: str,
    parent: Organisation | None = None,
    area: "Area | None" = None,
    office_phone: str = "",
) -> Organisation:
    """Adds a unit to the tree. Raises Refused("kind" | "name" | "double" | "parent")."""
    name = _checked(kind, name)
    _refuse_double(name, parent)
    with transaction.atomic():
        record = records.create("organisation", area_id=area.pk if area else None)
        unit = Organisation(
            record=record, kind=kind, name=name, parent=parent, area=area, office_phone=office_phone.strip()[:40]
        )
        unit.save(force_insert=True)
        facts = {"kind": kind, "parent": str(parent.pk) if parent else None}
        journal.write(ctx, record, "unit.opened", facts)
    return unit


def change_unit(
    ctx: Context,
    unit: Organisation,
    *,
    kind: str,
    name: str,
    parent: Organisation | None,
    area: "Area | None",
    office_phone: str = "",
    expect: int | None = None,
) -> Organisation:
    """Changes a unit or hangs it elsewhere. Raises Refused("parent") if it would hang below itself, and as open_unit."""
    name = _checked(kind, name)
    parents = dict(Organisation.objects.values_list("pk", "parent_id"))
    if rules.would_loop(parents, unit.pk, parent.pk if parent else None):
        raise Refused(
            "parent", _("A unit can't hang below itself. Please choose another one above it."), field="parent"
        )
    _refuse_double(name, parent, but=unit)
    unit.kind, unit.name, unit.parent, unit.area = kind, name, parent, area
    unit.office_phone = office_phone.strip()[:40]
    with transaction.atomic():
        unit.save()
        records.move(unit.record, area.pk if area else None)
        facts = {"kind": kind, "parent": str(parent.pk) if parent else None}
        journal.write(ctx, unit.record, "unit.changed", facts, expect=expect)
    return unit


def close_unit(ctx: Context, unit: Organisation) -> Organisation:
    """Closes a unit that has no open unit below it and nobody in post. Raises Refused("in_use")."""
    day = rules.local_day(ctx.at)
    with transaction.atomic():
        if unit.children.filter(closed_on=None).exists():
            raise Refused("in_use", _("There are still units below this one. Move or close them first."), status=409)
        if unit.posts.filter(ends=None).exists() or unit.posts.filter(ends__gte=day).exists():
            raise Refused("in_use", _("Somebody still holds a post here. End the posts first."), status=409)
        unit.closed_on = day
        unit.save(update_fields=["closed_on"])
        journal.write(ctx, unit.record, "unit.closed", {"closed_on": day.isoformat()})
    return unit


def _checked(kind: str, name: str) -> str:
    name = " ".join(name.split())
    if kind not in Organisation.Kind.values:
        raise Refused("kind", _("Please choose what kind of unit it is."), field="kind")
    if not name:
        raise Refused("name", _("Please enter a name."), field="name")
    if len(name) > NAME_MAX:
        raise Refused("name", _("This name is too long: at most %(n)s characters.") % {"n": NAME_MAX}, field="name")
    return name


def _refuse_double(name: str, parent: Organisation | None, but: Organisation | None = None) -> None:
    same = Organisation.objects.filter(name=name, parent=parent, closed_on=None)
    if but:
        same = same.exclude(pk=but.pk)
    if same.exists():
        raise Refused("double", _("A unit of this name already stands there."), field="name", status=409)
