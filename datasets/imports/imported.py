"""The result of an import, and its making from columns of numbers and of words."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from datasets.checks import printable, require
from datasets.dataset import Dataset, Floats
from datasets.imports import labels
from datasets.imports.columns import MOST_WORDS
from datasets.imports.number_cells import POINT, NumberFormat
from datasets.imports.preview import MAX_FEATURES, ImportChoice, Preview
from datasets.messages import message
from datasets.standardization import Standardization, standardization

LISTED = 20


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import.

    Attributes
    ----------
    dataset : Dataset
        In the units of the file; a column of words has become an input for each of them.
    target_name : str
    standardization : Standardization or None
        How the inputs are shown and used.
    skipped : tuple of str
        One line for each bad cell whose row was left out; the first 20.
    n_skipped : int
        Rows left out.
    encoded : tuple of str
        How columns that are not plain numbers became inputs, a few words each.
    """

    dataset: Dataset
    target_name: str
    standardization: Standardization | None = None
    skipped: tuple[str, ...] = ()
    n_skipped: int = 0
    encoded: tuple[str, ...] = ()


class BadCellsError(ValueError):
    """The cells that cannot be read: the first one is the message.

    Attributes
    ----------
    cells : tuple of str
        One line each, the first 20.
    n_rows : int
        Rows with a bad cell.
    """

    def __init__(self, cells: tuple[str, ...], n_rows: int) -> None:
        templates = {1: "{cell}", 2: "{cell} (and one more row)"}
        template = templates.get(n_rows, "{cell} (and {n:,} more rows)")
        super().__init__(message(template, cell=cells[0], n=n_rows - 1))
        self.cells, self.n_rows = cells, n_rows


Reading = Generator[float, None, Imported]
"""Yields the share done, 0 … 1, and returns the result; close it to cancel."""


def assembled(
    preview: Preview,
    choice: ImportChoice,
    numbers: Mapping[int, Floats],
    words: Mapping[int, Sequence[str]],
    target_words: Sequence[str],
    number_format: NumberFormat = POINT,
) -> Imported:
    """Return the data set of `choice`, with each chosen column as `numbers` or `words`, and the words of the target."""
    parts: list[Floats] = []
    names: list[str] = []
    encoded: list[str] = []
    for i in choice.features:
        column = preview.columns[i]
        if i in numbers:
            parts.append(numbers[i][:, np.newaxis])
            names.append(column.name)
            if column.meaning:
                encoded.append(f"{column.name}: {column.meaning}")
            continue
        made, found = _one_hot(words[i], column.name)
        parts.append(made)
        names += [f"{column.name} = {word}" for word in found]
        many = "{name}: one-hot, {n} input" if len(found) == 1 else "{name}: one-hot, {n} inputs"
        encoded.append(message(many, name=column.name, n=len(found)))
        require(
            len(names) <= MAX_FEATURES,
            'inputs: with the words of "{name}" there are more than {most:,}; untick it',
            name=column.name,
            most=MAX_FEATURES,
        )
    points = np.concatenate(parts, axis=1)
    target = preview.columns[choice.target]
    targets: NDArray[np.float64] | NDArray[np.int64]
    class_names: tuple[str, ...] = ()
    if choice.task == "regression":
        targets = numbers[choice.target]
    else:
        targets, class_names = labels.classes(target_words, f'column "{target.name}"', number_format)
    dataset = Dataset(points, targets, len(class_names), tuple(names), class_names=class_names)
    scaling = None
    if choice.standardize:
        scaling = standardization(dataset.points, None if class_names else dataset.targets)
    return Imported(dataset, target.name, scaling, encoded=tuple(encoded))


def with_skipped(made: Imported, skipped: Sequence[str], n_skipped: int) -> Imported:
    """Return `made` with the rows that were left out."""
    return replace(made, skipped=tuple(skipped), n_skipped=n_skipped)


def _one_hot(cells: Sequence[str], name: str) -> tuple[Floats, list[str]]:
    """Return 1 where a cell is the word of the column and 0 elsewhere, shape (n, words), and the words."""
    found = sorted(set(cells))
    require(
        len(found) <= MOST_WORDS,
        'column "{name}": {n:,} different words are more than {most}; untick it',
        name=name,
        n=len(found),
        most=MOST_WORDS,
    )
    place = {word: k for k, word in enumerate(found)}
    made = np.zeros((len(cells), len(found)))
    made[np.arange(len(cells)), [place[cell] for cell in cells]] = 1.0
    return made, [printable(word) for word in found]
