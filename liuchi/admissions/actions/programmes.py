"""Programmes: made, written, opened, closed."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liuchi.admissions import rules, words
from liuchi.admissions.actions.acting import locked_programme, officer
from liuchi.admissions.actions.admitting import move_up
from liuchi.admissions.models import Letter, Programme, Version
from liuchi.kernel import granting, proofs
from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people.models import Organisation
from liuchi.people.rules import local_day
from liuchi.territory.models import Area
from liuchi.territory.spelling import spell

RESERVED = frozenset({"mine", "applications", "new", "letters", "programmes", "holders"})


def make(
    ctx: Context,
    *,
    name: str,
    area: Area,
    unit: Organisation | None = None,
    key: str = "",
    said: rules.Definition | None = None,
) -> Programme:
    """A new programme, not open yet. key: its word in addresses, made from the name's pinyin if not given.

    Raises Refused("name" | "area" | "key").
    """
    ctx = officer(ctx, "admissions.programmes", Target(area_first=area.first))
    name = " ".join(name.split())[:60]
    if not name:
        raise Refused("name", _("Please enter a name."), field="name")
    said = said or rules.Definition(titles=(name,), grounds=(_("No longer wishes to"), _("Conditions no longer met")))
    with transaction.atomic():
        programme = Programme(
            record=records.create("programme", area_id=area.pk),
            key=key or _free_key(name),
            name=name,
            area=area,
            unit=unit,
            draft=said.as_data(),
        )
        try:
            with transaction.atomic():
                programme.save(force_insert=True)
        except IntegrityError:
            raise Refused("key", _("A programme with this address is there already."), field="key", status=409)
        journal.write(ctx, programme.record, "programme.made", {"key": programme.key})
    return programme


def copy_of(programme: Programme) -> rules.Definition:
    """What a programme says now, for another that begins with it: all but the mark by which its letters are numbered."""
    return replace(rules.read(programme.draft), letter_mark="")


def write(
    ctx: Context,
    programme_id: UUID,
    said: rules.Definition,
    *,
    name: str | None = None,
    unit: Organisation | None = None,
    expect: int | None = None,
) -> Programme:
    """Keeps what the desk wrote. Nothing that anybody sees or applied under changes before it is opened."""
    with transaction.atomic():
        programme = locked_programme(programme_id)
        ctx = officer(ctx, "admissions.programmes", programme.access_target())
        if unit is not None and unit.pk != programme.unit_id:
            around = unit.area
            if around is None or not programme.area.first <= around.first <= programme.area.last:
                raise Refused("unit", _("A letter is issued by a unit of the programme's own place."), field="unit")
        data: dict[str, Any] = said.as_data()
        if name is not None and " ".join(name.split()):
            programme.name = " ".join(name.split())[:60]
        programme.draft, programme.unit = data, unit or programme.unit
        programme.save(update_fields=["draft", "name", "unit"])
        journal.write(ctx, programme.record, "programme.written", {"fields": len(said.fields)}, expect=expect)
    return programme


def open_(ctx: Context, programme_id: UUID, *, expect: int | None = None) -> Programme:
    """Opens a programme, or brings what was written since to those who apply from now on. Raises Refused with all that is
    still lacking, one sentence after the other."""
    with transaction.atomic():
        programme = locked_programme(programme_id)
        ctx = officer(ctx, "admissions.programmes", programme.access_target())
        said = rules.read(programme.draft)
        lacking = words.faults(said, local_day(ctx.at))
        if _mark_taken(programme, said.letter_mark):
            lacking.append(_("Another programme numbers its letters with %(mark)s.") % {"mark": said.letter_mark})
        if "lesson" in proofs.names() and set(said.lessons) - set(proofs.choices("lesson")):
            lacking.append(_("A lesson that is asked for can't be signed any more. Take it away."))
        if lacking:
            raise Refused("lacking", " ".join(lacking))
        number = (programme.version.number if programme.version else 0) + 1
        programme.version = Version.objects.create(
            programme=programme, number=number, data=said.as_data(), opened_at=ctx.at
        )
        programme.state = Programme.State.OPEN
        programme.save(update_fields=["version", "state"])
        facts = {"version": number, "gives": [one.kind for one in said.gives]}
        journal.write(ctx, programme.record, "programme.opened", facts, expect=expect)
        move_up(ctx, programme)  # there may be more places than before
    return programme


def close(ctx: Context, programme_id: UUID) -> Programme:
    """Nobody applies any more; what was sent is still decided, and what was admitted runs on."""
    with transaction.atomic():
        programme = locked_programme(programme_id)
        ctx = officer(ctx, "admissions.programmes", programme.access_target())
        if programme.state != Programme.State.OPEN:
            raise Refused("not_open", _("This programme is not open."), status=409)
        programme.state = Programme.State.CLOSED
        programme.save(update_fields=["state"])
        journal.write(ctx, programme.record, "programme.closed", {})
    return programme


def known_kinds() -> list[str]:
    """What an admission can bring into being in this house."""
    return list(granting.kinds())


def _mark_taken(programme: Programme, mark: str) -> bool:
    if not mark:
        return False
    if Letter.objects.filter(number__startswith=f"{mark}〔").exclude(admission__programme=programme).exists():
        return True
    others = Programme.objects.filter(version__isnull=False).exclude(pk=programme.pk).select_related("version")
    return any(one.version and one.version.definition.letter_mark == mark for one in others)


def _free_key(name: str) -> str:
    word = "-".join(part for part in spell(name)[0].split() if part.isalnum())[:24].strip("-").lower()
    word = "".join(sign for sign in word if sign.isascii()) or "programme"
    taken = set(Programme.objects.filter(key__startswith=word).values_list("key", flat=True)) | RESERVED
    return next(key for key in [word, *(f"{word}-{at}" for at in range(2, len(taken) + 3))] if key not in taken)
