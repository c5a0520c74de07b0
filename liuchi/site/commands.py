"""Commands of the whole house: serving, migrating, words, and Django's own."""

import sys

import click
from django.utils.translation import gettext as _


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def django(arguments: tuple[str, ...]) -> None:
    """Runs one of Django's commands: liuchi django migrate."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["liuchi django", *arguments])


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=4, show_default=True, help="Requests answered at once in each process.")
@click.option("--processes", default=1, show_default=True)
@click.option("--certificate", type=click.Path(exists=True), help="Serve https with this certificate.")
@click.option("--key", type=click.Path(exists=True), help="The private key of the certificate.")
@click.option("--own-certificate", is_flag=True, help="Serve https with a certificate made here.")
@click.option("--worker/--no-worker", default=True, help="Also run the background worker.")
def serve(
    host: str,
    port: int,
    threads: int,
    processes: int,
    certificate: str | None,
    key: str | None,
    own_certificate: bool,
    worker: bool,
) -> None:
    """Runs the web server and the background worker as one process tree; Ctrl-C ends all of it."""
    from liuchi.site.preparing import own_certificate as made_here
    from liuchi.site.serving import serve_all

    if own_certificate:
        certificate, key = made_here(host)
    sys.exit(
        serve_all(host, port, threads=threads, processes=processes, certificate=certificate, key=key, worker=worker)
    )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--demo/--no-demo", default=True, help="Load the demo place into an empty installation.")
@click.option("--https", is_flag=True, help="Serve https with a certificate made here.")
@click.option("--since", type=float, default=None, hidden=True, help="When ./run began, in seconds of the epoch.")
def start(host: str, port: int, demo: bool, https: bool, since: float | None) -> None:
    """What ./run does once the packages are there: prepare, serve, and say where the pages are."""
    from liuchi.site.starting import start as start_all

    sys.exit(start_all(host, port, demo, https, since))


@click.command()
@click.option("--demo/--no-demo", default=False, help="Load the demo place into an empty installation.")
def prepare(demo: bool) -> None:
    """Brings words, tables and files to this version; safe to run at any time."""
    from liuchi.site.preparing import prepare as prepare_all
    from liuchi.site.preparing import say_on_screen

    prepare_all(demo, say_on_screen)


@click.command()
@click.option("--once", is_flag=True, help="Do what waits now, then end.")
def worker(once: bool) -> None:
    """Runs the background worker: tasks, seals, notices, sweeping."""
    from liuchi.site.worker import run, run_once

    if once:
        run_once()
    else:
        run()


@click.command()
@click.option("--check", is_flag=True, help="Fail if a word lacks a translation.")
def words(check: bool) -> None:
    """Compiles the translations, or with --check lists what has none."""
    from liuchi.site.words import compile_all, missing

    if not check:
        click.echo(_("%(count)s catalogues compiled") % {"count": compile_all()})
        return
    lacking = missing()
    for line in lacking:
        click.echo(line)
    sys.exit(1 if lacking else 0)
