"""pyqtgraph makes only those classes of Qt that it uses, and finds every other when it is asked for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6 import QtCore, QtWidgets

from widgets.plots.qt_names import QtNames

LOOK = """
import sys, {first}
import pyqtgraph as pg
from PySide6 import QtWidgets
from pyqtgraph.Qt import QtWidgets as theirs, QtCore
assert "QWizard" not in vars(theirs), "every class was made"
assert theirs.QWizard is QtWidgets.QWizard
assert QtCore.QObject is __import__("PySide6.QtCore").QtCore.QObject
assert pg.Qt.QT_LIB == "PySide6"
"""


@pytest.mark.parametrize("first", ["widgets.plots.library", "widgets.loss_plot", "widgets.plots.gradient_scatter"])
def test_pyqtgraph_makes_only_what_it_uses(first: str) -> None:
    done = subprocess.run([sys.executable, "-c", LOOK.format(first=first)], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


FRAMES = """
import gc, weakref, {first}
class Kept: pass
def load(kept):
    import widgets.plots.library
kept = Kept()
seen = weakref.ref(kept)
load(kept)
del kept
gc.collect()
assert seen() is None, "what was there when pyqtgraph was loaded is kept for ever"
"""


def test_what_is_missing_in_pyqtgraph_keeps_nothing_of_whoever_loaded_it() -> None:
    code = FRAMES.format(first="PySide6.QtWidgets")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_a_name_is_taken_when_it_is_asked_for_after_all_have_been_copied() -> None:
    names = QtNames(QtWidgets)
    for name in dir(QtWidgets):
        assert hasattr(names, name)
    assert "QWizard" not in vars(names)

    assert names.QWizard is QtWidgets.QWizard
    assert "QWizard" in vars(names)


def test_a_name_that_qt_does_not_have_is_missing() -> None:
    with pytest.raises(AttributeError, match="has no QNothing"):
        _ = QtNames(QtCore).QNothing


def test_nothing_else_imports_pyqtgraph() -> None:
    root = Path(__file__).resolve().parents[3]
    others = [
        file.relative_to(root).as_posix()
        for folder in ("widgets", "playground")
        for file in (root / folder).rglob("*.py")
        if re.search(r"^\s*(import|from) pyqtgraph", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]

    assert others == ["widgets/plots/library.py"]
