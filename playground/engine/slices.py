"""Work in slices: a generator that yields between the slices and returns what was made."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

Result = TypeVar("Result")


def finish(work: Generator[object, None, Result]) -> Result:
    """Return the result of `work`, all its slices done at once."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result
