"""The gallery shows a sample of each data set, and the form what can be set of the current one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from playground.app.views.data import reading
from playground.document import catalogue
from playground.document.data_choice import with_dataset, with_stroke
from playground.document.document import DataSettings, Document
from playground.document.own_data import OWN
from playground.document.paint import Stroke
from playground.document.prepared_data import sample_of


def form_of(document: Document) -> reading.DataForm:
    return reading.form(document, sample_of(document.data))


def test_every_data_set_of_the_catalogue_is_in_the_gallery() -> None:
    assert {*reading.FIRST, *reading.MORE} == set(catalogue.GENERATORS)


@pytest.mark.parametrize(("name", "n_classes"), [("xor", 2), ("plane", 2), ("three_arms", 3)])
def test_a_thumbnail_has_the_plane_from_minus_1_to_1(name: str, n_classes: int) -> None:
    (item,) = reading.items((name,))
    sample = sample_of(DataSettings(name, len(item.positions), catalogue.generator(name).noise, 0.5, 1))
    low, high = sample.plane_extent[:2]
    np.testing.assert_allclose(low + (item.positions + 1.0) / 2.0 * (high - low), sample.positions)
    assert item.n_classes == n_classes
    assert (item.levels is None) == (name != "plane")


def test_the_form_counts_the_points_of_each_part() -> None:
    document = Document()
    document = replace(document, data=replace(document.data, points=100, train_fraction=0.7))
    made = form_of(document)
    assert (made.n_points, made.train_share, made.batch_size) == (100, 0.7, 16)
    assert made.note.startswith("70 to train, 30 to test; x −1")


def test_a_generator_offers_its_own_settings() -> None:
    made = form_of(with_dataset("k_blobs")(Document()))
    assert [field.key for field in made.extras] == [p.name for p in catalogue.generator("k_blobs").parameters]
    assert made.extra_values == tuple(p.default for p in catalogue.generator("k_blobs").parameters)
    field = made.extras[0]
    assert (field.stops[0], field.stops[-1]) == pytest.approx((field.low, field.high))
    assert made.function is None
    assert form_of(with_dataset("function")(Document())).function == catalogue.DEFAULT_FUNCTION


def test_a_truth_table_says_that_it_is_its_own_training_and_test_set() -> None:
    made = form_of(with_dataset("nand")(Document()))
    assert (made.n_points, made.noise, made.fixed) == (4, 0.0, ("train_share",))
    assert made.note == "4 points of a truth table: all of them train, and the same ones test"
    assert made.reason.startswith("A truth table is its own training and test set")
    (item,) = reading.items(("nand",))
    assert (len(item.positions), item.classes.tolist()) == (4, [1, 1, 1, 0])


def test_own_points_fix_their_number_and_noise() -> None:
    document = with_stroke(Stroke("add", 1.0, 0.1, 1, None).to(0.5, 0.5))(Document())
    made = form_of(document)
    assert (document.data.name, made.dataset) == (OWN, OWN)
    assert (made.noise, made.n_points) == (0.0, 401)
    assert set(made.fixed) == {"noise", "n_points"}
    assert document.data.table is not None
    assert reading.own_item(document.data, document.data.table).label == "Own"
