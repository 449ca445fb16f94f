"""A cache whose values live as long as they are in use, or are among the latest small ones."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Protocol, TypeVar
from weakref import WeakValueDictionary

SMALL_BYTES = 4 * 2**20
SMALL_ONES = 4


class Sized(Protocol):
    """What knows its memory."""

    @property
    def nbytes(self) -> int:
        """Memory of its arrays, in bytes."""


Made = TypeVar("Made", bound=Sized)
_latest: list[Sized] = []


def cached(make: Callable[..., Made]) -> Callable[..., Made]:
    """Return `make`, a pure function of positional arguments, which returns the same object for the same arguments.

    Besides values in use, it keeps the ``SMALL_ONES`` latest of at most ``SMALL_BYTES`` for each function, and the
    one that was asked for last: a million points are released once others replace them.
    """
    known: WeakValueDictionary[Hashable, Made] = WeakValueDictionary()
    small: OrderedDict[Hashable, Made] = OrderedDict()

    @wraps(make)
    def find(*key: Hashable) -> Made:
        made = known.get(key)
        if made is None:
            made = known[key] = make(*key)
        _latest[:] = [made]
        if made.nbytes <= SMALL_BYTES:
            small[key] = made
            small.move_to_end(key)
            if len(small) > SMALL_ONES:
                small.popitem(last=False)
        return made

    return find
