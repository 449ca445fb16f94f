"""Ways from our own code through Qt into an override that raises; ``test_override_guard.py`` runs it by itself.

Each way prints its name when it begins and what was heard of the error when it is over: a native crash shows by where
the lines end.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pyqtgraph as pg
from PySide6.QtCore import QAbstractListModel, QCoreApplication, QEvent, QObject, QRectF, Qt, QThread, QTimer
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPalette, QPixmap, QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsScene,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

import widgets  # noqa: F401  # which guards the classes below, and pyqtgraph's above

app = QApplication([])
heard: list[str] = []
is_armed = False
sys.excepthook = lambda kind, _error, _trace: heard.append(kind.__name__)


def fail() -> None:
    if is_armed:
        [][0]  # raised by C code


def overriding(base: type, name: str) -> type:
    def override(self, *values):
        fail()
        return getattr(base, name)(self, *values)

    return type("Overriding", (base,), {name: override})


class Half(QLabel):
    def paintEvent(self, _event):
        with QPainter(self) as painter:
            painter.drawPoint(1, 1)
            fail()


class Mixin:
    def sizeHint(self):
        fail()
        return QLabel.sizeHint(self)


class Mixed(Mixin, QLabel):
    pass


class Model(QAbstractListModel):
    def rowCount(self, _parent=None):
        fail()
        return 1


class Item(QTableWidgetItem):
    def __lt__(self, other):
        fail()
        return True


class Command(QUndoCommand):
    def redo(self):
        fail()


class Thread(QThread):
    def run(self):
        fail()


class Curve(pg.PlotCurveItem):
    def boundingRect(self):
        fail()
        return QRectF(0, 0, 1, 1)


def key() -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")


def sort() -> None:
    table = QTableWidget(2, 1)
    for row in (0, 1):
        table.setItem(row, 0, Item(str(row)))
    table.sortItems(0)


def set_later(w: QWidget) -> None:
    kind = type("Later", (QLabel,), {})
    later = kind("x", w.window())
    kind.paintEvent = lambda _self, _event: fail()
    later.grab()


def run_thread() -> None:
    thread = Thread()
    thread.start()
    thread.wait()


def place(curve: Curve) -> None:
    scene = QGraphicsScene()
    scene.addItem(curve)
    scene.itemsBoundingRect()


# Each takes a widget whose override is named, a button beside it and the widget that both are in.
WAYS = {
    "grab": ("paintEvent", lambda w, b, o: w.grab()),
    "repaint": ("paintEvent", lambda w, b, o: w.repaint()),
    "render": ("paintEvent", lambda w, b, o: w.render(QPixmap(10, 10))),
    "processEvents": ("paintEvent", lambda w, b, o: (w.update(), app.processEvents())),
    "eventFilter": ("eventFilter", lambda w, b, o: (w.installEventFilter(w), w.setText("q"), w.repaint())),
    "resize": ("resizeEvent", lambda w, b, o: w.resize(333, 222)),
    "setFocus": ("focusInEvent", lambda w, b, o: (b.setFocus(), w.setFocus())),
    "setFocus elsewhere": ("focusOutEvent", lambda w, b, o: (w.setFocus(), b.setFocus())),
    "show": ("showEvent", lambda w, b, o: (w.hide(), w.show())),
    "setVisible": ("showEvent", lambda w, b, o: (w.setVisible(False), w.setVisible(True))),
    "hide": ("hideEvent", lambda w, b, o: w.hide()),
    "setParent": ("hideEvent", lambda w, b, o: w.setParent(None)),
    "close": ("closeEvent", lambda w, b, o: w.close()),
    "setFont": ("changeEvent", lambda w, b, o: w.setFont(QFont("x", 33))),
    "setPalette": ("changeEvent", lambda w, b, o: w.setPalette(QPalette(Qt.GlobalColor.red))),
    "setStyleSheet": ("changeEvent", lambda w, b, o: app.setStyleSheet("QWidget { color: red }")),
    "setEnabled": ("changeEvent", lambda w, b, o: o.setEnabled(False)),
    "activate": ("sizeHint", lambda w, b, o: (w.setText("long"), o.layout().activate())),
    "adjustSize": ("sizeHint", lambda w, b, o: w.adjustSize()),
    "layout's hint": ("sizeHint", lambda w, b, o: (w.setText("long long"), o.layout().sizeHint())),
    "minimumSizeHint": ("minimumSizeHint", lambda w, b, o: (w.updateGeometry(), o.layout().minimumSize())),
    "heightForWidth": ("heightForWidth", lambda w, b, o: (w.setWordWrap(True), o.layout().heightForWidth(10))),
    "click": ("event", lambda w, b, o: b.click()),
    "sendEvent": ("keyPressEvent", lambda w, b, o: QCoreApplication.sendEvent(w, key())),
    "sendPostedEvents": (
        "keyPressEvent", lambda w, b, o: (app.postEvent(w, key()), QCoreApplication.sendPostedEvents(w, 0)),
    ),
    "event of the base": ("keyPressEvent", lambda w, b, o: QLabel.event(w, key())),
    "notify": ("keyPressEvent", lambda w, b, o: app.notify(w, key())),
    "event loop": ("keyPressEvent", lambda w, b, o: app.postEvent(w, key())),
    "half painted": ("paintEvent", lambda w, b, o: Half("x", o).grab()),
    "mixin": ("sizeHint", lambda w, b, o: Mixed("x", o).adjustSize()),
    "set on the class later": ("paintEvent", lambda w, b, o: set_later(w)),
    "model": ("paintEvent", lambda w, b, o: Model().hasIndex(0, 0)),
    "operator": ("paintEvent", lambda w, b, o: sort()),
    "undo command": ("paintEvent", lambda w, b, o: QUndoStack().push(Command())),
    "thread": ("paintEvent", lambda w, b, o: run_thread()),
    "plot item": ("paintEvent", lambda w, b, o: place(Curve([0, 1], [0, 1]))),
}  # fmt: skip


def go(way: str, done: QObject) -> None:
    global is_armed
    name, walk = WAYS[way]
    outer, button = QWidget(), QPushButton("b")
    widget = overriding(QLabel, name)("x")
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QVBoxLayout(outer)
    outer.layout().addWidget(widget)
    outer.layout().addWidget(button)
    button.clicked.connect(lambda: QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.User)))
    outer.show()
    outer.activateWindow()
    app.processEvents()
    is_armed = True
    try:
        walk(widget, button, outer)
        app.processEvents()
    except Exception as error:
        heard.append(type(error).__name__)
    is_armed = False


if __name__ == "__main__":

    def run() -> None:
        for way in WAYS:
            heard.clear()
            print(way, end=": ", flush=True)
            go(way, app)
            print(*sorted(set(heard)), flush=True)
        app.quit()

    QTimer.singleShot(0, run)
    app.exec()
    print("alive", flush=True)
    os._exit(0)
