"""Every write of the points: books, awards, rules, shop window, reservations, stock, statements."""

from liuchi.points.actions.awards import award_rows
from liuchi.points.actions.joining import erase, switch_off, switch_on
from liuchi.points.actions.phones import check_phone, find_by_phone
from liuchi.points.actions.redeeming import (
    cancel,
    expire_due,
    hand_over,
    look_up,
    remind_due,
    reserve,
    undo_hand_over,
)
from liuchi.points.actions.ruling import change_rules, draft_rules, drop_draft, publish_rules
from liuchi.points.actions.shop import change_gift, change_window, make_gift, open_window
from liuchi.points.actions.statements import (
    ask_statement,
    confirm_statement,
    earned,
    file_at_unit,
    open_at_unit,
    show_to_unit,
    shown_to_units,
    take_back_statement,
    waiting_here,
)
from liuchi.points.actions.stock import Counted, WrongCounts, count_stock, stock_in, take_stock
from liuchi.points.actions.trying import try_rules

__all__ = [
    "Counted",
    "WrongCounts",
    "ask_statement",
    "award_rows",
    "cancel",
    "change_gift",
    "change_rules",
    "change_window",
    "check_phone",
    "confirm_statement",
    "count_stock",
    "draft_rules",
    "drop_draft",
    "earned",
    "erase",
    "expire_due",
    "file_at_unit",
    "find_by_phone",
    "hand_over",
    "look_up",
    "make_gift",
    "open_at_unit",
    "open_window",
    "publish_rules",
    "remind_due",
    "reserve",
    "show_to_unit",
    "shown_to_units",
    "stock_in",
    "switch_off",
    "switch_on",
    "take_back_statement",
    "take_stock",
    "try_rules",
    "undo_hand_over",
    "waiting_here",
]  # fmt: skip
