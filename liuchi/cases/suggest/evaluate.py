"""How good a model is on texts it has not seen: accuracy and macro-F1, beside a plain character n-gram machine."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from liuchi.cases.suggest import linear

Predict = Callable[[Sequence[str]], list[str]]
Machine = Callable[[Sequence[str], Sequence[str]], Predict]


def read(path: Path) -> tuple[list[str], list[str]]:
    """Texts and labels of a CSV file with the columns ``text`` and ``label`` (UTF-8, with or without mark).

    Raises ValueError if a column is missing; rows without a text or label are left out.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if not {"text", "label"} <= set(rows.fieldnames or ()):
            raise ValueError(
                f"{path.name} needs the columns text and label, and has {', '.join(rows.fieldnames or ['none'])}"
            )
        pairs = [(row["text"].strip(), row["label"].strip()) for row in rows if row["text"] and row["label"]]
    return [text for text, _label in pairs], [label for _text, label in pairs]


def scores(truth: Sequence[str], guessed: Sequence[str]) -> dict[str, float | int]:
    """``accuracy``, ``macro_f1`` (mean over the labels that occur in either) and ``n``."""
    true, guess = np.array(truth), np.array(guessed)
    each = []
    for label in sorted(set(truth) | set(guessed)):
        hits = int(((true == label) & (guess == label)).sum())
        each.append(2 * hits / (int((true == label).sum()) + int((guess == label).sum())))
    return {"accuracy": float((true == guess).mean()), "macro_f1": float(np.mean(each)), "n": len(true)}


def ours(texts: Sequence[str], labels: Sequence[str]) -> Predict:
    """The model that Liuchi trains."""
    model = linear.train(texts, labels)
    return lambda unseen: [model.labels[int(model.answers(text).argmax())] for text in unseen]


def plain(texts: Sequence[str], labels: Sequence[str]) -> Predict:
    """What it must beat: scikit-learn's LinearSVC on TF-IDF of one and two characters, as it comes out of the box.

    Of (1,2), (1,3), (1,4), (2,3) and (2,4) with and without dampened counts this was the strongest on our data.
    Raises ImportError without scikit-learn, which only the tests need.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    machine = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True), LinearSVC())
    machine.fit(list(texts), list(labels))
    return lambda unseen: list(machine.predict(list(unseen)))


def folds(labels: Sequence[str], count: int, seed: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """(training, test) row numbers, each label spread evenly over the folds."""
    order = np.random.default_rng(seed)
    fold = np.empty(len(labels), int)
    start = 0
    for label in sorted(set(labels)):
        rows = order.permutation(np.flatnonzero(np.array(labels) == label))
        fold[rows] = (np.arange(len(rows)) + start) % count
        start += len(rows)
    for each in range(count):
        yield np.flatnonzero(fold != each), np.flatnonzero(fold == each)


def crossed(
    texts: Sequence[str],
    labels: Sequence[str],
    count: int,
    seeds: int,
    machines: Mapping[str, Machine],
    told: Callable[[], None] = lambda: None,
) -> dict[str, list[dict[str, float | int]]]:
    """The scores of each machine on each of ``count`` x ``seeds`` folds, the same folds for all. told: after each."""
    results: dict[str, list[dict[str, float | int]]] = {name: [] for name in machines}
    for seed in range(seeds):
        for training, unseen in folds(labels, count, seed):
            for name, machine in machines.items():
                predict = machine([texts[row] for row in training], [labels[row] for row in training])
                guessed = predict([texts[row] for row in unseen])
                results[name].append(scores([labels[row] for row in unseen], guessed))
                told()
    return results


def mean(results: Sequence[dict[str, float | int]]) -> dict[str, float | int]:
    """The mean of accuracy and macro-F1 over folds, the spread of the latter, and how many answers were judged."""
    macro = [each["macro_f1"] for each in results]
    return {
        "accuracy": round(float(np.mean([each["accuracy"] for each in results])), 4),
        "macro_f1": round(float(np.mean(macro)), 4),
        "spread": round(float(np.std(macro)), 4),
        "n": int(sum(each["n"] for each in results)),
    }
