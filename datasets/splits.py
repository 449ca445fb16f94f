"""Divide the points into those that train and those that test."""

from __future__ import annotations

import numpy as np

from datasets.checks import integer, number
from datasets.dataset import Dataset, Floats, Indices


def split(dataset: Dataset, *, train_fraction: float, seed: int, stratified: bool = True) -> tuple[Indices, Indices]:
    """Return (train, test): round(train_fraction · n) indices, at least one, and the rest.

    Each point gets a fixed place in a seeded order and the first ones train: raising the fraction
    only moves points from test to train. When `stratified`, every beginning of that order holds
    each class in its share, to within one point.

    Parameters
    ----------
    dataset : Dataset
    train_fraction : float
        Above 0, at most 1; at 1 there is no test set.
    seed : int
        The same seed gives the same split.
    stratified : bool
        Whether each class is divided in the same proportion; regression never is.

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
    rng = np.random.default_rng([integer("seed", seed, 0, 2**63 - 1), 2])
    n = dataset.n_points
    shuffled = rng.permutation(n)
    if stratified and not dataset.is_regression:
        shuffled = shuffled[np.argsort(_place_in_class(dataset, shuffled), kind="stable")]
    n_train = max(1, round(fraction * n))
    return np.sort(shuffled[:n_train]), np.sort(shuffled[n_train:])


def _place_in_class(dataset: Dataset, shuffled: Indices) -> Floats:
    """Return (rank + ½) / class size of each shuffled point: classes evenly interleaved when sorted."""
    labels = dataset.targets[shuffled]
    places = np.empty(len(labels))
    for label in range(dataset.n_classes):
        of_class = np.flatnonzero(labels == label)
        places[of_class] = (np.arange(len(of_class)) + 0.5) / max(1, len(of_class))
    return places
