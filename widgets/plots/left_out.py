"""The parts of pyqtgraph that nothing here uses, left out when it is imported.

Its package imports all of itself: editors, trees of parameters, a console, other processes, OpenGL and Qt's tests,
10 MiB and more time than what is used. Each part stands empty while the package is imported, and is there again
afterwards for whoever imports it by its full name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_ITEMS = """ArrowItem BoxplotItem ColorBarItem CurvePoint DateAxisItem ErrorBarItem FillBetweenItem GradientEditorItem
GradientLegend GraphItem GraphicsLayout GridItem HistogramLUTItem IsocurveItem LinearRegionItem PColorMeshItem ROI
ScaleBar TargetItem UIGraphicsItem VTickGroup"""
_WIDGETS = """BusyCursor CheckTable ColorButton ColorMapMenu ColorMapWidget ComboBox DataFilterWidget DataTreeWidget
DiffTreeWidget FeedbackButton GradientWidget GraphicsLayoutWidget GroupBox HistogramLUTWidget JoystickButton
LayoutWidget PathButton ProgressDialog RawImageWidget RemoteGraphicsView ScatterPlotWidget SpinBox TableWidget
TreeWidget ValueLabel VerticalLabel"""
_PARTS = (
    "PySide6.QtOpenGL",
    "cProfile",
    "pyqtgraph.imageview",
    "pyqtgraph.util.cprint",
    *(f"pyqtgraph.graphicsItems.{name}" for name in _ITEMS.split()),
    *(f"pyqtgraph.widgets.{name}" for name in _WIDGETS.split()),
)
_OPEN_GL = "pyqtgraph.Qt.OpenGLHelpers"
_OF_QT = ("PySide6.QtTest", "PySide6.QtOpenGLWidgets")
"""pyqtgraph does without them where they are not installed."""


class EmptyModule(ModuleType):
    """A module from which every name can be imported; it means nothing."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


class _NoWidget:
    """What no widget is: a curve asks whether it is painted by OpenGL."""


def forget_where(package: ModuleType) -> None:
    """Let what is missing in `package` forget where it was asked for.

    Its error is kept for ever, and holds the variables of every function that waited: the window that drew first.
    """
    for part in vars(package).values():
        error = vars(part).get("err") if hasattr(part, "__dict__") and not isinstance(part, ModuleType) else None
        if isinstance(error, ImportError):
            error.with_traceback(None)


@contextmanager
def left_out() -> Iterator[None]:
    """Let the parts stand empty meanwhile."""
    empty = [name for name in _PARTS if name not in sys.modules]
    sys.modules.update({name: EmptyModule(name) for name in empty})
    if _OPEN_GL not in sys.modules:
        sys.modules[_OPEN_GL] = EmptyModule(_OPEN_GL)
        vars(sys.modules[_OPEN_GL])["GraphicsViewGLWidget"] = _NoWidget
    missing = [name for name in _OF_QT if name not in sys.modules]
    sys.modules.update(dict.fromkeys(missing))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in (*empty, *missing):
            del sys.modules[name]
