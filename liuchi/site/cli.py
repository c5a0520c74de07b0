"""The command line program ``liuchi``. Each app brings its commands in ``commands.py``; this file only gathers them.

What a command says is in the language of the machine, as with ``./run``; help, the names of figures and what other programs
read (``--json``) are English.
"""

import os
import sys
from importlib import import_module
from importlib.util import find_spec

import click

APPS = ("kernel", "territory", "people", "notices", "points", "cases", "admissions", "publications", "site")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="liuchi", prog_name="liuchi")
def program() -> None:
    """Liuchi 六尺: every request gets a place, an owner, a clock and a reply."""


def gather() -> None:
    """Hangs every app's commands under the program. A command that stands in a group is reached through its group."""
    for app in APPS:
        if find_spec(f"liuchi.{app}.commands") is None:
            continue
        found = {
            obj for obj in vars(import_module(f"liuchi.{app}.commands")).values() if isinstance(obj, click.Command)
        }
        inner = {command for group in found if isinstance(group, click.Group) for command in group.commands.values()}
        for command in sorted(found - inner, key=lambda one: one.name or ""):
            program.add_command(command)


def main() -> None:
    """Entry point. Django is set up first, because the commands work on its tables."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuchi.site.settings")
    import django

    from liuchi.site.words import compile_all

    compile_all()  # before Django reads them
    os.umask(0o077)  # words, names and photos lie in what is written from here on
    django.setup()
    from django.utils import translation

    from liuchi.kernel.errors import Refused
    from liuchi.site.preparing import machine_language

    gather()
    translation.activate(machine_language())
    try:
        program()
    except Refused as refused:  # a clear sentence instead of a traceback
        click.echo(refused.sentence, err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
