"""A progress bar on standard error: only for a user at a terminal who did not ask for quiet."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Generator
from types import TracebackType
from typing import Any, TypeVar

Result = TypeVar("Result")


class Bar:
    """A progress bar, or nothing at all when it would not be seen; use it in a ``with`` statement.

    Parameters
    ----------
    total : float
        The end.
    text : str
        What is being done.
    unit : str
        What is counted; ``""`` shows the share alone.
    quiet : bool
        Show nothing.
    """

    def __init__(self, total: float, text: str, unit: str, *, quiet: bool) -> None:
        self._bar: Any = None
        if quiet or not total or not sys.stderr.isatty():
            return
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # no thread of its own: we report often enough
        count = "{n_fmt}/{total_fmt} {unit}, " if unit else ""
        layout = f"{{desc}} {{percentage:3.0f}} % |{{bar}}| {count}{{remaining}} left{{postfix}}"
        # Our own look at the terminal: on one that does not tell its size tqdm would draw nothing at all.
        columns, rows = shutil.get_terminal_size((80, 24))
        self._bar = tqdm(
            total=total, desc=text, unit=unit, file=sys.stderr, leave=False, bar_format=layout,
            ncols=columns - 1, nrows=rows,
        )  # fmt: skip

    def __enter__(self) -> Bar:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear the line, whatever happened."""
        if self._bar is not None:
            self._bar.close()

    def move_to(self, place: float, note: str = "") -> None:
        """Show that `place` is reached, with a few words at the end of the line."""
        if self._bar is not None:
            self._bar.set_postfix_str(note, refresh=False)
            self._bar.update(place - self._bar.n)


def finish(job: Generator[float, None, Result], text: str, *, quiet: bool) -> Result:
    """Run a job that yields its done share, 0 … 1, and return what it returns."""
    with Bar(100, text, "", quiet=quiet) as bar:
        while True:
            try:
                bar.move_to(round(100 * next(job)))
            except StopIteration as end:
                result: Result = end.value
                return result
