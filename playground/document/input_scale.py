"""Input scale: whether weights trained on some data can go on with others; columns that are far from unit scale."""

from __future__ import annotations

from playground.document.document import Document
from playground.document.own_data import OWN
from playground.document.prepared_data import Floats, sample_of

LARGEST_RATIO = 1.6
"""Two columns are of one scale when neither deviates more than this many times as far as the other …"""
LARGEST_SHIFT = 0.75
"""… and their means lie no more than this many deviations apart."""


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
        return "they have other inputs"
    if one.is_regression != other.is_regression:
        return "they have classes now, not values" if one.is_regression else "they have values now, not classes"
    is_painted = old.name == OWN or new.name == OWN
    if is_painted and one.extent == other.extent:
        return ""
    if not all(map(_is_same_scale, one.points.T, other.points.T)):
        return "their inputs have another scale"
    if one.is_regression and not _is_same_scale(one.values, other.values):
        return "their targets have another scale"
    return ""


def _is_same_scale(one: Floats, other: Floats) -> bool:
    deviations = float(one.std()), float(other.std())
    low, high = min(deviations), max(deviations)
    return high <= LARGEST_RATIO * low and abs(float(one.mean()) - float(other.mean())) <= LARGEST_SHIFT * high
