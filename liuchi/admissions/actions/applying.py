"""What the applicant does: write, send, correct, take back, appeal."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liuchi.admissions import rules, words
from liuchi.admissions.actions.acting import answers_of, emptied, locked, locked_programme, said, sealed, turn
from liuchi.admissions.actions.shops import NewShop, write_down
from liuchi.admissions.actions.standing import check_area, check_day, check_spots, check_who, held_already
from liuchi.admissions.models import Application, InvitationCode, Programme
from liuchi.kernel import proofs
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.media import actions as media
from liuchi.kernel.media.models import Media
from liuchi.kernel.records import actions as records
from liuchi.kernel.worktime import queries as worktime
from liuchi.kernel.worktime import rules as clocks
from liuchi.people.actions.living import living
from liuchi.people.models import Business, Organisation, Person
from liuchi.people.rules import local_day
from liuchi.territory.models import Area

APPEAL_DAYS = 60


def save(
    ctx: Context,
    programme_id: UUID,
    person: Person,
    answers: Mapping[str, Any],
    *,
    area: Area | None = None,
    business: Business | None = None,
    organisation: Organisation | None = None,
    shop: NewShop | None = None,
    goes_on: UUID | None = None,
    title: str = "",
) -> Application:
    """Keeps what somebody has written so far, complete or not, and returns the one application that is open; a returned
    one is corrected in the same way. shop: one that is not in the register yet; goes_on: which of one's own is written on.

    Raises Refused("closed" | "not_invited" | "who" | "area" | "shop" | "double" | "often"), and with ``field`` of an answer
    that can't be kept.
    """
    with transaction.atomic():
        living(person.pk)
        programme = locked_programme(programme_id)
        application = _open_one(programme, person, business, organisation, shop, goes_on)
        if application is None:
            application = _begin(ctx, programme, person, business, organisation, shop, area)
        elif application.state not in ("draft", "returned"):
            raise _applied()
        if ctx.person != person.pk and not ctx.trusted:
            raise Refused("not_yours", _("Everybody applies for themselves."), status=403)
        definition = application.version.definition
        if application.state == "draft" and programme.version_id != application.version_id and programme.version:
            application.version, definition = programme.version, programme.version.definition
        kept, wrong = rules.checked_answers(definition, answers, sending=False)
        if wrong:
            key, code = next(iter(wrong.items()))
            raise Refused("answer", words.answer_fault(code), field=key)
        check_spots(kept)
        if shop is not None:
            write_down(application, shop)
            area = shop.area
        if area is not None and business is None and organisation is None:
            check_area(programme, area)
            application.area = area
            records.move(application.record, area.pk)
        application.title = _title(definition, title or application.title)
        _photos(application, definition, kept)
        application.answers_cipher = sealed(application.pk, kept)
        try:
            with transaction.atomic():
                application.save()
        except IntegrityError:  # the shop was renamed to one that is applied for as well
            raise _applied()
        journal.write(ctx, application.record, "application.saved", {"programme": str(programme.pk)})
    return application


def send(ctx: Context, application_id: UUID, *, expect: int | None = None) -> Application:
    """Sends a draft, or a returned one with its corrections. Raises Refused with ``field`` for what is missing."""
    with transaction.atomic():
        application = locked(application_id)
        name = "correct" if application.state == "returned" else "send"
        if name == "send" and application.programme.state != Programme.State.OPEN:
            raise Refused("closed", _("This programme is closed. Nobody can apply now."), status=409)
        ctx = turn(ctx, application, name)
        definition = application.version.definition
        answers = answers_of(application)
        _kept, wrong = rules.checked_answers(definition, answers, sending=True)
        if wrong:
            key, code = next(iter(wrong.items()))
            raise Refused("answer", words.answer_fault(code), field=key)
        held = held_already(application)
        if held:
            raise Refused(
                "double", _("This is held already: %(title)s.") % {"title": held.title}, field="title", status=409
            )
        if definition.titles and application.title not in definition.titles:
            raise Refused("title", _("Please choose as what you apply."), field="title")
        if any(since is None for _code, _name, since in lessons_of(definition, application.person_id)):
            raise Refused("lesson", _("A short lesson comes first: open it on this page and sign it."))
        if name == "send":
            programme = application.programme
            programme.seen += 1
            programme.save(update_fields=["seen"])
            mark = definition.letter_mark or programme.name[:8]
            application.number = rules.letter_number(f"{mark}申", local_day(ctx.at).year, programme.seen)
            application.sent_at, application.step = ctx.at, 0
            # what the desk had filled in for it is in the answers now
            InvitationCode.objects.filter(programme=programme, taken_by=application.person_id).update(
                filled_cipher=None
            )
        application.marks = {}
        wait_for_step(ctx, application)
        application.save()
        verb = "application.sent" if name == "send" else "application.corrected"
        facts = {"step": application.step, "role": application.role, "version": application.version.number}
        journal.write(ctx, application.record, verb, facts, expect=expect)
    return application


def cancel(ctx: Context, application_id: UUID) -> Application:
    """The applicant takes it back. The answers go at once: nobody needs them any more."""
    with transaction.atomic():
        application = locked(application_id)
        was = application.state
        ctx = turn(ctx, application, "cancel")
        application.role, application.due_at, application.waiting_since = "", None, None
        emptied(application)
        media.remove(application.record.media.all())
        application.save()
        journal.write(ctx, application.record, "application.cancelled", {"was": was})
    return application


def appeal(ctx: Context, application_id: UUID, why: str) -> Application:
    """Once, against a refusal, to another role. Raises Refused("why") without a word."""
    why = said(why, 1000)
    if not why:
        raise Refused("why", _("Please say what you see differently. It is read by somebody else."), field="why")
    with transaction.atomic():
        application = locked(application_id)
        if application.decided_at and ctx.at > application.decided_at + timedelta(days=APPEAL_DAYS):
            raise Refused("late", _("One can appeal within 60 days. You can apply anew at any time."), status=409)
        ctx = turn(ctx, application, "appeal")
        application.appeal, application.appealed_at = why, ctx.at
        application.role = application.version.definition.appeal_role
        application.due_at = clocks.deadline(ctx.at, 5, "work_day", worktime.current())
        application.save()
        facts = {"role": application.role}
        journal.write(ctx, application.record, "application.appealed", facts, {"why": why}, about=application.person_id)
    return application


def lessons_of(definition: rules.Definition, person_id: UUID | None) -> list[tuple[str, str, date | None]]:
    """The lessons that a programme asks for with their names, and since when the person has signed each. Without an app that
    keeps lessons in this house nothing is asked for."""
    if "lesson" not in proofs.names():
        return []
    named = proofs.called("lesson", definition.lessons)
    return [
        (code, named.get(code, code), proofs.proof("lesson", person_id, code) if person_id else None)
        for code in definition.lessons
    ]


def wait_for_step(ctx: Context, application: Application) -> None:
    """Says whose turn it is at the desk and until when, from the step the application is at."""
    checks = application.version.definition.checks
    check = checks[min(application.step, len(checks) - 1)] if checks else rules.Check("secretary")
    application.role = check.role
    days = check.days
    application.due_at = clocks.deadline(ctx.at, days, "work_day", worktime.current()) if days else None


def _open_one(
    programme: Programme,
    person: Person,
    business: Business | None,
    organisation: Organisation | None,
    shop: NewShop | None,
    goes_on: UUID | None,
) -> Application | None:
    found = Application.objects.select_related("record", "version", "area").filter(
        programme=programme, state__in=rules.OPEN, business=business, organisation=organisation
    )
    if business is None and organisation is None:
        found = found.filter(person=person)
        if shop is not None:
            found = found.filter(pk=goes_on) if goes_on else found.filter(shop_name=" ".join(shop.name.split()))
    one = found.first()
    if one and one.person_id != person.pk:
        raise Refused("double", _("Somebody else has applied for it already."), status=409)
    return one


def _begin(
    ctx: Context,
    programme: Programme,
    person: Person,
    business: Business | None,
    organisation: Organisation | None,
    shop: NewShop | None,
    area: Area | None,
) -> Application:
    check_day(ctx, person, shop)
    if programme.state != Programme.State.OPEN or programme.version is None:
        raise Refused("closed", _("This programme is closed. Nobody can apply now."), status=409)
    definition = programme.version.definition
    if definition.invited and not programme.invitations.filter(person=person).exists():
        raise Refused(
            "not_invited", _("One is invited to this. Ask your community if you would like to be."), status=403
        )
    check_who(ctx, definition, person, business, organisation, shop)
    where = business.area if business else organisation.area if organisation and organisation.area else area
    where = (shop.area if shop else where) or programme.area
    check_area(programme, where)
    application = Application(
        record=records.create("application", area_id=where.pk, secrecy=1),
        programme=programme,
        version=programme.version,
        person=person,
        business=business,
        organisation=organisation,
        area=where,
        begun_at=ctx.at,
    )
    if shop is not None:
        write_down(application, shop)
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError:
        raise _applied()
    return application


def _applied() -> Refused:
    return Refused("double", _("You have applied already. Here is how far it is."), status=409)


def _title(definition: rules.Definition, title: str) -> str:
    if len(definition.titles) == 1:
        return definition.titles[0]
    return title if title in definition.titles else ""


def _photos(application: Application, definition: rules.Definition, kept: dict[str, Any]) -> None:
    keys = [UUID(one) for field in definition.fields if field.kind == "photo" for one in kept.get(field.key, [])]
    there = {one.key: one for one in Media.objects.filter(record=application.record)}
    media.remove(one for key, one in there.items() if key not in keys)
    media.attach([key for key in keys if key not in there], application.record)
