"""Override guard: on Python 3.11 an exception out of an override of a Qt method must be an exception object.

C code raises ``IndexError`` and its like as a type with a bare text; the object is made when something catches it.
Qt calls an override through libshiboken, which takes the text for the object where Qt itself was reached through a
call of ours (``widget.grab()``, ``resize()``, ``show()``): a segmentation fault. Python 3.12 made such errors objects
from the start. Before it, every override gets an entry in its exception table, ``except: raise`` around the whole
body. An exception table costs nothing until something raises, and signature and traceback stay what they are.

``install`` lets PySide6 do that with every class on its creation, ours and pyqtgraph's, and with each function that is
set on a class later; the package ``widgets`` calls it before anything else.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from itertools import pairwise
from opcode import opmap
from types import CodeType, FunctionType, MethodDescriptorType, ModuleType, WrapperDescriptorType
from typing import Any

QT = "PySide6.QtCore"
_RAISE_AGAIN = bytes((opmap["RERAISE"], 0, opmap["NOP"], 0))
"""The handler; no compiler ends a function like that, so it tells a guarded one."""
_OF_C = (MethodDescriptorType, WrapperDescriptorType)
_NO_LINE = bytes((0xF9,))
"""Entry of the line table: the two instructions of the handler belong to no line."""


def install() -> None:
    """Guard the overrides of all classes of Qt, at once or when Qt is loaded; do nothing where none is needed."""
    if sys.version_info >= (3, 12):
        return
    if QT in sys.modules:
        _install(sys.modules[QT])
    else:
        sys.meta_path.insert(0, _QtFinder())


class _QtFinder(MetaPathFinder):
    """Finds Qt's core once, to have a word with it when it is loaded: what needs no Qt must not load it."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return Qt's core with our loader around its own, and nothing else."""
        if name != QT:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _QtLoader(spec.loader)
        return spec


class _QtLoader(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Let Qt do it."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Let Qt do it, then come in: PySide6 sets up its classes of classes here."""
        self._loader.exec_module(module)
        _install(module)


def _install(core: Any) -> None:
    root: Any = core.QObject.__mro__[-2]  # what every class of PySide6 is derived from
    meta: Any = type(root)
    set_attribute = meta.__setattr__

    def on_subclass(cls: type, /, **options: Any) -> None:
        super(root, cls).__init_subclass__(**options)
        guard_class(cls)

    # Qt sets attributes until the very end, when this module is gone: it holds what it needs.
    def on_set(cls: type, name: str, value: object, function: type[FunctionType] = FunctionType) -> None:
        if isinstance(value, function) and is_override(cls, name):
            guard(value)
        set_attribute(cls, name, value)

    root.__init_subclass__ = classmethod(on_subclass)
    meta.__setattr__ = on_set
    for cls in _subclasses(root):
        guard_class(cls)


def guard_class(cls: type) -> None:
    """Guard the overrides that `cls` has of its own, or gets from a class beside its Qt base."""
    for function in overrides(cls):
        guard(function)


def overrides(cls: type) -> Iterator[FunctionType]:
    """Return the functions that Qt may call as its own since there is `cls`: those of its one base were seen before."""
    for base in cls.__mro__ if len(cls.__bases__) > 1 else (cls,):
        for name, value in list(vars(base).items()):
            if isinstance(value, FunctionType) and is_override(cls, name):
                yield value


def is_override(cls: type, name: str) -> bool:
    """Return whether a C++ class that `cls` inherits from has a method `name`."""
    return any(isinstance(vars(base).get(name), _OF_C) for base in cls.__mro__)


def guard(function: FunctionType) -> None:
    """Let what `function` raises be caught and raised again at its end, wherever its body does not catch it."""
    if not is_guarded(function):
        function.__code__ = _guarded(function.__code__)


def is_guarded(function: FunctionType) -> bool:
    """Return whether `guard` was there."""
    return function.__code__.co_code.endswith(_RAISE_AGAIN)


def _guarded(code: CodeType) -> CodeType:
    """Return `code` with the handler at its end, which every instruction outside a ``try`` leads to."""
    end = len(code.co_code) // 2  # in units of one instruction, as all places in the table
    table, done = bytearray(), 0
    for start, length, entry in _entries(code.co_exceptiontable):
        table += _entry(done, start - done, end) + entry
        done = start + length
    table += _entry(done, end - done, end)
    return code.replace(
        co_code=code.co_code + _RAISE_AGAIN,
        co_exceptiontable=bytes(table),
        co_linetable=code.co_linetable + _NO_LINE,
        co_stacksize=max(code.co_stacksize, 1),
    )


def _entry(start: int, length: int, target: int) -> bytes:
    """Return the entry "`length` instructions from `start` lead to `target` with an empty stack"."""
    if not length:
        return b""
    return b"".join((_number(start, first=True), _number(length), _number(target), _number(0)))


def _entries(table: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Return start and length of each entry of an exception table, and its bytes; the starts rise."""
    starts = [place for place, byte in enumerate(table) if byte & 0x80]
    for begin, end in pairwise([*starts, len(table)]):
        entry = table[begin:end]
        numbers, value = [], 0
        for byte in entry:
            value = value << 6 | byte & 0x3F
            if not byte & 0x40:
                numbers.append(value)
                value = 0
        yield numbers[0], numbers[1], entry


def _number(value: int, *, first: bool = False) -> bytes:
    """Return `value` in groups of six bits, highest first; 0x40 says that more follow, 0x80 that an entry begins."""
    groups = [value & 0x3F]
    while value := value >> 6:
        groups.insert(0, value & 0x3F | 0x40)
    groups[0] |= 0x80 if first else 0
    return bytes(groups)


def _subclasses(cls: type) -> Iterator[type]:
    children: list[type] = type.__subclasses__(cls)
    for child in children:
        yield child
        yield from _subclasses(child)
