"""Whom a place that is offered fits: who knows the shift, may take it and is free at that time."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from liuchi.duties import rules
from liuchi.duties.actions.shifts import PURPOSE
from liuchi.duties.models import Shift, Signup
from liuchi.people.models import Consent, Post
from liuchi.people.queries import in_force

LATELY = timedelta(days=90)
MOST = 50


def fitting(shift: Shift) -> list[UUID]:
    """Volunteers who are told of a place that is offered: those who served this duty lately; where nobody did, those who served
    at its place or its team lately; where there is none, those who served in its area. Never who has another shift then."""
    came = _came_before(shift)
    for circle in _circles(shift):
        found = list(_who_may(shift, came.filter(circle)).values_list("person", flat=True).distinct()[:MOST])
        if found:
            return found
    return []


def is_known(shift: Shift, but: UUID | None) -> bool:
    """Whether anybody but this person served here lately. Whether they are free does not count: who offers a place shall not
    learn from the answer that the only other one has a shift then."""
    around = reduce(or_, _circles(shift))
    return _came_before(shift).filter(around).exclude(person=but).exists()


def _came_before(shift: Shift) -> QuerySet[Signup]:
    since = shift.begins - LATELY
    return Signup.objects.filter(
        came_at__isnull=False, left_at=None, shift__begins__gte=since, shift__begins__lt=shift.begins
    )


def _circles(shift: Shift) -> list[Q]:
    """This duty, its place, its team, its area."""
    duty = shift.duty
    circles = [Q(shift__duty=duty.pk)]
    if duty.about_id:
        circles.append(Q(shift__duty__about=duty.about_id))
    if duty.unit_id:
        circles.append(Q(shift__duty__unit=duty.unit_id))
    return [*circles, Q(shift__duty__area=duty.area_id)]


def _who_may(shift: Shift, served: QuerySet[Signup]) -> QuerySet[Signup]:
    volunteers = Consent.objects.filter(purpose=PURPOSE, withdrawn_at=None).values("person")
    busy = Signup.objects.filter(
        Q(shift=shift) | Q(shift__begins__lt=shift.ends, shift__ends__gt=shift.begins, shift__state=rules.PLANNED),
        person=OuterRef("person"),
        left_at=None,
    )
    found = served.filter(~Exists(busy), person__in=volunteers)
    if shift.duty.team_only:
        held = Post.objects.filter(in_force(shift.begins), organisation=shift.duty.unit_id).values("person")
        found = found.filter(person__in=held)
    return found
