"""CSV export: reading it back gives the same bits."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from datasets.checks import marked
from datasets.dataset import Dataset

SLICE_ROWS = 5_000


def csv_parts(dataset: Dataset, target_name: str = "") -> Iterator[str]:
    """Yield the table as text in parts: a header, then a row per point; every float in the digits that restore it.

    The columns have the names of the data set, the last one `target_name`, or "class" or "y". Classes
    are written by name.
    """
    target = target_name or ("y" if dataset.is_regression else "class")
    yield _lines([(*dataset.feature_names, target)])
    names = dataset.class_names
    for start in range(0, dataset.n_points, SLICE_ROWS):
        points = dataset.points[start : start + SLICE_ROWS].tolist()
        targets = dataset.targets[start : start + SLICE_ROWS].tolist()
        yield _lines((*point, names[y] if names else y) for point, y in zip(points, targets, strict=True))


def _lines(table: Iterable[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([*map(marked, row)] for row in table)
    return out.getvalue()
