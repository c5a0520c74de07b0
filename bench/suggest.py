"""How good and how quick the suggestion of matters is.

    .venv/bin/python -m bench.suggest FILE.csv      columns text and label; 5 folds, 3 seeds, same folds for both

Prints macro-F1 of Liuchi's model beside scikit-learn's LinearSVC on characters, what one suggestion costs, and what a
training costs. The file is read and forgotten: nothing learnt from it is kept.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click

# One thread for everybody, so that the figures can be compared between machines.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")


@click.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--folds", default=5, show_default=True)
@click.option("--seeds", default=3, show_default=True)
def main(file: Path, folds: int, seeds: int) -> None:
    """Judges the model on FILE."""
    from bench.measuring import machine
    from liuchi.cases.suggest import evaluate, lexicon, linear

    click.echo(", ".join(f"{key} {value}" for key, value in machine().items()))
    texts, labels = evaluate.read(file)
    machines = {"liuchi": evaluate.ours, "plain LinearSVC": evaluate.plain}
    with click.progressbar(length=folds * seeds * 2, label="judging") as bar:
        results = evaluate.crossed(texts, labels, folds, seeds, machines, told=lambda: bar.update(1))
    for name, each in results.items():
        mean = evaluate.mean(each)
        click.echo(
            f"{name:16} macro-F1 {mean['macro_f1']:.4f} ± {mean['spread']:.4f}  accuracy {mean['accuracy']:.4f}  n {mean['n']}"
        )
    better = sum(a["macro_f1"] > b["macro_f1"] for a, b in zip(*results.values(), strict=True))
    click.echo(f"liuchi is better on {better} of {folds * seeds} folds")

    began = time.process_time()
    model = linear.train(texts, labels)
    click.echo(f"training on {len(texts)} texts: {time.process_time() - began:.2f} s CPU")
    with TemporaryDirectory() as folder:
        model.save(Path(folder) / "model.npz")
        click.echo(
            f"model: {len(model.vocabulary.features)} features, {(Path(folder) / 'model.npz').stat().st_size / 1e6:.2f} MB"
        )
    words = lexicon.own()
    for what, ask in (("model, share and why", _asked(model)), ("lexicon", words.shares)):
        began = time.process_time()
        for text in texts:
            ask(text)
        click.echo(f"{what}: {(time.process_time() - began) / len(texts) * 1000:.2f} ms CPU a text")


def _asked(model):
    def ask(text: str) -> None:
        model.because(text, int(model.shares(text).argmax()))

    return ask


if __name__ == "__main__":
    main()
