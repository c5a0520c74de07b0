"""``liuchi retention``: what has had its time, counted or let go of."""

from __future__ import annotations

import json

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from liuchi.kernel.retention import actions, queries


@click.command()
@click.option("--dry-run", is_flag=True, help="Only count; nothing is changed.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def retention(dry_run: bool, as_json: bool) -> None:
    """Lets go of what the office has kept for as long as it said: now, instead of in the worker's small steps."""
    at = timezone.now()
    lines = queries.table(at, counted=dry_run)
    gone: dict[str, int] = {}
    while not dry_run and (step := actions.carry_out(at)):
        for name, many in step.items():
            gone[name] = gone.get(name, 0) + many
    figures = (
        {line.name: line.due or 0 for line in lines}
        if dry_run
        else {line.name: gone.get(line.name, 0) for line in lines}
    )
    if as_json:
        told = [{"field": line.name, "days": line.days, "own": line.own, "count": figures[line.name]} for line in lines]
        click.echo(json.dumps({"dry_run": dry_run, "fields": told}))
        return
    for line in lines:
        click.echo(f"{line.field.group} · {line.field.title}")
        says = _("would go now: %(n)s") if dry_run else _("gone: %(n)s")
        count = f"{queries.COUNTED:,}+" if line.more else f"{figures[line.name]:,}"
        kept = _("%(since)s, %(days)s days") % {"since": line.field.since, "days": line.days}
        click.echo(f"    {kept} · {says % {'n': count}}")
