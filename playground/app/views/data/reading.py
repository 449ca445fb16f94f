"""The gallery's values: a small real sample of each kind of data, and the settings that the current kind has."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from playground.document import catalogue
from playground.document.document import DataSettings, Document
from playground.document.own_data import OWN, Table
from playground.document.prepared_data import Sample, is_truth_table, sample_of
from widgets.controls import stops
from widgets.style import numbers
from widgets.values import DataForm, GalleryItem, NumberField

FIRST = ("xor", "circle", "spiral", "moons", "blobs", "checkerboard", "three_arms", "plane")
MORE = (
    "and", "or", "nand", "nor", "xor_table",
    "rings", "k_blobs", "sine", "cubic", "function", "curve", "multi_gauss", "digits",
)  # fmt: skip
_THUMBNAIL_POINTS = 160
_STEPS = 40
_OWN_FIXED = ("noise", "n_points")
_TABLE_FIXED = ("train_share",)
_TABLE_REASON = "A truth table is its own training and test set: every row trains, and every row tests."
_OWN_REASON = "Your own points are as many as they are, and where you put them: paint, or import a table."


def items(names: tuple[str, ...]) -> tuple[GalleryItem, ...]:
    """Return a picture of each of the data sets `names`."""
    return tuple(_item(catalogue.generator(name)) for name in names)


def items_in_slices(names: tuple[str, ...]) -> Generator[float, None, tuple[GalleryItem, ...]]:
    """Return ``items`` of `names`, one at each ``next``: together they take as long as several frames."""
    made: list[GalleryItem] = []
    for name in names:
        yield len(made) / len(names)
        made.extend(items((name,)))
    return tuple(made)


def own_item(data: DataSettings, table: Table) -> GalleryItem:
    """Return a picture of the own points `table` that `data` hold."""
    sample = sample_of(replace(data, name=OWN))
    chosen = np.linspace(0, len(sample.points) - 1, min(len(sample.points), _THUMBNAIL_POINTS)).astype(np.int64)
    return GalleryItem(
        OWN,
        "Own",
        table.describe(),
        _scaled(sample, chosen),
        sample.labels[chosen],
        max(2, sample.n_classes),
        sample.levels[chosen] if sample.is_regression else None,
    )


def form(document: Document, sample: Sample) -> DataForm:
    """Return every setting of the data of `document`."""
    data = document.data
    own = data.name == OWN
    entry = None if own else catalogue.generator(data.name)
    chosen = dict(data.parameters)
    takes_curve = entry is not None and entry.takes_curve
    is_table = is_truth_table(data)
    fixed, reason = (_OWN_FIXED, _OWN_REASON) if own else (_TABLE_FIXED, _TABLE_REASON) if is_table else ((), "")
    return DataForm(
        dataset=data.name,
        noise=0.0 if own else data.noise,
        n_points=len(sample.points),
        train_share=data.train_fraction,
        batch_size=document.training.batch_size,
        note=note(data, sample),
        extras=tuple(number_field(parameter) for parameter in entry.parameters) if entry else (),
        extra_values=tuple(chosen.get(p.name, p.default) for p in entry.parameters) if entry else (),
        function=(data.function or catalogue.DEFAULT_FUNCTION) if takes_curve else None,
        most_points=entry.most_points if entry else catalogue.MAX_POINTS,
        most_reason=_most_reason(entry) if entry else "",
        fixed=fixed,
        reason=reason,
        standardized=None if document.table is None else document.table.standardization is not None,
        scaled="inputs and target" if sample.is_regression else "inputs",
        scaling=() if document.table is None else tuple(_scaling(*one) for one in document.table.scaling()),
    )


def note(data: DataSettings, sample: Sample) -> str:
    """Return how many points there are, what they are, and on which plane pictures show them."""
    train, test = numbers.grouped(len(sample.train)), numbers.grouped(len(sample.test))
    count, table = f"{train} to train, {test} to test", data.table
    if data.name == OWN and table is not None:
        columns = numbers.plural(table.n_features, "{count} column", "{count} columns")
        return f"{count}; {table.source or 'own points'}, {columns}"
    if is_truth_table(data):
        n = numbers.plural(len(sample.points), "{count} point", "{count} points")
        return f"{n} of a truth table: all of them train, and the same ones test"
    if available := catalogue.generator(data.name).available:
        count = f"{train} to train, {test} to test of {numbers.grouped(available)} there are"
    low, high = (numbers.four(value) for value in sample.extent)
    where = f"x {low} to {high}" if sample.projection is None else f"the picture shows the {sample.plane_title}"
    return "; ".join((count, where))


def _scaling(name: str, mean: float, deviation: float) -> str:
    return f"{name}: mean {numbers.four(mean)}, deviation {numbers.four(deviation)}"


def _most_reason(entry: catalogue.Generator) -> str:
    return f"{entry.label}: there are {numbers.grouped(entry.available)} examples." if entry.available else ""


def number_field(parameter: catalogue.Parameter) -> NumberField:
    """Return the slider of one setting of a generator."""
    low, high = parameter.low, parameter.high
    step = 1.0 if parameter.integer else (high - low) / _STEPS
    return NumberField(
        parameter.name,
        parameter.label,
        parameter.description,
        stops.linear(low, high, step),
        parameter.default,
        low,
        high,
        integer=parameter.integer,
    )


def _item(entry: catalogue.Generator) -> GalleryItem:
    sample = sample_of(DataSettings(entry.name, entry.rows or _THUMBNAIL_POINTS, entry.noise, 0.5, 1))
    low, high = sample.extent
    lines = [entry.description, sample.plane_title or f"Coordinates from {numbers.four(low)} to {numbers.four(high)}."]
    if entry.credit:
        lines.append(entry.credit)
    return GalleryItem(
        entry.name,
        entry.label,
        "\n".join(lines),
        _scaled(sample),
        sample.labels,
        max(2, sample.n_classes),
        sample.levels if sample.is_regression else None,
    )


def _scaled(sample: Sample, chosen: NDArray[np.int64] | slice = slice(None)) -> NDArray[np.float64]:
    """Return where the `chosen` points are drawn, −1 … 1."""
    left, right, bottom, top = sample.plane_extent
    low, high = np.array([left, bottom]), np.array([right, top])
    return np.asarray((2.0 * sample.positions[chosen] - (low + high)) / (high - low))
