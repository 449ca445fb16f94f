"""Monkey: random but valid gestures of a user over the real window, from a seed.

It clicks, drags, turns the wheel and types on whatever can be seen, answers every dialog, and now and
then goes to places that blind clicking would seldom reach. After every gesture it looks for faults.
Training goes by the clock, so the same seed repeats the gestures, not every number they meet.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QFileDialog,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from playground.app.window.main_window import MainWindow
from tests.soak.answers import HOSTILE, Answers, corpus
from tests.soak.guard import Guard, Scales, network_ports, resident_mib, tidy
from tests.soak.learner import Learner
from widgets.style import style
from widgets.style.parts import parts_of

BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
MODIFIERS = (*[Qt.KeyboardModifier.NoModifier] * 4, Qt.KeyboardModifier.ShiftModifier,
             Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier)  # fmt: skip
KEY_NAMES = (
    "Space", "Left", "Right", "Up", "Down", "Tab", "Backtab", "Return", "Escape", "Delete", "Backspace", "Home", "End",
    "PageUp", "PageDown", "0", "1", "2", "5", "9", "Period", "Minus", "Plus", "R", "F2", "F5", "F6", "F7", "F8",
    "F9", "F10", "W", "H", "Question",
)  # fmt: skip
KEYS = tuple(getattr(Qt.Key, f"Key_{name}") for name in KEY_NAMES)
TEXTS = ("0", "1", "-1.5", "0.003", "1e3", "1e-9", "999999", "", "nan", "abc", "x*y + z", "sigmoid(w0*x0 + w1)",
         "max(x, y) * 2", "(x +", "sin(x1)*x2", "−2,5", "9" * 400, "w" * 3000, *HOSTILE,
         *(text.decode("latin-1") for text in corpus("expressions") if len(text) < 10_000))  # fmt: skip
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
# Left out: the end of the window, which the user does once.
NOT_TRIGGERED = ("quit",)
REMEMBERED = 12
SIZE = (1600, 1000)
UNDO_CHECK = 400
REST_EVERY = 200
"""Gestures between two moments at rest, where everything is undone, put away and weighed."""


class MonkeyError(AssertionError):
    """What went wrong, with the seed, the number of the gesture and the gestures before it."""


class Monkey:
    """One person at one window.

    Parameters
    ----------
    window : MainWindow
        Shown, with its curves loaded.
    guard : Guard
        Inside ``with``.
    seed : int
    folder : Path
        Everything that is saved goes here.
    """

    def __init__(self, window: MainWindow, guard: Guard, seed: int, folder: Path) -> None:
        """Sit down at `window`; nothing is touched yet."""
        self.window, self.guard, self.seed = window, guard, seed
        self.random = np.random.default_rng(seed)
        self.answers = Answers(self.random, folder, window)
        window.parts.files.dialogs = self.answers
        self.learner = Learner(self)
        for key in NOT_TRIGGERED:
            window.parts.actions[key].setEnabled(False)
        self.done = 0
        self.most_edits = 0
        self.weights: list[float] = []
        self.undone = 0
        self.forgotten = 0
        self.lately: deque[str] = deque(maxlen=REMEMBERED)
        self.scales, self.is_warming_up = Scales(window), True
        self._first = window.session.document
        window.parts.files.opened.connect(self._on_opened)
        self._gestures: tuple[tuple[int, Callable[[], str]], ...] = (
            (22, self.click), (12, self.drag), (6, self.wheel), (12, self.key), (6, self.type), (6, self.button),
            (8, self.slider), (5, self.choose), (7, self.action), (6, self.dock), (4, self.tab), (6, self.play),
            (7, self.undo), (5, self.redo), (5, self.data), (4, self.paint), (3, self.circuits),
            (4, self.slow_motion), (4, self.file), (3, self.travel), (3, self.canvas), (1, self.resize),
            (8, self.arrows), (1, self.storm), (2, self.look), *self.learner.gestures(),
        )  # fmt: skip
        weights = np.array([weight for weight, _ in self._gestures], dtype=float)
        self._share = weights / weights.sum()

    def _on_opened(self) -> None:
        """Opening is undoable, but where nothing was done before: there the document is the first."""
        if self.window.session.undo_stack.count() == 0:
            self._first = self.window.session.document

    # ---- the run -------------------------------------------------------------------------------

    def run(self, gestures: int, tell: Callable[[int], object] = lambda _done: None) -> None:
        """Make so many gestures; `tell` hears how many are done.

        Raises
        ------
        MonkeyError
            At the first fault.
        """
        for _ in range(gestures):
            self.gesture()
            self.done += 1
            count = self.window.session.undo_stack.count()
            self.most_edits = max(self.most_edits, count)
            if count >= UNDO_CHECK or self.done % REST_EVERY == 0:
                self.rest()
            tell(self.done)

    def rest(self) -> None:
        """Undo every edit, begin again, and fail on what is left behind."""
        self.undo_to_the_start()
        self.new()
        tidy()
        self.weights.append(resident_mib())
        if left := self.scales.weigh(warming_up=self.is_warming_up):
            self.fail("\n".join(["Left behind at rest:", *left]))

    def tour(self) -> None:
        """Use every panel, view, page and action once, open each kind of table: what a first use loads is no growth."""
        docks = self.window.parts.docks
        uses: list[tuple[str, Callable[[], object]]] = [(f"dock {key}", docks[key].show) for key in docks]
        uses += [(f"raise {key}", docks[key].raise_) for key in docks]
        uses += [(f"float {key}", partial(docks[key].setFloating, on)) for key in docks for on in (True, False)]
        tabs = self.window.parts.panels.inspector.tabs
        uses += [(f"page {index}", partial(tabs.setCurrentIndex, index)) for index in range(tabs.count())]
        uses += [
            (f"action {key}", action.trigger)
            for key, action in self.window.parts.actions.items()
            for _ in range(1 + action.isCheckable())
            if key not in NOT_TRIGGERED
        ]
        uses += [
            (f"table {path.name}", partial(self.window.parts.own_points.open_table, path))
            for path in self.answers.tables()
        ]
        uses += self.learner.places()
        for name, use in uses:
            use()
            self.lately.append(name)
            self.settle()
            self.put_away()

    def gesture(self) -> None:
        """Make one gesture and look at what came of it."""
        if QApplication.activePopupWidget() is not None:
            what = self._popup()
        elif (dialog := self._dialog()) is not None:
            what = self._answer(dialog)
        else:
            _, make = self._gestures[int(self.random.choice(len(self._gestures), p=self._share))]
            what = make()
        self.lately.append(what)
        self.settle()

    def settle(self) -> None:
        """Let the window catch up; fail on what it said."""
        for _ in range(2):
            QApplication.processEvents()
        if self.guard.faults:
            self.fail(self.guard.faults[0])

    def fail(self, text: str) -> None:
        """Raise with all that is needed to do it again."""
        before = "\n  ".join(self.lately)
        raise MonkeyError(f"Seed {self.seed}, gesture {self.done}:\n{text}\nThe last gestures:\n  {before}")

    def undo_to_the_start(self) -> None:
        """Take every edit back: the first document is there again, unless large edits were forgotten; do them again."""
        session = self.window.session
        self.put_away()
        session.pause()
        stack, now = session.undo_stack, session.document
        index, count = stack.index(), stack.count()
        while stack.canUndo():
            stack.undo()
            self.undone += 1
        self.settle()
        self.forgotten += stack.has_forgotten
        if session.document != self._first and not stack.has_forgotten:
            self.fail(f"Undo to the start gave\n{session.document}\nand not\n{self._first}")
        for _ in range(min(index, stack.count())):
            stack.redo()
        self.settle()
        if stack.count() == count and session.document != now:
            self.fail(f"Redo to the present gave\n{session.document}\nand not\n{now}")

    def new(self) -> None:
        """Begin a new document in the first layout, come to rest, everything put away: the moment to weigh."""
        self.put_away()
        self.window.session.pause()
        if self.window.parts.slow_motion.is_active:
            self.window.parts.slow_motion.cancel()
        self.answers.discard_once = True
        self.window.parts.actions["new"].trigger()
        self.window.session.undo_stack.clear()  # New is undoable, too: what undo holds on to is no growth
        self._first = self.window.session.document
        self.window.session.select(node=None, edge=None)
        self.window.session.hover(None)
        if style.current().scale != 1.0:
            self.window.parts.commands.toggle_lecture_mode()
        self.window.parts.layout.arrange_at(*SIZE)
        self.settle()
        if ports := network_ports():
            self.fail(f"Internet sockets are open: {', '.join(ports)}")

    def put_away(self) -> None:
        """Close every popup, dialog and second window."""
        self.window.session.end_gesture()
        for _ in range(20):
            popup, dialog = QApplication.activePopupWidget(), self._dialog()
            if popup is not None:
                popup.close()
            elif dialog is not None:
                dialog.reject()
            else:
                break
            self.settle()
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible() and widget.isWindow() and widget.parent() is None:
                widget.close()
        circuits = self.window.parts.circuits.made
        if circuits is not None and circuits.isVisible():
            circuits.close()
        self.settle()

    # ---- choosing ------------------------------------------------------------------------------

    def pick(self, *kinds: type[QWidget], inside: QWidget | None = None) -> QWidget | None:
        """Return a widget that can be seen and used, of one of `kinds`."""
        window = inside or self._front()
        found = [
            widget
            for kind in kinds or (QWidget,)
            for widget in parts_of(window, kind)
            if _can_be_seen(widget) and widget.isEnabled()
            and (widget.window() is window or isinstance(widget.window(), QDockWidget))
        ]  # fmt: skip
        return found[self.random.integers(len(found))] if found else None

    def one(self, things: tuple[object, ...] | list[object] | range) -> object:
        """Return one of `things`."""
        return things[int(self.random.integers(len(things)))]

    def place(self, widget: QWidget) -> QPoint:
        """Return a point of `widget` that can be seen."""
        seen: QRect = widget.visibleRegion().boundingRect()
        if seen.isEmpty():
            seen = widget.rect()
        return QPoint(
            seen.x() + int(self.random.integers(max(1, seen.width()))),
            seen.y() + int(self.random.integers(max(1, seen.height()))),
        )

    def _front(self) -> QWidget:
        circuits = self.window.parts.circuits.made
        if circuits is not None and circuits.isVisible() and self.random.random() < 0.5:
            return circuits
        return self.window

    def _dialog(self) -> QDialog | None:
        open_ones = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog)]
        return next((dialog for dialog in reversed(open_ones) if dialog.isVisible() and dialog.isModal()), None)

    # ---- popups and dialogs --------------------------------------------------------------------

    def _popup(self) -> str:
        popup = QApplication.activePopupWidget()
        assert popup is not None
        name = _name(popup)
        if self.random.random() < 0.25:
            popup.close()
            return f"close {name}"
        if isinstance(popup, QMenu):
            actions = [action for action in popup.actions() if action.isEnabled() and not action.isSeparator()]
            if not actions:
                popup.close()
                return f"close {name}"
            action = actions[int(self.random.integers(len(actions)))]
            text = action.text()
            QTest.mouseClick(popup, BUTTONS[0], MODIFIERS[0], popup.actionGeometry(action).center())
            return f"menu {name}: {text}"
        target = self.pick(inside=popup) or popup
        QTest.mouseClick(target, BUTTONS[0], MODIFIERS[0], self.place(target))
        return f"click in popup {name}: {_name(target)}"

    def _answer(self, dialog: QDialog) -> str:
        name = f"{_name(dialog)} {dialog.windowTitle()!r}"
        if isinstance(dialog, QFileDialog):  # never to be clicked: it could delete files
            if self.random.random() < 0.7:
                suffix = dialog.defaultSuffix() or "dat"
                dialog.fileSelected.emit(str(self.answers.file(suffix)))
            dialog.reject()
            return f"answer {name}"
        target = self.pick(QAbstractButton, QLineEdit, QComboBox, inside=dialog)
        if target is None or self.random.random() < 0.3:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            return f"escape {name}"
        if isinstance(target, QLineEdit):
            target.selectAll()
            _write(target, str(self.one(TEXTS)))
        else:
            QTest.mouseClick(target, BUTTONS[0], MODIFIERS[0], target.rect().center())
        return f"use {_name(target)} in {name}"

    # ---- gestures ------------------------------------------------------------------------------

    def click(self) -> str:
        """Click, or double-click, on anything."""
        widget = self.pick()
        assert widget is not None
        place, button, modifier = self.place(widget), self.one(BUTTONS), self.one(MODIFIERS)
        name = _name(widget)
        QTest.mouseMove(widget, place)
        if not _can_be_seen(widget):  # work in the background put another in its place
            return f"click {name}: gone"
        if self.random.random() < 0.15:
            QTest.mouseDClick(widget, button, modifier, place)
        else:
            QTest.mouseClick(widget, button, modifier, place)
        return f"click {name} at {place.x()}, {place.y()} {button} {modifier}"

    def click_in(self, outer: QWidget) -> str:
        """Click on anything in `outer`."""
        inside = [one for one in parts_of(outer, QWidget) if _can_be_seen(one) and one.isEnabled()]
        if not inside:
            return "nothing to click"
        widget = inside[int(self.random.integers(len(inside)))]
        name, place = _name(widget), self.place(widget)
        QTest.mouseClick(widget, BUTTONS[0], self.one(MODIFIERS), place)
        return f"click {name} at {place.x()}, {place.y()}"

    def drag(self, widget: QWidget | None = None) -> str:
        """Drag over anything."""
        widget = widget or self.pick()
        assert widget is not None
        start, modifier, stops = self.place(widget), self.one(MODIFIERS[:5]), int(self.random.integers(1, 8))
        name = _name(widget)
        QTest.mouseMove(widget, start)
        if not _can_be_seen(widget):
            return f"drag {name}: gone"
        QTest.mousePress(widget, BUTTONS[0], modifier, start)
        place = start
        for _ in range(stops):
            if not isValid(widget) or not _can_be_seen(widget):  # nor does Qt move what is hidden
                return f"drag {name} from {start.x()}, {start.y()}: gone"
            place = self.place(widget)
            QTest.mouseMove(widget, place)
            if self.random.random() < 0.3:
                QApplication.processEvents()
        if isValid(widget):
            QTest.mouseRelease(widget, BUTTONS[0], modifier, place)
        return f"drag {name} from {start.x()}, {start.y()} over {stops}"

    def wheel(self) -> str:
        """Turn the wheel over anything."""
        widget = self.pick()
        assert widget is not None
        place, turn = self.place(widget), int(self.random.integers(-3, 4)) * 120
        event = QWheelEvent(
            QPointF(place), QPointF(widget.mapToGlobal(place)), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            self.one(MODIFIERS), Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)
        return f"wheel {turn} over {_name(widget)}"

    def key(self) -> str:
        """Press keys where the focus is."""
        widget = QApplication.focusWidget() or self.window
        keys = [self.one(KEYS) for _ in range(int(self.random.integers(1, 6)))]
        modifier = self.one(MODIFIERS[:6])
        for key in keys:
            target = QApplication.focusWidget() or self.window
            if QApplication.activePopupWidget() is None and self._dialog() is None:
                QTest.keyPress(target, key, modifier)
                if isValid(target):
                    QTest.keyRelease(target, key, modifier)
        return f"keys {[key.name for key in keys]} {modifier} from {_name(widget)}"

    def arrows(self) -> str:
        """Give anything that takes it the focus, and press arrow keys there, whatever they do to it."""
        able = [one for one in parts_of(self._front(), QWidget)
                if _can_be_seen(one) and one.isEnabled() and one.focusPolicy() != Qt.FocusPolicy.NoFocus]  # fmt: skip
        if not able:
            return "arrows: nowhere"
        widget = able[int(self.random.integers(len(able)))]
        name, keys = _name(widget), [self.one(ARROWS) for _ in range(int(self.random.integers(1, 8)))]
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        for key in keys:
            if QApplication.activePopupWidget() is None and self._dialog() is None:
                QTest.keyClick(QApplication.focusWidget() or self.window, key)
        return f"arrows {[key.name for key in keys]} from {name}"

    def type(self) -> str:
        """Type into a field, valid or not."""
        field, text = self.pick(QLineEdit), str(self.one(TEXTS))
        if field is None:
            return "type: no field"
        field.setFocus()
        assert isinstance(field, QLineEdit)
        field.selectAll()
        _write(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return if self.random.random() < 0.8 else Qt.Key.Key_Escape)
        return f"type {text!r} into {_name(field)}"

    def button(self) -> str:
        """Press a button in its middle."""
        widget = self.pick(QAbstractButton)
        if widget is None:
            return "button: none"
        name = _name(widget)
        QTest.mouseClick(widget, BUTTONS[0], MODIFIERS[0], widget.rect().center())
        return f"button {name}"

    def slider(self) -> str:
        """Drag a slider."""
        widget = self.pick(QAbstractSlider)
        return self.drag(widget) if widget is not None else "slider: none"

    def choose(self) -> str:
        """Take another entry of a list with the keys."""
        widget = self.pick(QComboBox)
        if widget is None:
            return "choose: no list"
        for _ in range(int(self.random.integers(1, 6))):
            QTest.keyClick(widget, self.one((Qt.Key.Key_Down, Qt.Key.Key_Up)))
        return f"choose in {_name(widget)}"

    def action(self) -> str:
        """Trigger any action of the window."""
        key = str(self.one([key for key in self.window.parts.actions if key not in NOT_TRIGGERED]))
        self.window.parts.actions[key].trigger()
        return f"action {key}"

    def dock(self) -> str:
        """Show, hide, float or move a dock."""
        docks = self.window.parts.docks
        key, what = str(self.one(list(docks))), self.random.random()
        dock = docks[key]
        if what < 0.6:
            dock.toggleViewAction().trigger()
            return f"dock {key}: toggle"
        if what < 0.8:
            dock.setFloating(not dock.isFloating())
            return f"dock {key}: float or back"
        area = self.one((Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea,
                         Qt.DockWidgetArea.BottomDockWidgetArea))  # fmt: skip
        self.window.addDockWidget(area, dock)
        return f"dock {key}: move to {area}"

    def tab(self) -> str:
        """Look at another tab."""
        bar = self.pick(QTabBar)
        if not isinstance(bar, QTabBar) or bar.count() == 0:
            return "tab: none"
        index = int(self.random.integers(bar.count()))
        text = bar.tabText(index)
        QTest.mouseClick(bar, BUTTONS[0], MODIFIERS[0], bar.tabRect(index).center())
        return f"tab {text!r}"

    def play(self) -> str:
        """Play for some frames, mostly pause again."""
        self.window.parts.actions["play"].trigger()
        for _ in range(int(self.random.integers(1, 40))):
            QApplication.processEvents()
        if self.random.random() < 0.7:
            self.window.session.pause()
        return "play"

    def undo(self) -> str:
        """Take some edits back."""
        return self._edits(Qt.KeyboardModifier.ControlModifier, "undo")

    def redo(self) -> str:
        """Do some edits again."""
        return self._edits(Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, "redo")

    def _edits(self, modifier: Qt.KeyboardModifier, name: str) -> str:
        self.window.activateWindow()
        self.window.parts.panels.network.canvas.setFocus()
        times = int(self.random.integers(1, 6))
        for _ in range(times):
            QTest.keyClick(self.window.parts.panels.network.canvas, Qt.Key.Key_Z, modifier)
        return f"{name} {times}"

    def data(self) -> str:
        """Take another data set, or change this one."""
        inside = [one for one in parts_of(self.window.parts.panels.gallery, QWidget) if _can_be_seen(one)]
        if not inside:
            return "data: put away"
        widget = inside[int(self.random.integers(len(inside)))]
        QTest.mouseClick(widget, BUTTONS[0], MODIFIERS[0], widget.rect().center())
        return f"data: {_name(widget)}"

    def paint(self) -> str:
        """Paint strokes on the output plane."""
        if not self.window.parts.paint.is_on:
            self.window.parts.paint.set_on(True)
        strokes = int(self.random.integers(1, 4))
        for _ in range(strokes):
            self.drag(self.window.parts.panels.output.plane)
        if self.random.random() < 0.5:
            self.window.parts.paint.set_on(False)
        return f"paint {strokes} strokes"

    def circuits(self) -> str:
        """Open or close the Circuits view."""
        circuits = self.window.parts.circuits.made
        if circuits is not None and circuits.isVisible():
            circuits.close()
            return "close circuits"
        self.window.parts.actions["circuits"].trigger()
        return "open circuits"

    def slow_motion(self) -> str:
        """Walk through some phases."""
        keys = self.window.parts.actions
        if not self.window.parts.slow_motion.is_active:
            keys["slow_motion"].trigger()
        steps = [str(self.one(("step", "step", "back"))) for _ in range(int(self.random.integers(1, 8)))]
        for step in steps:
            keys[step].trigger()
        if self.random.random() < 0.4:
            keys["slow_motion"].trigger()
        return f"slow motion {steps}"

    def file(self) -> str:
        """New, open, save, revert, links."""
        key = str(self.one(("new", "open", "open", "save", "save", "save_as", "revert", "copy_link", "open_link",
                            "import", "export")))  # fmt: skip
        self.window.parts.actions[key].trigger()
        return f"file: {key}"

    def travel(self) -> str:
        """Drag the line of the curves through time."""
        inside = [one for one in parts_of(self.window.parts.panels.curves, QWidget) if _can_be_seen(one)]
        if not inside:
            return "travel: no curves"
        return self.drag(inside[int(self.random.integers(len(inside)))])

    def canvas(self) -> str:
        """Drag over the network or the output."""
        canvases = [self.window.parts.panels.network.canvas, self.window.parts.panels.output.plane]
        seen = [canvas for canvas in canvases if _can_be_seen(canvas)]
        return self.drag(seen[int(self.random.integers(len(seen)))]) if seen else "canvas: none"

    def resize(self) -> str:
        """Give the window another size."""
        width, height = int(self.random.integers(900, 2000)), int(self.random.integers(640, 1200))
        self.window.resize(width, height)
        return f"resize {width} × {height}"

    def storm(self) -> str:
        """Drag the window's border for a while."""
        for _ in range(times := int(self.random.integers(5, 30))):
            self.resize()
            if self.random.random() < 0.7:
                QApplication.processEvents()
        return f"resize {times} times"

    def look(self) -> str:
        """Change theme, text size or animations."""
        key = str(self.one(("theme", "lecture", "reduced_motion")))
        self.window.parts.actions[key].trigger()
        return f"look: {key}"


def _can_be_seen(widget: QWidget) -> bool:
    return isValid(widget) and widget.isVisible() and not widget.visibleRegion().isEmpty()


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName() or widget.accessibleName()}".strip()


def _write(field: QLineEdit, text: str) -> None:
    """Type `text`; what has no key for QTest, or is long, is put in as an input method would."""
    if text.isascii() and text.isprintable() and len(text) < 100:
        QTest.keyClicks(field, text)
    else:
        field.insert(text)
