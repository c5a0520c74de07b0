"""The command line of the territory: division codes, maps, grids, the demo place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

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


@territory.command("import-osm")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--area", required=True, help="Division code of the area that the map shows, 6 to 12 digits.")
@click.option("--name", default="", help="Its name, when neither the list of divisions nor the map knows it.")
@as_json
def import_osm(file: Path, area: str, name: str, as_json: bool) -> None:
    """Reads an OpenStreetMap FILE (.osm, .pbf): places to be found, and the base map. Can be run again."""
    from liuchi.kernel import context
    from liuchi.territory.osm.actions import import_osm as run

    with _bar("map", as_json) as progress:
        counted = run(context.system(channel="import"), file, area, name, progress=progress)
    _say(counted.as_dict(), as_json)


@territory.command("import-grids")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="End the grids of these communities that the file does not hold.")
@as_json
def import_grids(file: Path, replace: bool, as_json: bool) -> None:
    """Reads grids from a GeoJSON FILE: polygons with code (15 digits), name and households."""
    from liuchi.kernel import context
    from liuchi.territory.actions import import_grids as run
    from liuchi.territory.forms import parse_geojson

    done = run(context.system(channel="import"), parse_geojson(file.read_bytes()), replace=replace)
    _say(done.as_dict() | {"left_out": len(done.left_out)}, as_json)
    for line in done.left_out:
        click.echo(line, err=True)


@territory.command("make-demo")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", default=None, type=int, help="Another number draws another street.")
def make_demo(folder: Path, seed: int | None) -> None:
    """Draws the made-up demo street into FOLDER: a map file and its grids."""
    from liuchi.territory.demo import DEFAULT_SEED, STREET_CODE, write_place

    osm, grids = write_place(folder, DEFAULT_SEED if seed is None else seed)
    click.echo(f"liuchi territory import-osm {osm} --area {STREET_CODE}")
    click.echo(f"liuchi territory import-grids {grids}")


@territory.command("load-demo")
@as_json
def load_demo(as_json: bool) -> None:
    """Brings in the made-up demo street with its grids. Can be run again."""
    from liuchi.kernel import context
    from liuchi.territory.demo_loader import load_demo as run

    _say(run(context.system(channel="import")), as_json)


class _bar:
    """A progress bar on the error stream, so that figures stay alone on the other; none with --json."""

    def __init__(self, label: str, quiet: bool) -> None:
        self.label, self.quiet = label, quiet
        self.bar: Any = None
        self.at = 0

    def __enter__(self) -> Callable[[int, int], None]:
        return self.step

    def step(self, done: int, total: int) -> None:
        if self.quiet:
            return
        if self.bar is None:
            self.bar = tqdm(total=total, desc=self.label, leave=False)
        self.bar.update(done - self.at)
        self.at = done

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.close()


def _say(figures: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    for name, value in figures.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {number:,}" for key, number in value.items())
        click.echo(f"{name}: {value:,}" if isinstance(value, int) else f"{name}: {value}")
