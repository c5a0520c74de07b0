"""What is told of shifts: the originals of the texts, which an administrator may word another way."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from liuchi.notices import texts
from liuchi.notices.texts import Lazy, Text

_SHIFT = (_("shift"), _("Rest station, evening"))
_WHEN = (_("begins and ends"), _("25 November 18:00–20:00"))


def _declare(key: str, occasion: Lazy, title: Lazy, body: Lazy, /, **names: tuple[Lazy, Lazy]) -> Text:
    return texts.declare(
        f"shift.{key}", format_lazy("{} · {}", _("To volunteers"), occasion), title, body, title=_SHIFT, **names
    )


TOMORROW = _declare(
    "tomorrow", _("the day before"), _("Tomorrow: %(title)s"), _("%(when)s · %(where)s"), when=_WHEN,
    where=(_("where it is"), _("12 Wenhui Road")),
)  # fmt: skip
CALLED_OFF = _declare(
    "called_off", _("called off"), _("Called off: %(title)s"), _("%(when)s · %(note)s"), when=_WHEN,
    note=(_("why"), _("Heavy rain")),
)  # fmt: skip
OFFERED = _declare("offered", _("somebody is looked for"), _("Can you stand in? %(title)s"), _("%(when)s"), when=_WHEN)
TAKEN_OVER = _declare(
    "taken_over", _("taken over"), _("Somebody took your place: %(title)s"), _("%(when)s"), when=_WHEN
)
ASKED = _declare(
    "exchange_asked", _("an exchange is asked for"), _("Exchange? %(title)s"),
    _("%(name)s would take yours and gives %(other)s for it."), name=(_("their name"), _("Zhang San")),
    other=(_("the other shift"), _("Rest station, morning")),
)  # fmt: skip
EXCHANGED = _declare("exchanged", _("exchanged"), _("Exchanged: %(title)s"), _("%(when)s"), when=_WHEN)
NOT_EXCHANGED = _declare(
    "not_exchanged", _("not exchanged"), _("No exchange this time: %(title)s"), _("%(when)s"), when=_WHEN
)
