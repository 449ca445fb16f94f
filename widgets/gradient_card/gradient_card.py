"""upstream × local = downstream, with every number that stands behind it."""

from __future__ import annotations

from functools import singledispatch

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QStackedLayout, QWidget

from widgets.controls.button import Button
from widgets.controls.elided_label import ElidedLabel
from widgets.controls.labels import Label
from widgets.gradient_card.blanks import with_blanks
from widgets.gradient_card.boxes_view import BoxesView
from widgets.gradient_card.card_sheet import CardSheet, with_all_digits
from widgets.gradient_card.card_text import card_text
from widgets.gradient_card.input_sheet import input_sheet
from widgets.gradient_card.loss_sheet import loss_sheet
from widgets.gradient_card.mean_sheet import mean_sheet
from widgets.gradient_card.neuron_sheet import neuron_sheet
from widgets.gradient_card.notes_line import NotesLine
from widgets.gradient_card.sheet_table import SheetTable
from widgets.style import boxes, style
from widgets.style.themed import Themed
from widgets.values import EdgeKey, InputReading, LossReading, MeanReading, NeuronReading

Reading = NeuronReading | MeanReading | InputReading | LossReading

EMPTY = (
    "No node is selected yet.\n"
    "Click a neuron in the network (or move to it with the arrow keys and press Enter):\n"
    "its upstream × local = downstream appears here. A click on a data point chooses the example."
)


class GradientCard(Themed, QWidget):
    """The card of a neuron, an input or the loss at one example, or of one batch gradient.

    `header` (title, example, buttons) stands at the top until a window puts it elsewhere.

    Signals
    -------
    edge_clicked(object)
        The EdgeKey of a row that the user chose.
    mean_clicked(object)
        The EdgeKey of a row whose batch gradient the user wants to follow to its terms.
    example_clicked(int)
        The number of an example that the user chose among the terms.
    predict_clicked()
        The user wants to predict the numbers of the card.
    back_clicked()
        The user wants to leave the terms for the card of the neuron.
    edge_hovered(object)
        The EdgeKey under the cursor, or None.
    weight_typed(object, float)
        An EdgeKey and the weight that the user typed for it.
    answered(object, str)
        The place of a hidden number, and what was typed for it.
    wished(object, str)
        The place of a number (field and row), and what is asked of it: ``why`` or ``predict``.
    """

    edge_clicked = Signal(object)
    mean_clicked = Signal(object)
    example_clicked = Signal(int)
    back_clicked = Signal()
    predict_clicked = Signal()
    edge_hovered = Signal(object)
    weight_typed = Signal(object, float)
    answered = Signal(object, str)
    wished = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Reading | None = None
        self._sheet: CardSheet | None = None
        self.back_button = Button("Neuron", "Back to the card of the neuron (Backspace).", "chevron_left", role="flat")
        self.title = Label(parent=self)
        self.example = ElidedLabel(parent=self)
        self.digits_button = QPushButton("all digits", self)
        self.copy_button = QPushButton("copy", self)
        self.predict_button = QPushButton("predict", self)
        self.header = QWidget(self)
        self.boxes = BoxesView(self)
        self.table = SheetTable(self)
        self.notes = NotesLine(self)
        self.empty = Label(EMPTY, self)
        self._lay_out()
        self._connect()
        self.setAccessibleName("Gradient card")
        self._fill(None)

    def _lay_out(self) -> None:
        self.title.setStyleSheet("font-weight: bold;")
        self.example.setProperty("role", "secondary")
        self.empty.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        for button in (self.digits_button, self.copy_button, self.predict_button):
            button.setProperty("role", "flat")
        self.back_button.hide()
        head = (
            self.back_button,
            self.title,
            (self.example, 1),
            self.predict_button,
            self.digits_button,
            self.copy_button,
        )
        boxes.row(*head, owner=self.header, spacing=6)
        self.take_theme()
        page = QWidget(self)
        boxes.column(self.header, self.boxes, (self.table, 1), self.notes, owner=page, spacing=4)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(page)

    def take_theme(self) -> None:
        """Keep room for bold letters, in which a pressed button is set, so that nothing moves or is cut."""
        metrics = QFontMetrics(style.sans(9.0, bold=True))
        for button in (self.digits_button, self.copy_button):
            button.setMinimumWidth(metrics.horizontalAdvance(button.text()) + 18)

    def _connect(self) -> None:
        self.digits_button.setCheckable(True)
        self.digits_button.setToolTip(
            "Show every digit. Rounded factors do not multiply to the rounded product;\nall digits do."
        )
        self.predict_button.setToolTip("Hide the numbers of this card everywhere, and type what you expect (F8).")
        self.predict_button.clicked.connect(lambda: self.predict_clicked.emit())
        self.copy_button.setToolTip("Copy the whole card as text, with every digit (Ctrl+C).")
        self.digits_button.clicked.connect(self._on_digits_clicked)
        self.copy_button.clicked.connect(self.copy)
        self.back_button.clicked.connect(lambda: self.back_clicked.emit())
        self.table.row_clicked.connect(self._on_row_clicked)
        self.table.row_hovered.connect(lambda key: self.edge_hovered.emit(key if isinstance(key, EdgeKey) else None))
        self.table.number_opened.connect(self.mean_clicked)
        self.table.number_typed.connect(self.weight_typed)
        self.table.typing_refused.connect(self.notes.show_problem)
        for part in (self.boxes, self.table):
            part.answered.connect(self.answered)
            part.wished.connect(self.wished)

    # ---- values in -------------------------------------------------------------------------------

    def set_reading(self, reading: Reading | None) -> None:
        """Show `reading`; None shows what to do to get one. The same reading again costs nothing."""
        if reading is None or reading != self._reading:
            self._reading = reading
            self.back_button.setVisible(isinstance(reading, MeanReading))
            self._fill(None if reading is None else with_blanks(_sheet(reading), reading.known))

    def set_selected_edge(self, key: EdgeKey | None) -> None:
        """Mark the row of an edge that was chosen elsewhere; among terms, the chosen example is marked."""
        self.table.select(self._reading.chosen if isinstance(self._reading, MeanReading) else key)

    def show_step(self, of: str) -> None:
        """Bring the line of an update that ends in the quantity `of` into sight."""
        steps = self._reading.steps if isinstance(self._reading, MeanReading) else ()
        for line in (k for k, step in enumerate(steps) if step.of == of):
            self.table.show_line(line)

    def text(self) -> str:
        """Return the card as text with every digit; empty when nothing is read."""
        return "" if self._sheet is None else card_text(self._sheet)

    def copy(self) -> None:
        """Put the card as text on the clipboard."""
        if self._sheet is not None:
            QGuiApplication.clipboard().setText(self.text())

    def _fill(self, sheet: CardSheet | None) -> None:
        self._sheet = sheet
        self._stack.setCurrentIndex(0 if sheet is None else 1)
        if sheet is None:
            return
        _say(self.title, sheet.title)
        _say(self.example, f"·  {sheet.example}" if sheet.example else "")
        all_digits = self.digits_button.isChecked()
        self.boxes.show_boxes(sheet.boxes, sheet.operators, all_digits=all_digits)
        sections = tuple(with_all_digits(one) for one in sheet.sections) if all_digits else sheet.sections
        self.table.show_sections(sections, all_digits=all_digits)
        self.notes.show_notes(sheet.notes)

    def _on_row_clicked(self, key: EdgeKey | int) -> None:
        if isinstance(key, EdgeKey):
            self.edge_clicked.emit(key)
        else:
            self.example_clicked.emit(key)

    def _on_digits_clicked(self, all_digits: bool) -> None:
        self._fill(self._sheet)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the card with Ctrl+C; leave the terms with Backspace."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Backspace and isinstance(self._reading, MeanReading):
            self.back_clicked.emit()
        else:
            event.ignore()


@singledispatch
def _sheet(reading: Reading) -> CardSheet:
    raise TypeError(f"no card for {type(reading).__name__}")


_sheet.register(NeuronReading, neuron_sheet)
_sheet.register(MeanReading, mean_sheet)
_sheet.register(InputReading, input_sheet)
_sheet.register(LossReading, loss_sheet)


def _say(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
