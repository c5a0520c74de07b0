"""Commands of the cases: the catalogue, imports, and the suggestion of matters."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from liuchi.kernel.context import system


@click.group()
def cases() -> None:
    """Requests: catalogue of matters, imports, suggestions."""


@cases.command("import-catalogue")
@click.option("--json", "as_json", is_flag=True, help="Print counts and the mapping, row by row.")
def import_catalogue(as_json: bool) -> None:
    """Brings the catalogue up to the data files of this version: 403 codes of GB/T 47678.5-2026 and 519 filing rules.

    May be repeated. A changed limit counts for new dispatches only; what the office changed itself is kept.
    """
    from liuchi.cases.catalogue import actions

    done = actions.import_catalogue(system()).as_dict()
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False, indent=1))
        return
    for row in done["matched"]:
        if row["how"] != "same":
            note = f"  ({row['remark']})" if row["remark"] else ""
            click.echo(f"{row['how']:8} {row['rule_minor']} -> {row['kind']} {row['code']} {row['name']}{note}")
    for row in done["unmatched"]:
        click.echo(_("unmatched: %(rule)s") % {"rule": f"{row['kind']} {row['major']}{row['minor']} {row['name']}"})
    matters, conditions = done["matters"], done["conditions"]
    click.echo(_("matters: %(read)s read, %(new)s new, %(changed)s changed") % matters)
    click.echo(
        _(
            "conditions: %(read)s read (%(said_twice)s said twice), %(new)s new, %(changed)s changed, %(same)s as before, %(kept)s kept as the office set them"
        )
        % conditions
    )
    click.echo(_("rules: %(rules_matched)s matched, %(rules_unmatched)s unmatched; %(how)s") % done)


@cases.command()
def turns() -> None:
    """Prints the table of turns as a page: the picture of the states, the turns, the bounds (docs/turns.md)."""
    from liuchi.cases import drawing

    click.echo(drawing.page(), nl=False)


@cases.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--from-db", is_flag=True, help="Learn from the cases of this installation whose matter somebody confirmed."
)
@click.option("--json", "as_json", is_flag=True)
def train(file: Path | None, from_db: bool, as_json: bool) -> None:
    """Trains the model that suggests matters, from confirmed cases or from FILE.csv (columns text, label).

    Labels are codes or names of events. The model is kept in the installation's own folder and used from the next request on.
    """
    from liuchi.cases.suggest import evaluate, linear, queries, training

    if bool(file) == from_db:
        raise click.UsageError(_("Give either a FILE or --from-db."))
    try:
        if file:
            texts, labels = evaluate.read(file)
            labels = training.codes_of(labels)
        else:
            texts, labels = training.confirmed()
        with click.progressbar(length=3, file=sys.stderr, label=_("Training")) as bar:
            model = linear.train(texts, labels, told=lambda _step: bar.update(1))
            model.save(queries.model_file())
            bar.update(1)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    size = queries.model_file().stat().st_size
    done = {
        "texts": model.texts,
        "labels": len(model.labels),
        "features": len(model.vocabulary.features),
        "bytes": size,
    }
    said = _("%(texts)s texts, %(labels)s matters, %(size)s MB") % {**done, "size": f"{size / 1e6:.1f}"}
    click.echo(json.dumps(done) if as_json else said)


@cases.command()
@click.argument("training_file", metavar="TRAIN.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument(
    "test_file", metavar="[TEST.csv]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--folds", type=click.IntRange(2, 20), help="Instead of TEST.csv: cross-validation on TRAIN.csv.")
@click.option(
    "--seeds", type=click.IntRange(1, 20), default=3, show_default=True, help="How often the folds are drawn anew."
)
@click.option("--json", "as_json", is_flag=True)
def evaluate(training_file: Path, test_file: Path | None, folds: int | None, seeds: int, as_json: bool) -> None:
    """Says how good the model is on texts it has not seen: accuracy, macro-F1, n (columns text, label).

    With --folds a plain character n-gram machine (scikit-learn's LinearSVC) is judged on the same folds where
    scikit-learn is installed. Nothing is kept.
    """
    from importlib.util import find_spec

    from liuchi.cases.suggest import evaluate as judge

    if bool(test_file) == bool(folds):
        raise click.UsageError(_("Give either TEST.csv or --folds."))
    result: dict[str, Any] = {}
    try:
        texts, labels = judge.read(training_file)
        if test_file:
            unseen, truth = judge.read(test_file)
            result.update(judge.scores(truth, judge.ours(texts, labels)(unseen)))
        else:
            count = folds or 5
            machines: dict[str, judge.Machine] = {"ours": judge.ours}
            if find_spec("sklearn"):
                machines["plain"] = judge.plain
            with click.progressbar(length=count * seeds * len(machines), file=sys.stderr, label=_("Judging")) as bar:
                each = judge.crossed(texts, labels, count, seeds, machines, told=lambda: bar.update(1))
            result.update(judge.mean(each["ours"]), folds=count, seeds=seeds)
            if "plain" in each:
                result["plain"] = judge.mean(each["plain"])
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
        return
    click.echo(f"ours   macro-F1 {result['macro_f1']:.4f}  accuracy {result['accuracy']:.4f}  n {result['n']}")
    if "plain" in result:
        click.echo(f"plain  macro-F1 {result['plain']['macro_f1']:.4f}  accuracy {result['plain']['accuracy']:.4f}")


@cases.command("import-csv")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mapping",
    "mapping_file",
    required=True,
    type=click.Path(path_type=Path),
    help="What the columns mean: a TOML file, or the name of one that Liuchi brings.",
)
@click.option("--area", "area_code", help="Code of the area for rows without a place; default: the root.")
@click.option("--bad", type=click.Path(dir_okay=False, path_type=Path), help="Where bad rows go, each with its reason.")
@click.option("--json", "as_json", is_flag=True)
def import_csv(file: Path, mapping_file: Path, area_code: str | None, bad: Path | None, as_json: bool) -> None:
    """Imports requests from FILE (CSV) by a mapping; see liuchi/cases/data/mappings/README.md.

    Each row goes through the action that the pages use. May be repeated: a row whose key is there already is left
    alone. Bad rows go to a file (default: FILE-bad.csv in the current folder).
    """
    from liuchi.cases.catalogue.files import DATA
    from liuchi.cases.imports import actions, mapping
    from liuchi.territory.models import Area

    if not mapping_file.exists():
        mapping_file = DATA / "mappings" / mapping_file.with_suffix(".toml").name
    if not mapping_file.exists():
        raise click.UsageError(_("There is no mapping %(name)s.") % {"name": mapping_file.stem})
    area = None
    if area_code:
        area = Area.objects.filter(code=area_code, valid_to=None).first()
        if area is None:
            raise click.UsageError(_("There is no area with the code %(code)s.") % {"code": area_code})
    bad = bad or Path(f"{file.stem}-bad.csv")
    rows = file.read_bytes().count(b"\n")
    try:
        with click.progressbar(length=rows, file=sys.stderr, label=_("Importing")) as bar:
            done = actions.import_file(
                system(channel="import"), file, mapping.read(mapping_file), bad=bad, area=area, told=bar.update
            )
    except mapping.MappingError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(done.as_dict(), ensure_ascii=False))
        return
    counts = done.as_dict()
    click.echo(_("%(read)s read: %(imported)s imported, %(already_there)s already there, %(bad)s bad") % counts)
    click.echo(_("%(closed)s closed, %(with_place)s with a place on the map") % counts)
    for reason, count in done.reasons.most_common():
        click.echo(_("bad: %(reason)s %(count)s") % {"reason": reason, "count": count})
    for unit, count in done.unknown_units.most_common():
        click.echo(_("no unit named %(unit)s: %(count)s cases without a unit") % {"unit": unit, "count": count})
    if done.bad:
        click.echo(_("bad rows with their reasons: %(file)s") % {"file": bad})


@cases.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--most", type=click.IntRange(1, 100), default=5, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def topics(file: Path, most: int, as_json: bool) -> None:
    """Names the hottest topics of FILE.xlsx (columns 主题, 时间, 详情, 点赞数): span of time, places, number. Nothing is kept."""
    from time import monotonic

    from liuchi.cases.topics import sheet

    began = monotonic()
    try:
        messages = sheet.read(file)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    found = sheet.topics(messages, most)
    if as_json:
        told = {"messages": len(messages), "seconds": round(monotonic() - began, 1), "topics": found}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for one in found:
        click.echo(f"{one['rank']}. {' '.join([*one['places'], *one['words']])}")
        click.echo(
            _("   %(from)s to %(to)s, %(number)s requests, for one: %(title)s") % {**one, "title": one["titles"][0]}
        )
