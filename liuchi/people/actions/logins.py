"""Logins: opened with a one-time password, reset by a clerk, ended."""

import re
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.kernel.journal import actions as journal
from liuchi.kernel.outbox.tokens import end_tokens
from liuchi.people import rules
from liuchi.people.actions.posts import in_term, refuse_without_administrator
from liuchi.people.models import Login, Person, Role
from liuchi.territory.spelling import spell

ONE_TIME_FOR = timedelta(days=7)


def open_login(
    ctx: Context, person: Person, username: str, password: str | None = None, *, digest: str = ""
) -> tuple[Login, str]:
    """Gives a person a login. Returns it with its password: the given one, or a one-time password that is shown once,
    good for 7 days and to be replaced at the first sign-in.

    digest: of the password as Django stores it, where it was computed before (it takes a tenth of a second on purpose).
    Raises Refused("username" | "phone_taken" | "double").
    """
    username = checked_username(username)
    if Login.objects.filter(person=person).exists():
        raise Refused("double", _("This person already has a sign-in."), status=409)
    if Login.objects.filter(username=username).exists():
        raise Refused(
            "username", _("This sign-in name is taken. Please choose another one."), field="username", status=409
        )
    refuse_taken_phone(person)
    chosen = password or rules.one_time_password()
    login = Login(person=person, username=username)
    if digest:
        login.password = digest
    else:
        login.set_password(chosen)
    if password is None:
        login.must_change, login.one_time_until = True, ctx.at + ONE_TIME_FOR
    with transaction.atomic():
        login.save(force_insert=True)
        journal.write(
            ctx, person.record, "login.opened", {"one_time": password is None}, {"username": username}, about=person.pk
        )
    return login, chosen


def reset_password(ctx: Context, login: Login) -> str:
    """A new one-time password, shown once to who hands it over. All sessions, phone tokens and the second factor end."""
    chosen = rules.one_time_password()
    login.set_password(chosen)
    login.must_change, login.one_time_until = True, ctx.at + ONE_TIME_FOR
    with transaction.atomic():
        login.save(update_fields=["password", "must_change", "one_time_until"])
        _forget_second_factor(login)
        end_tokens(login.person_id)
        journal.write(ctx, login.person.record, "login.reset", {})
    return chosen


def password_chosen(ctx: Context, login: Login, password: str) -> None:
    """The person chose a password of their own. Other sessions end, since they carry a digest of the old one."""
    login.set_password(password)
    login.must_change, login.one_time_until = False, None
    with transaction.atomic():
        login.save(update_fields=["password", "must_change", "one_time_until"])
        end_tokens(login.person_id)
        journal.write(ctx, login.person.record, "login.password_chosen", {})


def close_login(ctx: Context, login: Login) -> None:
    """Ends a login: nobody signs in with it any more, and what was signed in is not.

    Raises Refused("last_administrator") for that of the only one."""
    today = rules.local_day(ctx.at)
    login.is_active = False
    login.set_unusable_password()
    with transaction.atomic():
        if login.person.posts.filter(in_term(today), role=Role.ADMINISTRATOR).exists():
            refuse_without_administrator(login.person, [today])
        login.save(update_fields=["is_active", "password"])
        end_tokens(login.person_id)
        journal.write(ctx, login.person.record, "login.closed", {})


def sign_out(login: Login) -> None:
    """Signing out ends the tokens of all this person's phones too."""
    with transaction.atomic():
        end_tokens(login.person_id)


def checked_username(username: str) -> str:
    """A sign-in name as it is stored. Raises Refused("username")."""
    username = username.strip().lower()
    if not re.fullmatch(r"[a-z][a-z0-9_.-]{2,39}", username):
        sentence = _("A sign-in name has 3 to 40 small letters and digits and starts with a letter, such as wanghe.")
        raise Refused("username", sentence, field="username")
    return username


def free_username(name: str) -> str:
    """A sign-in name that nobody has, from the pinyin of a name: 程安 -> chengan, then chengan2."""
    plain = re.sub(r"[^a-z0-9]", "", spell(name)[0])[:36]
    stem = plain if re.match(r"[a-z]..", plain) else f"user{plain}"
    taken = set(Login.objects.filter(username__startswith=stem).values_list("username", flat=True))
    return next(one for one in (stem, *(f"{stem}{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def refuse_taken_phone(person: Person) -> None:
    """Two logins can't share a phone, since one signs in with it. Raises Refused("phone_taken")."""
    if not person.phone_index:
        return
    others = Person.objects.filter(phone_index=person.phone_index, login__isnull=False).exclude(pk=person.pk)
    if others.exists():
        raise Refused(
            "phone_taken", _("Somebody else already signs in with this phone number."), field="phone", status=409
        )


def _forget_second_factor(login: Login) -> None:
    from allauth.mfa.models import Authenticator  # its models need the app registry

    Authenticator.objects.filter(user=login).delete()
