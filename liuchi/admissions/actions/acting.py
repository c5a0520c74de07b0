"""What every turn shares: locks in one order (person, programme, then what belongs to it), who acts, and the answers' cipher."""

import json
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from liuchi.admissions import rules
from liuchi.admissions.models import Admission, Application, Programme
from liuchi.kernel import crypto
from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people import acting as people
from liuchi.people.access import Actor, actor_at
from liuchi.people.actions.living import living
from liuchi.people.actions.posts import in_term
from liuchi.people.models import Absence, Post
from liuchi.people.rules import PLACE_ZONE, Held, local_day


def locked_programme(programme_id: UUID) -> Programme:
    """The programme, locked until the transaction ends: places are given out and letters numbered one after the other."""
    found = (
        Programme.objects.select_for_update(of=("self",))
        .select_related("record", "area", "unit", "version")
        .filter(pk=programme_id)
        .first()
    )
    if found is None:
        raise Refused("not_found", _("There is no such programme."), status=404)
    return found


def locked(application_id: UUID) -> Application:
    """The application behind its applicant, who is not being erased meanwhile, and its locked programme."""
    found_ids = Application.objects.filter(pk=application_id).values_list("programme_id", "person_id").first()
    if found_ids is None:
        raise Refused("not_found", _("There is no such application."), status=404)
    living(found_ids[1])
    kept = locked_programme(found_ids[0])
    found = (
        Application.objects.select_for_update(of=("self", "record"))
        .select_related("record", "area", "version", "person", "business", "organisation")
        .get(pk=application_id)
    )
    found.programme = kept
    return found


def locked_admission(admission_id: UUID) -> Admission:
    """The admission behind its locked programme."""
    programme = Admission.objects.filter(pk=admission_id).values_list("programme_id", flat=True).first()
    if programme is None:
        raise Refused("not_found", _("There is no such entry."), status=404)
    kept = locked_programme(programme)
    found = (
        Admission.objects.select_for_update(of=("self", "record"))
        .select_related("record", "area", "version", "person", "business", "organisation")
        .get(pk=admission_id)
    )
    found.programme = kept
    return found


def turn(ctx: Context, application: Application, name: str) -> Context:
    """Checks the table and who may, moves the state. Raises Refused ``wrong_state`` (409), ``not_yours`` (403)."""
    checks = application.version.definition.checks
    last = application.step >= len(checks) - 1
    if not rules.may_turn(name, application.state, appealed=application.appealed_at is not None, last_step=last):
        raise Refused("wrong_state", _("This application has moved on in the meantime. Look at it again."), status=409)
    ctx = _acting(ctx, application, rules.TURNS[name].by)
    application.state = rules.TURNS[name].target
    return ctx


def may_decide(actor: Actor, application: Application) -> Held | None:
    """The post in which somebody may decide on an application now, or None: who holds the role whose turn it is where the
    application lies, or deputises for who does; never the applicant, and on an appeal never who refused. Where nobody
    holds that role nobody decides until somebody is appointed: a check that a programme asks for is not skipped."""
    if not application.role or actor.person_id in (None, application.person_id):
        return None
    if application.state == "appealed" and actor.person_id == application.decided_by_id:
        return None
    first = application.area.first
    held = [
        post
        for post in actor.posts
        if post.role == application.role and post.first is not None and post.first <= first <= (post.last or 0)
    ]
    return min(held, key=lambda post: post.deputy_for is not None, default=None)


def is_vacant(application: Application, at: datetime) -> bool:
    """Whether nobody who may decide holds the role whose turn it is, nor deputises for who holds it."""
    if not application.role:
        return False
    first, day = application.area.first, local_day(at)
    posts = Post.objects.filter(
        in_term(day), role=application.role, area__first__lte=first, area__last__gte=first
    ).values_list("person_id", "record_id")
    people, held = {person for person, _post in posts}, [post for _person, post in posts]
    barred = {application.person_id} | ({application.decided_by_id} if application.state == "appealed" else set())
    if people - barred:
        return False
    away = Absence.objects.filter(post__in=held, begins__lte=at, ends__gt=at).exclude(deputy__in=barred - {None})
    return not held or not away.exists()


def _acting(ctx: Context, application: Application, by: str) -> Context:
    if ctx.trusted or by == rules.PROGRAM:
        return ctx
    actor = actor_at(ctx.person, ctx.at, ctx.language)
    if by == rules.APPLICANT:
        if actor.may("admissions.apply", Target(owners=(application.person_id,))):
            return ctx
    else:
        held = may_decide(actor, application)
        if held is not None:
            # the journal's row carries who acted and the absent holder's post
            application.stood_in = held.deputy_for is not None
            return replace(ctx, post=held.post)
    raise _not_yours()


def holder(ctx: Context, admission: Admission) -> Context:
    """Raises Refused (403) if the person does not hold this."""
    if ctx.trusted or (admission.person_id and ctx.person == admission.person_id):
        return ctx
    raise _not_yours()


def officer(ctx: Context, ability: str, target: Target) -> Context:
    """The context with the post that allows this. Raises Refused (403)."""
    return people.acting(ctx, ability, target, sentence=_not_yours().sentence)


def _not_yours() -> Refused:
    sentence = _("This is not yours to do. Ask your street's desk if you think it should be.")
    return Refused("not_yours", sentence, status=403)


def answers_of(application: Application) -> dict[str, Any]:
    """The decrypted answers, phone numbers included."""
    if not application.answers_cipher:
        return {}
    kept: dict[str, Any] = json.loads(crypto.decrypt(application.answers_cipher, _bound(application.pk)))
    return kept


def sealed(application_id: UUID, answers: dict[str, Any]) -> bytes:
    """The answers as they are kept."""
    return crypto.encrypt(json.dumps(answers, ensure_ascii=False), _bound(application_id))


def returned_with(application: Application) -> dict[str, Any]:
    """``{"marks", "answers"}`` of the last time it was returned: what was asked for, and what stood there then. Empty if
    it never was."""
    if not application.returned_cipher:
        return {}
    kept: dict[str, Any] = json.loads(crypto.decrypt(application.returned_cipher, _bound(application.pk, "returned")))
    return kept


def sealed_return(application: Application, marks: dict[str, str]) -> bytes:
    """The return as it is kept beside the answers, until it is decided."""
    said = {"marks": marks, "answers": answers_of(application)}
    return crypto.encrypt(json.dumps(said, ensure_ascii=False), _bound(application.pk, "returned"))


def emptied(application: Application) -> None:
    """Lets go of everything that was written in an application. Save it afterwards."""
    application.answers_cipher = application.returned_cipher = None
    application.marks, application.shop_name, application.shop = {}, "", {}


def _bound(application_id: UUID, part: str = "answers") -> str:
    return f"admissions.{part}:{application_id}"


def said(words: str, longest: int = 500) -> str:
    """Words as they are kept."""
    return words.replace("\x00", "").strip()[:longest]


def day_begins(at: datetime) -> datetime:
    """The first moment of a day on the calendar of the place."""
    return datetime.combine(local_day(at), time.min, PLACE_ZONE)
