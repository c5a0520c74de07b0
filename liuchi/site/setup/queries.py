"""How far the installation is set up."""

import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuchi.cases.models import Case, Matter
from liuchi.people.models import Organisation, Post, Role
from liuchi.site.opened import opened
from liuchi.territory import queries as territory


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the wizard: where it is, what it is called, whether it is done."""

    key: str
    title: Promise
    url: str
    done: bool


# What an administrator opens after the wizard: stop of the desk -> (what site.opened calls it, what for).
ROOMS = {
    "places": ("places", _("Stations, friendly shops, service corners: one by one or from Excel")),
    "admissions": ("programmes", _("Programmes that people, shops and units apply for")),
    "points": ("points", _("Rules for what is thanked for, and gifts at a window")),
}


def has_administrator() -> bool:
    """Whether somebody was ever appointed administrator: from then on the code opens nothing."""
    return Post.objects.filter(role=Role.ADMINISTRATOR).exists()


def is_open() -> bool:
    """The wizard leads until the first report; afterwards the desk's own pages do the same things."""
    return not Case.objects.exists()


def stages() -> list[Stage]:
    """The steps in their order."""
    open_ = opened()
    return [
        Stage("account", _("Administrator"), reverse("setup:account"), has_administrator()),
        Stage("place", _("Place"), reverse("setup:place"), territory.root() is not None),
        Stage("people", _("Units and staff"), reverse("setup:people"), Organisation.objects.exists()),
        Stage("catalogue", _("Catalogue"), reverse("setup:catalogue"), Matter.objects.exists()),
        Stage("starters", _("Ready to use"), reverse("setup:starters"), "programmes" in open_ and "services" in open_),
        Stage(
            "worker",
            _("First grid worker"),
            reverse("setup:worker"),
            Post.objects.filter(role=Role.GRID_WORKER).exists(),
        ),
    ]


def setup_address() -> str | None:
    """The address with the set-up code, for ./run to print; None once there is an administrator."""
    if has_administrator():
        _code_file().unlink(missing_ok=True)
        return None
    path = _code_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    return f"{reverse('setup:account')}?code={path.read_text().strip()}"


def code_fits(said: str) -> bool:
    """Whether this is the code of this installation."""
    path = _code_file()
    return path.exists() and hmac.compare_digest(path.read_text().strip().encode(), said.strip().encode())


def _code_file() -> Path:
    return Path(settings.KEYS) / "setup_code"
