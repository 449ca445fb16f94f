"""Qt, loaded as the program has it: what it makes for nobody waits, and ``import`` stays as it was."""

from __future__ import annotations

from importlib import import_module

from widgets import deferred_enums, late_stubs, plain_imports


def load() -> None:
    """Load Qt, if it is not loaded yet."""
    deferred_enums.install()
    with late_stubs.late():
        import_module("PySide6.QtCore")
    deferred_enums.finish_for_signatures()
    plain_imports.install()
