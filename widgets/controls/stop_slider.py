"""A slider that rests on stops: a click goes there at once, and one drag is one gesture."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

_VALUE_KEYS = frozenset(
    getattr(Qt.Key, f"Key_{name}") for name in ("Left", "Right", "Up", "Down", "PageUp", "PageDown", "Home", "End")
)


class StopSlider(QSlider):
    """A horizontal slider over the indices of stops.

    Signals
    -------
    keys_released()
        The key that moved the slider was let go, or the focus went elsewhere.
    reset_requested()
        Double-click.
    edit_requested()
        Enter: the value is to be typed.
    """

    keys_released = Signal()
    reset_requested = Signal()
    edit_requested = Signal()

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._grab = 0
        self._key_held = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_count(count)

    @property
    def is_key_held(self) -> bool:
        """Whether a key that moves the slider is down."""
        return self._key_held

    def set_count(self, count: int) -> None:
        """Offer `count` stops, indices 0 … count − 1."""
        self.setRange(0, max(0, count - 1))
        self.setSingleStep(1)
        self.setPageStep(max(1, count // 8))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag: on the handle where it was taken, elsewhere with a jump to the cursor."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        handle = self._handle()
        offset = round(event.position().x()) - handle.center().x()
        self._grab = offset if abs(offset) <= handle.width() // 2 else 0
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the drag."""
        if self.isSliderDown():
            self._go(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the default."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset_requested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Page and Home/End move; Enter asks for the editor."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_requested.emit()
            return
        if event.key() in _VALUE_KEYS:
            self._key_held = True
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End the gesture of a held key."""
        super().keyReleaseEvent(event)
        if event.key() in _VALUE_KEYS and not event.isAutoRepeat():
            self._end_keys()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End the gesture of a held key."""
        super().focusOutEvent(event)
        self._end_keys()

    def _end_keys(self) -> None:
        if self._key_held:
            self._key_held = False
            self.keys_released.emit()

    def _go(self, event: QMouseEvent) -> None:
        width = self._handle().width()
        x = round(event.position().x()) - self._grab - width // 2
        flipped = self.isRightToLeft() != self.invertedAppearance()
        span = max(1, self.width() - width)
        self.setSliderPosition(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), x, span, flipped))

    def _handle(self) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_SliderHandle
        return self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)
