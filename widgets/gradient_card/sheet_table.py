"""The sections of a card as one scrolling table; only what is in sight is formatted and drawn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from widgets.gradient_card import table_painting
from widgets.gradient_card.card_sheet import Row, Section
from widgets.gradient_card.table_layout import SHORT_SUM, Columns, Line, columns_of, lines_of
from widgets.gradient_card.weight_editor import WeightEditor
from widgets.values import EdgeKey


class SheetTable(QAbstractScrollArea):
    """Rows that can be clicked, walked with the arrows, and whose weight can be typed.

    Signals
    -------
    row_clicked(object)
        The key (EdgeKey) of a row that a person chose.
    row_hovered(object)
        The key under the cursor, or None.
    number_typed(object, float)
        The key of a row and the number typed into its editable cell.
    typing_refused(str)
        Why what was typed is no number; empty once that is over.
    """

    row_clicked = Signal(object)
    row_hovered = Signal(object)
    number_typed = Signal(object, float)
    typing_refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[Section, ...] = ()
        self._shape: tuple[object, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._columns: tuple[Columns, ...] = ()
        self._all_digits = False
        self._unfolded: dict[str, bool] = {}
        self._selected: EdgeKey | None = None
        self._current: Line | None = None
        self._hovered: Line | None = None
        self._editor = WeightEditor(self.viewport())
        self._editor.number_typed.connect(self.number_typed)
        self._editor.refused.connect(self.typing_refused)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Nothing shines through: the widgets behind need not be painted at each frame.
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Numbers behind the card")
        self.setAccessibleDescription("Up and down walk the rows, Enter types a weight, Space chooses the edge.")

    # ---- values in -------------------------------------------------------------------------------

    def show_sections(self, sections: tuple[Section, ...], *, all_digits: bool) -> None:
        """Show `sections`; the layout is made anew only when their shape differs."""
        shape = (all_digits, tuple((s.name, len(s.rows), s.columns) for s in sections))
        self._sections, self._all_digits = sections, all_digits
        if shape != self._shape:
            self._shape = shape
            self._lay_out()
        self.viewport().update()

    def select(self, key: EdgeKey | None) -> None:
        """Mark the row of `key`; None marks none."""
        if key != self._selected:
            self._selected = key
            self.viewport().update()

    @property
    def selected(self) -> EdgeKey | None:
        """The key of the marked row."""
        return self._selected

    def is_folded(self, section: Section) -> bool:
        """Whether only the head of `section` shows: by choice, or because a longer sum would hide the edges."""
        alone = section.name != "terms" or len(self._sections) == 1
        lines = sum(len(s.rows) + 1 for s in self._sections)
        fits = lines * self._row_height() <= self.viewport().height()
        return not self._unfolded.get(section.name, alone or fits or len(section.rows) <= SHORT_SUM)

    def _lay_out(self) -> None:
        available = float(self.viewport().width())
        self._columns = tuple(columns_of(s, available, all_digits=self._all_digits) for s in self._sections)
        folded = frozenset(s.name for s in self._sections if self.is_folded(s))
        self._lines = lines_of(self._sections, folded)
        self._current = self._current if self._current in self._lines else None
        self._hovered = None
        self._editor.close_without_typing()
        height, width = self._row_height(), max((c.width for c in self._columns), default=0.0)
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, round(len(self._lines) * height) - self.viewport().height()))
        vertical.setSingleStep(round(height))
        vertical.setPageStep(self.viewport().height())
        horizontal.setRange(0, max(0, round(width - available)))
        horizontal.setPageStep(round(available))
        self.viewport().update()

    def _row_height(self) -> float:
        return self._columns[0].row_height if self._columns else 18.0

    # ---- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines in sight, then the head of the section they belong to on top."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self.palette().base())
        if self._lines:
            height, offset = self._row_height(), self.verticalScrollBar().value()
            painter.translate(-self.horizontalScrollBar().value(), 0)
            first = int(offset // height)
            last = min(int((offset + self.viewport().height()) // height) + 1, len(self._lines))
            for i in range(first, last):
                self._paint_line(painter, self._lines[i], i * height - offset)
            above = self._lines[min(first, len(self._lines) - 1)]
            if above.row is not None or offset % height:
                self._paint_line(painter, Line(above.section, None), 0.0)
        painter.end()

    def _paint_line(self, painter: QPainter, line: Line, top: float) -> None:
        section, columns = self._sections[line.section], self._columns[line.section]
        width = max(float(self.viewport().width()), columns.width)
        if line.row is None:
            table_painting.paint_head(painter, section, columns, top, width, folded=self.is_folded(section))
            return
        row = section.rows[line.row]
        chosen = row.key is not None and row.key == self._selected
        table_painting.paint_row(
            painter,
            section,
            row,
            columns,
            top,
            width,
            chosen=chosen,
            current=line == self._current and self.hasFocus(),
            hovered=line == self._hovered,
            all_digits=self._all_digits,
        )

    # ---- finding ---------------------------------------------------------------------------------

    def line_at(self, place: QPointF) -> Line | None:
        """Return the line under `place` in the viewport; the head that stays on top counts first."""
        if not self._lines:
            return None
        height, offset = self._row_height(), self.verticalScrollBar().value()
        if place.y() < height and offset:
            return Line(self._lines[min(int(offset // height), len(self._lines) - 1)].section, None)
        index = int((place.y() + offset) // height)
        return self._lines[index] if 0 <= index < len(self._lines) else None

    def cell_rect(self, line: Line, column: int) -> QRectF:
        """Return the place of a number's cell in the viewport (column 0 is the first number)."""
        top = self._lines.index(line) * self._row_height() - self.verticalScrollBar().value()
        left = -self.horizontalScrollBar().value()
        return self._columns[line.section].cell(column + 1, top).translated(left, 0)

    def text_at(self, place: QPoint) -> str:
        """Return the formula of the number under `place`, or what its column means."""
        line = self.line_at(QPointF(place))
        if line is None:
            return ""
        section = self._sections[line.section]
        column = self._columns[line.section].column_at(place.x() + self.horizontalScrollBar().value()) - 1
        if column < 0:
            return section.summary if line.row is None else section.rows[line.row].label
        if line.row is None:
            return f"{section.columns[column].head}: {section.columns[column].meaning}"
        return section.derive(line.row, column)

    def _row(self, line: Line | None) -> Row | None:
        return None if line is None or line.row is None else self._sections[line.section].rows[line.row]

    # ---- gestures --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold a section at its head; choose a row."""
        line = self.line_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or line is None:
            return
        if line.row is None:
            self._fold(self._sections[line.section])
        else:
            self._current = line
            self._choose(line)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Type into the editable cell of a row."""
        line = self.line_at(event.position())
        if line is not None and line.row is not None:
            self._edit(line)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the row under the cursor."""
        self._hover(self.line_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the cursor."""
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the rows; Enter or F2 types a weight, Space chooses the edge."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self._current is not None:
            self._fold(self._sections[self._current.section]) if self._current.row is None else self._edit(
                self._current
            )
        elif key == Qt.Key.Key_Space and self._row(self._current) is not None and self._current is not None:
            self._choose(self._current)
        else:
            event.ignore()

    def _fold(self, section: Section) -> None:
        self._unfolded[section.name] = self.is_folded(section)
        self._lay_out()

    def _choose(self, line: Line) -> None:
        row = self._row(line)
        self.viewport().update()
        if row is not None and row.key is not None:
            self._selected = row.key
            self.row_clicked.emit(row.key)

    def _edit(self, line: Line) -> None:
        row, section = self._row(line), self._sections[line.section]
        column = next((i for i, c in enumerate(section.columns) if c.editable), None)
        if row is None or row.key is None or column is None:
            return
        self._reveal(line)
        value = row.values[column]
        self._editor.open(self.cell_rect(line, column).toRect(), row.key, 0.0 if value is None else value, row.label)

    def _walk(self, step: int) -> None:
        if not self._lines:
            return
        index = self._lines.index(self._current) + step if self._current in self._lines else 0
        self._current = self._lines[min(max(index, 0), len(self._lines) - 1)]
        self._reveal(self._current)
        row = self._row(self._current)
        section = self._sections[self._current.section]
        spoken = section.summary if row is None else table_painting.spoken(section, row)
        self.setAccessibleDescription(spoken)
        self.viewport().update()

    def _reveal(self, line: Line) -> None:
        """Scroll so that `line` stands clear of the head that stays on top."""
        height, bar = self._row_height(), self.verticalScrollBar()
        top = round(self._lines.index(line) * height)
        if top - height < bar.value():
            bar.setValue(round(top - height))
        elif top + height > bar.value() + self.viewport().height():
            bar.setValue(round(top + height - self.viewport().height()))

    def _hover(self, line: Line | None) -> None:
        if line == self._hovered:
            return
        before, self._hovered = self._row(self._hovered), line
        after = self._row(line)
        self.viewport().update()
        if (before and before.key) != (after and after.key):
            self.row_hovered.emit(after.key if after else None)

    # ---- Qt --------------------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the formula of the number under the cursor."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.text_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Up, Down, Space and Enter while the table has the keyboard."""
        ours = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in ours:
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        self._current = self._current or (self._lines[0] if self._lines else None)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 (Qt's name)
        """Redraw after scrolling; an open editor would float."""
        self._editor.close_without_typing()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the columns over the new width."""
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Take up a new theme or type."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._lay_out()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Return room for a head and three rows."""
        return QSize(240, round(self._row_height() * 4))
