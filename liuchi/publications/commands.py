"""Commands of publications."""

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@click.group()
def publications() -> None:
    """Leaflets, lessons, lectures, the list of services."""


@publications.command("set-up-services")
@click.option("--area", default="", help="Code of the area; the one this installation works for, if none is given.")
def set_up_services(area: str) -> None:
    """Brings in the 42 items that come along, unless there is a list already."""
    from liuchi.kernel.context import system
    from liuchi.publications.actions.services import set_up
    from liuchi.territory.models import Area
    from liuchi.territory.queries import root

    found = Area.objects.filter(code=area, valid_to=None).first() if area else root()
    if found is None:
        raise click.ClickException(_("No area has this name or code."))
    count = set_up(system(), found)
    if not count:
        click.echo(_("There is a list already; nothing was changed."))
        return
    click.echo(ngettext("%(count)s line is in the list.", "%(count)s lines are in the list.", count) % {"count": count})
