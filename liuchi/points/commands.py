"""Commands of points: the check of the books, and the figures of a period."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click
from django.utils import timezone
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from liuchi.points.figures import Figure


@click.group()
def points() -> None:
    """Points: the check of the books, figures of a period, reservations that are due."""


@points.command()
@click.option("--json", "as_json", is_flag=True, help="Print counts and problems for programs.")
def verify(as_json: bool) -> None:
    """Adds the books up again: every transfer sums to zero, balances, reservations and stock are what the lines say.

    Exit status 1 if anything is wrong.
    """
    from liuchi.points.verifying import verify as check

    books = check()
    if as_json:
        click.echo(json.dumps(books.as_dict(), ensure_ascii=False, indent=1))
    else:
        counts = {name: f"{value:,}" for name, value in books.as_dict().items() if isinstance(value, int)}
        click.echo(_("%(accounts)s accounts, %(transfers)s transfers, %(lines)s lines") % counts)
        for one in books.problems:
            click.echo(f"{one['problem']}: {' '.join(one['where'])}")
        click.echo(_("The books are right.") if books.right else _("The books are not right."))
    sys.exit(0 if books.right else 1)


@points.command()
@click.option("--from", "begins", type=click.DateTime(["%Y-%m-%d"]), help="First day; default: the first of the month.")
@click.option("--until", "ends", type=click.DateTime(["%Y-%m-%d"]), help="Last day; default: today.")
@click.option("--json", "as_json", is_flag=True)
def figures(begins: datetime | None, ends: datetime | None, as_json: bool) -> None:
    """What was issued and redeemed in a period, counted from the books."""
    from liuchi.points.figures import figures as counted

    today = timezone.localdate()
    found = counted(begins.date() if begins else today.replace(day=1), ends.date() if ends else today)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
        return
    few = _("withheld, fewer than five people")

    def line(one: Figure, said: str) -> str:
        return few if one.withheld else said % {"points": one.points, "times": one.times}

    for head, one, parts in (
        (_("issued"), found.issued, found.by_event),
        (_("redeemed"), found.redeemed, found.by_window),
    ):
        click.echo(f"{head}: {line(one, _('%(points)s points, %(times)s times'))}")
        for part in parts:
            click.echo(f"  {part.label}: {line(part, '%(points)s (%(times)s)')}")


@points.command("expire")
def expire() -> None:
    """Gives back now what was not picked up in time; the worker does it every ten minutes."""
    from liuchi.points.actions import expire_due

    while expire_due(timezone.now()):
        pass
