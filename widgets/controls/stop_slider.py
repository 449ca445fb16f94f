"""A slider that rests on stops: a click goes there at once, and one drag is one gesture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QAccessibleValueInterface,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)  # fmt: skip
from PySide6.QtWidgets import QAccessibleWidget, QSlider, QStyle, QStyleOptionSlider, QWidget
from shiboken6 import VoidPtr

from widgets.controls import described, stops
from widgets.controls.described import Described

_VALUE_KEYS = frozenset(
    getattr(Qt.Key, f"Key_{name}") for name in ("Left", "Right", "Up", "Down", "PageUp", "PageDown", "Home", "End")
)


class StopSlider(Described, QSlider):
    """A horizontal slider over the indices of `offered` stops; a screen reader meets their values.

    ``exact`` returns the value where it may lie between stops or beyond them.

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

    def __init__(self, offered: Sequence[float], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.exact: Callable[[], float] = lambda: self._stops[self.value()]
        self._grab = 0
        self._key_held = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_stops(offered)

    @property
    def is_key_held(self) -> bool:
        """Whether a key that moves the slider is down."""
        return self._key_held

    @property
    def stops(self) -> Sequence[float]:
        """The values that it rests on."""
        return self._stops

    def set_stops(self, offered: Sequence[float]) -> None:
        """Offer other stops."""
        self._stops = offered
        self.setRange(0, max(0, len(offered) - 1))
        self.setSingleStep(1)
        self.setPageStep(max(1, len(offered) // 8))

    def description(self) -> QAccessibleInterface:
        """Return a slider over values instead of indices."""
        return _SliderInterface(self)

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the panel, not the value, unless the user is at this slider."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

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


class _SliderInterface(QAccessibleWidget):
    """The slider: its value is that of a stop, never the number of one."""

    def __init__(self, slider: StopSlider) -> None:
        super().__init__(slider, QAccessible.Role.Slider)
        self._value = _SliderValue(slider)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> VoidPtr:  # type: ignore[override]
        """Return the value, or what every widget has."""
        if kind == QAccessible.InterfaceType.ValueInterface:
            return described.address(self._value)
        return super().interface_cast(kind) or described.NOTHING  # type: ignore[return-value]


class _SliderValue(QAccessibleValueInterface):
    def __init__(self, slider: StopSlider) -> None:
        super().__init__()
        self._slider = slider

    def currentValue(self) -> float:
        """Return the value; where it has no limit, the largest that can be chosen with one."""
        return min(self._slider.exact(), self.maximumValue())

    def minimumValue(self) -> float:
        """Return the lowest stop, or a value that was typed below it."""
        return min(self._slider.stops[0], self._slider.exact())

    def maximumValue(self) -> float:
        """Return the highest stop that is a number, or a value that was typed above it."""
        return max(filter(isfinite, (*self._slider.stops, self._slider.exact())))

    def minimumStepSize(self) -> float:
        """Return 0: stops may be unevenly far apart."""
        return 0.0

    def setCurrentValue(self, value: float) -> None:
        """Go to the nearest stop."""
        self._slider.setValue(stops.nearest(self._slider.stops, value))
