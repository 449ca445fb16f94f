from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.dataset import Dataset
from datasets.generators.table import GENERATORS, make
from datasets.splits import split, split_at, thresholds, thresholds_of_new

names = st.sampled_from(list(GENERATORS))
fractions = st.floats(0.0, 1.0)
seeds = st.integers(0, 2**63 - 1)


@given(names, st.integers(2, 200), fractions, seeds, st.booleans())
def test_a_split_is_a_partition_of_the_size_that_was_asked(
    name: str, n: int, fraction: float, seed: int, stratified: bool
) -> None:
    train, test = split(make(name, points=n), train_fraction=fraction, seed=seed, stratified=stratified)

    assert sorted([*train, *test]) == list(range(n))
    assert len(train) == max(1, round(fraction * n))
    assert (np.diff(train) > 0).all()
    assert (np.diff(test) > 0).all()


@given(names, fractions, seeds)
def test_the_same_seed_gives_the_same_split(name: str, fraction: float, seed: int) -> None:
    data = make(name, points=60)
    first, second = (split(data, train_fraction=fraction, seed=seed) for _ in range(2))

    assert np.array_equal(first[0], second[0])


def test_another_seed_gives_another_split() -> None:
    data = make("xor")

    assert not np.array_equal(split(data, train_fraction=0.5, seed=1)[0], split(data, train_fraction=0.5, seed=2)[0])


@given(names, fractions, fractions, seeds, st.booleans())
def test_a_larger_share_only_moves_points_from_test_to_train(
    name: str, small: float, large: float, seed: int, stratified: bool
) -> None:
    small, large = sorted((small, large))
    data = make(name, points=77)
    few, more = (split(data, train_fraction=f, seed=seed, stratified=stratified)[0] for f in (small, large))

    assert set(few) <= set(more)


@given(st.lists(st.integers(1, 60), min_size=2, max_size=10), fractions, seeds)
def test_a_stratified_split_holds_each_class_in_its_share(sizes: list[int], fraction: float, seed: int) -> None:
    labels = np.repeat(np.arange(len(sizes)), sizes)
    data = Dataset(np.zeros((len(labels), 1)), labels, len(sizes))
    train, _ = split(data, train_fraction=fraction, seed=seed)
    expected = np.array(sizes) * len(train) / len(labels)

    bound = (len(sizes) + 1) / 2
    assert np.abs(np.bincount(labels[train], minlength=len(sizes)) - expected).max() <= bound + 1e-9


def test_a_plain_split_leaves_the_classes_to_chance() -> None:
    data = make("xor", points=100)
    counts = {data.take(split(data, train_fraction=0.5, seed=seed, stratified=False)[0]).counts() for seed in range(20)}

    assert len(counts) > 1


def test_a_class_without_points_does_no_harm() -> None:
    data = Dataset(np.zeros((4, 1)), np.array([0, 0, 2, 2]), 3)

    assert data.take(split(data, train_fraction=0.5, seed=0)[0]).counts() == (1, 0, 1)


def test_the_split_does_not_follow_the_seed_of_the_points() -> None:
    """Points and split from one seed come from different streams: the first points are not always the ones chosen."""
    chosen = [split(make("plane", points=100, seed=s), train_fraction=0.5, seed=s)[0] for s in range(20)]

    assert len({tuple(c) for c in chosen}) == 20


@pytest.mark.parametrize("fraction", [-0.1, 1.1, float("nan"), "half"])
def test_a_share_outside_its_limits_is_refused(fraction: float) -> None:
    with pytest.raises(ValueError, match="train_fraction: expected a number from 0 to 1"):
        split(make("xor"), train_fraction=fraction, seed=0)


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="seed: expected an integer from 0"):
        split(make("xor"), train_fraction=0.5, seed=-1)


def test_a_point_with_a_number_of_its_own_keeps_its_side_when_others_come_and_go() -> None:
    data = make("moons", points=200, seed=1)
    ids = np.arange(200)
    before = set(split(data, train_fraction=0.5, seed=7, ids=ids)[0].tolist())
    kept = np.delete(ids, [3, 50, 51])
    after = {int(kept[i]) for i in split(data.take(kept), train_fraction=0.5, seed=7, ids=kept)[0]}

    assert len(before) == 100
    assert len((before ^ after) - {3, 50, 51}) <= 4


def test_another_seed_divides_numbered_points_otherwise() -> None:
    data = make("moons", points=200, seed=1)
    first, second = (split(data, train_fraction=0.5, seed=s, ids=np.arange(200))[0].tolist() for s in (1, 2))

    assert first != second


@given(names, st.integers(2, 200), fractions, seeds, st.booleans())
def test_thresholds_keep_the_split_that_they_were_made_of(
    name: str, n: int, fraction: float, seed: int, by_ids: bool
) -> None:
    data = make(name, points=n)
    ids = np.arange(n) * 3 if by_ids else None
    kept = split_at(thresholds(data, train_fraction=fraction, seed=seed, ids=ids), fraction)

    for part, as_split in zip(kept, split(data, train_fraction=fraction, seed=seed, ids=ids), strict=True):
        assert np.array_equal(part, as_split)


@given(st.integers(2, 200), fractions, fractions)
def test_at_another_fraction_thresholds_train_as_many_to_within_two(n: int, made_at: float, fraction: float) -> None:
    train, test = split_at(thresholds(make("xor", points=n), train_fraction=made_at, seed=1), fraction)

    assert abs(len(train) - max(1, fraction * n)) <= 2
    assert sorted([*train, *test]) == list(range(n))


def test_the_lowest_threshold_trains_when_no_other_does() -> None:
    train, test = split_at(np.array([0.9, 0.4, 0.7]), 0.1)

    assert train.tolist() == [1]
    assert test.tolist() == [0, 2]


@given(st.integers(0, 2**53), st.integers(5, 300), fractions)
def test_points_that_are_added_fill_every_share(first: int, n: int, fraction: float) -> None:
    made = thresholds_of_new(np.arange(first, first + n))

    assert abs((made < fraction).sum() - fraction * n) <= 6
