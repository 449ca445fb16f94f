"""Python loads this into the program that the desktop tests start: it reports what stands on the screen.

It only reads: every key and every click comes from the X server.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any

CONNECTION = "PLAYGROUND_DESKTOP_TEST"
"""The environment variable with the number of the socket that questions come from."""


def _listen(connection: socket.socket) -> None:
    """Answer each line with one line, in the thread of the window."""
    while (widgets := sys.modules.get("PySide6.QtWidgets")) is None or not hasattr(widgets, "QApplication"):
        threading.Event().wait(0.01)  # the program imports first: two threads would wait for each other
    from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

    stream = connection.makefile("rw", encoding="utf-8")

    class Desk(QObject):
        asked = Signal(str)

        def answer(self, question: str) -> None:
            try:
                report = REPORTS[question]()
            except Exception as error:
                report = {"error": repr(error)}
            stream.write(json.dumps(report) + "\n")
            stream.flush()

    while (application := QCoreApplication.instance()) is None:
        threading.Event().wait(0.01)
    desk = Desk()
    desk.moveToThread(application.thread())
    desk.asked.connect(desk.answer, Qt.ConnectionType.QueuedConnection)
    for line in stream:
        desk.asked.emit(line.strip())


def _main_window() -> Any:
    from PySide6.QtWidgets import QApplication

    windows = QApplication.topLevelWidgets()
    return next((window for window in windows if window.objectName() == "main_window"), None)


# ---- what is asked for ---------------------------------------------------------------------------


def _state() -> dict[str, Any]:
    """Return whether anything still moves by itself, and what the program believes."""
    from PySide6.QtCore import QTimer

    window = _main_window()
    if window is None or not window.is_built or not window.isVisible():
        return {"at_rest": False}
    parts = window.parts
    waits = any(timer.isActive() and timer.isSingleShot() for timer in window.findChildren(QTimer))
    session = parts.session
    return {
        "at_rest": not parts.deferred.waiting and not waits and window.updatesEnabled(),
        "is_playing": session.is_playing,
        "iteration": session.run.iteration,
        "edges show": session.display.edge_kind,
        "neurons show": session.display.neuron_kind,
        "picked": {
            "edges show": _checked(parts.panels.network.edge_picker),
            "neurons show": _checked(parts.panels.network.neuron_picker),
        },
    }


def _checked(picker: Any) -> list[str]:
    return [key for key, button in picker.buttons.items() if button.isChecked()]


def _pictures() -> dict[str, str]:
    """Return what is drawn, as fingerprints."""
    from hashlib import sha256

    from PySide6.QtGui import QImage

    panels = _main_window().parts.panels
    drawn = {"network": panels.network.canvas, "output": panels.output.plane}
    images = {name: widget.grab().toImage() for name, widget in drawn.items()}
    images = {name: image.convertToFormat(QImage.Format.Format_RGBA8888) for name, image in images.items()}
    return {name: sha256(image.constBits()).hexdigest() for name, image in images.items()}


def _screen() -> dict[str, Any]:
    """Return the screen and how light it is, the frames of the windows, and everything that is visible in them."""
    from PySide6.QtWidgets import QApplication

    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    screen = windows[0].screen()
    picture = screen.grabWindow(0).toImage()
    grey = [picture.pixelColor(x, y).lightness() for x in range(0, picture.width(), 9)
            for y in range(0, picture.height(), 9)]  # fmt: skip
    return {
        "screen": screen.geometry().getRect(),
        "lightness": sum(grey) / len(grey) / 255,
        "windows": {type(window).__name__: window.frameGeometry().getRect() for window in windows},
        "things": [thing for window in windows for thing in _things(window, type(window).__name__, solid=True)],
    }


def _things(widget: Any, path: str, *, solid: bool) -> Iterator[dict[str, Any]]:
    """Report `widget` and what is in it; what stands in a solid part is no solid of its own."""
    from PySide6.QtWidgets import QMainWindow, QWidget

    from widgets.controls.painted_items import PaintedItems

    words = _words(widget)
    rect = _on_screen(widget, widget.rect())
    ink = _ink(widget) if solid else None
    yield {
        "path": path, "words": words, "rect": rect, "text": _text_size(widget),
        "in": None if widget.isWindow() else _on_screen(widget.parentWidget(), widget.parentWidget().rect()),
        "scrolls": _scrolls(widget), "ink": ink, "name": widget.accessibleName(),
    }  # fmt: skip
    if isinstance(widget, PaintedItems):
        yield from _painted_things(widget, path, rect)
    for index, child in enumerate(widget.children()):
        if not isinstance(child, QWidget) or not child.isVisible() or child.isWindow():
            continue
        if isinstance(widget, QMainWindow) and not child.geometry().intersects(widget.rect()) and _is_parked(child):
            continue
        yield from _things(child, f"{path}/{type(child).__name__}[{index}]", solid=solid and ink is None)


def _painted_things(widget: Any, path: str, around: Any) -> Iterator[dict[str, Any]]:
    """Report what `widget` draws by itself; edges may cross."""
    for key in widget.items():
        place = widget.place_of(key)
        if place.isValid() and "Edge" not in type(key).__name__:
            rect, name = _on_screen(widget, place), widget.name_of(key)
            yield {
                "path": f"{path}/{key}", "words": name, "rect": rect, "text": None,
                "in": around, "scrolls": None, "ink": rect, "name": name,
            }  # fmt: skip


def _is_parked(widget: Any) -> bool:
    """Return whether Qt keeps `widget` far away: a dock behind another tab, or a tab bar without tabs."""
    from PySide6.QtWidgets import QDockWidget, QTabBar

    if isinstance(widget, QDockWidget):
        return bool(widget.parentWidget().tabifiedDockWidgets(widget))
    return isinstance(widget, QTabBar)


def _words(widget: Any) -> str:
    for get in ("text", "currentText", "windowTitle"):
        if callable(getattr(widget, get, None)) and (words := getattr(widget, get)()):
            return str(words)
    return str(widget.objectName())


def _on_screen(widget: Any, rect: Any) -> tuple[int, int, int, int]:
    from PySide6.QtCore import QRect

    return QRect(widget.mapToGlobal(rect.topLeft()), rect.size()).getRect()


def _ink(widget: Any) -> tuple[int, int, int, int] | None:
    """Return what is seen of a word or a control, which nothing else may cover; None where it is neither."""
    from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLabel, QLineEdit

    if isinstance(widget, QLabel):
        if not widget.text():
            return None
        flags = widget.alignment() | _wrap(widget)
        rect = widget.fontMetrics().boundingRect(widget.contentsRect(), int(flags), widget.text())
        rect = rect & widget.contentsRect()
    elif isinstance(widget, QAbstractButton | QAbstractSlider | QAbstractSpinBox | QComboBox | QLineEdit):
        rect = widget.rect()
    else:
        return None
    seen = rect & widget.visibleRegion().boundingRect()
    return None if seen.isEmpty() else _on_screen(widget, seen)


def _wrap(label: Any) -> Any:
    from PySide6.QtCore import Qt

    return Qt.TextFlag.TextWordWrap if label.wordWrap() else Qt.TextFlag(0)


def _text_size(widget: Any) -> tuple[int, int] | None:
    """Return how much room the text of a label or a button needs; None where it is elided or wraps."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QLabel, QPushButton

    elides = type(widget).__name__ == "ElidedLabel"
    if isinstance(widget, QPushButton) or (isinstance(widget, QLabel) and not widget.wordWrap() and not elides):
        return widget.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, widget.text()).toTuple()
    return None


def _scrolls(widget: Any) -> tuple[bool, bool] | None:
    """Return whether what is scrolled can be scrolled across and down; None for what is not scrolled."""
    from PySide6.QtWidgets import QAbstractScrollArea

    area = widget.parentWidget().parentWidget() if widget.parentWidget() is not None else None
    if not isinstance(area, QAbstractScrollArea) or area.viewport() is not widget.parentWidget():
        return None
    return area.horizontalScrollBar().isVisible(), area.verticalScrollBar().isVisible()


REPORTS = {"state": _state, "pictures": _pictures, "screen": _screen}

if CONNECTION in os.environ and sys.orig_argv[-2:] == ["-m", "playground"]:
    faulthandler.register(signal.SIGUSR1)
    _socket = socket.socket(fileno=int(os.environ[CONNECTION]))
    threading.Thread(target=_listen, args=(_socket,), daemon=True).start()
