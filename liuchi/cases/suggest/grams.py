"""Texts as numbers: characters and pairs of characters.

Chinese needs no word list here: a pair of characters is nearly a word. A feature is its own number - one character is
its code point, a pair is two of them in 21 bits each - so a model needs no vocabulary of strings, and a weight can be
told back as the words it stands for. numpy only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST = 4000  # characters that are read; more says nothing new about the matter
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """The text as it is read: small letters, no spaces, not too long."""
    return _SPACE.sub("", text[: 2 * LONGEST]).lower()[:LONGEST]


def occurrences(text: str) -> NDArray[np.uint64]:
    """The features of a text (already ``plain``) as often as they occur: first its n characters, then its n - 1 pairs."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    pairs = (points[:-1] << np.uint64(21)) | points[1:]
    return np.concatenate([points, pairs])


@dataclass(frozen=True, slots=True)
class Sparse:
    """Rows of a matrix with few entries: row i has ``columns[starts[i]:starts[i + 1]]`` with ``values`` alike."""

    starts: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.float64]
    width: int

    @property
    def height(self) -> int:
        return len(self.starts) - 1

    def rows_of_entries(self) -> NDArray[np.int64]:
        """The row of each entry."""
        return np.repeat(np.arange(self.height), np.diff(self.starts))

    def take(self, rows: NDArray[np.int64]) -> Sparse:
        """The matrix of some of the rows."""
        lengths = np.diff(self.starts)[rows]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        entries = np.repeat(self.starts[rows] - starts[:-1], lengths) + np.arange(starts[-1])
        return Sparse(starts, self.columns[entries], self.values[entries], self.width)

    def times(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The product with a vector of ``width``."""
        sums = np.bincount(self.rows_of_entries(), self.values * weights[self.columns], minlength=self.height)
        return sums.astype(np.float64)

    def transposed_times(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """The product of the transposed matrix with a vector of ``height``."""
        sums = np.bincount(self.columns, self.values * weights[self.rows_of_entries()], minlength=self.width)
        return sums.astype(np.float64)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The features a model knows, in order, and how much each says (inverse document frequency)."""

    features: NDArray[np.uint64]
    idf: NDArray[np.float32]

    @classmethod
    def learnt(cls, texts: Iterable[NDArray[np.uint64]], least: int) -> tuple[Vocabulary, Sparse]:
        """From the occurrences of the training texts: features found in at least ``least`` of them. Also the matrix."""
        distinct = [np.unique(text, return_counts=True) for text in texts]
        found, in_texts = np.unique(np.concatenate([names for names, _counts in distinct]), return_counts=True)
        kept = in_texts >= least
        idf = np.log((1 + len(distinct)) / (1 + in_texts[kept])) + 1
        vocabulary = cls(found[kept], idf.astype(np.float32))
        return vocabulary, vocabulary._matrix(distinct)

    def matrix(self, texts: Iterable[NDArray[np.uint64]]) -> Sparse:
        """TF-IDF rows of length 1; the count of a feature is dampened to 1 + ln(count)."""
        return self._matrix([np.unique(text, return_counts=True) for text in texts])

    def _matrix(self, distinct: Sequence[tuple[NDArray[np.uint64], NDArray[np.int64]]]) -> Sparse:
        columns, values, lengths = [], [], []
        for names, counts in distinct:
            where, weights = self.row(names, counts)
            columns.append(where)
            values.append(weights)
            lengths.append(len(where))
        starts = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
        if not columns:
            return Sparse(starts, np.empty(0, np.int32), np.empty(0), len(self.features))
        return Sparse(starts, np.concatenate(columns), np.concatenate(values), len(self.features))

    def row(
        self, names: NDArray[np.uint64], counts: NDArray[np.int64]
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Columns and values of one text; what the vocabulary lacks is left out."""
        where = np.searchsorted(self.features, names)
        where[where == len(self.features)] = 0
        known = self.features[where] == names if len(self.features) else np.zeros(len(names), bool)
        where = where[known]
        values = (1 + np.log(counts[known])) * self.idf[where]
        length = np.sqrt((values**2).sum())
        return where.astype(np.int32), values / length if length else values
