"""CSV: a reader gets every number back to the bit."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from playground.document.catalogue import csv_parts, open_table
from playground.document.data_choice import exported, with_standardization, with_table
from playground.document.document import Document
from playground.document.own_data import Table
from playground.exporters.csv_tables import curves_csv, data_csv
from playground.exporters.from_run import exportable
from playground.exporters.trained import Trained
from playground.training.run import Run
from tests.playground.exporters.script_cases import trained


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_curves_are_read_back_to_the_bit_and_missing_accuracies_stay_empty() -> None:
    table = np.array([[0.0, 1.0 / 3.0, np.nan], [16.0, 1e-300, 0.5]])
    head, *rows = read(curves_csv(("train", "accuracy"), table))
    assert head == ["iteration", "train", "accuracy"]
    assert rows == [["0", repr(1.0 / 3.0), ""], ["16", "1e-300", "0.5"]]


def test_curves_of_nothing_are_refused_with_the_cure() -> None:
    with pytest.raises(ValueError, match="train some iterations first"):
        curves_csv(("train",), np.empty((0, 2)))


@pytest.fixture
def network() -> Trained:
    return trained(1)


def test_the_data_name_columns_features_outputs_and_sets(network: Trained) -> None:
    head, *rows = read(data_csv(network))
    assert head == ["x₁", "x₂", "x1_x2", "sin_x1", "class", "output_0", "output_1", "output_2", "set"]
    points = np.array([[float(cell) for cell in row[:2]] for row in rows])
    assert points.tobytes() == network.points.tobytes()
    assert [float(row[2]) for row in rows] == (points[:, 0] * points[:, 1]).tolist()
    assert [row[4] for row in rows] == [network.class_names[int(label)] for label in network.goals]
    assert np.array([[float(cell) for cell in row[5:8]] for row in rows]).tobytes() == network.outputs().tobytes()


def test_every_point_is_in_its_set(network: Trained) -> None:
    _, *rows = read(data_csv(network))
    sets = np.array([row[-1] for row in rows])
    assert np.flatnonzero(sets == "train").tolist() == sorted(network.train.tolist())
    assert np.flatnonzero(sets == "test").tolist() == sorted(network.test.tolist())


def test_values_of_a_regression_are_numbers() -> None:
    network = trained(3)
    head, *rows = read(data_csv(network))
    assert head[:2] == ["x₁", "y"]
    assert [float(row[1]) for row in rows] == network.goals.tolist()


FORMULAS = ('=HYPERLINK("http://x","y")', "-2+3", "+1+cmd|' /C calc'!A0", "@SUM(1)", " =1", "-b")


@pytest.mark.parametrize("name", FORMULAS)
def test_a_spreadsheet_computes_no_name_and_the_import_reads_it_back(network: Trained, name: str) -> None:
    named = replace(network, column_names=(name, "x"), class_names=(name, "b", "c"), goal_name=name)
    text = data_csv(named)
    head, *rows = read(text)
    assert head[0] == head[4] == f"'{name}"
    assert {row[4] for row in rows} == {f"'{name}", "b", "c"}
    assert f"{name.strip()}" in {column.name for column in open_table(text.encode()).preview.columns}


@pytest.mark.parametrize("name", ["-1", "+2.5", "-2e-3", "+", "-", "a=b", "−3", "x-y"])
def test_a_number_or_a_sign_is_no_formula(network: Trained, name: str) -> None:
    head, *_ = read(data_csv(replace(network, column_names=(name, "x"))))
    assert head[0] == name


def test_names_with_commas_quotes_and_breaks_are_read_back(network: Trained) -> None:
    odd = 'a,"b"\nc'
    head, *rows = read(data_csv(replace(network, column_names=(odd, "x"), class_names=(odd,) * 3)))
    assert head[0] == odd
    assert {row[4] for row in rows} == {odd}


@pytest.mark.parametrize(("n_classes", "goal"), [(0, "Preis (standardized)"), (2, "Preis")])
def test_what_is_standardized_is_named_so_and_its_own_units_are_not(n_classes: int, goal: str) -> None:
    points, goals = np.array([[5.0, 1.0], [7.0, 2.0], [9.0, 4.0]]), np.array([0.0, 1.0, 1.0])
    table = Table(points, goals, n_classes, ("Länge", "Breite"), ("a", "b")[:n_classes], "Preis")
    plain = with_table(table)(Document())
    scaled = with_standardization(True)(plain)
    head, first, *_ = read(data_csv(exportable(Run(scaled))))
    assert (head[:3], float(first[0])) == (["Länge (standardized)", "Breite (standardized)", goal], -np.sqrt(1.5))
    assert read(data_csv(exportable(Run(plain))))[0][:3] == ["Länge", "Breite", "Preis"]
    head, first, *_ = read("".join(csv_parts(*exported(scaled.data))))
    assert (head, float(first[0])) == (["Länge", "Breite", "Preis"], 5.0)
