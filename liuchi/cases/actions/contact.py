"""The reporter's phone number: masked for the page, shown on request with a trace of the look."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.cases.actions.acting import acting, locked, target_of
from liuchi.cases.models import Case
from liuchi.kernel import crypto
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.people import rules as people
from liuchi.people.actions.persons import phone_of, show_phone


def contact_bound_to(case_id: UUID) -> str:
    """Where the number belongs: copied to another case its cipher does not open."""
    return f"case.contact:{case_id}"


def masked_contact(case: Case) -> str:
    """138****0000, or nothing if no number was left. For those who may see it on request; nothing is logged."""
    return people.masked_phone(_number(case))


def show_contact(ctx: Context, case_id: UUID) -> str:
    """The number in clear, to call back or to be led to the spot. The look is a row of the case's journal, and one in
    the log of looks where the number is a known person's. Raises Refused (403, or 404 without a number)."""
    with transaction.atomic():
        case = locked(case_id)
        ctx = acting(ctx, "cases.contact", target_of(case))
        number = _number(case)
        if not number:
            raise Refused("no_contact", _("No phone number was left with this report."), status=404)
        if not case.contact_cipher and case.reporter:
            show_phone(ctx, case.reporter, duty="cases.contact", record_id=case.pk)
        journal.write(ctx, case.record, "case.contact_seen")
    return number


def _number(case: Case) -> str:
    if case.contact_cipher:
        return crypto.decrypt(case.contact_cipher, contact_bound_to(case.pk))
    return phone_of(case.reporter) if case.reporter else ""
