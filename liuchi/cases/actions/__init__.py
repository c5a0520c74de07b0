"""Every write to a case. Pages, API, outbox and imports call these and nothing else."""

from liuchi.cases.actions.contact import contact_target, masked_contact, show_contact
from liuchi.cases.actions.report import Said, Taken, report
from liuchi.cases.actions.reporter import add, case_of_receipt, rate, withdraw
from liuchi.cases.actions.turns import (
    accept,
    check,
    check_and_close,
    close,
    dispatch,
    file,
    file_and_dispatch,
    handle,
    refuse,
)
from liuchi.cases.actions.urgency import mark_urgent

__all__ = [
    "Said", "Taken", "accept", "add", "case_of_receipt", "check", "check_and_close", "close", "contact_target", "dispatch", "file",
    "file_and_dispatch", "handle", "mark_urgent", "masked_contact", "rate", "refuse", "report", "show_contact", "withdraw",
]  # fmt: skip
