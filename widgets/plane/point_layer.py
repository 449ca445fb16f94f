"""The data as one transparent picture, painted once and laid over each frame.

Up to `MOST_MARKERS` points are markers with a shape per class; above that each point is a few
pixels, written straight into the picture, so that 100,000 points stay usable.
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.plane.projection import Projection
from widgets.style import colour_tables, markers, style
from widgets.values import Points

MOST_MARKERS = 6000
LEVELS = 17
_CHUNK = 1 << 14
_SLICE = 1 << 17


def diameter_for(n_points: int) -> float:
    """Return the marker's diameter in logical pixels: the more points, the smaller."""
    return (8.0 if n_points <= 500 else 6.0 if n_points <= 2000 else 4.5) * style.current().scale


def shown(points: Points, *, with_test: bool) -> NDArray[np.int64]:
    """Return the indices of the points to draw: training points, then test points when asked for."""
    train = np.flatnonzero(~points.is_test)
    return np.concatenate([train, np.flatnonzero(points.is_test)]) if with_test else train


def point_layer(points: Points, projection: Projection, size: QSize, ratio: float, *, with_test: bool) -> QImage:
    """Return the picture of `points`; `size` is in logical pixels, `ratio` the screen's pixel ratio."""
    if len(points.positions) > MOST_MARKERS:
        return _as_pixels(points, projection, size, ratio, with_test=with_test)
    indices = shown(points, with_test=with_test)
    places = projection.many(points.positions[indices])
    inside = _inside(places, projection)
    return _as_markers(points, indices[inside], places[inside], size, ratio)


def _inside(places: NDArray[np.float64], projection: Projection) -> NDArray[np.bool_]:
    s = projection.square
    across = (places[:, 0] >= s.left()) & (places[:, 0] <= s.right())
    inside: NDArray[np.bool_] = across & (places[:, 1] >= s.top()) & (places[:, 1] <= s.bottom())
    return inside


def _colour_index(points: Points, indices: NDArray[np.int64] | slice) -> tuple[NDArray[np.int64], list[str], list[str]]:
    """Return a palette index per point, the palette, and the shape that goes with each entry."""
    if points.levels is not None:
        table = colour_tables.value_table()
        level = np.clip((points.levels[indices] + 1.0) * 0.5 * (LEVELS - 1), 0, LEVELS - 1)
        steps = np.rint(np.linspace(0, 255, LEVELS)).astype(int)
        return np.rint(level).astype(np.int64), [f"#{table[i] & 0xFFFFFF:06x}" for i in steps], ["circle"] * LEVELS
    colours = markers.class_colours(points.n_classes)
    shapes = [markers.shape_of(label) for label in range(len(colours))]
    return points.classes[indices] % len(colours), list(colours), shapes


def _as_markers(
    points: Points, indices: NDArray[np.int64], places: NDArray[np.float64], size: QSize, ratio: float
) -> QImage:
    theme = style.current()
    image = _blank(size, ratio)
    kinds, palette, shapes = _colour_index(points, indices)
    diameter = diameter_for(len(points.positions))
    width = 1.2 if diameter > 5 else 0.8
    sprites = [
        [markers.marker_image(shape, colour, ring, diameter, ratio, width) for ring in (theme.panel, theme.text)]
        for colour, shape in zip(palette, shapes, strict=True)
    ]
    side = sprites[0][0].width()
    corners = np.floor(places * ratio).astype(int) - side // 2
    with QPainter(image) as painter:
        painter.scale(1.0 / ratio, 1.0 / ratio)
        draw = painter.drawImage
        tests = points.is_test[indices]
        for (x, y), kind, test in zip(corners.tolist(), kinds.tolist(), tests.tolist(), strict=True):
            draw(x, y, sprites[kind][test])
    return image


def pixels_in_slices(
    points: Points, projection: Projection, size: QSize, ratio: float, *, with_test: bool
) -> Generator[None, None, QImage]:
    """Write every point as a few pixels, a slice at each ``next``: training points first, test points over them."""
    kinds, table = _pixel_colours(points)
    width, height = round(size.width() * ratio), round(size.height() * ratio)
    pixels = np.zeros(height * width, dtype=np.uint32)
    n = len(points.positions)
    side = max(1, round((2 if n <= 30_000 else 1) * ratio))
    steps = [down * width + right for down in range(side) for right in range(side)]
    tests: list[tuple[NDArray[np.int32], NDArray[np.uint32]]] = []

    def write(corners: NDArray[np.int32], colours: NDArray[np.uint32]) -> None:
        for step in steps:
            pixels[np.minimum(corners + step, len(pixels) - 1)] = colours

    for start in range(0, n, _CHUNK):  # what fits into the processor's cache takes a quarter of the time
        part = slice(start, start + _CHUNK)
        places = projection.many(points.positions[part])
        columns, rows = np.floor(places * ratio).astype(np.int32).T - side // 2
        corners, colours = np.maximum(rows, 0) * width + np.maximum(columns, 0), table[kinds[part]]
        inside, is_test = _inside(places, projection), points.is_test[part]
        chosen = inside & ~is_test
        write(corners[chosen], colours[chosen])
        if with_test:
            chosen = inside & is_test
            tests.append((corners[chosen], colours[chosen]))
        if start % _SLICE == 0:
            yield
    for i, test in enumerate(tests):
        write(*test)
        if i % (_SLICE // _CHUNK) == 0:
            yield
    # copy(): the picture then owns its memory and needs no array beside it.
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()
    image.setDevicePixelRatio(ratio)
    return image


def _as_pixels(points: Points, projection: Projection, size: QSize, ratio: float, *, with_test: bool) -> QImage:
    work = pixels_in_slices(points, projection, size, ratio, with_test=with_test)
    try:
        while True:
            next(work)
    except StopIteration as end:
        image: QImage = end.value
        return image


def _pixel_colours(points: Points) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return a number per point, and the colour of each number."""
    kinds, palette, _ = _colour_index(points, slice(None if points.levels is not None else 0))
    table = np.array([style.blend(colour, style.current().text, 0.6).rgba() for colour in palette], dtype=np.uint32)
    if points.levels is not None:
        return kinds, table
    return points.classes, table[
        np.arange(max(points.n_classes, len(table))) % len(table)
    ]  # not a division for each point


def _blank(size: QSize, ratio: float) -> QImage:
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(0, 0, 0, 0))
    return image
