"""Photos and recordings of a case: who may look (its reporter, and those who may see the case at the desk), who sees a photo
with the faces on it (its reporter, and the unit that handles the case, with a trace of each look), and what one tells about
the place."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q

from liuchi.cases import tasks
from liuchi.cases.actions.contact import FOR_THE_DESK_TO_CALL
from liuchi.cases.actions.covering import sent_by_reporter
from liuchi.cases.models import Case
from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.media import queries as media
from liuchi.kernel.media.models import Media
from liuchi.kernel.media.preparing import register_listener
from liuchi.kernel.media.queries import register_guard
from liuchi.kernel.records.models import Record
from liuchi.people.actions.persons import note_look

DUTY = "cases.handle"


def may_look(actor: Any, record: Record) -> bool:
    """The guard for media of cases; False for other kinds of record."""
    if record.kind != "case" or not actor.is_signed_in:
        return False
    found = Case.objects.filter(pk=record.pk).values_list("area__first", "unit_id", "reporter_id").first()
    if found is None:
        return False
    first, unit, reporter = found
    if reporter and reporter == actor.person_id:
        return True
    if actor.may("cases.see", Target(area_first=first, units=(unit,) if unit else ())):
        return True
    # A unit that has a part sees what the whole came with.
    parts = Case.objects.filter(parent=record.pk, unit__isnull=False).values_list("unit_id", flat=True)
    return bool(actor.may("cases.see", Target(units=tuple(parts))))


def may_see_clear(actor: Any, photo: Media) -> Callable[[Context], None] | None:
    """The guard for photos of cases without their covers."""
    if photo.record is None or photo.record.kind != "case" or not actor.is_signed_in:
        return None
    case = Case.objects.select_related("area", "unit", "reporter").filter(pk=photo.record_id).first()
    if case is None:
        return None
    if case.reporter_id and case.reporter_id == actor.person_id and photo.pk in sent_by_reporter([case.pk]):
        return media.own_look
    target = _handled_by(case)
    return partial(_note, case, actor.post_for(DUTY, target)) if target and actor.may(DUTY, target) else None


def _handled_by(case: Case) -> Target | None:
    """Whose work it is, the whole or a part of it; nobody's before it is given to a unit. A company or a property manager may
    be the one complained about, and somebody on the photo may be who reported."""
    whole = case.parent_id or case.pk
    given = Case.objects.filter(Q(pk=whole) | Q(parent=whole), unit__isnull=False)
    units = tuple(given.exclude(unit__kind__in=FOR_THE_DESK_TO_CALL).values_list("unit_id", flat=True))
    return Target(area_first=case.area.first if case.area else None, units=units) if units else None


def _note(case: Case, post: UUID | None, ctx: Context) -> None:
    note_look(replace(ctx, post=post), case.reporter, duty=DUTY, record_id=case.pk, what="photo")


def clear_addresses(actor: Any, case: Case, files: Iterable[Media]) -> Mapping[UUID, str]:
    """Where this person sees the photos of a case without their covers: those that have some, and one's own as soon as it
    is sent. At most two queries."""
    photos = [one for one in files if one.kind == "photo" and (one.clear or one.covers is None)]
    if not photos or not actor.is_signed_in:
        return {}
    if case.reporter_id and case.reporter_id == actor.person_id:
        own = sent_by_reporter([case.pk])
        return {one.pk: media.url(one, "clear") for one in photos if one.pk in own and one.state != Media.State.BROKEN}
    target = _handled_by(case)
    if target is None or not actor.may(DUTY, target):
        return {}
    return {one.pk: media.url(one, "clear") for one in photos if one.clear}


def photo_ready(photo: Media) -> None:
    """A report without a place is prepared again when a photo of it turns out to know one."""
    if photo.lon is not None and Case.objects.filter(pk=photo.record_id, lon=None, state="reported").exists():
        tasks.prepare.enqueue(str(photo.record_id))


def register_all() -> None:
    """Called when the program starts."""
    register_guard(may_look)
    media.register_clear_guard(may_see_clear)
    register_listener(photo_ready)
