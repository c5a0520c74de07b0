"""People with a sign-in, in one go: a new member of staff, and somebody who makes an account."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people.actions.data import give_consent
from liuchi.people.actions.logins import free_username, open_login
from liuchi.people.actions.persons import register_person
from liuchi.people.actions.posts import appoint
from liuchi.people.models import Login, Organisation, Person

if TYPE_CHECKING:
    from liuchi.territory.models import Area


def hire(
    ctx: Context,
    *,
    name: str,
    role: str,
    phone: str = "",
    username: str = "",
    organisation: Organisation | None = None,
    area: "Area | None" = None,
    title: str = "",
    begins: date | None = None,
    ends: date | None = None,
    password: str | None = None,
) -> tuple[Person, Login, str]:
    """Person, sign-in and first post, or nothing at all. Returns the password, a one-time one unless it was given."""
    with transaction.atomic():
        person = register_person(ctx, name=name, phone=phone)
        login, password = open_login(ctx, person, username or free_username(person.name), password)
        appoint(ctx, person, role=role, organisation=organisation, area=area, title=title, begins=begins, ends=ends)
    return person, login, password


def sign_up(ctx: Context, *, name: str, phone: str, password: str, account: bool, call_back: bool = False) -> Login:
    """An account of somebody's own, with consent. Raises Refused("account") without it, ("phone_taken") for a known phone."""
    if not account:
        raise Refused("account", _("Without your consent we can't keep an account."), field="account")
    with transaction.atomic():
        person = register_person(ctx, name=name, phone=phone, language=ctx.language, phone_checked=False)
        login, _password = open_login(ctx, person, free_username(person.name), password)
        give_consent(ctx, person, "account")
        if call_back:
            give_consent(ctx, person, "call_back")
    return login
