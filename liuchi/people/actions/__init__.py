"""Every write of this app. Each action checks, changes and journals in one transaction; who may call it is for access."""

from liuchi.people.actions.data import erase_person, give_consent, withdraw_consent
from liuchi.people.actions.hire import hire, sign_up
from liuchi.people.actions.logins import close_login, open_login, password_chosen, reset_password, sign_out
from liuchi.people.actions.persons import correct_person, register_person, show_phone
from liuchi.people.actions.posts import appoint, correct_post, end_absence, end_post, set_absence
from liuchi.people.actions.units import change_unit, close_unit, open_unit

__all__ = [
    "appoint",
    "change_unit",
    "close_login",
    "close_unit",
    "correct_person",
    "correct_post",
    "end_absence",
    "end_post",
    "erase_person",
    "give_consent",
    "hire",
    "open_login",
    "open_unit",
    "password_chosen",
    "register_person",
    "reset_password",
    "set_absence",
    "show_phone",
    "sign_out",
    "sign_up",
    "withdraw_consent",
]
