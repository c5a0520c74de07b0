"""What the writes share: whether the person may do this there, and checked words."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from liuchi.kernel.access import Target
from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused
from liuchi.people import acting as people
from liuchi.people.rules import local_day
from liuchi.territory.models import Area


def acting(ctx: Context, ability: str, area: Area) -> Context:
    """The context with the post in which the person does this in an area. Raises Refused (403) if the person may not."""
    return people.acting(ctx, ability, Target(area_first=area.first), field="area")


def day_of(ctx: Context) -> date:
    """The day of an action on the calendar of the place."""
    return local_day(ctx.at)


def words(text: str, field: str, most: int, *, needed: bool = True, lines: bool = False) -> str:
    """The words without needless spaces. Raises Refused at the field when they are missing or too long."""
    text = text.replace("\r\n", "\n").strip() if lines else " ".join(text.split())
    if needed and not text:
        raise Refused("empty", _("Please write something here."), field)
    if len(text) > most:
        raise Refused("too_long", _("This is too long: at most %(n)s characters.") % {"n": most}, field)
    return text


def number(value: int | None, field: str, least: int, most: int) -> int:
    """A number within its bounds. Raises Refused at the field."""
    if value is None or not least <= value <= most:
        raise Refused(
            "number",
            _("Please enter a number from %(least)s to %(most)s.") % {"least": least, "most": most},
            field,
        )
    return value


def link(url: str, field: str) -> str:
    """The address of a page elsewhere, or nothing. Raises Refused for what is none: other schemes could run a script."""
    url = url.strip()
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= 400 and " " not in url
    except ValueError:
        good = False
    if not good:
        raise Refused("link", _("This is no address of a page. It begins with https://"), field)
    return url
