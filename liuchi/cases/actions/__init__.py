"""Every write to a case. Pages, API, outbox and imports call these and nothing else."""

from liuchi.cases.actions.again import recall, reopen, rework
from liuchi.cases.actions.contact import behalf_of, contact_target, masked_contact, show_contact
from liuchi.cases.actions.covering import cover, cover_own
from liuchi.cases.actions.entrusting import answer_approval, entrust
from liuchi.cases.actions.levels import escalate, send_down
from liuchi.cases.actions.merging import merge, unmerge
from liuchi.cases.actions.motions import answer, appeal, ask_extension, ask_suspension, resume
from liuchi.cases.actions.parts import add_unit, split
from liuchi.cases.actions.pressing import supervise, urge
from liuchi.cases.actions.report import Said, Taken, report
from liuchi.cases.actions.reporter import add, case_of_receipt, rate, withdraw
from liuchi.cases.actions.returning import decide, dispute, give_back, transfer
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
from liuchi.cases.actions.undoing import undo
from liuchi.cases.actions.urgency import mark_urgent

__all__ = [
    "Said", "Taken", "accept", "add", "add_unit", "answer", "answer_approval", "appeal", "ask_extension", "ask_suspension",
    "behalf_of", "case_of_receipt", "check", "check_and_close", "close", "contact_target", "cover", "cover_own", "decide", "dispatch", "dispute", "entrust",
    "escalate", "file", "file_and_dispatch", "give_back", "handle", "mark_urgent", "masked_contact", "merge", "rate",
    "recall", "refuse", "reopen", "report", "resume", "rework", "send_down", "show_contact", "split", "supervise",
    "transfer", "undo", "unmerge", "urge", "withdraw",
]  # fmt: skip
