"""Painting: pure functions on a table, one undo a stroke, while training may run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.document import catalogue
from playground.document.changes import with_data
from playground.document.data_choice import with_cleared_points, with_new_sample, with_stroke, with_table
from playground.document.document import Document
from playground.document.own_data import Table
from playground.document.paint import DENSITY, MAX_DABS, Stroke, added, cleared, dabs, erased, moved, nearest, painted
from playground.document.prepared_data import sample_of
from playground.session.session import Session

POINTS = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])


def standardized(table: Table, on: bool) -> Table:
    """Return `table` shown and used standardized, or as it is."""
    values = table.targets if table.is_regression else None
    scaling = catalogue.standardization(table.points, values) if on else None
    return replace(table, standardization=scaling, extent=(0.0, 0.0))


def table() -> Table:
    return Table(POINTS, np.array([0, 1, 1, 0]), extent=(-1.0, 1.0))


places = st.floats(-1.0, 1.0)


def test_an_added_point_stands_where_it_was_put_with_a_number_of_its_own() -> None:
    made = painted(table(), Stroke("add", target=1).to(0.3, -0.4).to(0.5, 0.5))

    assert made.points[-1].tolist() == [0.5, 0.5]
    assert made.targets.tolist() == [0, 1, 1, 0, 1]
    assert made.ids.tolist() == [0, 1, 2, 3, 4]
    assert made.extent == (-1.0, 1.0)


def test_a_new_class_makes_room_for_itself_and_names_it() -> None:
    made = painted(table(), Stroke("add", target=4).to(0.5, 0.5))

    assert made.n_classes == 5
    assert made.class_names == ("class 0", "class 1", "class 2", "class 3", "class 4")


@pytest.mark.parametrize("target", [-1, 10, 0.5])
def test_a_class_that_there_cannot_be_is_refused(target: float) -> None:
    with pytest.raises(ValueError, match="class: expected 0 to 9"):
        added(table(), np.zeros((1, 2)), target)


@given(places, places, st.integers(0, 2**31 - 1))
def test_a_brush_puts_five_points_a_dab_within_its_radius(x: float, y: float, seed: int) -> None:
    made = dabs(Stroke("brush", radius=0.25, seed=seed).to(x, y))

    assert made.shape == (DENSITY, 2)
    assert (np.hypot(made[:, 0] - x, made[:, 1] - y) <= 0.25 + 1e-12).all()


@given(places, places)
def test_a_fast_hand_leaves_as_many_dabs_as_a_slow_one(x: float, y: float) -> None:
    fast = Stroke("brush", radius=0.2).to(0.0, 0.0).to(x, y)
    length = np.hypot(x, y)

    assert len(fast.path) in (1 + int(length / 0.1), 1 + round(length / 0.1))
    gaps = np.diff(np.array(fast.path), axis=0)
    np.testing.assert_allclose(np.hypot(gaps[:, 0], gaps[:, 1]), 0.1, atol=1e-9)


def test_going_on_with_a_stroke_keeps_the_points_already_there() -> None:
    short = Stroke("brush", radius=0.2, seed=7).to(0.0, 0.0).to(0.5, 0.0)
    longer = short.to(0.5, 0.5)

    assert np.array_equal(dabs(longer)[: len(dabs(short))], dabs(short))
    assert len(dabs(longer)) > len(dabs(short))


def test_a_stroke_has_an_end_to_its_dabs() -> None:
    assert len(Stroke("brush", radius=1e-6).to(0.0, 0.0).to(1.0, 0.0).path) == MAX_DABS


def test_erasing_takes_what_the_path_came_near_to() -> None:
    made = painted(table(), Stroke("erase", radius=0.1).to(-0.5, 0.0).to(1.05, 0.0))

    assert made.points.tolist() == [[0.0, 1.0], [1.0, 1.0]]
    assert made.ids.tolist() == [2, 3]


def test_erasing_nothing_changes_nothing() -> None:
    before = table()

    assert erased(before, ((5.0, 5.0),), 0.1) is before


def test_the_last_two_points_cannot_be_erased() -> None:
    with pytest.raises(ValueError, match="Training needs at least 2 points: add others before erasing"):
        painted(table(), Stroke("erase", radius=9.0).to(0.0, 0.0))


def test_moving_takes_the_point_along_from_where_it_was_at_the_press() -> None:
    stroke = Stroke("move", index=nearest(table(), (0.97, 0.02), 0.1)).to(0.97, 0.02).to(0.5, 0.5).to(0.6, 0.7)
    made = painted(table(), stroke)

    assert made.points[1].tolist() == [0.6, 0.7]
    assert made.targets.tolist() == table().targets.tolist()


def test_moving_nothing_and_a_stroke_before_its_first_place_change_nothing() -> None:
    before = table()

    assert painted(before, Stroke("move", index=nearest(before, (5.0, 5.0), 0.1)).to(5.0, 5.0)) is before
    assert painted(before, Stroke("brush")) is before


def test_a_point_that_is_not_there_cannot_be_moved() -> None:
    with pytest.raises(ValueError, match="point: expected 0 to 3, got 4"):
        moved(table(), 4, (0.0, 0.0))


def test_a_place_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="place: expected finite coordinates"):
        Stroke("add").to(float("nan"), 0.0)


def test_clearing_keeps_the_middle_of_each_class() -> None:
    crowd = added(table(), np.array([[0.5, 0.45], [0.9, 0.9], [0.4, 0.5]]), 1.0)
    made = cleared(crowd)

    assert made.targets.tolist() == [0.0, 1.0]
    assert made.points[1].tolist() == [0.5, 0.45]
    assert made.n_classes == 2


def test_clearing_a_single_class_or_a_regression_keeps_two_points() -> None:
    lone = Table(POINTS, np.zeros(4))
    values = Table(POINTS, np.array([0.5, -1.0, 3.0, 0.0]), 0)
    level = Table(POINTS, np.zeros(4), 0)

    assert cleared(lone).n_points == 2
    assert sorted(cleared(values).targets.tolist()) == [-1.0, 3.0]
    assert cleared(level).n_points == 2


def test_a_point_painted_on_a_standardized_table_stands_where_it_was_put() -> None:
    scaled = standardized(Table(POINTS * 50 + 7, np.array([0, 1, 1, 0])), True)
    made = painted(scaled, Stroke("add").to(0.25, -0.5))

    np.testing.assert_allclose(made.shown_points()[-1], [0.25, -0.5], atol=1e-12)
    assert nearest(made, (0.25, -0.5), 1e-6) == 4


def test_a_value_painted_on_a_standardized_regression_is_the_one_shown() -> None:
    scaled = standardized(Table(POINTS, np.array([10.0, 20.0, 30.0, 40.0]), 0), True)

    assert painted(scaled, Stroke("add", target=0.5).to(0, 0)).shown_targets()[-1] == pytest.approx(0.5)
    assert painted(Table(POINTS, np.arange(4.0), 0), Stroke("add", target=2.5).to(0, 0)).targets[-1] == 2.5


def test_more_than_two_columns_cannot_be_painted() -> None:
    with pytest.raises(ValueError, match=r"Painting needs points of two columns; these have 3\."):
        painted(Table(np.eye(3), np.array([0, 1, 1])), Stroke("add").to(0, 0))


def test_there_is_room_for_a_million_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.document.paint.MAX_POINTS", 5)

    with pytest.raises(ValueError, match="There is room for 5 points"):
        painted(table(), Stroke("brush").to(0, 0))


# ---- in a session ------------------------------------------------------------------------------


def test_a_stroke_is_one_undo_and_begins_on_the_points_that_are_there(qapp: object) -> None:
    session = Session()
    before = session.document
    stroke = Stroke("brush", target=1, radius=0.2)
    session.begin_gesture()
    for x in (0.0, 0.2, 0.4):
        stroke = stroke.to(x, 0.0)
        session.change(with_stroke(stroke), "Paint points")
    session.end_gesture()

    assert session.undo_stack.count() == 1
    assert session.document.table is not None
    assert session.document.table.n_points == 400 + len(dabs(stroke))
    assert np.array_equal(session.document.table.points[:400], sample_of(before.data).points)
    session.undo_stack.undo()
    assert session.document == before


def test_training_goes_on_from_its_weights_through_a_stroke(qapp: object) -> None:
    session = Session()
    session.step(20)
    parameters = session.run.trainer.parameters.copy()
    session.change(with_stroke(Stroke("add", target=1).to(0.1, 0.1)), "Add a point")

    assert session.run.iteration == 20
    assert np.array_equal(session.run.trainer.parameters, parameters)
    session.step()
    assert session.run.iteration == 21


STROKES = {
    "brush": Stroke("brush", target=1, radius=0.2, seed=3).to(0.0, 0.0).to(0.5, 0.5),
    "a point of a new class": Stroke("add", target=2).to(0.1, 0.1),
    "move": Stroke("move", index=7).to(0.0, 0.0).to(0.9, 0.9),
    "erase": Stroke("erase", radius=0.2).to(0.3, 0.3).to(-0.5, 0.4),
}


def sides(session: Session) -> dict[tuple[float, ...], bool]:
    """Return of each point whether it trains."""
    sample = session.run.data.sample
    return {tuple(point): i in set(sample.train.tolist()) for i, point in enumerate(sample.points.tolist())}


@pytest.mark.parametrize("kind", STROKES)
@pytest.mark.parametrize("share", [0.5, 0.35, 0.8])
def test_every_point_stays_on_its_side_of_the_split_from_the_first_stroke_on(
    qapp: object, kind: str, share: float
) -> None:
    session = Session(with_data(train_fraction=share, points=101)(Document()))
    before, start = sides(session), session.document
    session.change(with_stroke(STROKES[kind]), "Paint")
    session.change(with_stroke(STROKES[kind]), "Paint")

    after = sides(session)
    assert all(before[point] == after[point] for point in before.keys() & after.keys())
    assert len(before.keys() & after.keys()) >= (100 if kind == "move" else 70)
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert session.document == start
    assert sides(session) == before


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8])
def test_painted_points_are_divided_by_the_share(qapp: object, share: float) -> None:
    session = Session(with_data(train_fraction=share)(Document()))
    stroke = Stroke("brush", target=1, radius=0.1).to(-0.9, 0.0).to(0.9, 0.0)
    session.change(with_stroke(stroke), "Paint")
    train = session.run.data.sample.train
    n_new = len(session.run.data.sample.points) - 400

    assert n_new > 150
    assert (train >= 400).sum() == pytest.approx(share * n_new, abs=2)


def test_a_larger_share_after_painting_only_moves_points_from_test_to_train(qapp: object) -> None:
    session = Session()
    session.change(with_stroke(STROKES["brush"]), "Paint")
    before = set(session.run.data.sample.train.tolist())
    session.change(with_data(train_fraction=0.7), "Change the train share")

    assert before < set(session.run.data.sample.train.tolist())


def test_painting_on_an_imported_table_keeps_its_split(qapp: object) -> None:
    rng = np.random.default_rng(2)
    session = Session()
    session.change(with_table(Table(rng.standard_normal((90, 2)), np.arange(90.0) % 3, 3)), "Import")
    before = sides(session)
    session.change(with_stroke(STROKES["erase"]), "Erase points")
    session.change(with_stroke(STROKES["brush"]), "Paint")

    after = sides(session)
    assert all(before[point] == after[point] for point in before.keys() & after.keys())


def test_a_new_sample_divides_own_points_anew(qapp: object) -> None:
    session = Session()
    session.change(with_stroke(STROKES["brush"]), "Paint")
    points, train = session.run.data.sample.points, session.run.data.sample.train
    session.change(with_new_sample(), "New sample")

    assert np.array_equal(session.run.data.sample.points, points)
    assert not np.array_equal(session.run.data.sample.train, train)


def test_a_refused_stroke_says_why_and_changes_nothing(qapp: object) -> None:
    session = Session()
    said: list[str] = []
    session.noted.connect(said.append)
    before = session.document

    assert not session.change(with_stroke(Stroke("erase", radius=9.0).to(0.0, 0.0)), "Erase points")
    assert session.document == before
    assert said == ["Training needs at least 2 points: add others before erasing the last ones."]


def test_clearing_is_one_undo_and_training_can_go_on(qapp: object) -> None:
    session = Session()
    session.change(with_cleared_points(), "Clear the points")
    session.step(2)

    assert session.document.table is not None
    assert session.document.table.n_points == 2
    session.undo_stack.undo()
    assert session.document.data.name == "xor"


def test_painted_points_are_exported_in_full() -> None:
    made = painted(table(), Stroke("brush", target=1, seed=3).to(0.1, 0.2))
    lines = "".join(catalogue.csv_parts(made.dataset())).splitlines()

    assert lines[0] == "x₁,x₂,class"
    assert len(lines) == 1 + 4 + DENSITY
