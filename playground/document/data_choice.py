"""Choosing data: changes of the document that bring what other data need (inputs, loss, number of points)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from playground.document import catalogue
from playground.document.changes import Change, with_data, with_training
from playground.document.document import DataSettings, Document
from playground.document.own_data import OWN, Table
from playground.document.paint import Stroke, cleared, painted
from playground.document.prepared_data import columns_of, is_truth_table, sample_of, split_thresholds
from playground.engine import features


def with_dataset(name: str) -> Change:
    """Return the change to the data called `name` (``"own"``: back to the own points), with all they need."""

    def change(document: Document) -> Document:
        if name == OWN:
            return with_table(document.data.table)(document)
        entry = catalogue.generator(name)
        points = entry.rows or min(_usual_points(document.data), entry.most_points)
        kept = document.data.parameters if name == document.data.name else ()
        made = with_data(name=name, noise=entry.noise, points=points, parameters=kept)(document)
        return _compatible(made, document, entry.n_features, entry.is_regression)

    return change


def with_parameter(name: str, value: float) -> Change:
    """Return the change that sets one parameter of the current generator, such as ``classes``."""

    def change(document: Document) -> Document:
        data = document.data
        catalogue.generator(data.name).settings({name: int(value) if float(value).is_integer() else value})
        others = tuple(pair for pair in data.parameters if pair[0] != name)
        return replace(document, data=replace(data, parameters=tuple(sorted((*others, (name, float(value)))))))

    return change


def with_function(text: str) -> Change:
    """Return the change to points above and below the typed function of x1."""

    def change(document: Document) -> Document:
        return with_data(function=text)(with_dataset("function")(document))

    return change


def with_table(table: Table | None) -> Change:
    """Return the change to the own points of `table`, with the inputs and the loss they need."""

    def change(document: Document) -> Document:
        if table is None:
            raise ValueError("There are no points of your own yet: paint some, or import a table.")
        made = with_data(name=OWN, table=table, points=_usual_points(document.data))(document)
        return _compatible(made, document, table.n_features, table.is_regression)

    return change


def with_standardization(on: bool) -> Change:
    """Return the change that standardizes the own points, and values of a regression, or uses them as they are."""

    def change(document: Document) -> Document:
        table = document.table
        if table is None:
            raise ValueError("Only your own points can be standardized: paint some, or import a table.")
        values = table.targets if table.is_regression else None
        scaling = catalogue.standardization(table.points, values) if on else None
        return with_table(replace(table, standardization=scaling, extent=(0.0, 0.0)))(document)

    return change


def with_stroke(stroke: Stroke) -> Change:
    """Return the change that paints `stroke`; painting on generated points makes them the user's own."""
    return lambda document: with_table(painted(_to_paint_on(document.data), stroke))(document)


def with_cleared_points() -> Change:
    """Return the change that removes all points but one of each class."""
    return lambda document: with_table(cleared(_to_paint_on(document.data)))(document)


def with_new_sample() -> Change:
    """Return the change to the next seed: generated points are drawn again; own points are split again."""

    def change(document: Document) -> Document:
        data = replace(document.data, seed=document.data.seed + 1)
        if data.name == OWN and data.table is not None:
            data = replace(data, table=replace(data.table, thresholds=np.empty(0)))
        return replace(document, data=data)

    return change


def _usual_points(data: DataSettings) -> int:
    """Return how many points other data than `data` have: as many, but a truth table's few are its own."""
    return catalogue.DEFAULT_POINTS if is_truth_table(data) else data.points


def own_table(data: DataSettings) -> Table:
    """Return the own points of `data`, or its generated points as a table to paint on."""
    if data.name == OWN and data.table is not None:
        return data.table
    sample = sample_of(data)
    return Table(
        sample.points, sample.values, sample.n_classes, sample.feature_names, sample.class_names, sample.target_name,
        extent=sample.extent, source=f"painted on {catalogue.generator(data.name).label}",
    )  # fmt: skip


@lru_cache(maxsize=2)
def _to_paint_on(data: DataSettings) -> Table:
    """Return the current points as a table that keeps each on its side of the split; the same for a whole drag."""
    return replace(own_table(data), thresholds=split_thresholds(data))


def exported(data: DataSettings) -> tuple[catalogue.Dataset, str]:
    """Return the current points in their own units, and the name of their target, for a table file."""
    table = own_table(data)
    return table.dataset(), table.target_name


def compatible_features(chosen: tuple[str, ...], before: int, columns: int) -> tuple[str, ...]:
    """Return the input features for data of `columns` columns, `chosen` having been those for `before` columns.

    Every column is an input of data with more than two. With one or two, what is left of the chosen ones stays,
    and a column that is new comes in.
    """
    offered = tuple(feature.name for feature in features.available(columns))
    kept = tuple(name for name in chosen if name in offered)
    if columns == before and kept:
        return kept
    if columns > 2:
        return offered
    new = [f"x{i + 1}" for i in range(columns) if i >= before or not kept or before > 2]
    return tuple(name for name in offered if name in kept or name in new)


def _compatible(made: Document, before: Document, columns: int, regression: bool) -> Document:
    had = columns_of(before.data)
    made = replace(made, features=compatible_features(before.features, had, columns))
    return with_training(loss="squared")(made) if regression and made.training.loss != "squared" else made
