"""Own points in the document: equal by content, kept by undo and file, shown as standardized."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playground.document import catalogue
from playground.document.data_choice import exported, own_table, with_stroke, with_table
from playground.document.document import DataSettings, Document
from playground.document.own_data import Table, table_of
from playground.document.paint import Stroke, dabs
from playground.document.prepared_data import prepare, sample_of
from playground.files.format.codec import decode, encode
from playground.files.saved import Saved
from playground.session.session import Session

POINTS = np.array([[0.0, 10.0], [2.0, 30.0], [4.0, 20.0], [6.0, 40.0]])


def standardized(table: Table, on: bool) -> Table:
    """Return `table` shown and used standardized, or as it is."""
    values = table.targets if table.is_regression else None
    scaling = catalogue.standardization(table.points, values) if on else None
    return replace(table, standardization=scaling, extent=(0.0, 0.0))


def table(**changes: object) -> Table:
    return replace(Table(POINTS, np.array([0, 1, 0, 1])), **changes)  # type: ignore[arg-type]


def imported(text: str, **changes: object) -> Table:
    opened = catalogue.open_table(text.encode())
    reading = opened.read(replace(opened.preview.suggested, **changes))  # type: ignore[arg-type]
    while True:
        try:
            next(reading)
        except StopIteration as stop:
            return table_of(stop.value, "file.csv")


def test_tables_of_the_same_content_are_equal_and_hash_alike() -> None:
    assert table() == table()
    assert hash(table()) == hash(table())
    assert len({DataSettings("own", table=table()), DataSettings("own", table=table())}) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"points": POINTS + 1e-16 + np.eye(4, 2)},
        {"targets": np.array([1, 0, 0, 1])},
        {"n_classes": 3, "class_names": ()},
        {"class_names": ("no", "yes")},
        {"feature_names": ("a", "b")},
        {"target_name": "kind"},
        {"source": "a file"},
        {"extent": (-100.0, 100.0)},
        {"ids": np.array([5, 6, 7, 8])},
        {"standardization": catalogue.standardization(POINTS)},
    ],
)
def test_any_other_content_is_another_table(changes: dict[str, object]) -> None:
    assert table() != table(**changes)


def test_a_table_is_no_other_thing() -> None:
    assert table() != "table"


def test_a_table_never_changes() -> None:
    made = table()
    for array in (made.points, made.targets, made.ids, table(thresholds=np.zeros(4)).thresholds):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 7


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"points": POINTS[:1], "targets": np.zeros(1), "ids": np.zeros(0)}, "points: expected at least 2, got 1"),
        ({"ids": np.array([1, 1, 2, 3])}, "ids: expected 4 different whole numbers"),
        ({"ids": np.array([1, 2])}, "ids: expected 4 different"),
        ({"thresholds": np.array([0.5, 0.5])}, "thresholds: expected none, or 4 numbers"),
        ({"thresholds": np.array([0.0, 0.5, 0.7, 1.0])}, "thresholds: expected none, or 4 numbers from 0 to below 1"),
        ({"extent": (1.0, -1.0)}, "extent: expected two numbers, the lower first"),
        ({"standardization": catalogue.Standardization((0.0,), (1.0,))}, "standardization: expected 2 means"),
        ({"targets": np.array([0, 1, 2, 1])}, "targets, row 2: expected a label from 0 to 1"),
    ],
)
def test_what_is_no_table_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        table(**changes)


@pytest.mark.parametrize(
    ("points", "scaling", "message"),
    [
        ([[0.0, 1e308], [1.0, 2.0]], None, r"points\[0\]\[1\]: expected a number within ±1e\+100; use another unit"),
        (
            [[0.0, 1.0], [1.0, 2.0]],
            catalogue.Standardization((0.0, 0.0), (1e-300, 1.0)),
            r"points\[1\]\[0\]: .* after",
        ),
    ],
)
def test_points_that_no_picture_and_no_file_could_hold_are_refused(
    points: list[list[float]], scaling: catalogue.Standardization | None, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Table(np.array(points), np.array([0.0, 1.0]), standardization=scaling)


def test_own_data_need_a_table() -> None:
    with pytest.raises(ValueError, match="table: own data need points"):
        DataSettings("own")


def test_a_standardized_table_is_shown_scaled_and_exported_in_its_own_units() -> None:
    made = imported("a,b,y\n1,100,u\n2,300,v\n6,200,u\n", standardize=True)
    sample = sample_of(DataSettings("own", table=made))

    np.testing.assert_allclose(sample.points.mean(axis=0), 0.0, atol=1e-15)
    np.testing.assert_allclose(made.own_units(sample.points), made.points, rtol=1e-15)
    assert sample.axis_names == ("a", "b")
    assert sample.class_names == ("u", "v")
    assert "".join(catalogue.csv_parts(*exported(DataSettings("own", table=made)))) == (
        "a,b,y\n1.0,100.0,u\n2.0,300.0,v\n6.0,200.0,u\n"
    )
    assert made.describe() == (
        "file.csv: 3 points, 2 columns, 2 classes; standardized: (x − mean) / standard deviation"
    )


def test_a_standardized_regression_learns_scaled_values() -> None:
    made = imported("a,b\n1,100.5\n2,200.5\n3,300.5\n", standardize=True)

    np.testing.assert_allclose(sample_of(DataSettings("own", table=made)).values, [-1.2247449, 0.0, 1.2247449])
    np.testing.assert_allclose(standardized(made, False).shown_targets(), [100.5, 200.5, 300.5])


def test_standardizing_can_be_switched_off_and_on_again_exactly() -> None:
    made = imported("a,b,y\n1,100,u\n2,300,v\n6,200,u\n", standardize=True)

    assert standardized(standardized(made, False), True) == made
    assert standardized(made, False).extent == (1 - 0.05 * 299, 300 + 0.05 * 299)


def test_points_in_one_place_still_have_an_extent() -> None:
    made = Table(np.full((2, 2), 3.0), np.array([0, 1]))

    assert made.extent == (0.0, 6.0)


def test_a_saved_document_brings_its_table_back_bit_for_bit() -> None:
    made = imported("a,b,y\n0.1,100,u\n2,300,v\n6,200,u\n", standardize=True)
    document = with_table(made)(Document())
    back = decode(encode(Saved(document))).document

    assert back == document
    assert back.table is not None
    assert back.table.points.tobytes() == made.points.tobytes()


def test_more_than_two_columns_are_all_inputs_and_are_drawn_on_a_named_plane() -> None:
    text = "a,b,c,y\n" + "".join(f"{i},{i * i % 7},{-i % 5},{'uv'[i % 2]}\n" for i in range(20))
    document = with_table(imported(text))(Document())
    prepared = prepare(document)

    assert document.features == ("x1", "x2", "x3")
    assert prepared.train.inputs.shape == (10, 3)
    assert prepared.sample.positions.shape == (20, 2)
    assert "principal components of 3 columns" in prepared.sample.plane_title
    assert prepared.sample.lift(np.zeros((4, 2))).shape == (4, 3)
    low, high = prepared.sample.plane_extent[:2]
    assert (np.abs(prepared.sample.positions) < high).all()
    assert low == -high


def test_one_column_is_drawn_over_its_values() -> None:
    sample = sample_of(DataSettings("curve", 20))

    assert np.array_equal(sample.positions, np.column_stack([sample.points[:, 0], sample.values]))
    assert sample.axis_names == ("x₁", "y")
    assert sample.lift(np.ones((3, 2))).shape == (3, 1)
    assert sample.plane_extent == sample.extent * 2
    assert sample.plane_title == ""


def test_generated_points_export_as_they_are() -> None:
    data = DataSettings("moons", 50)
    dataset, target = exported(data)

    assert dataset.points.tobytes() == sample_of(data).points.tobytes()
    assert target == "class"
    assert own_table(data).extent == sample_of(data).extent


def test_undo_brings_back_the_points_that_were_there(qapp: object) -> None:
    session = Session()
    before = session.document
    assert session.change(with_table(table()), "Import a table")
    session.step(3)

    assert session.document.table == table()
    assert session.run.data.sample.n_classes == 2
    session.undo_stack.undo()
    assert session.document == before


def test_two_points_can_be_trained_on_without_a_test_set(qapp: object) -> None:
    session = Session()
    pair = Table(POINTS[:2] / 40, np.array([0, 1]))
    session.change(with_table(pair), "Import a table")
    session.change(lambda d: replace(d, data=replace(d.data, train_fraction=0.95)), "Change the train share")
    session.step(2)

    assert len(session.run.data.sample.test) == 0
    assert np.isfinite(session.snapshot().losses.train)


def test_uneven_columns_have_an_axis_each_and_painting_keeps_both() -> None:
    points = np.column_stack([np.linspace(800.0, 4000.0, 30), np.linspace(1.0, 5.0, 30)])
    document = with_table(Table(points, np.arange(30) % 2, source="houses.csv"))(Document())
    sample = sample_of(document.data)
    left, right, bottom, top = sample.plane_extent
    assert (left, right) == pytest.approx((640.0, 4160.0))
    assert (bottom, top) == pytest.approx((0.8, 5.2))
    painted_on = with_stroke(Stroke("add", 1.0).to(4200.0, 1.0))(document)
    assert sample_of(painted_on.data).plane_extent == sample.plane_extent


@pytest.mark.parametrize("stretch", [1.0, 0.01])
def test_a_brush_is_round_on_the_screen_whatever_the_axes(stretch: float) -> None:
    made = dabs(Stroke("brush", radius=0.5, stretch=stretch).to(1.0, 1.0)) - 1.0
    assert (np.hypot(made[:, 0], made[:, 1] / stretch) <= 0.5).all()
    assert np.abs(made[:, 1]).max() > 0.2 * stretch


def test_even_columns_and_generated_points_share_one_range() -> None:
    document = with_table(Table(np.eye(2) * 3.0, np.array([0.0, 1.0])))(Document())
    assert document.table.ranges == ()
    left, right, bottom, top = sample_of(document.data).plane_extent
    assert (left, right) == (bottom, top)


def test_one_column_far_wider_than_its_values_has_an_axis_each() -> None:
    document = with_table(Table(np.arange(100.0)[:, None], np.linspace(0.0, 1.0, 100), 0))(Document())
    left, right, bottom, top = sample_of(document.data).plane_extent
    assert right - left > 90.0
    assert top - bottom < 1.2
