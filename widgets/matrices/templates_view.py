"""Templates: the first layer's weights drawn as images, one scale of colour under them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.controls.example_thumb import ExampleThumb
from widgets.controls.labels import Note, secondary
from widgets.frame.panel import Panel
from widgets.matrices.named_map import NamedMap
from widgets.matrices.template_grid import TemplateGrid
from widgets.style import boxes, colour_tables, numbers, style
from widgets.style.themed import Themed
from widgets.values.example import ExamplePicture
from widgets.values.templates import Templates


class TemplateScale(Themed, QWidget):
    """The colours from −largest to +largest weight, with their numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._largest = 1.0
        self.setToolTip("Colour of a weight: one scale for all templates, ± the largest absolute weight.")
        self.take_theme()

    def set_largest(self, largest: float) -> None:
        """Show the ends −`largest` and +`largest`."""
        self._largest = largest
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip between its two numbers."""
        theme = style.current()
        with QPainter(self) as painter:
            painter.setFont(style.mono(8.0))
            painter.setPen(QColor(theme.secondary))
            low, high = numbers.live(-self._largest), numbers.live(self._largest)
            width = painter.fontMetrics().horizontalAdvance("−0.0000") + 6
            area = QRectF(self.rect())
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, low)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, high)
            strip = area.adjusted(width, area.height() / 2 - 4, -width, -(area.height() / 2 - 4))
            table = colour_tables.value_table()
            painter.drawImage(strip, QImage(table.data, len(table), 1, 4 * len(table), QImage.Format.Format_RGB32))
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawRect(strip)

    def take_theme(self) -> None:
        """Be as high as a line of text."""
        self.setFixedHeight(self.fontMetrics().height() + 6)


class TemplatesView(Panel):
    """Pictures of weights; with no hidden layer each class has one template.

    Signals
    -------
    template_clicked(int)
        The place of a picture: the unit that it belongs to.
    """

    template_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, framed: bool = True) -> None:
        super().__init__("Templates", parent, framed=framed)
        self.note = Note("secondary")
        self.grid, self.scale_strip = TemplateGrid(), TemplateScale()
        self.area = boxes.scroll_area(self.grid)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.thumb, self.example = ExampleThumb(40), secondary(wrap=False)
        self.mix_title, self.mix = secondary(), NamedMap("W₂")
        self.mix_area = boxes.scroll_area(self.mix)
        self.mix_area.setMaximumHeight(0)
        words = boxes.column(self.example, self.note, spacing=2)
        head = boxes.row(self.thumb, (words, 1), spacing=8)
        boxes.add(self.body, head, (self.area, 2), self.scale_strip, self.mix_title, (self.mix_area, 3))
        self.grid.template_clicked.connect(self.template_clicked)
        self.set_nothing("")

    @property
    def templates(self) -> Templates:
        """What is shown."""
        return self.grid.templates

    def set_templates(self, templates: Templates) -> None:
        """Show `templates`. Never emits."""
        self.grid.set_templates(templates)
        self.scale_strip.set_largest(self.grid.scale)
        self.note.setText(": ".join(part for part in (templates.title, templates.note) if part))
        self._show_example(templates.example)
        self._show_mix(templates)
        self.area.show()
        self.scale_strip.show()

    def _show_example(self, example: ExamplePicture | None) -> None:
        self.thumb.set_picture(example)
        self.example.setText("" if example is None else f"input x: {example.text}")
        self.example.setVisible(example is not None)

    def _show_mix(self, templates: Templates | None) -> None:
        """Show how the next layer combines the templates: a row for each of its units, a column for each template."""
        mix = None if templates is None else templates.mix
        for part in (self.mix_title, self.mix_area):
            part.setVisible(mix is not None)
        if templates is None or mix is None:
            return
        self.mix_title.setText(templates.mix_title)
        self.mix.set_values(mix)
        self.mix.set_labels(templates.mix_rows, templates.labels)
        self.mix_area.setMaximumHeight(
            self.mix.sizeHint().height() + self.mix_area.horizontalScrollBar().sizeHint().height()
        )

    def set_selected(self, place: int | None) -> None:
        """Ring one picture. Never emits."""
        self.grid.set_selected(place)

    def set_nothing(self, reason: str) -> None:
        """Show why there are no templates. Never emits."""
        self.area.hide()
        self.scale_strip.hide()
        self._show_example(None)
        self._show_mix(None)
        self.note.setText(reason)
