"""Reading lessons: what is offered, how a version is shown, who has learnt what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count as HowMany
from django.db.models import Q, QuerySet, Sum

from liuchi.kernel.media import queries as media
from liuchi.publications import rules
from liuchi.publications.models import Count, Done, Lesson, LessonVersion
from liuchi.publications.queries.scope import own_or_above

OFFERED_MOST = 200


def offered(trade: str = "", new_to: UUID | None = None) -> list[Lesson]:
    """The published lessons for a trade (all without one), the newest first; new_to: without those a person has learnt."""
    found = Lesson.objects.filter(state="public").order_by("-published_at")
    if new_to:
        found = found.exclude(pk__in=Done.objects.filter(person_id=new_to).values("lesson"))
    return [lesson for lesson in found[:OFFERED_MOST] if rules.is_for(lesson.trades, trade)]


def learnt_by(person_id: UUID | None, lessons: Collection[UUID] | None = None) -> dict[UUID, Done]:
    """Lesson -> how a person did it; nothing for nobody."""
    if person_id is None:
        return {}
    found = Done.objects.filter(person_id=person_id)
    if lessons is not None:
        found = found.filter(lesson__in=lessons)
    return {done.lesson_id: done for done in found}


def signed_since(person_id: UUID, code: str) -> date | None:
    """The proof "lesson": since when a person has signed to have learnt the lesson of a code."""
    done = Done.objects.filter(person_id=person_id, lesson__code=code, signed_on__isnull=False).first()
    return done.signed_on if done else None


def to_be_signed(codes: Collection[str] | None = None) -> dict[str, str]:
    """The lessons that a programme may ask for, code -> title: published ones that are signed at the end, the newest first;
    with codes these lessons, whatever became of them."""
    wanted = Q(state="public", needs_sign_off=True) if codes is None else Q(code__in=codes)
    found = Lesson.objects.filter(wanted)
    return dict(found.order_by("-published_at").values_list("code", "title")[:OFFERED_MOST])


def published(lesson: Lesson) -> LessonVersion | None:
    """What everybody reads of it."""
    return lesson.versions.filter(number=lesson.version, published_at__isnull=False).first()


def parts(version: LessonVersion) -> list[dict[str, Any]]:
    """The blocks as a page shows them: pictures with ``picture`` {url, ready}, in one query."""
    known = {str(one.pk): one for one in media.of_record(version.lesson_id)} if _has_pictures(version) else {}
    out = []
    for block in version.blocks:
        shown = dict(block)
        one = known.get(block.get("media", ""))
        if one:
            shown["picture"] = {
                "url": media.url(one, "shown"),
                "ready": one.state == "ready",
                "broken": one.state == "broken",
            }
        out.append(shown)
    return out


def _has_pictures(version: LessonVersion) -> bool:
    return any(block.get("kind") == "picture" for block in version.blocks)


def numbers(lessons: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """How often each lesson was read and passed, in two queries: {read, passed}. Passed: by people who are signed in and,
    once a day for a device, by others."""
    out = {pk: {"read": 0, "passed": 0} for pk in lessons}
    counted = Count.objects.filter(record__in=lessons, what__in=("read", "passed"))
    for record, what, total in counted.values_list("record_id", "what").annotate(total=Sum("count")):
        out[record][what] += total
    done = Done.objects.filter(lesson__in=lessons).values_list("lesson_id").annotate(total=HowMany("pk"))
    for lesson, total in done:
        out[lesson]["passed"] += total
    return out


def seen_by(actor: Any) -> QuerySet[Lesson]:
    """The lessons that somebody may see at the desk: the own ones, and what an area above has published."""
    above = own_or_above(actor, "publications.see") & Q(state="public")
    return Lesson.objects.filter(actor.q("publications.see") | above).select_related("record", "area")
