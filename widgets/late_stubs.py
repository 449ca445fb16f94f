"""Late stubs: what PySide6 writes stubs for type checkers with is compiled when someone asks for it.

PySide6 6.11 carries the text of a dozen modules in its library and compiles it at each start. Two of them, a quarter of
the text with most of its regular expressions, only write stubs. Here each holds its text until one of its names is
asked for. The others word errors, and the library looks into them by itself.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any

_FILES = frozenset(f"shibokensupport/signature/lib/{name}.py" for name in ("enum_sig", "pyi_generator"))
_HOLD = compile(f"from {__name__} import hold\n__getattr__ = hold(globals())\n", "<late>", "exec")
_texts: dict[str, Any] = {}
_lock = RLock()


@contextmanager
def late() -> Iterator[None]:
    """Let the modules wait that are compiled meanwhile."""
    compiled: Any = builtins.compile

    def compiling(source: Any, filename: Any, *rest: Any, **options: Any) -> Any:
        if filename not in _FILES:
            return compiled(source, filename, *rest, **options)
        _texts[filename] = source
        return _HOLD

    builtins.compile = compiling
    try:
        yield
    finally:
        builtins.compile = compiled


def hold(module: dict[str, Any]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a `module`, given by its names: it fills the module, once."""
    place = f"{module['__name__'].replace('.', '/')}.py"

    def get(name: str) -> Any:
        if name[:2] == "__":  # what the import asks of every module
            raise AttributeError(name)
        with _lock:
            text = _texts.pop(place, None)
            if text is not None:
                exec(compile(text, place, "exec"), module)  # noqa: S102 - as PySide6 does
        if name not in module:
            raise AttributeError(f"module {module['__name__']!r} has no attribute {name!r}")
        return module[name]

    return get
