"""The expression of a circuit; an error appears under it, at the column that it is about."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from widgets.controls.button import Button
from widgets.controls.labels import Label, Note, secondary
from widgets.controls.number_edit import NumberEdit
from widgets.style import boxes, style
from widgets.style.themed import Themed, restyle
from widgets.values import Choice, NumberField
from widgets.values.circuits import ExpressionError

TIP = (
    "An expression such as (x + y) * z. Operators + − * / **, functions max, min, exp, log, sqrt, abs, sin, cos, "
    "tanh, sigmoid, relu; names become inputs. Values may be named: z = w * x; a = relu(z). Enter builds its circuit."
)
LONGEST = 10_000
UPSTREAM = NumberField(
    key="upstream",
    label="upstream",
    tooltip="The gradient that arrives at the result from outside, ∂L/∂f. 1 makes every gradient ∂f/∂(…).",
    stops=(-2.0, -1.0, 0.0, 1.0, 2.0),
    default=1.0,
    low=-1e6,
    high=1e6,
)


class ExpressionEdit(Themed, QLineEdit):
    """A line edit that underlines the column an error is about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._error: ExpressionError | None = None
        self.take_theme()

    def set_error(self, error: ExpressionError | None) -> None:
        """Underline the place of `error`, or nothing."""
        self._error = error
        restyle(self, "wrong", error is not None)
        self.update()

    def take_theme(self) -> None:
        """Follow the type scale."""
        wanted = style.mono(10.5)
        if self.font() != wanted:
            self.setFont(wanted)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, then a wave under the error while the text fits its line."""
        super().paintEvent(event)
        if self._error is None or self._error.column is None:
            return
        metrics = self.fontMetrics()
        if metrics.horizontalAdvance(self.text()) > self.width() - 20:
            return
        start = 9 + metrics.horizontalAdvance(self.text()[: self._error.column - 1])
        end = 9 + metrics.horizontalAdvance(self.text()[: self._error.column - 1 + max(self._error.length, 1)])
        end = max(end, start + 7)
        base = self.height() / 2 + metrics.ascent() / 2 + 3
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(style.current().warning), 1.4))
            points = [QPointF(x, base + (2 if k % 2 else 0)) for k, x in enumerate(range(start, end + 1, 3))]
            painter.drawPolyline(points)


class ExpressionBar(QWidget):
    """The expression, the examples, the upstream gradient of the result, and the error line.

    Signals
    -------
    expression_entered(str)
        Enter was pressed.
    expression_edited(str)
        The user changed the text.
    example_picked(str)
        The key of an example.
    upstream_changed(float)
        The upstream gradient of the result.
    """

    expression_entered = Signal(str)
    expression_edited = Signal(str)
    example_picked = Signal(str)
    upstream_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = ExpressionEdit()
        self.editor.setMaxLength(LONGEST)
        self.editor.setToolTip(TIP)
        self.editor.setAccessibleName("Expression")
        self.examples = Button(
            "Examples", "The lecture's worked examples, each with its numbers.", "chevron_down", icon_after=True
        )
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.examples.setMenu(self.menu)
        self.result = Label("f =")
        self.upstream = NumberEdit(UPSTREAM, characters=7)
        self.upstream.setToolTip(UPSTREAM.tooltip)
        self.error = Note()
        self._build()
        self.set_origin("")
        self.editor.returnPressed.connect(self._on_return_pressed)
        self.editor.textEdited.connect(self.expression_edited)
        self.editor.textChanged.connect(self._name_result)
        self.upstream.number_entered.connect(self.upstream_changed)
        self.upstream.number_refused.connect(self.error.setText)
        self.menu.triggered.connect(lambda action: self.example_picked.emit(str(action.data())))

    def set_expression(self, text: str) -> None:
        """Show `text`, unless it is shown already. Never emits."""
        if text != self.editor.text():
            self.editor.setText(text)

    def set_origin(self, title: str) -> None:
        """Say in the empty field where a circuit without an expression came from."""
        self._origin = title
        self._name_result(self.editor.text())
        self.editor.setPlaceholderText(
            f"{title}, from the network: type an expression for another" if title else "(x + y) * z"
        )

    def set_error(self, error: ExpressionError | None) -> None:
        """Show what is wrong, and where; None hides it."""
        self.editor.set_error(error)
        self.error.setVisible(error is not None)
        if error is not None:
            place = f"column {error.column}: " if error.column is not None and "column" not in error.message else ""
            self.error.setText(f"{place}{error.message}")
            self.editor.setAccessibleDescription(self.error.text())

    def set_examples(self, examples: tuple[Choice, ...]) -> None:
        """Offer `examples` in the menu."""
        self.menu.clear()
        for example in examples:
            action = QAction(example.label, self.menu)
            action.setData(example.key)
            action.setToolTip(example.tooltip)
            self.menu.addAction(action)

    def set_upstream(self, upstream: float) -> None:
        """Show the upstream gradient of the result."""
        self.upstream.set_value(upstream)

    def _name_result(self, text: str) -> None:
        """Write ``f =`` before an expression; values that are named, and a part of the network, have names already."""
        self.result.setVisible("=" not in text and not (self._origin and not text))

    def _on_return_pressed(self) -> None:
        self.expression_entered.emit(self.editor.text())
        if not self.error.isVisible():
            self.editor.setModified(False)

    def _build(self) -> None:
        label = secondary("upstream ∂L/∂f", wrap=False)
        label.setBuddy(self.upstream)
        row = boxes.row(self.result, (self.editor, 1), self.examples, 8, label, self.upstream, spacing=8)
        boxes.column(row, self.error, owner=self, spacing=2)
