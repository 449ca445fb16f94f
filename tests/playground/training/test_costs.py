"""The cost model: what is measured, how often and how finely, follows from what it takes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate, repeat

import numpy as np
import pytest

from playground.document.changes import with_data
from playground.document.document import Document
from playground.engine.network import Network
from playground.engine.spec import LayerSpec, NetworkSpec
from playground.training.costs import GRIDS, LEAST_EXAMPLES, PICTURE_S, SHARE, Cost, Costs
from playground.training.run import Run

SMALL, LARGE = (4, 2), (256,) * 8


class Clock:
    """A clock on which time passes only where a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def work(self, seconds: float) -> Callable[[], None]:
        def pass_time() -> None:
            self.now += seconds

        return pass_time


def network(widths: tuple[int, ...]) -> Network:
    return Network(NetworkSpec(2, tuple(LayerSpec(width) for width in widths), 1))


def costs(widths: tuple[int, ...] = SMALL, examples: int = 200, clock: Clock | None = None) -> Costs:
    return Costs(network(widths), 16, (examples, examples), clock or Clock())


def teach(cost: Cost, clock: Clock, seconds: float, times: int = 8) -> None:
    for _ in range(times):
        cost.timed(clock.work(seconds))


def test_a_small_network_records_every_iteration_at_first() -> None:
    assert costs().stride == 1


def test_losses_of_more_examples_are_recorded_less_often() -> None:
    strides = [costs(examples=n).stride for n in (200, 1000, 5000, 20_000)]

    assert strides == sorted(strides)
    assert strides[-1] > 100 * strides[0]


@pytest.mark.parametrize("widths", [SMALL, (8, 8), (64, 64, 64), LARGE], ids=str)
@pytest.mark.parametrize("examples", [200, 50_000, 500_000], ids=str)
def test_measuring_takes_its_share_of_training_at_most(widths: tuple[int, ...], examples: int) -> None:
    model = costs(widths, examples)

    assert model.measuring.seconds <= SHARE * model.stride * model.step.seconds + 1e-3


@pytest.mark.parametrize(("widths", "most"), [(SMALL, 10_000), (LARGE, LEAST_EXAMPLES)], ids=["small", "large"])
def test_losses_of_many_examples_or_a_large_network_are_those_of_a_subset(widths: tuple[int, ...], most: int) -> None:
    assert costs(widths).most_examples == most


def test_the_subset_does_not_depend_on_the_clock() -> None:
    clock = Clock()
    model = costs(examples=50_000, clock=clock)
    before = model.most_examples
    teach(model.measuring, clock, 5.0)
    teach(model.step, clock, 1e-9)

    assert model.most_examples == before


def test_losses_that_take_longer_than_expected_are_recorded_less_often_but_never_denser_again() -> None:
    clock = Clock()
    model = costs(clock=clock)
    teach(model.step, clock, 1e-5)
    teach(model.measuring, clock, 0.01)
    slow = model.stride
    teach(model.measuring, clock, 1e-5)

    assert SHARE * slow * 1e-5 + 1e-3 >= 0.01 / 1.5
    assert slow > 1000
    assert model.stride == slow


def test_one_slow_moment_of_the_machine_changes_nothing() -> None:
    clock = Clock()
    model = costs(clock=clock)
    teach(model.step, clock, 1e-5)
    teach(model.measuring, clock, 1e-4)
    teach(model.measuring, clock, 3.0, times=4)

    assert model.stride == 1


def test_training_asks_the_clock_after_a_few_tenths_of_a_millisecond() -> None:
    clock = Clock()
    model = costs(clock=clock)
    for seconds, steps in ((1e-5, 32), (1e-4, 4), (5e-3, 1)):
        teach(model.step, clock, seconds)
        assert model.steps == steps


def test_the_time_of_many_pieces_is_shared_among_them() -> None:
    clock = Clock()
    model = costs(clock=clock)
    for _ in range(8):
        model.step.timed(clock.work(0.8), 16)

    assert model.step.seconds == pytest.approx(0.05)


def test_maps_are_as_fine_as_is_wanted_where_that_is_quick_and_coarser_where_it_is_not() -> None:
    assert costs().grid(100) == 100
    assert costs().grid(32) == 32
    assert GRIDS[0] <= costs(LARGE).grid(100) < 32


def test_the_grid_of_maps_follows_the_measured_time_but_not_its_flicker() -> None:
    clock = Clock()
    model = costs(clock=clock)
    teach(model.point, clock, PICTURE_S / 33**2)
    coarse = model.grid(100)
    sizes = set()
    for side in (30, 36, 29, 40):
        teach(model.point, clock, PICTURE_S / side**2)
        sizes.add(model.grid(100))

    assert coarse == 32
    assert sizes == {32}


# ---- in a run ----------------------------------------------------------------------------------


@pytest.fixture
def run() -> Run:
    made = Run(Document())
    made.train(50)
    return made


def test_the_stride_is_chosen_again_when_data_change_and_weights_stay(run: Run) -> None:
    document = run.document
    run.replace_document(with_data(points=100_000)(document), run.memory())
    many = run.history.stride
    assert run.iteration == 50
    assert many == Run(run.document).history.stride > 100

    run.replace_document(document, run.memory())
    assert run.history.stride == 1


def test_a_document_that_resumes_does_not_revive_a_denser_stride(run: Run) -> None:
    curve = run.history.copy()
    document = with_data(points=100_000)(run.document)
    fresh = Run(document)
    fresh.resume(document, run.trainer.state(), curve)

    assert fresh.history.stride == Run(document).history.stride > curve.stride


def test_cheaper_data_are_recorded_as_densely_as_the_length_of_the_curve_allows(run: Run) -> None:
    small = run.document
    run.replace_document(with_data(points=100_000)(small), run.memory())
    run.train(40_000)
    run.replace_document(small, run.memory())
    recorded = np.array(list(accumulate(repeat(run.history.stride, 3), initial=40_960)))
    run.train(int(recorded[-1]) - run.iteration)

    assert run.history.stride == 64
    assert set(recorded) <= set(run.history.column("train")[0])


def test_a_slow_machine_records_less_often_only_while_the_clock_decides(run: Run) -> None:
    clock = Clock()
    run._costs.measuring._clock = lambda: clock.work(1.0)() or clock.now  # a second passes between two looks
    run.train(20)
    assert run.history.stride == 1

    run.train_for(10.0, most=200)
    assert run.history.stride > 1


def test_the_costs_change_no_bit_of_what_is_trained(run: Run) -> None:
    timed, plain = Run(run.document), Run(run.document)
    timed.train_for(10.0, most=500)
    plain.train(500)

    assert timed.trainer.parameters.tobytes() == plain.trainer.parameters.tobytes()
