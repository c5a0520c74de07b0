"""What the desk decides on an application: on to the next step, back with fields marked, no, yes; and on an appeal."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.admissions import rules
from liuchi.admissions.actions.acting import answers_of, day_begins, locked, may_decide, said, sealed_return, turn
from liuchi.admissions.actions.admitting import admit, places_left
from liuchi.admissions.actions.applying import wait_for_step
from liuchi.admissions.actions.shops import entered
from liuchi.admissions.models import Application
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.people.access import actor_at
from liuchi.people.actions.persons import note_look

READ = "application"  # what the log of looks says of it


def pass_on(ctx: Context, application_id: UUID, *, expect: int | None = None) -> Application:
    """This step is done; the next one begins."""
    with transaction.atomic():
        application = locked(application_id)
        ctx = turn(ctx, application, "pass")
        facts = {"step": application.step, "by": application.role, **_deputy(application)}
        application.step += 1
        wait_for_step(ctx, application)
        application.save()
        journal.write(ctx, application.record, "application.passed", facts, expect=expect)
    return application


def send_back(
    ctx: Context, application_id: UUID, marks: Mapping[str, str], *, expect: int | None = None
) -> Application:
    """Back to the applicant, each field at fault marked with a word. Raises Refused("marks") without one."""
    with transaction.atomic():
        application = locked(application_id)
        known = {one.key for one in application.version.definition.fields}
        kept = {key: said(words, 200) for key, words in marks.items() if key in known and said(words, 200)}
        if not kept:
            raise Refused("marks", _("Mark at least one field and say what is to be corrected."), field="marks")
        ctx = turn(ctx, application, "return")
        application.marks, application.role, application.due_at = kept, "", None
        application.returned_cipher = sealed_return(application, kept)
        application.save()
        facts = {"step": application.step, "fields": sorted(kept), **_deputy(application)}
        journal.write(
            ctx, application.record, "application.returned", facts, kept, about=application.person_id, expect=expect
        )
    return application


def refuse(ctx: Context, application_id: UUID, reason: str, *, expect: int | None = None) -> Application:
    """No, with the reason that the applicant reads. Raises Refused("reason") without one."""
    reason = _reason(reason)
    with transaction.atomic():
        application = locked(application_id)
        ctx = turn(ctx, application, "refuse")
        _decided(ctx, application, reason)
        facts = {"step": application.step}
        _write(ctx, application, "application.refused", facts, reason, expect)
    return application


def approve(ctx: Context, application_id: UUID, *, expect: int | None = None) -> Application:
    """Yes, at the last step: it brings what the programme gives, or a place on the waiting list when all are taken."""
    with transaction.atomic():
        application = locked(application_id)
        ctx = turn(ctx, application, "approve")
        _yes(ctx, application, "application.approved", "", expect)
    return application


def uphold(ctx: Context, application_id: UUID, reason: str, *, expect: int | None = None) -> Application:
    """The appeal does not change it, for this reason."""
    reason = _reason(reason)
    with transaction.atomic():
        application = locked(application_id)
        ctx = turn(ctx, application, "uphold")
        _decided(ctx, application, reason)
        _write(ctx, application, "application.upheld", {}, reason, expect)
    return application


def overturn(ctx: Context, application_id: UUID, reason: str = "", *, expect: int | None = None) -> Application:
    """The appeal is right: it is approved after all."""
    with transaction.atomic():
        application = locked(application_id)
        ctx = turn(ctx, application, "overturn")
        _yes(ctx, application, "application.overturned", said(reason), expect)
    return application


def show_phone(ctx: Context, application_id: UUID, key: str) -> str:
    """The phone number in an answer, with one line in the log of looks. For who may decide on it now."""
    with transaction.atomic():
        application = locked(application_id)
        post = may_decide(actor_at(ctx.person, ctx.at), application)
        fields = {one.key for one in application.version.definition.fields if one.kind == "phone"}
        if post is None or key not in fields:
            raise Refused("not_yours", _("This number is shown to who checks the application."), status=403)
        note_look(replace(ctx, post=post.post), application.person, duty="admissions.see", record_id=application.pk)
        return str(answers_of(application).get(key, ""))


def note_read(ctx: Context, application: Application) -> None:
    """Somebody at the desk reads what was written, in the post of the context: a line in the log of looks, one a day for
    each who does."""
    if ctx.person is None or ctx.person == application.person_id:
        return
    since = day_begins(ctx.at)
    note_look(ctx, application.person, duty="admissions.see", record_id=application.pk, what=READ, once_since=since)


def _yes(ctx: Context, application: Application, verb: str, reason: str, expect: int | None) -> None:
    _decided(ctx, application, reason)
    application.returned_cipher = None  # it was right in the end
    if application.shop_name and application.business_id is None:
        application.business = entered(ctx, application)
    free = places_left(application.programme)
    if free == 0:
        application.state, application.waiting_since = rules.TURNS["wait"].target, ctx.at
    _write(ctx, application, verb, {"waits": free == 0}, reason, expect)
    if free != 0:
        admit(
            ctx,
            application.programme,
            application.version,
            area=application.area,
            title=application.title,
            person=application.person,
            business=application.business,
            organisation=application.organisation,
            application=application,
        )


def _decided(ctx: Context, application: Application, reason: str) -> None:
    application.reason, application.role, application.due_at = reason, "", None
    application.decided_at, application.decided_by_id = ctx.at, ctx.person


def _write(
    ctx: Context, application: Application, verb: str, facts: dict[str, Any], reason: str, expect: int | None
) -> None:
    application.save()
    facts |= _deputy(application)
    personal = {"reason": reason} if reason else None
    journal.write(ctx, application.record, verb, facts, personal, about=application.person_id, expect=expect)


def _deputy(application: Application) -> dict[str, bool]:
    return {"stood_in": True} if application.stood_in else {}


def _reason(reason: str) -> str:
    reason = said(reason)
    if not reason:
        raise Refused("reason", _("Say why: the person who applied will read it."), field="reason")
    return reason
