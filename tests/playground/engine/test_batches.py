from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.batches import batch_indices, fill_mask, order

SEEDS = st.integers(0, 2**40)


@given(SEEDS, st.integers(0, 300), st.integers(1, 60))
def test_an_epoch_visits_every_example_once(seed: int, epoch: int, n: int) -> None:
    assert sorted(order(seed, epoch, n)) == list(range(n))


@given(SEEDS, st.integers(0, 300), st.integers(1, 60), st.integers(1, 70))
def test_the_batches_of_an_epoch_are_its_order_cut_in_pieces_the_last_may_be_smaller(
    seed: int, epoch: int, n: int, size: int
) -> None:
    batches = [batch_indices(seed, epoch, position, n, size) for position in range(0, n, size)]
    assert np.concatenate(batches).tolist() == order(seed, epoch, n).tolist()
    assert [len(batch) for batch in batches[:-1]] == [size] * (len(batches) - 1)
    assert len(batches[-1]) == n - size * (len(batches) - 1)


def test_each_epoch_and_each_seed_has_an_order_of_its_own() -> None:
    orders = {tuple(order(seed, epoch, 40)) for seed in range(4) for epoch in range(300)}
    assert len(orders) == 1200


def test_an_order_does_not_depend_on_what_was_asked_before() -> None:
    late = order(7, 200, 30).copy()
    for epoch in range(5):
        for seed in range(9):
            order(seed, epoch, 30)
    assert order(7, 200, 30).tolist() == late.tolist()


def test_every_place_is_equally_likely() -> None:
    firsts = np.bincount([order(3, epoch, 5)[0] for epoch in range(5000)], minlength=5)
    assert (np.abs(firsts - 1000) < 120).all()


def test_orders_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        order(0, 0, 10)[0] = 3


def mask(rate: float, seed: int, epoch: int, position: int, layer: int) -> np.ndarray:
    out = np.full((40, 50), np.nan)
    fill_mask(out, rate, seed, epoch, position, layer)
    return out


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
def test_a_dropout_mask_drops_the_share_and_keeps_the_mean(rate: float) -> None:
    drawn = mask(rate, 1, 2, 3, 4)
    assert set(np.unique(drawn)) == {0.0, 1.0 / (1.0 - rate)}
    assert abs((drawn == 0.0).mean() - rate) < 0.04


def test_a_dropout_mask_is_a_function_of_seed_epoch_position_and_layer() -> None:
    places = [(1, 2, 3, 4), (0, 2, 3, 4), (1, 0, 3, 4), (1, 2, 0, 4), (1, 2, 3, 0)]
    masks = [mask(0.5, *place).tobytes() for place in places]
    assert len(set(masks)) == len(places)
    assert masks == [mask(0.5, *place).tobytes() for place in places]
