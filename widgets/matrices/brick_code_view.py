"""A brick as code, its present numbers beside the lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import ScaledLabel
from widgets.style import boxes, style
from widgets.style.themed import Themed
from widgets.values.tensors import BrickCode

POINTS = 8.0
COPY_TIP = "Copy this class to the clipboard, with its imports."


class BrickCodeView(Themed, QWidget):
    """The lines of a brick: code at the left, at the right what the line computes now; ``copy`` is laid out outside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.copy = Button("Copy", COPY_TIP, "copy", role="flat")
        self.texts: list[ScaledLabel] = []
        self.numbers: list[ScaledLabel] = []
        self._code = BrickCode((), "")
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        boxes.column((boxes.scroll_area(self._inside), 1), owner=self)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._code.script))

    def set_code(self, code: BrickCode) -> None:
        """Show `code`; the same lines with other numbers cost no layout of their own."""
        if [line.text for line in code.lines] != [line.text for line in self._code.lines]:
            self._rebuild(len(code.lines))
        kinds = [line.kind for line in code.lines]
        recolour = kinds != [line.kind for line in self._code.lines]
        self._code = code
        for line, text, number in zip(code.lines, self.texts, self.numbers, strict=True):
            text.setText(line.text)
            number.setText(line.numbers)
            number.setToolTip(line.tip)
        if recolour:
            self.take_theme()

    def take_theme(self) -> None:
        """Write values and gradients in their colours."""
        theme = style.current()
        colours = {"value": theme.forward, "gradient": theme.gradient, "note": theme.secondary}
        for line, number in zip(self._code.lines, self.numbers, strict=False):
            number.setStyleSheet(f"color: {colours[line.kind]};")

    def _rebuild(self, n: int) -> None:
        boxes.clear(self._grid)
        self.texts = [ScaledLabel(POINTS) for _ in range(n)]
        self.numbers = [ScaledLabel(POINTS) for _ in range(n)]
        self._code = BrickCode((), "")
        for row, (text, number) in enumerate(zip(self.texts, self.numbers, strict=True)):
            for column, label in enumerate((text, number)):
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._grid.addWidget(label, row, column)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(n, 1)
