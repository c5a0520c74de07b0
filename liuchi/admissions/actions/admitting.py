"""What an admission brings, and how its term goes on or ends."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from liuchi.admissions import rules
from liuchi.admissions.actions.acting import answers_of, holder, locked_admission, officer, said
from liuchi.admissions.actions.letters import issue
from liuchi.admissions.models import Admission, Application, Grant, Programme, Version
from liuchi.kernel import granting
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.granting import Granted
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.records import actions as records
from liuchi.people.actions.posts import correct_post
from liuchi.people.models import Business, Organisation, Person, Post
from liuchi.people.rules import local_day
from liuchi.territory.models import Area

AT_ONCE = 200


def places_left(programme: Programme) -> int | None:
    """How many more can be admitted; None without a limit. Only while the programme is locked does it stay so."""
    capacity = programme.version.definition.capacity if programme.version else None
    if capacity is None:
        return None
    running = Admission.objects.filter(programme=programme, state=rules.RUNNING).count()
    return rules.free_places(capacity, running)


def admit(
    ctx: Context,
    programme: Programme,
    version: Version,
    *,
    area: Area,
    title: str,
    person: Person | None,
    business: Business | None = None,
    organisation: Organisation | None = None,
    application: Application | None = None,
    begins: date | None = None,
) -> Admission:
    """Writes the admission, makes what it gives, issues the letter. Call with the programme locked and a place free.

    Raises Refused("double") if it is held already, and what a grant refuses."""
    definition = version.definition
    begins = begins or local_day(ctx.at)
    held = Admission.objects.filter(programme=programme, state=rules.RUNNING, title=title)
    same = Q(business=business) if business else Q(organisation=organisation) if organisation else Q(person=person)
    if held.filter(same, business=business, organisation=organisation).exists():
        raise Refused("double", _("This is held already: %(title)s.") % {"title": title}, status=409)
    admission = Admission(
        record=records.create("admission", area_id=area.pk),
        programme=programme,
        version=version,
        application=application,
        person=person,
        business=business,
        organisation=organisation,
        area=area,
        title=title,
        begins=begins,
        ends=definition.last_day(begins),
    )
    admission.save(force_insert=True)
    facts = {
        "programme": str(programme.pk),
        "begins": begins.isoformat(),
        "ends": admission.ends.isoformat() if admission.ends else None,
    }
    whose = {"person": str(person.pk)} if person else None
    journal.write(ctx, admission.record, "admission.begun", facts, whose, about=person.pk if person else None)
    given = Granted(
        admission=admission.pk,
        person=person.pk if person else None,
        business=business.pk if business else None,
        area=area.pk,
        title=title,
        begins=begins,
        ends=admission.ends,
        answers=rules.as_granted(version.definition, answers_of(application)) if application else {},
    )
    for give in definition.gives:
        kind = granting.kinds().get(give.kind)
        if kind is None:
            raise Refused(
                "kind", _("What this programme gives is not there in this house: %(kind)s.") % {"kind": give.kind}
            )
        settings = {**give.settings, **_of_title(give.settings, title)}
        if organisation:
            settings["organisation"] = str(organisation.pk)
        made = kind.make(ctx, replace(given, settings=settings))
        Grant.objects.create(admission=admission, kind=give.kind, made=made)
    if definition.letter_heading:
        issue(ctx, programme, admission)
    return admission


def _of_title(settings: Mapping[str, Any], title: str) -> Mapping[str, Any]:
    """What a programme says about one of its titles alone: a corner is another kind of point than a shop."""
    by_title = settings.get("titles")
    found = by_title.get(title) if isinstance(by_title, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def withdraw(ctx: Context, admission_id: UUID, ground: str, *, expect: int | None = None) -> Admission:
    """The office takes it back on one of the grounds of the programme. Raises Refused("ground") for another."""
    with transaction.atomic():
        admission = locked_admission(admission_id)
        ctx = officer(ctx, "admissions.appoint", admission.access_target())
        if ground not in admission.version.definition.grounds:
            raise Refused("ground", _("Please choose one of the grounds that the programme names."), field="ground")
        _end(ctx, admission, "withdraw", "admission.withdrawn", ground, expect=expect)
    return admission


def give_back(ctx: Context, admission_id: UUID) -> Admission:
    """The holder gives it back, at any time and without a reason."""
    with transaction.atomic():
        admission = locked_admission(admission_id)
        ctx = holder(ctx, admission)
        _end(ctx, admission, "give_back", "admission.given_back", "")
    return admission


def ask_to_renew(ctx: Context, admission_id: UUID) -> Admission:
    """The holder would like to go on; the office says yes or lets it end. A second time changes nothing."""
    with transaction.atomic():
        admission = locked_admission(admission_id)
        ctx = holder(ctx, admission)
        if not may_ask(admission, local_day(ctx.at)):
            raise Refused("too_early", _("This can't be renewed now."), status=409)
        if admission.asked_at is None:
            admission.asked_at = ctx.at
            admission.save(update_fields=["asked_at"])
            journal.write(ctx, admission.record, "admission.asked", {})
    return admission


def may_ask(admission: Admission, today: date) -> bool:
    """Whether the holder may ask to go on: the programme lets them, and the end is near."""
    said_ = admission.version.definition
    near = admission.ends is not None and (admission.ends - today).days <= said_.renewal_days
    return admission.state == rules.RUNNING and said_.renewal == "ask" and near


def renew(ctx: Context, admission_id: UUID, *, expect: int | None = None) -> Admission:
    """Another term, begun the day after this one, under what the programme says now; a new letter takes the place of the
    old one. Raises Refused("wrong_state" | "no_term" | "too_early")."""
    with transaction.atomic():
        admission = locked_admission(admission_id)
        ctx = officer(ctx, "admissions.appoint", admission.access_target())
        _check(admission, "renew")
        if ctx.person and ctx.person == admission.person_id:
            raise Refused("self", _("Nobody renews what they hold themselves. Ask a colleague."), status=403)
        version = admission.programme.version or admission.version
        if admission.ends is None or version.definition.renewal == "none":
            raise Refused("no_term", _("This is not renewed."), status=409)
        today = local_day(ctx.at)
        if (admission.ends - today).days > version.definition.renewal_days:
            sentence = _("It still runs until %(day)s. It can be renewed %(n)s days before that.")
            said_ = {"day": admission.ends.isoformat(), "n": version.definition.renewal_days}
            raise Refused("too_early", sentence % said_, status=409)
        begins = max(admission.ends + timedelta(days=1), today)
        ends = version.definition.last_day(begins)
        if ends is not None and ends <= admission.ends:
            raise Refused("no_term", _("The programme names no later last day. Change it first."), status=409)
        admission.version, admission.ends, admission.told, admission.asked_at = version, ends, None, None
        admission.save(update_fields=["version", "ends", "told", "asked_at"])
        for grant in admission.grants.filter(kind="post", ended=False, made__isnull=False):
            post = Post.objects.select_related("record", "person").get(pk=grant.made)
            correct_post(ctx, post, title=post.title, begins=post.begins, ends=ends)
        facts = {"begins": begins.isoformat(), "ends": ends.isoformat() if ends else None}
        journal.write(ctx, admission.record, "admission.renewed", facts, expect=expect)
        if version.definition.letter_heading:
            issue(ctx, admission.programme, admission, begins=begins)
    return admission


def end_terms(at: datetime) -> bool:
    """Ends what has run past its last day; for the worker's tick. Twice or late does no harm."""
    today = local_day(at)
    over = list(Admission.objects.filter(state=rules.RUNNING, ends__lt=today).values_list("pk", flat=True)[:AT_ONCE])
    ctx = Context(at=at, recorded_at=at, channel="system")
    for pk in over:
        with transaction.atomic():
            admission = locked_admission(pk)
            if admission.state == rules.RUNNING and admission.ends and admission.ends < today:
                _end(ctx, admission, "end", "admission.ended", "")
    return len(over) == AT_ONCE


def remind(at: datetime) -> bool:
    """Writes that an end is near, 30 and 7 days before; notices read it. For the worker's tick."""
    today = local_day(at)
    near = Admission.objects.filter(
        Q(told=None) | Q(told=30, ends__lte=today + timedelta(days=7)),
        state=rules.RUNNING,
        ends__range=(today, today + timedelta(days=30)),
    )
    some = list(near.values_list("pk", flat=True)[:AT_ONCE])
    ctx = Context(at=at, recorded_at=at, channel="system")
    for pk in some:
        with transaction.atomic():
            admission = locked_admission(pk)
            days = rules.notice_due(admission.ends, today, admission.told)
            if admission.state == rules.RUNNING and days is not None:
                admission.told = days
                admission.save(update_fields=["told"])
                journal.write(ctx, admission.record, "admission.ending", {"days": days})
    return len(some) == AT_ONCE


def move_up(ctx: Context, programme: Programme) -> int:
    """Gives free places to who waits, in the order of arrival; the decision on each was made by a person before. Call with
    the programme locked. Returns how many."""
    moved = 0
    while True:
        free = places_left(programme)
        first = (
            Application.objects.select_related("record", "area", "version", "person", "business", "organisation")
            .filter(programme=programme, state="waiting")
            .order_by("waiting_since", "pk")
            .first()
        )
        if free == 0 or first is None:
            return moved
        try:
            with transaction.atomic():
                _turn_waiting(ctx, first, "move_up", "application.moved_up")
                admit(
                    ctx, programme, first.version, area=first.area, title=first.title, person=first.person,
                    business=first.business, organisation=first.organisation, application=first,
                )  # fmt: skip
                moved += 1
        except Refused:  # must not keep others from ending or moving up
            first.refresh_from_db()
            _turn_waiting(ctx, first, "lapse", "application.lapsed")


def _turn_waiting(ctx: Context, application: Application, name: str, verb: str) -> None:
    application.state, application.waiting_since = rules.TURNS[name].target, None
    application.save(update_fields=["state", "waiting_since"])
    journal.write(ctx, application.record, verb, {})


def _check(admission: Admission, name: str) -> None:
    if not rules.may_turn_term(name, admission.state):
        raise Refused("wrong_state", _("This has ended in the meantime. Look at it again."), status=409)


def _end(
    ctx: Context, admission: Admission, name: str, verb: str, reason: str, *, expect: int | None = None, up: bool = True
) -> None:
    """Ends an admission with all it gave: the letter is not valid from this moment."""
    _check(admission, name)
    admission.state = rules.TERM_TURNS[name].target
    today = local_day(ctx.at)
    admission.ended_on = admission.ends + timedelta(days=1) if name == "end" and admission.ends else today
    admission.reason = said(reason)
    admission.save(update_fields=["state", "ended_on", "reason"])
    journal.write(ctx, admission.record, verb, {"on": admission.ended_on.isoformat()}, expect=expect)
    for grant in admission.grants.filter(ended=False):
        kind = granting.kinds().get(grant.kind)
        if kind and grant.made:
            kind.end(ctx, grant.made)
        grant.ended = True
        grant.save(update_fields=["ended"])
    if up:
        move_up(ctx, admission.programme)


def end_of_person(ctx: Context, admission_id: UUID) -> None:
    """Gives back what somebody holds whose data are erased. Call inside the transaction of the erasure."""
    admission = locked_admission(admission_id)
    if admission.state == rules.RUNNING:
        _end(ctx, admission, "give_back", "admission.given_back", "")
