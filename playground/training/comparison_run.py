"""ComparisonRun: a second run that goes where the first goes, with the same data, seed and start but one difference."""

from __future__ import annotations

from time import perf_counter

from playground.document.differences import Difference, names
from playground.document.document import Document
from playground.training.run import Run
from playground.training.run_memory import RunMemory

AT_ONCE = 4096
"""So many iterations are made up for at once; more are made up for between the events of the window."""
MEMORIES = 16
_LEAST_SHRINK, _MOST_GROWTH = 0.25, 2.0


class ComparisonRun:
    """A second run in lock-step with a first.

    Batches are functions of (seed, epoch, position), so both runs see the same batches as long as batch size and
    data agree. An edit of the first run's document reaches both; the difference stays. Weights set by hand after the
    start are not set in the second. A run whose numbers are no longer finite stands still; the first goes on.

    Attributes
    ----------
    difference : Difference
    run : Run
        The second run.
    owed : int
        Iterations that it is behind and will make up for (``pay``).
    """

    def __init__(self, difference: Difference, document: Document) -> None:
        """Stand at iteration 0 of what `difference` makes of the first run's `document`.

        Raises
        ------
        ValueError
            When that cannot be trained.
        """
        self.difference = difference
        self.run = Run(difference.change(document))
        self.owed = 0
        self._together = 1.0
        self._left: dict[Document, RunMemory] = {}

    def resume(self, memory: RunMemory) -> None:
        """Go on where a file has it."""
        self.run.resume(self.run.document, memory.state, memory.curve, memory.marks)

    def names(self, first: Document) -> tuple[str, str]:
        """Return what to call the first run, whose document is `first`, and this one."""
        return names(self.difference, first, self.run.document)

    def follow(self, before: Document, after: Document, source: Document, iteration: int) -> None:
        """Take up an edit of the first run's document, whose run stands at `iteration` now.

        Removed weights that come back have the values that they had here while `source` was the first's document,
        as they do in the first run.

        Raises
        ------
        ValueError
            When that cannot be trained; this run stays as it was.
        """
        wanted = self.difference.change(after)
        if wanted != self.run.document:
            self._make_up()
            self._left[before] = present = self.run.memory().without_past()
            memory = self._left.pop(source, present)
            self.run.adopt(wanted, memory)
            self._left[source] = memory  # the last to go
            while len(self._left) > MEMORIES:
                del self._left[next(iter(self._left))]
        if iteration == 0:
            self.reset()
        else:
            self.come_to(iteration)

    def come_to(self, iteration: int) -> None:
        """Stand at `iteration` of the first run, exactly; what takes long is ``owed``."""
        run = self.run
        self.owed = 0
        if iteration < run.timeline.first:
            run.reset()
        if iteration < run.iteration:
            run.go_to(iteration)
        elif run.iteration < run.timeline.last:
            run.go_to(min(iteration, run.timeline.last))
        self.owed = max(0, iteration - run.iteration)
        if self.owed <= AT_ONCE:
            self._make_up()

    def reset(self) -> None:
        """Go to iteration 0 with the start of the document."""
        self.owed = 0
        self.run.reset()

    @property
    def together(self) -> int:
        """How many iterations both runs make in one slice: as many as the slices so far have shown to fit."""
        return max(1, int(self._together))

    def go_along(self, steps: int, seconds: float, begun: float) -> None:
        """Make the `steps` that the first run made since `begun` (a ``perf_counter``), in a slice of `seconds`.

        A single step that takes longer is owed: an iteration of a large network may take several slices.
        """
        self.owed = max(0, self.owed + steps)
        if steps > 1:
            self._make_up()
        else:
            self.pay(max(0.0, begun + seconds - perf_counter()))
        fits = seconds / max(perf_counter() - begun, 1e-9)
        self._together = max(1.0, self._together * min(max(fits, _LEAST_SHRINK), _MOST_GROWTH))

    def train(self, steps: int) -> None:
        """Make the `steps` that the first run made, at once."""
        self.owed = max(0, self.owed + steps)
        self._make_up()

    def pay(self, seconds: float) -> bool:
        """Make up for what is owed, for about `seconds`; tell whether nothing is owed any more."""
        deadline = perf_counter() + seconds
        if self.owed:
            self.owed -= self.run.train_until(lambda: perf_counter() >= deadline, self.owed)
        if self.run.divergence:
            self.owed = 0
        return not self.owed

    def _make_up(self) -> None:
        self.run.train(self.owed)
        self.owed = 0
