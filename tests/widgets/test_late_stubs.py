"""PySide6 words its errors and writes stubs as ever, the stubs later."""

from __future__ import annotations

import subprocess
import sys

WORDS = """
import inspect, os, sys
{first}
from PySide6 import QtCore, QtGui, QtWidgets
late = sorted(name for name, one in sys.modules.items() if "shibokensupport" in name and "__getattr__" in vars(one))
filled = [name for name in late if len(vars(sys.modules[name])) > 20]
print(len(late), len(filled), file=sys.stderr)

def attempt(do):
    try:
        print(do())
    except Exception as error:
        print(type(error), error)

attempt(lambda: QtCore.QPoint("a", 2))
attempt(lambda: QtCore.QPoint(1, 2, 3))
attempt(lambda: QtCore.QObject(parent=3))
attempt(lambda: QtGui.QColor.fromRgb(wrong=1))
attempt(lambda: QtCore.QTimer.singleShot("x"))
attempt(lambda: QtWidgets.QWidget.resize.__signature__)
attempt(lambda: inspect.signature(QtWidgets.QLabel.setText))
attempt(lambda: QtCore.QRect.adjusted.__doc__)
from PySide6.support.signature.lib import tool, enum_sig, pyi_generator
from PySide6.support.signature import get_signature
attempt(lambda: get_signature(QtCore.QSize.scaled))
attempt(lambda: QtWidgets.QListWidgetItem(1, 2, 3, 4))
attempt(lambda: sorted(name for name in dir(tool) if name[0] != "_"))
attempt(lambda: (enum_sig.ExactEnumerator.__name__, pyi_generator.generate_pyi.__name__, pyi_generator.no_such_name))
"""


def _words(first: str) -> tuple[str, list[int]]:
    done = subprocess.run([sys.executable, "-c", WORDS.format(first=first)], capture_output=True, text=True, check=True)
    return done.stdout, [int(number) for number in done.stderr.split()]


def test_errors_signatures_and_documentation_of_qt_are_the_same() -> None:
    late, (waiting, filled) = _words("from widgets import qt; qt.load()")
    at_once, (none, _) = _words("")
    assert (waiting, filled, none) == (2, 0, 0)
    assert late.count("\n") > 15
    assert late.splitlines() == at_once.splitlines()


def test_nothing_waits_once_qt_is_loaded() -> None:
    look = (
        "from widgets import qt; own = compile; qt.load(); qt.load(); import builtins; assert builtins.compile is own"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
