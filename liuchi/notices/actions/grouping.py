"""What a group of an office reads: number, matter, place, time limit and a link, and nothing else."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from liuchi.kernel.context import Context
from liuchi.kernel.delivery import actions as delivery
from liuchi.kernel.journal.models import Row
from liuchi.notices import Card, GroupNotice, rules
from liuchi.notices.models import Robot


def say_in_groups(ctx: Context, row: Row, notice: GroupNotice) -> None:
    """One line in each group of the unit and of the desks that it concerns, in the language of the house."""
    unit, place = notice.whose(row)
    robots = list(_robots(unit, place))
    if not robots:
        return
    urgent = notice.urgent(row)
    with translation.override(settings.LANGUAGE_CODE):
        card = notice.card(row)
        for robot in robots:
            if card is not None and (urgent or not robot.urgent_only):
                head = f"{_('Urgent')} · {card.what}" if urgent else card.what
                delivery.send(ctx, "robot", f"journal:{row.pk}", str(robot.pk), head, lines(card), url=card.url)


def _robots(unit: UUID | None, place: int | None) -> list[Robot]:
    whose = Q(organisation=unit) if unit else Q(pk=None)
    if place is not None:
        whose |= Q(area__first__lte=place, area__last__gte=place)
    return list(Robot.objects.filter(whose, closed_at=None))


def lines(card: Card) -> str:
    """The card as a group reads it, a line for each thing that is known; in each, what looks like a phone number is hidden."""
    told = (
        (_("Number"), card.number),
        (_("Matter"), rules.without_numbers(card.matter)),
        (_("Place"), rules.without_numbers(card.place)),
        (_("Time limit"), card.until),
    )
    return "\n".join(_("%(head)s: %(value)s") % {"head": head, "value": value} for head, value in told if value)
