"""Leaflets and notices: written, given out in batches, reported as handed out, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.models import Row
from liuchi.kernel.media import actions as media
from liuchi.kernel.records import actions as records
from liuchi.people.actions.living import living
from liuchi.people.models import Organisation, Person, Post
from liuchi.people.queries import in_force
from liuchi.publications import rules
from liuchi.publications.actions.acting import acting, day_of, number, words
from liuchi.publications.models import Batch, HandOut, Material
from liuchi.publications.queries.carriers import willing
from liuchi.territory.models import Area

MOST = 100_000
# So long a wrong tap can be taken back.
UNDO = timedelta(minutes=10)
# People to whom one form gives at most.
PEOPLE_MOST = 40


def write_material(
    ctx: Context,
    *,
    kind: str,
    title: str,
    words_: str,
    area: Area,
    purpose: str = "",
    valid_until: date | None = None,
    pictures: Sequence[UUID] = (),
    material: Material | None = None,
) -> Material:
    """A new leaflet or notice, or another wording of one. pictures: keys of uploads (kernel.media)."""
    ctx = acting(ctx, "publications.edit", area)
    if material:
        ctx = acting(ctx, "publications.edit", material.area)
    if kind not in Material.Kind.values:
        raise Refused("kind", _("Please choose which kind it is."), "kind")
    values = {
        "kind": kind,
        "title": words(title, "title", 80),
        "words": words(words_, "words", 4000, lines=True),
        "purpose": words(purpose, "purpose", 80, needed=False),
        "area": area,
        "valid_until": _coming(ctx, valid_until),
    }
    with transaction.atomic():
        if material is None:
            record = records.create("material", area.pk)
            material = Material(record=record, code=rules.new_code(), made_at=ctx.at, **values)
            material.save(force_insert=True)
            verb = "material.made"
        else:
            for name, value in values.items():
                setattr(material, name, value)
            material.save(update_fields=list(values))
            records.move(material.record, area.pk)
            verb = "material.changed"
        media.attach(pictures, material.record)
        journal.write(ctx, material.record, verb, {"kind": kind, "media": [str(key) for key in pictures]})
    return material


def _coming(ctx: Context, day: date | None) -> date | None:
    if day and day < day_of(ctx):
        raise Refused("valid_until", _("This day is over. Choose a later one, or none."), "valid_until")
    return day


def end_material(ctx: Context, material: Material) -> None:
    """No more of it is given out; its page says that it is no longer valid."""
    ctx = acting(ctx, "publications.edit", material.area)
    with transaction.atomic():
        if Material.objects.filter(pk=material.pk, ended_on=None).update(ended_on=day_of(ctx)):
            journal.write(ctx, material.record, "material.ended")


def give_out(
    ctx: Context,
    material: Material,
    *,
    count: int,
    area: Area,
    team: Organisation | None = None,
    person: Person | None = None,
    key: UUID | None = None,
) -> Batch:
    """A batch for a team or for one person who volunteers, to be handed out in an area with each delivery.

    key: the form's own, so that a double tap is one. Raises Refused when something else was sent with it before.
    """
    ctx = acting(ctx, "publications.edit", area)
    if not material.area.first <= area.first <= material.area.last:
        acting(ctx, "publications.edit", material.area)
    count = number(count, "count", 1, MOST)
    if bool(team) == bool(person):
        raise Refused("to_whom", _("Choose a team, or tick the people who take some along."), "team")
    if person and not willing(ctx.at).filter(pk=person.pk).exists():
        # nobody is named: who did not volunteer is nobody's to be told of
        sentence = _("Leaflets are given to who volunteered for that. Ask them to join the volunteers first.")
        raise Refused("person", sentence, "person")
    today = day_of(ctx)
    if material.ended_on or (material.valid_until and material.valid_until < today):
        raise Refused("ended", _("This is no longer valid, so no more of it is given out."), status=409)
    said = {"material": material, "area": area, "team": team, "person": person, "count": count}
    if earlier := _given_before(key, said):
        return earlier
    try:
        with transaction.atomic():
            if person:
                living(person.pk)
            record = records.create("leaflet_batch", area.pk)
            batch = Batch(record=record, key=key, given_on=today, **said)
            batch.save(force_insert=True)
            facts = {"material": str(material.pk), "count": count, "team": str(team.pk) if team else None}
            journal.write(ctx, record, "leaflets.given", facts)
    except IntegrityError:  # the same tap came twice at once
        if earlier := _given_before(key, said):
            return earlier
        raise
    return batch


def give_to_people(
    ctx: Context, material: Material, *, count: int, area: Area, people: Sequence[Person], key: UUID
) -> list[Batch]:
    """So many to each of several who volunteer: a batch for each, all of them or none. key: the form's own, as in `give_out`."""
    if not people or len(people) > PEOPLE_MOST:
        sentence = _("Choose who gets them, at most %(n)s people at once.") % {"n": PEOPLE_MOST}
        raise Refused("people", sentence, "people")
    with transaction.atomic():
        return [
            give_out(ctx, material, count=count, area=area, person=person, key=uuid5(key, str(person.pk)))
            for person in sorted(people, key=lambda one: str(one.pk))
        ]


def _given_before(key: UUID | None, said: dict[str, Any]) -> Batch | None:
    """What the same form made before. Raises Refused when it said something else then."""
    earlier = (
        Batch.objects.select_related("material", "area", "team", "person").filter(key=key).first() if key else None
    )
    if earlier and any(getattr(earlier, name) != value for name, value in said.items()):
        words_ = _("This form was sent before, and %(n)s were given out. To give out more, send it once more.")
        raise Refused("other_body", words_ % {"n": earlier.count}, status=409)
    return earlier


def hand_out(ctx: Context, batch_id: UUID, *, count: int, area: Area, key: UUID) -> HandOut:
    """Some of a batch went out, in a grid. By whom it was given to alone; voluntary, and nobody asks for more.

    key: the page's own, so that a double tap is one. Raises Refused when more is said than is left.
    """
    batch = Batch.objects.select_related("area", "material").filter(pk=batch_id).first()
    if batch is None or not holds(ctx, batch):
        raise Refused("not_found", _("These leaflets are not yours to hand out."), status=404)
    count = number(count, "count", 1, MOST)
    if not batch.area.first <= area.first <= batch.area.last:
        raise Refused("area", _("This grid is not part of where these leaflets go."), "area")
    if earlier := _handed_before(key, batch):
        return earlier
    try:
        with transaction.atomic():
            record = records.create("leaflet_hand_out", area.pk)
            done = HandOut(record=record, key=key, batch=batch, area=area, count=count, on=day_of(ctx))
            done.save(force_insert=True)
            room = Batch.objects.filter(pk=batch.pk, closed_on=None, handed__lte=F("count") - count)
            if not room.update(handed=F("handed") + count):
                batch.refresh_from_db()
                raise Refused("left", _left_words(batch), "count", status=409)
            journal.write(ctx, record, "leaflets.handed_out", {"batch": str(batch.pk), "count": count})
    except IntegrityError:  # the same tap came twice at once
        if earlier := _handed_before(key, batch):
            return earlier
        raise
    return done


def undo_hand_out(ctx: Context, key: UUID) -> HandOut:
    """A wrong tap: what was noted a moment ago, by the same person, is noted no longer. A second time finds nothing.

    Raises Refused("gone" | "late")."""
    with transaction.atomic():
        found = (
            HandOut.objects.select_for_update(of=("self",)).filter(key=key).select_related("record", "batch").first()
        )
        if found is None or not noted_by(ctx, found):
            raise Refused("gone", _("There is nothing to undo."), status=404)
        if not may_undo(ctx, found):
            raise Refused(
                "late", _("That is too long ago to be undone. Tell whoever gave you the leaflets."), status=409
            )
        open_ = Batch.objects.filter(pk=found.batch_id, closed_on=None, handed__gte=found.count)
        if not open_.update(handed=F("handed") - found.count):
            raise Refused("closed", _left_words(Batch.objects.get(pk=found.batch_id)), status=409)
        record, facts = found.record, {"batch": str(found.batch_id), "count": found.count}
        HandOut.objects.filter(pk=found.pk).delete()
        journal.write(ctx, record, "leaflets.hand_out_undone", facts)
    return found


def noted_by(ctx: Context, done: HandOut) -> bool:
    """Whether the acting person noted it; who did stands in the journal alone."""
    row = Row.objects.filter(record=done.pk, verb="leaflets.handed_out").prefetch_related("sides").first()
    side = (row.side("actor") if row else None) or {}
    return ctx.person is not None and side.get("person") == str(ctx.person)


def may_undo(ctx: Context, done: HandOut) -> bool:
    """Whether it was noted a moment ago."""
    return Row.objects.filter(record=done.pk, verb="leaflets.handed_out", recorded_at__gte=ctx.at - UNDO).exists()


def _handed_before(key: UUID, batch: Batch) -> HandOut | None:
    """What the same form noted before. Raises Refused when it was of another batch."""
    earlier = HandOut.objects.filter(key=key).first()
    if earlier and earlier.batch_id != batch.pk:
        raise Refused("key", _("This form was sent before. Please open the page again."), status=409)
    return earlier


def _left_words(batch: Batch) -> str:
    if batch.closed_on:
        return _("This batch is closed. Thank you for what you handed out.")
    return _("Only %(n)s are left of this batch.") % {"n": batch.left}


def holds(ctx: Context, batch: Batch) -> bool:
    """Whether the acting person was given the batch, alone or as one of the team."""
    if ctx.person is None:
        return False
    if batch.person_id:
        return bool(batch.person_id == ctx.person)
    return bool(
        batch.team_id
        and Post.objects.filter(in_force(ctx.at), person_id=ctx.person, organisation_id=batch.team_id).exists()
    )


def close_batch(ctx: Context, batch: Batch, *, returned: int | None = None) -> Batch:
    """What was left over came back, and the batch is closed. Of one person's batch no number is asked: with it, what the
    person handed out could be told."""
    ctx = acting(ctx, "publications.edit", batch.area)
    with transaction.atomic():
        batch = Batch.objects.select_for_update(of=("self",)).select_related("record").get(pk=batch.pk)
        if batch.closed_on:
            return batch
        if batch.team_id:
            batch.returned = number(returned, "returned", 0, batch.count - batch.handed)
        batch.closed_on = day_of(ctx)
        batch.save(update_fields=["returned", "closed_on"])
        journal.write(ctx, batch.record, "leaflets.returned", {"count": batch.returned})
    return batch
