"""What every write of the office shares: whether this person may do this to that, and in which post."""

from __future__ import annotations

from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.errors import Refused


def refuse_others(ctx: Context, holder: object) -> None:
    """What is somebody's own is done by that person alone. holder: the person's id. Raises Refused (403)."""
    if not ctx.trusted and (ctx.person is None or ctx.person != holder):
        raise Refused("not_yours", _("This belongs to somebody else."), status=403)
