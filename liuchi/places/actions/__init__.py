"""Every write of places."""

from liuchi.places.actions.counting import Arrived, arrive, count
from liuchi.places.actions.events import Planned, call_off, change_event, note_came, plan_event
from liuchi.places.actions.hours import drop_exception, set_exception
from liuchi.places.actions.imports import enter_points
from liuchi.places.actions.pictures import add_picture, drop_picture
from liuchi.places.actions.points import Wanted, change_point, checked, close_point, enter_point, set_keepers
from liuchi.places.actions.problems import report_problem, take_problem
from liuchi.places.actions.saying import say, unsay

__all__ = [
    "Arrived",
    "Planned",
    "Wanted",
    "add_picture",
    "arrive",
    "call_off",
    "change_event",
    "change_point",
    "checked",
    "close_point",
    "count",
    "drop_exception",
    "drop_picture",
    "enter_point",
    "enter_points",
    "note_came",
    "plan_event",
    "report_problem",
    "say",
    "set_exception",
    "set_keepers",
    "take_problem",
    "unsay",
]
