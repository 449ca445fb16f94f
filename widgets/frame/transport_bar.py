"""The bar on top: buttons that move training, speed, the numbers and the goal; learn, circuits, share, theme."""

from __future__ import annotations

from functools import partial
from math import inf

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from widgets.controls import fields, stops
from widgets.controls.button import Button
from widgets.controls.labels import Label
from widgets.controls.number_menu import open_number_menu
from widgets.controls.readout import DASH, Readout
from widgets.controls.stop_slider import StopSlider
from widgets.lessons.goal_chip import GoalChipLabel
from widgets.style import boxes, numbers, style
from widgets.style.themed import Themed
from widgets.values import NumberField, TransportReadouts
from widgets.values.lessons import GoalChip

AUTO = 0.0
SPEED = NumberField(
    "speed", "Speed",
    "Iterations a second while playing. Auto begins at 50 and doubles every second; max is as many as the frames leave "
    "time for.",
    (AUTO, *stops.decades(0, 4, stops.ONE_TWO_FIVE), inf), AUTO, AUTO, 1e6, unit="it/s", infinity_text="max",
)  # fmt: skip
PACE = NumberField(
    "pace", "Phases a second", "How fast slow motion goes while it plays.",
    (0.2, 0.5, 1.0, 2.0, 5.0, 10.0), 1.0, 0.1, 60.0,
)  # fmt: skip

_BACK = "Go back exactly one iteration (Shift+F10)."
_PLAY = "Train continuously (F5)."
_PAUSE = "Pause training (F5)."
_DATA_LOSS = "(1/N) Σ Lᵢ over the {}; the regularization loss λ·Σ R(W) stands apart, the loss L is their sum."


class TransportBar(Themed, QFrame):
    """Buttons that move the training, and read-outs of where it is.

    Where the bar is short of space the buttons show their icons alone.

    Signals
    -------
    reset_clicked(), back_clicked(), step_clicked(), epoch_clicked()
        Back to iteration 0; one iteration back; one iteration; to the end of the epoch.
    play_toggled(bool), slow_motion_toggled(bool)
        What the user asks for; the bar shows it once :meth:`set_playing` or
        :meth:`set_slow_motion` says so.
    speed_changed(float)
        Iterations a second; infinity for as many as possible, 0 for more and more.
    pace_changed(float)
        Phases a second, while slow motion is on.
    learn_clicked(), circuits_clicked(), share_clicked(), theme_clicked()
        The buttons at the right.
    loss_why_requested()
        The user asks, in the menu of a loss, where it comes from.
    """

    reset_clicked = Signal()
    back_clicked = Signal()
    play_toggled = Signal(bool)
    step_clicked = Signal()
    epoch_clicked = Signal()
    slow_motion_toggled = Signal(bool)
    speed_changed = Signal(float)
    pace_changed = Signal(float)
    learn_clicked = Signal()
    circuits_clicked = Signal()
    share_clicked = Signal()
    theme_clicked = Signal()
    loss_why_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playing = False
        self._speed, self._pace = AUTO, PACE.default
        self._rate: float | None = None
        self._field = SPEED
        self._kept = ""
        self._is_still, self._withheld = False, frozenset[str]()
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Transport")
        self.reset = Button("Reset", "Go back to iteration 0 with the same start weights (Ctrl+R).", "reset")
        self.back = Button("Back", _BACK, "back")
        self.play = Button("Play", _PLAY, "play", role="primary")
        self.step = Button("Step", "One iteration: one mini-batch, one update w ← w + Δw (F10).", "step",
                           icon_after=True)  # fmt: skip
        self.epoch = Button("Epoch", "To the end of this epoch: every training example once (Ctrl+F10).", "epoch",
                            icon_after=True)  # fmt: skip
        self.slow = Button("Slow motion", "Step through one iteration: batch, forward, loss, backward, update.",
                           "slow", checkable=True)  # fmt: skip
        self.learn = Button("Learn", "Lessons, practice and review.", "learn")
        self.circuits = Button("Circuits", "Type an expression and follow its gradients gate by gate.", "circuit")
        self.share = Button(
            "Share", "Copy or open a link, save the document, export code, pictures and tables.", "share"
        )
        self.theme = Button("Theme", "Switch between the light and the dark theme.", "moon")
        self.speed = StopSlider(SPEED.stops)
        self.speed_label = Label()
        self.iteration = Readout("Iteration", "Updates done; one per mini-batch.", 9)
        self.epochs = Readout("Epoch", "Passes over the training set that are complete.", 7)
        self.train_loss = Readout("Train data loss", _DATA_LOSS.format("training examples"), 8)
        self.test_loss = Readout("Test data loss", _DATA_LOSS.format("test examples, which are not trained on"), 8)
        self.accuracy = Readout("Test accuracy", "Share of the test examples whose class is right.", 7)
        self.goal = GoalChipLabel()
        self._buttons = (self.slow, self.epoch, self.step, self.back, self.reset, self.share, self.circuits, self.learn)
        for readout in (self.train_loss, self.test_loss):
            readout.number.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            readout.number.customContextMenuRequested.connect(partial(self._open_menu, readout.number))
        self._readouts = (self.iteration, self.epochs, self.train_loss, self.test_loss, self.accuracy)
        self._spare = (self.epochs, self.accuracy, self.test_loss, self.train_loss)
        self._build()
        self._connect()
        self.set_speed(AUTO)
        self.take_theme()

    def set_playing(self, playing: bool) -> None:
        """Show whether training runs: Play becomes Pause. Never emits."""
        if playing != self._playing:
            self._playing = playing
            self.play.set_face(*(("Pause", "pause", _PAUSE) if playing else ("Play", "play", _PLAY)))

    def set_slow_motion(self, on: bool) -> None:
        """Show whether slow motion is on. Never emits."""
        with QSignalBlocker(self.slow):
            self.slow.setChecked(on)
        field = PACE if on else SPEED
        if field is not self._field:
            self._field = field
            with QSignalBlocker(self.speed):
                self.speed.set_stops(field.stops)
            self._place()

    def set_speed(self, speed: float) -> None:
        """Show the speed; infinity is max, 0 is auto. Never emits."""
        self._speed = float(speed)
        self._place()

    def set_rate(self, steps_per_second: float | None) -> None:
        """Show how fast it goes where no fixed speed says so; None while it does not. Never emits."""
        self._rate = steps_per_second
        self._show_speed()

    def set_goal(self, goal: GoalChip | None) -> None:
        """Show the goal of a lesson, or none. Never emits."""
        was_hidden = self.goal.isHidden()
        self.goal.set_goal(goal)
        if was_hidden != self.goal.isHidden():
            self._fit()

    def set_withheld(self, keys: frozenset[str]) -> None:
        """Keep the buttons that move training and the speed, where they are in `keys`, out of sight. Never emits."""
        for part, key in (
            (self.play, "play"), (self.step, "step"), (self.reset, "reset"), (self.back, "back"), (self.epoch, "epoch"),
            (self.slow, "slow_motion"), (self.speed, "speed"), (self.speed_label, "speed"),
        ):  # fmt: skip
            part.setVisible(key not in keys and not self._is_still)
        self._withheld = keys
        self._fit()

    def set_still(self, still: bool) -> None:
        """Leave out what moves and measures training while something else stands in the place of the network."""
        self._is_still = still
        self.setMinimumHeight(self.height() if still else 0)  # so that nothing below it moves
        for readout in self._readouts:
            readout.setVisible(not still)
        self.set_withheld(self._withheld)

    def set_can_go_back(self, possible: bool, note: str = "") -> None:
        """Enable Back if there is an earlier iteration; `note` says which iterations can be reached. Never emits."""
        self.back.setEnabled(possible)
        if note and note != self._kept:
            self._kept = note
            self.back.setToolTip(f"{_BACK}\n{note}")

    def _open_menu(self, number: QWidget, at: QPoint) -> None:
        open_number_menu(number, at, lambda _wish: self.loss_why_requested.emit(), can_predict=False)

    def set_readouts(self, values: TransportReadouts) -> None:
        """Show where training is; cheap enough for each frame. Never emits."""
        iteration = numbers.grouped(values.iteration, 6)
        grew = self.iteration.set_text(iteration, numbers.full(values.iteration))
        grew |= self.epochs.set_text(numbers.grouped(values.epoch))
        for readout, loss in ((self.train_loss, values.train_loss), (self.test_loss, values.test_loss)):
            text, exact = (DASH, "") if loss is None else (numbers.live(loss), numbers.full(loss))
            apart = f"{exact}; the regularization loss is {numbers.full(values.regularization_loss)}" if exact else ""
            grew |= readout.set_text(text, apart)
        share = values.test_accuracy
        self.accuracy.set_text(DASH if share is None else f"{numbers.fixed(100.0 * share, 1)} %")
        if grew:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line below, so that no new number paints the window behind it too."""
        with QPainter(self) as painter:
            painter.fillRect(event.rect(), QColor(style.current().panel))
            painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(style.current().line))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up words, the least needed first, until everything fits."""
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        self.theme.set_compact(True)
        self.play.setMinimumWidth(92)
        self.speed.setAccessibleName("Speed")
        self.speed_label.setProperty("role", "secondary")
        self.speed_label.setBuddy(self.speed)
        moves = self.reset, self.back, self.play, self.step, self.epoch, self.slow
        speed = boxes.column(self.speed_label, self.speed, spacing=0)
        parts = (
            *moves,
            8,
            speed,
            8,
            *self._readouts,
            (self.goal, 1),
            boxes.STRETCH,
            self.learn,
            self.circuits,
            self.share,
            self.theme,
        )
        self._row = boxes.row(*parts, owner=self, spacing=style.GRID, margins=(12, 6, 12, 6))
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def _connect(self) -> None:
        self.reset.clicked.connect(lambda: self.reset_clicked.emit())
        self.back.clicked.connect(lambda: self.back_clicked.emit())
        self.play.clicked.connect(lambda: self.play_toggled.emit(not self._playing))
        self.step.clicked.connect(lambda: self.step_clicked.emit())
        self.epoch.clicked.connect(lambda: self.epoch_clicked.emit())
        self.slow.toggled.connect(lambda on: self.slow_motion_toggled.emit(on))
        self.learn.clicked.connect(lambda: self.learn_clicked.emit())
        self.circuits.clicked.connect(lambda: self.circuits_clicked.emit())
        self.share.clicked.connect(lambda: self.share_clicked.emit())
        self.theme.clicked.connect(lambda: self.theme_clicked.emit())
        self.speed.valueChanged.connect(self._on_speed_moved)
        self.speed.reset_requested.connect(
            lambda: self.speed.setValue(stops.nearest(self._field.stops, self._field.default))
        )

    def _on_speed_moved(self, index: int) -> None:
        value = self._field.stops[index]
        if self._field is PACE:
            self._pace = value
            self._show_speed()
            self.pace_changed.emit(value)
        else:
            self._speed, self._rate = value, None
            self._show_speed()
            self.speed_changed.emit(value)

    def take_theme(self) -> None:
        """Offer the other theme, and keep room for the speed in the current type."""
        dark = style.current().is_dark
        self.theme.set_face("Light theme" if dark else "Dark theme", "sun" if dark else "moon")
        width = self.fontMetrics().horizontalAdvance("Speed · auto, 100 000 it/s")
        self.speed_label.setFixedWidth(width)
        self.speed.setFixedWidth(width)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the words into the bar in the current type, once its parts have it too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _place(self) -> None:
        with QSignalBlocker(self.speed):
            self.speed.setValue(stops.nearest(self._field.stops, self._pace if self._field is PACE else self._speed))
        self._show_speed()

    def _show_speed(self) -> None:
        field, text = self._field, self._speed_text()
        self.speed_label.setText(f"{field.label} · {text}")
        for part in (self.speed, self.speed_label):
            part.setToolTip(f"{field.tooltip}\nDouble-click for {'auto' if field is SPEED else '1 phase a second'}.")
        self.speed.setAccessibleName(field.label)
        self.speed.setAccessibleDescription(text)

    def _speed_text(self) -> str:
        if self._field is PACE:
            return fields.shown(PACE, self._pace)
        text = "auto" if self._speed == AUTO else fields.shown(SPEED, self._speed)
        is_open = self._rate is not None and self._speed in (AUTO, inf)
        return f"{text}, {numbers.grouped(round(self._rate or 0.0))} {SPEED.unit}" if is_open else text

    def minimumSizeHint(self) -> QSize:
        """Allow the bar to shrink: its words and then some of its numbers give way."""
        return QSize(640, super().minimumSizeHint().height())

    def _fit(self) -> None:
        for button in self._buttons:
            button.set_compact(False)
        for readout in self._spare:
            readout.setVisible(not self._is_still)
        self._row.invalidate()
        needed = self._row.minimumSize().width()
        for button in self._buttons:
            if needed <= self.width():
                return
            needed -= boxes.least_width(button)
            button.set_compact(True)
            needed += boxes.least_width(button)
        for readout in self._spare:
            if needed <= self.width() or self._is_still:
                return
            needed -= boxes.least_width(readout) + self._row.spacing()
            readout.hide()
