"""Every write of this app."""

from liuchi.duties.actions.certificates import issue_certificate
from liuchi.duties.actions.duties import change_duty, end_duty, open_duty, plan_due, plan_duty
from liuchi.duties.actions.kept import check_in, confirm, remind_due, report, settle_due
from liuchi.duties.actions.shifts import call_off, leave, offer, take, take_over, withdraw_offer
from liuchi.duties.actions.swaps import answer_exchange, ask_exchange
from liuchi.duties.actions.volunteers import join, leave_volunteers

__all__ = [
    "answer_exchange",
    "ask_exchange",
    "call_off",
    "change_duty",
    "check_in",
    "confirm",
    "end_duty",
    "issue_certificate",
    "join",
    "leave",
    "leave_volunteers",
    "offer",
    "open_duty",
    "plan_due",
    "plan_duty",
    "remind_due",
    "report",
    "settle_due",
    "take",
    "take_over",
    "withdraw_offer",
]
