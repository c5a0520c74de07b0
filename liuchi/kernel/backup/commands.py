"""liuchi backup, liuchi restore."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from liuchi.kernel.backup import actions
from liuchi.kernel.context import system

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option(
    "--keys/--no-keys",
    "with_keys",
    default=True,
    show_default=True,
    help="Put the key files in too, locked with a passphrase (asked for, or LIUCHI_PASSPHRASE).",
)
@click.option("--json", "as_json", is_flag=True, help="Print figures as JSON.")
def backup(file: Path, with_keys: bool, as_json: bool) -> None:
    """Writes the whole installation into FILE, a tar, while it runs.

    The keys open photos and phone numbers. With a passphrase only you can use them; without one whoever has FILE can.
    With --no-keys keep a copy of the key folder in another place: without the keys nobody can read these values again.
    """
    passphrase = _passphrase(confirm=True) if with_keys else ""
    with _Bar(_("Photos and recordings"), hidden=as_json) as bar:
        about = actions.backup(system(), file, with_keys=with_keys, passphrase=passphrase, progress=bar)
    about.pop("migrations")
    if as_json:
        click.echo(json.dumps(about, ensure_ascii=False))
        return
    said = _("%(file)s: %(size)s MB, %(media)s media files, journal head %(head)s")
    size = f"{about['bytes'] / 1e6:.1f}"
    click.echo(said % {"file": file, "size": size, "media": about["media"], "head": about["head"] or "-"})
    if about["missing"]:
        _warn(_("%(count)s media files are missing, here and in the backup.") % {"count": len(about["missing"])})
    if not with_keys:
        _warn(
            _(
                "The keys are not in it. Copy the key folder to a safe place of its own, since nobody can read photos and phone numbers without them."
            )
        )
    elif not passphrase:
        _warn(_("The keys lie open in it: whoever has this file can read every photo and phone number."))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print figures as JSON.")
def restore(file: Path, as_json: bool) -> None:
    """Fills an empty installation from FILE. Ends with status 1 if something is not as it was.

    If the keys are not in FILE, copy them into the key folder first (LIUCHI_KEYS).
    """
    passphrase = _passphrase(confirm=False) if _is_locked(file) else ""
    with _Bar(_("Photos and recordings"), hidden=as_json) as bar:
        about = actions.restore(file, passphrase=passphrase, progress=bar)
    about.pop("migrations")
    if as_json:
        click.echo(json.dumps(about, ensure_ascii=False))
    else:
        said = _("Restored as of %(time)s: %(media)s media files, journal head %(head)s")
        time = localtime(datetime.fromisoformat(about["made_at"])).strftime("%Y-%m-%d %H:%M")
        click.echo(said % {"time": time, "media": about["media"], "head": about["head"] or "-"})
        if not about["head_fits"]:
            _warn(_("The journal does not end as it did when the backup was made."))
        if about["lost"]:
            _warn(_("%(count)s media files are missing.") % {"count": len(about["lost"])})
        if not about["keys_fit"]:
            _warn(_("The keys in the key folder are not those of this backup: copy the right ones there."))
    if not about["whole"]:
        sys.exit(1)


def _warn(sentence: str) -> None:
    click.echo(sentence, err=True)


def _passphrase(confirm: bool) -> str:
    given = os.environ.get("LIUCHI_PASSPHRASE")
    if given is not None or not sys.stdin.isatty():
        return given or ""
    return click.prompt(
        _("Passphrase of the keys"), default="", hide_input=True, show_default=False, confirmation_prompt=confirm
    )


def _is_locked(file: Path) -> bool:
    import tarfile

    from liuchi.kernel.backup.safe import LOCKED

    try:
        with tarfile.open(file) as tar:
            return LOCKED in tar.getnames()
    except (tarfile.TarError, OSError):
        return False  # restore says what is wrong with the file


class _Bar:
    """A progress bar that appears with the first report of progress."""

    def __init__(self, label: str, hidden: bool) -> None:
        self._label, self._hidden = label, hidden
        self._bar: Any = None

    def __enter__(self) -> _Bar:
        return self

    def __call__(self, done: int, whole: int) -> None:
        if self._hidden:
            return
        if self._bar is None:
            self._bar = click.progressbar(length=whole, label=self._label, file=sys.stderr)
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos)

    def __exit__(self, *error: Any) -> None:
        if self._bar is not None:
            self._bar.__exit__(*error)
