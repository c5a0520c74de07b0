"""Faces and number plates on the photos of a case: covered by hand where the search missed one, uncovered where it erred."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases.actions.acting import acting, locked, target_of
from liuchi.cases.models import Case
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.models import Row
from liuchi.kernel.media import covering
from liuchi.kernel.media.models import Media


def sent_by_reporter(case_ids: list[UUID]) -> set[UUID]:
    """What came with the reports themselves; a handler's photos are not the reporter's."""
    rows = Row.objects.filter(record_id__in=case_ids, verb="case.reported").values_list("facts", flat=True)
    return {UUID(one) for facts in rows for one in facts.get("media", [])}


def cover(ctx: Context, case_id: UUID, media_id: UUID, more: Any, away: Any = None) -> Case:
    """Covers more of a photo of the case, and less where nobody's face is: that is for the desk alone.

    more, away: boxes in pixels of the shown picture. Raises what ``kernel.media.covering.cover`` raises, and ``not_yours``.
    """
    with transaction.atomic():
        case = locked(case_id)
        ctx = acting(ctx, "cases.dispatch", target_of(case))
        _cover(ctx, case, media_id, more, away)
    return case


def cover_own(ctx: Context, case_id: UUID, media_id: UUID, more: Any, *, by_receipt: bool = False) -> Case:
    """The reporter covers more of their own photo; by account or by receipt, also after it was sent."""
    with transaction.atomic():
        case = locked(case_id)
        if not by_receipt:
            ctx = acting(ctx, "cases.follow", target_of(case))
        if media_id not in sent_by_reporter([case.pk]):
            raise Refused("not_found", _("This photo is not there any more."), status=404)
        _cover(ctx, case, media_id, more, None)
    return case


def _cover(ctx: Context, case: Case, media_id: UUID, more: Any, away: Any) -> None:
    if not Media.objects.filter(pk=media_id, record=case.record).exists():
        raise Refused("not_found", _("This photo is not there any more."), status=404)
    added, gone = covering.cover(media_id, more, away)
    if added or gone:
        facts = {"photo": str(media_id), "more": added, "fewer": gone}
        journal.write(ctx, case.record, "case.photo_covered", facts)
