"""ComparisonRun: a second run in lock-step with the first, equal to it but for one difference."""

from __future__ import annotations

from time import perf_counter

from playground.document.differences import Difference, names
from playground.document.document import Document
from playground.training import replay
from playground.training.run import Run
from playground.training.run_memory import RunMemory

AT_ONCE = 4096
"""A run that is at most this many iterations behind catches up at once, else between the events of the window."""
MEMORIES = 16
_LEAST_SHRINK, _MOST_GROWTH = 0.25, 2.0


class ComparisonRun:
    """A second run in lock-step with a first.

    Batches are functions of (seed, epoch, position), so both runs see the same batches as long as batch size and
    data agree. An edit of the first run's document reaches both; the difference stays. Weights set by hand after the
    start are not set in the second. A second run that diverges stops; the first goes on.
    """

    def __init__(self, difference: Difference, document: Document) -> None:
        """Stand at iteration 0 of what `difference` makes of the first run's `document`.

        Raises
        ------
        ValueError
            When that cannot be trained.
        """
        self.difference = difference
        self.run = Run(difference.change(document))  # the second run
        self.behind = 0  # iterations that it still has to train to stand where the first run stands (``catch_up``)
        self._steps_per_slice = 1.0
        self._memories: dict[Document, RunMemory] = {}

    def resume(self, memory: RunMemory) -> None:
        """Continue where a file has it."""
        self.run.resume(self.run.document, memory.state, memory.curve, memory.marks)

    def names(self, first: Document) -> tuple[str, str]:
        """Return the names of the first run, whose document is `first`, and of this one."""
        return names(self.difference, first, self.run.document)

    def follow(self, before: Document, after: Document, source: Document, iteration: int) -> None:
        """Apply an edit of the first run's document; the first run stands at `iteration`.

        Removed weights that return get the values that they had here while `source` was the first's document,
        as in the first run.

        Raises
        ------
        ValueError
            When that cannot be trained; this run stays as it was.
        """
        wanted = self.difference.change(after)
        if wanted != self.run.document:
            self._catch_up_at_once()
            self._memories[before] = present = self.run.memory().without_past()
            memory = self._memories.pop(source, present)
            self.run.replace_document(wanted, memory)
            self._memories[source] = memory  # now the last to be forgotten
            while len(self._memories) > MEMORIES:
                del self._memories[next(iter(self._memories))]
        if iteration == 0:
            self.reset()
        else:
            self.go_to(iteration)

    def go_to(self, iteration: int) -> None:
        """Stand at `iteration` of the first run; where that takes long, this run is ``behind`` afterwards."""
        run = self.run
        if iteration < run.timeline.first:
            run.reset()
        run.keep_present()
        known = min(iteration, run.timeline.last)
        if run.iteration != known:
            replay.go_to(run, known)
        self.behind = max(0, iteration - run.iteration)
        if self.behind <= AT_ONCE:
            self._catch_up_at_once()

    def reset(self) -> None:
        """Go to iteration 0 with the start of the document."""
        self.behind = 0
        self.run.reset()

    @property
    def steps_per_slice(self) -> int:
        """How many iterations both runs train in one slice: as many as fitted into the slices so far."""
        return max(1, int(self._steps_per_slice))

    def train(self, steps: int) -> None:
        """Train the `steps` that the first run trained, at once."""
        self.behind = max(0, self.behind + steps)
        self._catch_up_at_once()

    def train_in_slice(self, steps: int, seconds: float, begun: float) -> None:
        """Train the `steps` that the first run trained since `begun` (a ``perf_counter``), in a slice of `seconds`.

        A single step that does not fit leaves this run behind: an iteration of a large network may take several slices.
        """
        self.behind = max(0, self.behind + steps)
        if steps > 1:
            self._catch_up_at_once()
        else:
            self.catch_up(max(0.0, begun + seconds - perf_counter()))
        fits = seconds / max(perf_counter() - begun, 1e-9)
        self._steps_per_slice = max(1.0, self._steps_per_slice * min(max(fits, _LEAST_SHRINK), _MOST_GROWTH))

    def catch_up(self, seconds: float) -> bool:
        """Train for about `seconds` towards the first run; return whether this run stands where that stands."""
        if self.behind:
            self.behind -= self.run.train_for(seconds, self.behind)
        if self.run.divergence:
            self.behind = 0
        return not self.behind

    def _catch_up_at_once(self) -> None:
        self.run.train(self.behind)
        self.behind = 0
