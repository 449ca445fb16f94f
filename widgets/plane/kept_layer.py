"""KeptLayer: the picture of the points, made once; of very many points in slices between the events of the window."""

from __future__ import annotations

from collections.abc import Generator

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from widgets.plane.point_layer import pixels_in_slices, point_layer
from widgets.plane.projection import Projection
from widgets.values import Points

MOST_AT_ONCE = 100_000
"""More points than this would hold up the window for several frames."""


class KeptLayer(QObject):
    """Caches the picture until ``forget``."""

    made = Signal()  # a picture that was being made is ready

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._work: Generator[None, None, QImage] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._make_more)

    def forget(self) -> None:
        """Make another picture when one is asked for: what is to be seen has changed."""
        self._image = self._work = None
        self._timer.stop()

    def image(
        self, points: Points, projection: Projection, size: QSize, ratio: float, *, with_test: bool, at_once: bool
    ) -> QImage | None:
        """Return the picture; None while it is being made, unless it must be there `at_once`."""
        if self._image is None and (at_once or len(points.positions) <= MOST_AT_ONCE):
            self.forget()
            self._image = point_layer(points, projection, size, ratio, with_test=with_test)
        elif self._image is None and self._work is None:
            self._work = pixels_in_slices(points, projection, size, ratio, with_test=with_test)
            self._timer.start(0)
        return self._image

    def _make_more(self) -> None:
        if self._work is None:
            return
        try:
            next(self._work)
        except StopIteration as end:
            self.forget()
            self._image = end.value
            self.made.emit()
