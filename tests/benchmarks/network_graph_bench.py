"""Times the network view: new numbers to painted pixels, printed beside the figure to reach.

Run it with ``python tests/benchmarks/network_graph_bench.py``; add ``--profile`` for where the time goes.
"""

from __future__ import annotations

import os
import sys
import time
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.network_graph import NetworkGraph
from widgets.style import style, themes
from widgets.values import NetworkColumn, NetworkDiagram, NetworkFrame, NetworkNumbers, NodeKey

ROWS = (("2-4-2-1", (2, 4, 2, 1), 1.0), ("2-8×6-1", (2, *[8] * 6, 1), 7.0), ("2-64×3-1", (2, 64, 64, 64, 1), 10.0))
FRAMES = 40


def diagram(widths: tuple[int, ...]) -> NetworkDiagram:
    """Return the structure of a network of `widths`."""
    last = len(widths) - 1
    kinds = ["input", *["hidden"] * (last - 1), "output"]
    return NetworkDiagram(
        tuple(
            NetworkColumn(kind, f"{kind} {layer}", tuple(f"{layer}[{unit}]" for unit in range(width)), "tanh")
            for layer, (kind, width) in enumerate(zip(kinds, widths, strict=True))
        )
    )


def frames(widths: tuple[int, ...], count: int, size: int = 32) -> list[NetworkFrame]:
    """Return `count` frames with all numbers different; those that are written change with every third."""
    rng = np.random.default_rng(0)
    written = [
        NetworkNumbers(
            tuple(rng.normal(size=width) for width in widths),
            tuple(rng.normal(size=(b, a + 1)) for a, b in pairwise(widths)),
        )
        for _ in range(0, count, 3)
    ]
    return [
        NetworkFrame(
            maps=tuple(rng.integers(0, 256, (width, size, size), dtype=np.uint8) for width in widths),
            edges=tuple(rng.normal(size=(b, a + 1)) for a, b in pairwise(widths)),
            edge_scale=2.5,
            loss=float(rng.random()),
            numbers=written[index // 3],
        )
        for index in range(count)
    ]


def milliseconds(work: object, count: int) -> float:
    """Return the median time of ``work(i)`` for i below `count`."""
    spent = []
    for index in range(count):
        start = time.perf_counter()
        work(index)  # type: ignore[operator]
        spent.append(time.perf_counter() - start)
    return 1e3 * float(np.median(spent))


def main() -> None:
    """Print a row per network."""
    app = QApplication([])
    style.apply(app, themes.LIGHT)
    print("network      all new  hover repaint  hit test  2× HiDPI   ms (790 × 480, median; to reach for 'all new')")
    for name, widths, target in ROWS:
        view = NetworkGraph()
        view.resize(790, 480)
        view.set_diagram(diagram(widths))
        streamed = frames(widths, FRAMES)
        view.set_frame(streamed[0])
        view.grab()
        canvas = view.canvas

        def paint(ratio: float = 1.0, canvas: object = canvas) -> None:
            image = QImage(round(790 * ratio), round(480 * ratio), QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(ratio)
            painter = QPainter(image)
            canvas.scene.draw(painter, ratio)  # type: ignore[attr-defined]
            canvas.draw_marks(painter, ratio)  # type: ignore[attr-defined]
            painter.end()

        def fresh(index: int, view: object = view, paint: object = paint, streamed: object = streamed) -> None:
            view.set_frame(streamed[index])  # type: ignore[attr-defined, index]
            paint()  # type: ignore[operator]

        def hover(index: int, view: object = view, paint: object = paint, widths: object = widths) -> None:
            view.set_hovered(NodeKey(1, index % widths[1]))  # type: ignore[attr-defined, index]
            paint()  # type: ignore[operator]

        def sharp(index: int, view: object = view, paint: object = paint, streamed: object = streamed) -> None:
            view.set_frame(streamed[index])  # type: ignore[attr-defined, index]
            paint(2.0)  # type: ignore[operator]

        new = milliseconds(fresh, FRAMES)
        over = milliseconds(hover, FRAMES)
        view.set_hovered(None)
        hit = milliseconds(lambda i, canvas=canvas: canvas.scene.at(QPointF(200.0 + i, 240.0)), FRAMES)
        double = milliseconds(sharp, FRAMES)
        print(f"{name:10} {new:9.2f} {over:13.2f} {hit:10.3f} {double:9.2f}   (≤ {target:g})")
    if "--profile" in sys.argv:
        import cProfile
        import pstats

        view = NetworkGraph()
        view.resize(790, 480)
        view.set_diagram(diagram(ROWS[1][1]))
        streamed = frames(ROWS[1][1], FRAMES)
        image = QImage(790, 480, QImage.Format.Format_RGB32)
        profile = cProfile.Profile()
        profile.enable()
        for frame in streamed:
            view.set_frame(frame)
            painter = QPainter(image)
            view.canvas.scene.draw(painter, 1.0)
            view.canvas.draw_marks(painter, 1.0)
            painter.end()
        profile.disable()
        pstats.Stats(profile).sort_stats("tottime").print_stats(14)


if __name__ == "__main__":
    main()
