"""Divide the points into those that train and those that test."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datasets.checks import integer, number
from datasets.dataset import Dataset, Floats, Indices

_GOLDEN = (5.0**0.5 - 1.0) / 2.0


def split(
    dataset: Dataset, *, train_fraction: float, seed: int, stratified: bool = True, ids: Indices | None = None
) -> tuple[Indices, Indices]:
    """Return (train, test): round(train_fraction · n) indices, at least one, and the rest.

    Each point gets a fixed place in a seeded order and the first ones train: raising the fraction
    only moves points from test to train. When `stratified`, every beginning of that order holds
    each class in its share, to within (k + 1) / 2 points for k classes (rounding k shares).

    Parameters
    ----------
    dataset : Dataset
    train_fraction : float
        Above 0, at most 1; at 1 there is no test set.
    seed : int
        The same seed gives the same split.
    stratified : bool
        Whether each class is divided in the same proportion; regression never is.
    ids : array of int, shape (n,), optional
        A number per point that stays with it: its place in the order then follows from seed and
        number, so that points added or removed elsewhere hardly touch it.

    Returns
    -------
    train, test : arrays of int
        Ascending, disjoint, together all points.

    Raises
    ------
    ValueError
        When the fraction or the seed is outside its limits.
    """
    fraction = number("train_fraction", train_fraction, 0.0, 1.0)
    shuffled = _order(dataset, integer("seed", seed, 0, 2**63 - 1), stratified, ids)
    n_train = max(1, round(fraction * dataset.n_points))
    return np.sort(shuffled[:n_train]), np.sort(shuffled[n_train:])


def thresholds(dataset: Dataset, *, train_fraction: float, seed: int, ids: Indices | None = None) -> Floats:
    """Return the fraction above which each point trains, shape (n,), from 0 to below 1.

    ``split_at(thresholds, train_fraction)`` is the split that ``split`` makes of the same arguments; at other
    fractions it holds as nearly as many points. Kept with the points, it leaves each on its side while others come
    and go.
    """
    fraction = number("train_fraction", train_fraction, 0.0, 1.0)
    shuffled = _order(dataset, integer("seed", seed, 0, 2**63 - 1), True, ids)
    n = dataset.n_points
    n_train = max(1, round(fraction * n))
    made = np.empty(n)
    made[shuffled[:n_train]] = fraction * (np.arange(n_train) + 0.5) / n_train
    made[shuffled[n_train:]] = fraction + (1.0 - fraction) * (np.arange(n - n_train) + 0.5) / max(1, n - n_train)
    return made


def thresholds_of_new(ids: Indices) -> Floats:
    """Return thresholds (n,) for points that are added: id · (√5 − 1)/2 modulo 1, which fills every share evenly."""
    return np.asarray((ids % 2**32) * _GOLDEN % 1.0)


def split_at(thresholds: Floats, train_fraction: float) -> tuple[Indices, Indices]:
    """Return (train, test): the points whose threshold lies below the fraction, at least the lowest, and the rest.

    Raises
    ------
    ValueError
        When the fraction is outside its limits.
    """
    trains = thresholds < number("train_fraction", train_fraction, 0.0, 1.0)
    trains[np.argmin(thresholds)] = True
    return np.flatnonzero(trains), np.flatnonzero(~trains)


def _order(dataset: Dataset, seed: int, stratified: bool, ids: Indices | None) -> Indices:
    """Return every point in the order in which they are taken to train."""
    if ids is None:
        shuffled = np.random.default_rng([seed, 2]).permutation(dataset.n_points)
    else:
        shuffled = np.argsort(_scattered(ids, seed), kind="stable")
    if stratified and not dataset.is_regression:
        shuffled = shuffled[np.argsort(_place_in_class(dataset, shuffled), kind="stable")]
    return shuffled


def _scattered(ids: Indices, seed: int) -> NDArray[np.uint64]:
    """Return the SplitMix64 hash of each of `ids` under `seed`. Reference: Steele, Lea, Flood (2014), section 5."""
    x = ids.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.random.default_rng([seed, 2]).integers(
        2**64, dtype=np.uint64
    )
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))


def _place_in_class(dataset: Dataset, shuffled: Indices) -> Floats:
    """Return (rank + ½) / class size of each shuffled point: classes evenly interleaved when sorted."""
    labels = dataset.targets[shuffled]
    places = np.empty(len(labels))
    for label in range(dataset.n_classes):
        of_class = np.flatnonzero(labels == label)
        places[of_class] = (np.arange(len(of_class)) + 0.5) / max(1, len(of_class))
    return places
