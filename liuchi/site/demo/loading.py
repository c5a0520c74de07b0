"""Loads the demo place into an empty installation, once."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from liuchi.cases.catalogue.actions import import_catalogue
from liuchi.kernel import context
from liuchi.people import rules
from liuchi.people.models import Login, Person, Role
from liuchi.site.demo import (
    admissions,
    counter,
    duties,
    early,
    interfaces,
    places,
    points,
    publications,
    registers,
    rooms,
    turned,
    ways,
)
from liuchi.site.demo.cases import Teller
from liuchi.site.demo.people import SIGN_INS, TERM_BEGINS, gather
from liuchi.territory import demo_loader
from liuchi.territory.models import Area

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of what ./run prints."""

    username: str
    words: str
    password: str


def load_demo_once(say: Say) -> bool:
    """Loads the demo if nobody and nothing is here yet; returns whether it did."""
    if Person.objects.exists() or Area.objects.exists():
        return False
    load_demo(timezone.now(), say)
    return True


def load_demo(now: datetime, say: Say = lambda line: None) -> None:
    """Place, catalogue, units, people, cases: all of it through the actions that the pages use."""
    ctx = context.system(now, channel="replay")
    began = time.monotonic()

    def step(words: str) -> None:
        say(f"      {time.monotonic() - began:4.1f} s  {words}")

    figures = demo_loader.load_demo(ctx)
    step(
        _("%(grids)s grids, %(places)s places") % {"grids": figures["grids"], "places": sum(figures["places"].values())}
    )
    import_catalogue(ctx)
    password = rules.one_time_password()
    with transaction.atomic():
        cast = gather(ctx.happened(_first_day()), password)
        step(
            _("%(people)s made-up people, %(units)s units")
            % {"people": Person.objects.count(), "units": len(cast.units)}
        )
        cases = Teller(cast, now).tell()
        turned.load(cast, now)
        ways.load(cast, now)
        early.load(cast, now)
        registers.load(cast, now)
        places.load(cast, now)
        duties.load(cast, now)
        rooms.load(cast, now)
        counter.load(cast, now)
        publications.load(cast, now)
        admissions.load(cast, now)
        interfaces.load(cast, now)
        points.load(cast, now)  # thanks for what the others brought
    _password_file().write_text(password)
    _password_file().chmod(0o600)
    step(_("%(cases)s cases of the last 30 days") % {"cases": cases})


def sign_ins() -> list[SignIn]:
    """One sign-in for each role, while the demo people are here and kept their password."""
    if not _password_file().exists():
        return []
    password = _password_file().read_text().strip()
    logins = {
        login.username: login
        for login in Login.objects.filter(username__in=[name for name, _r, _t in SIGN_INS], is_active=True)
    }
    first = next(iter(logins.values()), None)
    if first is None or not first.check_password(password):
        return []
    count = Counter(role for _name, role, _title in SIGN_INS)
    return [
        SignIn(name, f"{Role(role).label} · {title}" if count[role] > 1 else str(Role(role).label), password)
        for name, role, title in SIGN_INS
        if name in logins
    ]


def _password_file() -> Path:
    return Path(settings.KEYS) / "demo_password"


def _first_day() -> datetime:
    return datetime(TERM_BEGINS.year, TERM_BEGINS.month, TERM_BEGINS.day, tzinfo=rules.PLACE_ZONE)
