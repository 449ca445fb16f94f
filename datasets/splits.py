"""Divide the points into those that train and those that test."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datasets.checks import integer, number
from datasets.dataset import Dataset, Floats, Indices


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
    seed = integer("seed", seed, 0, 2**63 - 1)
    n = dataset.n_points
    if ids is None:
        shuffled = np.random.default_rng([seed, 2]).permutation(n)
    else:
        shuffled = np.argsort(_scattered(ids, seed), kind="stable")
    if stratified and not dataset.is_regression:
        shuffled = shuffled[np.argsort(_place_in_class(dataset, shuffled), kind="stable")]
    n_train = max(1, round(fraction * n))
    return np.sort(shuffled[:n_train]), np.sort(shuffled[n_train:])


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
