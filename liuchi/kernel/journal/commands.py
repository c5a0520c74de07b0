"""``liuchi journal``: is history whole, and what is its head."""

import json
import sys

import click
from django.utils.translation import gettext as _
from tqdm import tqdm


@click.group()
def journal() -> None:
    """The journal: what happened, whole and in order."""


@journal.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--head", default=None, help="A head exported earlier: finds out whether the end was cut off since.")
def verify(as_json: bool, head: str | None) -> None:
    """Checks sealed history; exit status 0 only if it is whole."""
    from liuchi.kernel.journal.models import Position
    from liuchi.kernel.journal.queries import verify as check

    with tqdm(total=Position.objects.count(), unit="row", disable=not sys.stderr.isatty(), leave=False) as bar:
        report = check(head, tick=bar.update)
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False))
    else:
        counts = {name: f"{getattr(report, name):,}" for name in ("sealed", "unsealed", "erased")}
        click.echo(_("sealed %(sealed)s  unsealed %(unsealed)s  erased %(erased)s") % counts)
        click.echo(_("head %(head)s") % {"head": report.head or "-"})
        for problem in report.problems:
            where = ", ".join(f"{name} {value}" for name, value in problem.items() if name != "problem")
            click.echo(f"- {problem['problem']} ({where})", err=True)
        broken = _("NOT whole: %(count)s problems") % {"count": len(report.problems)}
        click.echo(_("whole") if report.whole else broken)
    sys.exit(0 if report.whole else 1)


@journal.command()
def seal() -> None:
    """Seals now what the worker would seal within a second."""
    from django.utils import timezone

    from liuchi.kernel.journal.actions import seal_all

    click.echo(_("%(count)s rows sealed") % {"count": f"{seal_all(timezone.now()):,}"})
