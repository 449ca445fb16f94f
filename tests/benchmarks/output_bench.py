"""Time what the output, the curves, the card and the flow cost per frame.

Run ``python tests/benchmarks/output_bench.py``. Medians in milliseconds over repeated calls; a
paint is ``repaint()`` of the shown widget on the offscreen raster at one device pixel per pixel.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PySide6.QtWidgets import QApplication, QWidget

from widgets.gradient_card import GradientCard
from widgets.loss_plot import LossPlot
from widgets.plane import OutputPlane
from widgets.plots.flow_plot import FlowPlot
from widgets.style import style, themes
from widgets.values import (
    BIAS,
    EdgeKey,
    EdgeRow,
    Extent,
    FlowRow,
    NeuronReading,
    PlaneImage,
    Points,
    Series,
    UpstreamTerm,
)

EXTENT = Extent(-1.2, 1.2, -1.2, 1.2)


def milliseconds(work: Callable[[], object], repeats: int = 60) -> float:
    """Return the median time of `work`."""
    times = []
    for _ in range(repeats):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return 1e3 * median(times)


def row(name: str, value: float, target: str = "") -> None:
    """Print one line of the table."""
    print(f"{name:<58}{value:>9.3f}   {target}")


def shown(widget: QWidget, width: int, height: int) -> QWidget:
    """Show `widget` at a realistic size."""
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()
    return widget


def image(size: int) -> PlaneImage:
    """Return a picture of an XOR boundary."""
    grid = np.linspace(-1.2, 1.2, size)
    level = np.tanh(6 * grid[None, :] * grid[::-1, None])
    return PlaneImage((level * 127 + 128).astype(np.uint16), "value", EXTENT)


def points(n: int) -> Points:
    """Return `n` points of XOR, three in ten of them for testing."""
    rng = np.random.default_rng(0)
    places = rng.uniform(-1, 1, (n, 2))
    return Points(places, (places[:, 0] * places[:, 1] > 0).astype(np.int64), 2, rng.random(n) < 0.3)


def reading(n_inputs: int, z: float = 1.1852) -> NeuronReading:
    """Return a neuron with `n_inputs` inputs and as many next neurons."""
    edges = [
        EdgeRow(
            EdgeKey(2, i, 1), f"input {i + 1}", np.sin(i), np.cos(i), -0.13 * np.sin(i), -0.13 * np.cos(i), 0.01, 0.4
        )
        for i in range(n_inputs)
    ]
    edges.append(EdgeRow(EdgeKey(2, BIAS, 1), "bias", 1.0, 0.1, -0.1317, None, -0.03, 0.102))
    terms = tuple(UpstreamTerm(f"neuron {k + 1}", 0.3, -0.2, -0.06) for k in range(n_inputs))
    texts = ("neuron a₂⁽²⁾", "example 17 (x₁ = 0.62, x₂ = −0.41, class 1)", "tanh", "∂a/∂z = 1 − a²", "")
    numbers = (z, 0.8291, -0.4213, 0.3126, -0.1317)
    return NeuronReading(*texts, *numbers, terms, "", tuple(edges), "mean over the batch of 16")


def output() -> None:
    """Time the output view."""
    plot = OutputPlane()
    shown(plot, 345, 430)
    for size in (50, 100, 200):
        picture = image(size)
        row(f"output: set_image, {size} × {size}", milliseconds(lambda p=picture: plot.set_image(p)))
    for n in (400, 5_000, 100_000):
        plot.set_points(points(n))
        row(
            f"output: paint, {n:,} points (layer cached)", milliseconds(plot.plane.repaint), "0.15–0.30 for the picture"
        )
    plot.set_points(points(400))
    plot.set_batch(np.arange(16))
    plot.set_probe(0.62, -0.41)
    row("output: paint, 400 points, batch of 16, probe", milliseconds(plot.plane.repaint))
    for n in (400, 5_000, 100_000):
        data = points(n)

        def redraw(data: Points = data) -> None:
            plot.set_points(data)
            plot.plane.repaint()

        row(f"output: new points and paint, {n:,}", milliseconds(redraw, 9))
    plot.close()


def curves() -> None:
    """Time the curves."""
    plot = LossPlot()
    shown(plot, 345, 260)
    for n in (500, 1_000):
        x = np.arange(float(n))

        def update(x: np.ndarray = x) -> None:
            y = np.exp(-x / 100) + 0.03
            plot.set_series((Series("train", x, y), Series("test", x, y + 0.02, dashed=True)))
            plot.canvas.viewport().repaint()

        row(f"curves: two new curves of {n:,} points and paint", milliseconds(update, 30), "a few times a second")
    row("curves: paint alone", milliseconds(plot.canvas.viewport().repaint, 30))
    same = plot._series
    row("curves: set_series with the same tuple", milliseconds(lambda: plot.set_series(same)))
    plot.close()


def card() -> None:
    """Time the gradient card."""
    widget = GradientCard()
    shown(widget, 790, 260)
    for n in (4, 32):
        pair = cycle((reading(n), reading(n, 1.1852001)))

        def update(pair: Iterator[NeuronReading] = pair) -> None:
            widget.set_reading(next(pair))
            widget.repaint()

        row(f"card: new reading and paint, {n} inputs", milliseconds(update))
    widget.close()


def flow() -> None:
    """Time the flow."""
    widget = FlowPlot()
    shown(widget, 345, 160)
    for n in (3, 7):
        rows = tuple(FlowRow(f"W{i}", 10.0**-i, 1e-3) for i in range(n))

        def update(rows: tuple[FlowRow, ...] = rows) -> None:
            widget.set_rows(rows)
            widget.viewport().repaint()

        row(f"flow: new rows and paint, {n} layers", milliseconds(update))
    widget.close()


def main() -> None:
    """Print every row."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    style.apply(application, themes.LIGHT)
    print(f"{'':<58}{'ms':>9}")
    for part in (output, curves, card, flow):
        part()


if __name__ == "__main__":
    main()
