"""A file keeps the past of a run: earlier states, marks of edits, branches, and a second run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from playground.document.changes import with_data, with_training, with_width
from playground.document.differences import DIFFERENCES, with_document
from playground.document.document import DataSettings, Document, Edge
from playground.document.own_data import Table
from playground.engine.spec import LayerSpec, OptimizerSpec
from playground.engine.trainer import Trainer
from playground.files import document_file
from playground.files.autosave import Autosave, recoverable
from playground.files.format.codec import decode, encode
from playground.files.format.runs import MAX_KEPT_BYTES, MAX_POINTS
from playground.session import comparison
from playground.session.branches import switch_to
from playground.session.saving import open_saved, to_saved
from playground.session.session import Session

VERSION_1 = Path(__file__).parents[2] / "corpus" / "version-1.playground"
ADAM = replace(Document().training, optimizer=OptimizerSpec("adam"))
POINTS = Table(np.array([[0.0, 1.0], [1.0, 0.5], [2.0, 2.0], [3.0, 1.0]] * 3), np.array([0.0, 1.0, 0.0, 1.0] * 3))
MORE = Table(  # painted on, which keeps the axes
    np.vstack([POINTS.points, [[2.5, 0.5], [1.5, 2.0]]]), np.append(POINTS.targets, [0.0, 1.0]), extent=POINTS.extent
)


def lived(document: Document) -> Session:
    """Return a run with edits of settings, data and weights, two branches, and a later part that was gone back from."""
    session = Session(document)
    session.step(150)
    session.set_weight(Edge(1, 0, 0), 1.5)
    session.step(100)
    session.go_to(120)
    session.change(with_training(learning_rate=0.02), "Change the learning rate")
    session.step(60)
    session.go_to(60)
    session.change(with_data(noise=0.2), "Change the noise")
    session.step(90)
    session.go_to(130)
    return session


def reopened(session: Session) -> Session:
    """Return another session that opened what this one saved, through the bytes of a file."""
    data = encode(to_saved(session, {"log": True}))
    saved = decode(data)
    assert encode(saved) == data
    other = Session(Document())
    open_saved(other, saved)
    return other


def same(one: Session, other: Session) -> bool:
    return one.document == other.document and one.run.trainer.state().same_as(other.run.trainer.state())


@pytest.fixture(params=["plain", "adam", "dropout"])
def session(qapp: QApplication, request: pytest.FixtureRequest) -> Session:
    layers = (LayerSpec(5, dropout=0.3 if request.param == "dropout" else 0.0), LayerSpec(3))
    return lived(Document(hidden=layers, training=Document().training if request.param == "plain" else ADAM))


def test_every_moment_before_and_after_is_the_same_to_the_bit(session: Session) -> None:
    other = reopened(session)
    assert same(session, other)
    assert other.run.timeline.first == 0
    for iteration in (90, 60, 3, 0, 61, 149, 150, 130):
        session.go_to(iteration)
        other.go_to(iteration)
        assert same(session, other), iteration


def test_marks_branches_and_curves_come_back(session: Session) -> None:
    other = reopened(session)
    mine, theirs = session.run.history, other.run.history
    assert [(edit.iteration, edit.text) for edit in theirs.edits] == [(60, "Change the noise")]
    assert [(b.iteration, b.last, b.has_split) for b in theirs.branches] == [(120, 250, True), (60, 180, True)]
    for one, two in zip((mine.copy(), *mine.branches), (theirs.copy(), *theirs.branches), strict=True):
        assert one.table.tobytes() == two.table.tobytes()


@pytest.mark.parametrize("number", [0, 1])
def test_going_to_a_branch_gives_the_same_bits(session: Session, number: int) -> None:
    other = reopened(session)
    for one in (session, other):
        assert switch_to(one, one.run.history.branches[number])
    assert same(session, other)
    for iteration in (155, 40, 100):
        session.go_to(iteration)
        other.go_to(iteration)
        assert same(session, other), iteration
    again = reopened(other)
    assert len(again.run.history.branches) == 2


def test_training_on_is_as_if_never_saved(session: Session) -> None:
    other = reopened(session)
    for one in (session, other):
        one.step(77)
        one.set_weight(Edge(2, 0, 0), -1.0)
        one.step(20)
    assert same(session, other)
    mine, theirs = session.run.history, other.run.history
    assert mine.copy().table.tobytes() == theirs.copy().table.tobytes()
    assert [b.table.tobytes() for b in mine.branches] == [b.table.tobytes() for b in theirs.branches]
    assert [(e.iteration, e.text) for e in mine.edits] == [(e.iteration, e.text) for e in theirs.edits]


def test_a_future_of_another_shape_keeps_its_way_back(qapp: QApplication) -> None:
    session = Session(Document())
    session.step(80)
    later = session.run.trainer.state()
    session.go_to(30)
    session.change(with_width(1, 7), "width")
    session.step(10)
    other = reopened(session)
    assert switch_to(other, other.run.history.branches[0])
    assert other.document == Document()
    assert other.run.trainer.state().same_as(later)


# ---- the second run ----------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["rate_down", "hidden_layer", "document"])
def test_a_comparison_is_open_again_where_it_was(qapp: QApplication, key: str) -> None:
    session = Session(Document())
    wide = Document(hidden=(LayerSpec(7, "relu"),), data=DataSettings("own", table=POINTS), seed=4)
    comparison.start(session, DIFFERENCES.get(key) or with_document(wide, "wide"))
    session.step(120)
    session.go_to(90)
    other = reopened(session)
    assert session.comparison_run is not None
    assert other.comparison_run is not None
    assert other.comparison_run.names(other.document) == session.comparison_run.names(session.document)
    for move in (lambda s: None, lambda s: s.step_back(30), lambda s: s.step(100), lambda s: s.reset()):
        for one in (session, other):
            move(one)
        assert other.comparison_run.run.trainer.state().same_as(session.comparison_run.run.trainer.state())
        mine, theirs = session.comparison_run.run.history, other.comparison_run.run.history
        assert mine.copy().table.tobytes() == theirs.copy().table.tobytes()


# ---- bounds ------------------------------------------------------------------------------------


def test_states_before_other_own_points_are_left_out(qapp: QApplication) -> None:
    session = Session(Document(data=DataSettings("own", table=POINTS)))
    session.step(20)
    session.change(with_data(table=MORE), "paint")
    session.step(20)
    other = reopened(session)
    assert other.run.timeline.first == 20
    other.go_to(27)
    session.go_to(27)
    assert same(session, other)


def test_a_future_of_other_own_points_keeps_its_curve_alone(qapp: QApplication) -> None:
    session = Session(Document(data=DataSettings("own", table=POINTS)))
    session.step(40)
    session.go_to(10)
    session.change(with_data(table=MORE), "paint")
    session.step(5)
    (branch,) = reopened(session).run.history.branches
    assert branch.end is None
    assert branch.table.tobytes() == session.run.history.branches[0].table.tobytes()


def test_points_of_earlier_settings_are_counted(qapp: QApplication) -> None:
    session = Session(Document())
    session.change(with_data(points=MAX_POINTS + 1), "points")
    session.step(2)
    session.change(with_data(points=400), "points")
    session.step(3)
    other = reopened(session)
    assert other.run.timeline.first == 2
    other.go_to(2)


def test_the_past_of_a_large_network_is_bounded_and_the_newest_ways_back_are_kept(qapp: QApplication) -> None:
    session = Session(Document(hidden=(LayerSpec(128),) * 2, training=ADAM))
    for number in range(4):
        session.step(6)
        session.go_to(2 + number)
        session.set_weight(Edge(1, 0, 0), float(number))
        session.step(3)
    data = encode(to_saved(session))
    state = session.run.trainer.state()
    present = state.parameters.nbytes * 3
    assert len(data) < 1.4 * (present + MAX_KEPT_BYTES) + 200_000
    other = reopened(session)
    ends = [branch.end is not None for branch in other.run.history.branches]
    assert ends == sorted(ends)
    assert same(session, other)


def test_states_that_are_too_far_apart_to_compute_what_is_between_are_left_out(qapp: QApplication) -> None:
    session = Session(Document())
    session.step(50)
    session.go_to(20)
    plain = json.loads(encode(to_saved(session)))
    plain["past"]["states"][-1]["iteration"] = 2**40
    assert decode(json.dumps(plain).encode()).marks == ()
    plain = json.loads(encode(to_saved(session)))
    plain["past"]["states"] = plain["past"]["states"][:1]
    plain["run"]["iteration"] = 2**40
    other = Session(Document())
    open_saved(other, decode(json.dumps(plain).encode()))
    other.step_back()
    assert other.run.iteration == other.run.timeline.first == 2**40


def test_going_back_a_little_after_opening_a_long_run_is_computed_from_near_by(qapp: QApplication) -> None:
    session = Session(Document())
    session.step(40_000)
    other = reopened(session)
    assert other.run.timeline.before(39_999).iteration >= 40_000 - 1_024
    assert other.run.timeline.first == 0


# ---- older files, and recovery -----------------------------------------------------------------


def test_a_file_of_version_1_opens_at_its_iteration_and_trains_on(qapp: QApplication) -> None:
    saved = document_file.load(VERSION_1)
    session = Session(Document())
    open_saved(session, saved)
    run = session.run
    assert run.iteration == run.timeline.first == 12
    session.step(5)
    resumed = Trainer(run.network, saved.document.training, run.data.train, saved.document.seed, saved.state)
    resumed.advance(5)
    assert run.trainer.state().same_as(resumed.state())
    # The file was written on another machine, whose processor may round the last bits differently.
    fresh = Session(saved.document)
    fresh.step(17)
    np.testing.assert_allclose(run.trainer.parameters, fresh.run.trainer.parameters, rtol=1e-9, atol=1e-9)


def test_recovery_keeps_past_branches_and_comparison(session: Session, tmp_path: Path) -> None:
    comparison.start(session, DIFFERENCES["rate_up"])
    session.step(30)
    session.go_to(10)
    session.set_weight(Edge(1, 0, 0), 0.5)
    session.step(5)
    kept = Autosave(tmp_path)
    kept.write(to_saved(session), 0.0, 1)
    kept._lock.unlock()
    (entry,) = recoverable(tmp_path)
    other = Session(Document())
    open_saved(other, entry.open())
    entry.discard()
    assert same(session, other)
    assert other.comparison_run is not None
    # The last is what the edit left; those before it are what the comparison replaced.
    assert [b.last for b in other.run.history.branches] == [b.last for b in session.run.history.branches]
    assert switch_to(other, other.run.history.branches[-1])
    assert other.run.iteration == 30


def test_recovery_writes_own_points_once_and_reads_them_for_the_past(qapp: QApplication, tmp_path: Path) -> None:
    session = Session(Document(data=DataSettings("own", table=POINTS)))
    session.step(20)
    session.change(with_training(learning_rate=0.01), "rate")
    session.step(20)
    kept = Autosave(tmp_path)
    kept.write(to_saved(session), 0.0, 1)
    assert '"points":[[' not in (kept.folder / "work.json").read_text(encoding="utf-8")
    kept._lock.unlock()
    (entry,) = recoverable(tmp_path)
    other = Session(Document())
    open_saved(other, entry.open())
    entry.discard()
    for one in (session, other):
        one.go_to(7)
    assert same(session, other)


def test_a_past_without_a_run_is_refused_with_its_place(session: Session) -> None:
    plain = json.loads(encode(to_saved(session)))
    del plain["run"]
    with pytest.raises(ValueError, match=r"^\$\.past: expected a run that it belongs to"):
        decode(json.dumps(plain).encode())
