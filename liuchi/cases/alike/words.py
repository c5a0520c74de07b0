"""Why two reports may be one, as a dispatcher reads it: 相距 12 米 · 相隔 2 小时 · 都提到“外墙”“掉落”."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from liuchi.cases.alike.queries import Hint, Reason


def reasons(hint: Hint) -> str:
    """All of them in one line."""
    return " · ".join(_reason(hint, one) for one in hint.reasons)


def _reason(hint: Hint, reason: Reason) -> str:
    value = reason.value
    if reason.name == "metres":
        return _("%(metres)s m apart") % {"metres": value}
    if reason.name == "place":
        return _("the same words for the place")
    if reason.name == "hours":
        if value < 1:
            return _("within the same hour")
        if value < 48:
            return ngettext("%(n)s hour apart", "%(n)s hours apart", value) % {"n": value}
        days = round(value / 24)
        return ngettext("%(n)s day apart", "%(n)s days apart", days) % {"n": days}
    if reason.name == "words":
        return _("both say %(words)s") % {"words": "".join(_("“%(word)s”") % {"word": word} for word in value)}
    return _("both taken for the same matter")
