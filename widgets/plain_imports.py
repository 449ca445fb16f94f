"""Plain imports: PySide6 looks into the source of every module that is imported after it; here it does not.

For the sake of ``from __feature__ import snake_case``, which nobody here writes, PySide6 6.11 puts a function of its
own in the place of ``import``. It reads the source of each module, ours, NumPy's and pyqtgraph's, and Python keeps all
those lines: 15 MiB, and time at each import. It leaves the original beside it.
"""

from __future__ import annotations

import builtins
import linecache


def install() -> None:
    """Let ``import`` be Python's own again; do nothing while Qt is not loaded."""
    original = getattr(builtins, "__orig_import__", None)
    if original is not None and builtins.__import__ is not original:
        builtins.__import__ = original
        linecache.clearcache()
