"""Commands of admissions."""

import click


@click.group()
def admissions() -> None:
    """Programmes, applications and what was admitted."""


@admissions.command("set-up")
@click.option("--mark", default="六街", show_default=True, help="What the numbers of letters begin with.")
def set_up(mark: str) -> None:
    """Makes the programmes that are ready (observers, friendly shops, trade-in, model posts, compounds, alliance)."""
    from django.utils.translation import gettext as _

    from liuchi.admissions import actions
    from liuchi.kernel.context import system
    from liuchi.kernel.errors import Refused
    from liuchi.people.models import Organisation
    from liuchi.territory import queries as territory

    area = territory.root()
    if area is None:
        raise Refused("no_place", _("Choose the place first: ./run, then /setup."))
    unit = Organisation.objects.filter(area=area, kind="government_unit", closed_on=None).order_by("pk").first()
    made = actions.set_up(system(), area, unit, mark)
    for one in made:
        click.echo(f"{one.key}\t{one.get_state_display()}\t{one.name}")
    click.echo(_("%(n)s programmes made") % {"n": len(made)})
