"""What is imported after PySide6 is only imported: its source is not read, and pyqtgraph's unused parts stay away."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOOK = """
import linecache, sys
from PySide6 import QtWidgets
import widgets
import numpy, {module}
read = [name for name in linecache.cache if "numpy" in name or "pyqtgraph" in name or "playground" in name]
assert not read, read
"""


@pytest.mark.parametrize("module", ["playground.engine.trainer", "widgets.loss_plot"])
def test_no_source_is_read_for_an_import(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK.format(module=module)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


UNUSED = """
import sys, widgets.loss_plot
parts = "multiprocess", "parametertree", "imageview", "widgets.SpinBox", "graphicsItems.ROI"
assert not [part for part in parts if f"pyqtgraph.{part}" in sys.modules]
assert "PySide6.QtOpenGL" not in sys.modules and "PySide6.QtTest" not in sys.modules
from pyqtgraph.graphicsItems.ROI import ROI
from PySide6.QtTest import QTest
from pyqtgraph.widgets.SpinBox import SpinBox
assert ROI.__name__ == "ROI" and SpinBox.__name__ == "SpinBox" and QTest is not None
"""


def test_parts_of_pyqtgraph_that_are_not_used_are_loaded_by_whoever_asks_for_them() -> None:
    done = subprocess.run([sys.executable, "-c", UNUSED], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
