from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from playground.analysis.maps import NeuronMaps
from playground.document.changes import with_data, with_training
from playground.document.document import DataSettings, Document, Node
from playground.document.selection import Example
from playground.engine.spec import LayerSpec
from playground.session.session import Session
from playground.training.run import Run
from playground.training.snapshot import as_points
from playground.training.what_if import WhatIf, WhatIfSnapshot


def test_a_moment_stays_as_it_was_while_the_run_moves_on(session: Session) -> None:
    moment = session.snapshot()
    parameters = moment.state.parameters.copy()
    assert session.snapshot() is moment
    session.step(5)
    assert session.snapshot() is not moment
    assert np.array_equal(moment.state.parameters, parameters)
    assert np.array_equal(moment.matrices()[0].ravel(), parameters[:12])


def test_readings_never_write_into_the_trainer(session: Session) -> None:
    session.step(5)
    before = session.run.trainer.state()
    moment = session.snapshot()
    moment.maps(9)
    moment.trace(Example(3))
    moment.trace(Example(None, (0.1, 0.2)))
    assert moment.losses.are_finite
    assert len(moment.batch) == 16
    assert session.run.trainer.state().same_as(before)


def test_a_moment_is_measured_once_and_the_next_anew(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.step(5)
    instruments = session.run._instruments
    counted: list[int] = []
    measure = instruments._measure
    monkeypatch.setattr(instruments, "_measure", lambda p, at: (counted.append(at), measure(p, at))[1])
    assert session.snapshot().losses == instruments.losses(session.run.trainer.parameters, 5)
    assert counted in ([], [5])
    moved = session.run.trainer.parameters + 1e-9
    assert instruments.losses(moved, 5) == measure(moved, 5)
    assert counted[-1] == 5
    session.step()
    assert session.snapshot().losses.are_finite
    assert counted.count(6) == 1


def test_the_announced_weights_are_those_of_the_next_step(session: Session) -> None:
    announced = session.snapshot().pending.next_parameters
    session.step()
    assert np.array_equal(session.run.trainer.parameters, announced)


def test_maps_show_what_each_unit_computes_over_the_plane(session: Session) -> None:
    session.step(20)
    moment = session.snapshot()
    maps = moment.maps(11)
    assert [column.shape for column in maps] == [(2, 11, 11), (4, 11, 11), (1, 11, 11)]
    low, high = moment.extent()[:2]
    assert low < -1.0 < 1.0 < high
    middle = moment.trace(Example(None, ((low + high) / 2.0,) * 2)).scores
    assert maps[2][0, 5, 5] == pytest.approx(middle[0], abs=1e-5)


def test_the_probe_is_read_with_the_class_of_the_nearest_point(session: Session) -> None:
    sample = session.run.data.sample
    for index in (0, 1, 2, 3):
        near = tuple(float(x) for x in sample.points[index] + 1e-9)
        assert np.array_equal(
            session.snapshot().trace(Example(None, near)).target, session.snapshot().trace(Example(index)).target
        )


def test_losses_of_much_data_are_of_a_named_subset(make_session: Callable[..., Session]) -> None:
    small = make_session()
    assert small.snapshot().evaluated == ""
    large = make_session(Document(hidden=(LayerSpec(64), LayerSpec(64)), data=DataSettings(points=20_000)))
    assert "of 10 000 training" in large.snapshot().evaluated
    assert "of 10 000 test examples" in large.snapshot().evaluated


def test_regression_has_values_and_no_accuracy(session: Session) -> None:
    session.change(with_data(name="plane"), "plane")
    moment = session.snapshot()
    assert moment.losses.train_accuracy is None
    assert moment.losses.test_accuracy is None
    assert np.array_equal(moment.trace(Example(4)).target, moment.data.sample.values[4:5])


def test_the_rate_of_a_moment_is_that_of_its_next_iteration(session: Session) -> None:
    session.change(with_training(learning_rate=0.25), "rate")
    assert session.snapshot().losses.rate == 0.25


def test_points_of_the_plane_take_the_columns_of_the_data(session: Session) -> None:
    plane = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert np.array_equal(as_points(plane, session.run.data), plane)
    session.change(with_data(name="curve"), "curve")
    assert np.array_equal(as_points(plane, session.run.data), plane[:, :1])


@pytest.mark.parametrize("name", ["xor", "circle", "blobs", "spiral", "moons", "checkerboard", "three_arms", "plane"])
@pytest.mark.parametrize("noise", [0.0, 0.05, 0.3, 0.5])
def test_pictures_show_every_point_that_noise_has_moved(session: Session, name: str, noise: float) -> None:
    session.change(with_data(name=name, noise=noise), "Data")
    low, high = session.snapshot().extent()[:2]
    points = session.run.data.sample.points
    assert low <= points.min()
    assert points.max() <= high
    assert np.abs(points).max() > 0.4 * high  # and no wider than need be


def test_a_little_more_noise_leaves_the_axes_alone(session: Session) -> None:
    extents = set()
    for noise in np.linspace(0.0, 0.5, 51):
        session.change(with_data(name="xor", noise=float(noise)), "Noise")
        extents.add(session.snapshot().extent())
    assert 1 < len(extents) < 10


def test_pictures_of_one_size_are_computed_once_a_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[int] = []
    compute = NeuronMaps.compute

    def counted(maps: NeuronMaps, parameters: np.ndarray) -> object:
        computed.append(1)
        return compute(maps, parameters)

    monkeypatch.setattr(NeuronMaps, "compute", counted)
    run = Run(Document())
    snapshot = run.snapshot()
    kept = [column.copy() for column in snapshot.maps(20)]
    snapshot.maps(20)
    assert len(computed) == 1
    WhatIfSnapshot(snapshot, WhatIf(Node(1, 0), 2.0)).maps(20)
    run.train(1)
    run.snapshot().maps(20)
    assert len(computed) == 3
    for before, after in zip(kept, snapshot.maps(20), strict=True):
        assert np.array_equal(before, after)
