"""The reporter's phone number: masked for the page, shown on request with a trace of the look."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases.actions.acting import acting, locked, target_of
from liuchi.cases.models import Case
from liuchi.kernel import crypto
from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.journal.models import Row
from liuchi.people import rules as people
from liuchi.people.actions.persons import note_look, phone_of
from liuchi.people.queries import may_be_called

ON_BEHALF = ("call", "walk_in", "visit")
FOR_THE_DESK_TO_CALL = ("company", "property_manager")


def contact_bound_to(case_id: UUID) -> str:
    """Where the number belongs: copied to another case its cipher does not open."""
    return f"case.contact:{case_id}"


def masked_contact(case: Case) -> str:
    """138****0000, or nothing if no number was left. For those who may see it on request; nothing is logged."""
    return people.masked_phone(_number(case)) or ("***" if behalf_of(case) else "")


def behalf_of(case: Case) -> str:
    """For whom a request was taken down, as they were called; nothing once it was erased. Only for who looks at the contact."""
    if case.channel not in ON_BEHALF:
        return ""
    row = Row.objects.filter(record_id=case.pk, verb="case.reported").prefetch_related("sides").first()
    return str((row.side("personal") or {}).get("behalf", "")) if row else ""


def show_contact(ctx: Context, case_id: UUID) -> str:
    """The number in clear, to call back or to be led to the spot. The look is a row of the case's journal, and one in
    the log of looks of a known reporter. Raises Refused (403, or 404 without a number)."""
    with transaction.atomic():
        case = locked(case_id)
        ctx = acting(ctx, "cases.contact", contact_target(case))
        number = _number(case)
        if not number and not behalf_of(case):
            raise Refused("no_contact", _("No phone number was left with this report."), status=404)
        if case.reporter:
            note_look(ctx, case.reporter, duty="cases.contact", record_id=case.pk)
        journal.write(ctx, case.record, "case.contact_seen")
    return number


def contact_target(case: Case) -> Target:
    """What access needs to know of the number left with a case. A company or a property manager may be the one complained
    about, and that one never learns who reported: the desk calls for them."""
    target = target_of(case)
    return replace(target, units=()) if case.unit and case.unit.kind in FOR_THE_DESK_TO_CALL else target


def _number(case: Case) -> str:
    """The number left with the report; else that of the account, if its holder agreed to be called."""
    if case.contact_cipher:
        return crypto.decrypt(case.contact_cipher, contact_bound_to(case.pk))
    return phone_of(case.reporter) if case.reporter and may_be_called(case.reporter.pk) else ""
