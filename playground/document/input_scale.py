"""Input scale: whether weights trained on some data can go on with others; columns that are far from unit scale."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from playground.document.document import DataSettings, Document
from playground.document.own_data import OWN
from playground.document.prepared_data import Floats, Sample, sample_of

LARGEST_RATIO = 1.6
"""Two columns are of one scale when neither deviates more than this many times as far as the other …"""
LARGEST_SHIFT = 0.75
"""… and their means lie no more than this many deviations apart."""

LARGEST_USUAL = 10.0
"""The largest root mean square of a column that an ordinary start and learning rate still can learn from."""


def is_other_data(before: Document, after: Document) -> bool:
    """Return whether `after` learns something else: another kind of data, or another table, not one painted on."""
    old, new = before.data, after.data
    if old.name == new.name and (before.table is None or after.table is None):
        return False
    is_same_table = before.table is not None and after.table is not None and before.table.source == after.table.source
    return not is_same_table and not _is_same_plane(old, new)


def _is_same_plane(old: DataSettings, new: DataSettings) -> bool:
    """Return whether points of one are painted on the plane of the other."""
    return OWN in (old.name, new.name) and sample_of(old).extent == sample_of(new).extent


def misfit(before: Document, after: Document) -> str:
    """Return why weights trained on the data of `before` do not fit those of `after`; empty where they do.

    They fit the same kind of data at other settings, points painted on the same plane, and data with the same columns
    whose means and deviations are about the same.
    """
    old, new = before.data, after.data
    if old == new or (old.name == new.name != OWN):
        return ""
    one, other = sample_of(old), sample_of(new)
    if one.feature_names != other.feature_names:
        return "the data have other inputs"
    if one.is_regression != other.is_regression:
        return "the data have classes, not values" if one.is_regression else "the data have values, not classes"
    if not _is_same_plane(old, new) and not all(map(_is_same_scale, one.points.T, other.points.T)):
        return "the inputs have another scale"
    if one.is_regression and not _is_same_scale(one.values, other.values):
        return "the targets have another scale"
    return ""


def _is_same_scale(one: Floats, other: Floats) -> bool:
    deviations = float(one.std()), float(other.std())
    low, high = min(deviations), max(deviations)
    return high <= LARGEST_RATIO * low and abs(float(one.mean()) - float(other.mean())) <= LARGEST_SHIFT * high


class FarColumn(NamedTuple):
    """An input or a target whose numbers are far from ±1."""

    name: str
    low: float
    high: float


def far_columns(sample: Sample) -> tuple[FarColumn, ...]:
    """Return the columns, and the target of a regression, whose scale is what hinders learning; the largest first."""
    columns = [(f"input {name}", x) for name, x in zip(sample.feature_names, sample.points.T, strict=True)]
    if sample.is_regression:
        columns.append((f"target {sample.target_name}", sample.values))
    sizes = [(_size(values), name, values) for name, values in columns]
    far = sorted((one for one in sizes if one[0] > LARGEST_USUAL), key=lambda one: -one[0])
    return tuple(FarColumn(name, float(values.min()), float(values.max())) for _, name, values in far)


def _size(values: Floats) -> float:
    """Return the root mean square of `values`, whose squares may be too large for a number."""
    largest = float(np.abs(values).max(initial=0.0))
    return largest * float(np.sqrt(np.mean((values / largest) ** 2))) if largest else 0.0
