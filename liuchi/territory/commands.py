"""The command line of the territory: division codes, maps, grids, the demo place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Print figures as JSON.")


@click.group()
def territory() -> None:
    """Where things are: areas, grids, maps, addresses."""


@territory.command("import-divisions")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@as_json
def import_divisions(folder: Path, as_json: bool) -> None:
    """Reads division codes (counties, streets, communities) from the CSV files of FOLDER. Can be run again."""
    from liuchi.kernel import context
    from liuchi.territory.divisions.actions import import_divisions as run

    with _bar("divisions", as_json) as progress:
        counted = run(context.system(channel="import"), folder, progress)
    _say(counted.as_dict(), as_json)


class _bar:
    """A progress bar on the error stream, so that figures stay alone on the other; none with --json."""

    def __init__(self, label: str, quiet: bool) -> None:
        self.label, self.quiet = label, quiet
        self.bar: Any = None
        self.at = 0

    def __enter__(self) -> Any:
        return self.step

    def step(self, done: int, total: int) -> None:
        if self.quiet:
            return
        if self.bar is None:
            self.bar = click.progressbar(length=total, label=self.label, file=click.get_text_stream("stderr"))
            self.bar.__enter__()
        self.bar.update(done - self.at)
        self.at = done

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.__exit__(*error)


def _say(figures: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    for name, value in figures.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {number:,}" for key, number in value.items())
        click.echo(f"{name}: {value:,}" if isinstance(value, int) else f"{name}: {value}")
