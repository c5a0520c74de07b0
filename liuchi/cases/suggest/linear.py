"""A linear model from words to matters: support vectors on features weighted by how much they tell two classes apart.

Each class against the rest: the features are scaled by their log-count ratio between class and rest (S. Wang and
C. Manning, Baselines and Bigrams, ACL 2012), then a support vector machine with squared hinge loss is fitted by
Newton steps (S. Keerthi and D. DeCoste, JMLR 2005). Scale and weight are one number afterwards, so asking the model
is one sum. Training needs numpy alone; asking takes far less than a millisecond.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from liuchi.cases.suggest import grams
from liuchi.cases.suggest.grams import Sparse, Vocabulary

LEAST = 3  # texts a feature must occur in
COST = 2.0
SMOOTHING = 1.0
NEWTON_STEPS, CG_STEPS, TOLERANCE = 30, 60, 0.002
FORMAT = 1
# Words that hold a sentence together are no reason for anything.
PARTICLES = frozenset("的了在是我你他她们这那和与就也都很吗呢吧啊把被对从及之")


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt. ``weights`` has a row for each feature and a column for each of ``labels``; ``sharpness`` turns
    its answers into shares; ``texts`` is how many it learnt from."""

    vocabulary: Vocabulary
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    labels: list[str]
    sharpness: float
    texts: int

    def answers(self, text: str) -> NDArray[np.float64]:
        """How strongly the text speaks for each label; the greatest wins."""
        return self._answers(grams.occurrences(grams.plain(text)))

    def _answers(self, features: NDArray[np.uint64]) -> NDArray[np.float64]:
        columns, values = self.vocabulary.row(*np.unique(features, return_counts=True))
        return values @ self.weights[columns] + self.bias

    def shares(self, text: str) -> NDArray[np.float64]:
        """The answers as shares that add up to 1."""
        return shares(self.answers(text), self.sharpness)

    def because(self, text: str, label: int, most: int = 3) -> list[str]:
        """The words of the text that speak most for a label: pairs of characters, joined where they overlap."""
        text = grams.plain(text)
        features = grams.occurrences(text)
        names, back, counts = np.unique(features, return_inverse=True, return_counts=True)
        where = np.searchsorted(self.vocabulary.features, names)
        where[where == len(self.vocabulary.features)] = 0
        known = self.vocabulary.features[where] == names
        # Only what sets the label apart from the others counts as a reason.
        apart = self.weights[where, label] - self.weights[where].mean(axis=1)
        says = np.where(known, apart * self.vocabulary.idf[where] * (1 + np.log(counts)), 0.0)[back]
        singles, pairs = says[: len(text)], says[len(text) :]
        if not len(pairs):
            return []
        strength = pairs + (singles[:-1] + singles[1:]) / 2
        strength[~np.array([_is_word(text[at : at + 2]) for at in range(len(pairs))], dtype=bool)] = 0
        return _joined(text, strength, most)

    def save(self, path: Path) -> None:
        """Writes the model to one file, in one go: a reader sees the old one or the new one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        about = {"format": FORMAT, "labels": self.labels, "sharpness": self.sharpness, "texts": self.texts}
        draft = path.with_suffix(".new")
        with draft.open("wb") as stream:
            np.savez_compressed(
                stream,
                about=np.frombuffer(json.dumps(about).encode(), np.uint8),
                features=self.vocabulary.features,
                idf=self.vocabulary.idf.astype(np.float16),
                weights=self.weights.astype(np.float16),
                bias=self.bias,
            )
        draft.replace(path)

    @classmethod
    def load(cls, path: Path) -> Model:
        """Reads a saved model. Raises ValueError if the file is none, or of another format."""
        with np.load(path, allow_pickle=False) as found:
            if "about" not in found:
                raise ValueError(f"{path} is no model")
            about = json.loads(found["about"].tobytes())
            if about["format"] != FORMAT:
                raise ValueError(f"{path} is of format {about['format']}, not {FORMAT}")
            vocabulary = Vocabulary(found["features"], found["idf"].astype(np.float32))
            weights = found["weights"].astype(np.float32)
            return cls(vocabulary, weights, found["bias"], about["labels"], about["sharpness"], about["texts"])


def shares(answers: NDArray[np.float64], sharpness: float) -> NDArray[np.float64]:
    """Answers as shares: exp(sharpness x answer), scaled to add up to 1 along the last axis."""
    raised = np.exp(sharpness * (answers - answers.max(axis=-1, keepdims=True)))
    return raised / raised.sum(axis=-1, keepdims=True)


def train(texts: Sequence[str], labels: Sequence[str], told: Callable[[str], None] = lambda _step: None) -> Model:
    """Learns from texts and their labels. Raises ValueError with fewer than two labels, or none that occurs twice.

    told: called before each step with its name, for a progress bar.
    """
    features = [grams.occurrences(grams.plain(text)) for text in texts]
    names = sorted(set(labels))
    if len(texts) != len(labels) or len(names) < 2 or len(texts) < 2 * len(names):
        raise ValueError("a model needs two labels at least, and two texts for each on average")
    answers = np.searchsorted(names, list(labels))
    # The shares are set on a fifth that a first model has not seen.
    held = np.arange(len(texts)) % 5 == 4
    told("shares")
    first = _fitted([f for f, out in zip(features, held, strict=True) if not out], answers[~held], names, 1.0)
    unseen = np.stack([first._answers(f) for f, out in zip(features, held, strict=True) if out])
    told("model")
    return _fitted(features, answers, names, _sharpness(unseen, answers[held]))


def _fitted(
    features: list[NDArray[np.uint64]], answers: NDArray[np.int64], names: list[str], sharpness: float
) -> Model:
    vocabulary, matrix = Vocabulary.learnt(features, LEAST if len(features) >= 200 else 1)
    weights = np.empty((matrix.width, len(names)), np.float32)
    bias = np.empty(len(names), np.float32)
    present = Sparse(matrix.starts, matrix.columns, np.ones_like(matrix.values), matrix.width)
    for label in range(len(names)):
        inside = answers == label
        ratio = _log_count_ratio(present, inside)
        scaled = Sparse(matrix.starts, matrix.columns, matrix.values * ratio[matrix.columns], matrix.width)
        solved, bias[label] = support_vectors(scaled, np.where(inside, 1.0, -1.0), COST)
        weights[:, label] = solved * ratio
    return Model(vocabulary, weights, bias, names, sharpness, len(features))


def _log_count_ratio(present: Sparse, inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    own = present.transposed_times(inside.astype(float)) + SMOOTHING
    other = present.transposed_times((~inside).astype(float)) + SMOOTHING
    return np.log((own / own.sum()) / (other / other.sum()))


def support_vectors(matrix: Sparse, signs: NDArray[np.float64], cost: float) -> tuple[NDArray[np.float64], float]:
    """Minimises |w|²/2 + b²/2 + cost · Σ max(0, 1 - sign · (x · w + b))². Returns w and b.

    Newton: with the active rows fixed the loss is a least-squares problem, solved roughly by conjugate gradients, then
    a line search; until the slope is small.
    """
    weights = np.zeros(matrix.width + 1)
    answers = np.zeros(matrix.height)

    def loss(weights: NDArray[np.float64], answers: NDArray[np.float64]) -> float:
        return float(weights @ weights / 2 + cost * (np.maximum(0, 1 - signs * answers) ** 2).sum())

    first_slope = None
    for _step in range(NEWTON_STEPS):
        active = np.flatnonzero(signs * answers < 1)
        rows = matrix.take(active)
        missing = answers[active] - signs[active]
        slope = weights + 2 * cost * np.append(rows.transposed_times(missing), missing.sum())
        size = np.sqrt(slope @ slope)
        first_slope = first_slope or size
        if size <= TOLERANCE * first_slope:
            break
        step = _conjugate_gradients(rows, -slope, cost)
        moved = matrix.times(step[:-1]) + step[-1]
        length, before = 1.0, loss(weights, answers)
        while length > 1e-4 and loss(weights + length * step, answers + length * moved) > before + 0.01 * length * (
            slope @ step
        ):
            length /= 2
        weights += length * step
        answers += length * moved
    return weights[:-1], float(weights[-1])


def _conjugate_gradients(rows: Sparse, wanted: NDArray[np.float64], cost: float) -> NDArray[np.float64]:
    """Solves (1 + 2 cost XᵀX) step = wanted for the active rows X (with a column of ones), roughly."""
    step = np.zeros_like(wanted)
    left = wanted.copy()
    direction = left.copy()
    size = left @ left
    enough = 0.01 * size
    for _round in range(CG_STEPS):
        forward = rows.times(direction[:-1]) + direction[-1]
        bent = direction + 2 * cost * np.append(rows.transposed_times(forward), forward.sum())
        along = size / (direction @ bent)
        step += along * direction
        left -= along * bent
        new = left @ left
        if new <= enough:
            break
        direction = left + (new / size) * direction
        size = new
    return step


def _sharpness(answers: NDArray[np.float64], truth: NDArray[np.int64]) -> float:
    """The sharpness under which the shares of unseen texts are most honest (least log loss)."""
    steps = np.geomspace(0.5, 16, 26)
    losses = [-np.log(shares(answers, step)[np.arange(len(truth)), truth] + 1e-9).mean() for step in steps]
    return float(steps[int(np.argmin(losses))])


def _is_word(pair: str) -> bool:
    return all(sign.isalnum() and sign not in PARTICLES for sign in pair)


def _joined(text: str, strength: NDArray[np.float64], most: int) -> list[str]:
    """The strongest pairs as words: a neighbour at least half as strong joins, up to four characters."""
    words: list[str] = []
    free = strength.copy()
    while len(words) < most:
        at = int(free.argmax())
        if free[at] <= 0 or (words and free[at] < strength.max() / 4):
            break
        first, last, floor = at, at + 1, free[at] / 2
        while last - first < 3:
            left = free[first - 1] if first else 0.0
            right = free[last] if last < len(free) else 0.0
            if max(left, right) < floor:
                break
            first, last = (first - 1, last) if left > right else (first, last + 1)
        word = text[first : last + 1]
        free[max(first - 1, 0) : last + 1] = 0
        if not any(word in known or known in word for known in words):
            words.append(word)
    return words
