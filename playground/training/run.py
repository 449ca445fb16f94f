"""Run: one network being trained and edited, with its curves and its timeline."""

from __future__ import annotations

from dataclasses import replace

from playground.document.document import Document
from playground.document.input_scale import is_other_data, misfit
from playground.document.prepared_data import prepare
from playground.engine.state import RunState
from playground.training.branch import Branch, WholeRun, with_branch
from playground.training.curve import Curve
from playground.training.run_memory import RunMemory, start_of
from playground.training.setup import initial_state
from playground.training.timeline import OUTLINE, Mark
from playground.training.training_loop import TrainingLoop
from playground.training.weight_transfer import adapt_state, changes_start, shape_of, transfer_state


class Run(TrainingLoop):
    """A training loop that can be edited, and put back to what it was.

    A run is moved (``train``, ``replay``, ``reset``) and edited (``replace_document``, ``restore``).
    """

    def memory(self) -> RunMemory:
        """Return the current state with an outline of the states before it."""
        whole = self.full_memory()
        marks = tuple(mark for mark in whole.marks if mark.iteration <= whole.state.iteration)
        return replace(whole, marks=marks)

    def full_memory(self, most: int = OUTLINE) -> RunMemory:
        """Return the current state with an outline of at most `most` states before and after it."""
        self.keep_present()
        return RunMemory(self.document, self.trainer.state(), self.timeline.outline(most), self.history.copy())

    def replace_document(
        self, document: Document, memory: RunMemory, *, keep_weights: bool | None = None, exactly: bool = False
    ) -> bool:
        """Train on under `document`; every weight that the new network has, too, is kept.

        Weights that the current network does not have come from `memory`, then from the initializer. Returns whether
        the run restarted instead, as the document (or `keep_weights`) asks, or because its weights do not fit the data.
        The curves of another network or other data become a branch. With `exactly`, the state is that of `memory`.

        Raises
        ------
        ValueError
            When the document cannot be trained; the run stays as it was.
        """
        before, network, state = self.document, self.network, self.trainer.state()
        _in_use = self.data, prepare(document)  # keeps both cached while they are compared
        left, end = self.full_memory(), self._far_end()
        self._equip(document)
        self.divergence = None
        reshaped = shape_of(before, network) != shape_of(document, self.network)
        keeps = document.keep_weights if keep_weights is None else keep_weights
        if (
            changes_start(before, document)
            or (reshaped and not keeps)
            or (not keep_weights and misfit(before, document))
        ):
            self._begin(initial_state(document, self.network))
            return True
        if exactly:
            state = memory.state
        elif reshaped:
            state = transfer_state([(before, state), (memory.document, memory.state)], document, self.network)
        if not exactly:
            state = adapt_state(state, before, document, self.network)
        self.trainer.load(state)
        if reshaped:
            self.timeline.restart(state, document)
        else:
            self.timeline.keep(state, document, edited=True)
        if state.iteration and (reshaped or is_other_data(before, document)):
            self.history.leave(end or left)
        self._amend(end)
        return False

    def restore(self, memory: RunMemory) -> None:
        """Put document, state, curves and kept states exactly as `memory` has them."""
        here = memory.curve is not None and memory.curve.table is self.history.copy().table
        end = self._far_end() if here else None
        self.resume(memory.document, memory.state, memory.curve, memory.marks, self.history.branches)
        self._amend(end)

    def whole(self) -> WholeRun:
        """Return the run as it is, with its branches."""
        return WholeRun(self.full_memory(), self.history.branches)

    def put_back(self, whole: WholeRun) -> None:
        """Put document, state, curves, kept states and branches exactly as `whole` has them."""
        memory = whole.memory
        self.generation += 1
        self.resume(memory.document, memory.state, memory.curve, memory.marks, whole.branches)

    def after_switch_to(self, branch: Branch, end: RunMemory) -> WholeRun:
        """Return the run at the `end` of `branch`: what the run leaves is a branch."""
        others = tuple(one for one in self.history.branches if one is not branch)
        left = self.history.copy().since(branch.iteration)
        if len(left) > 1:
            others = with_branch(others, Branch(left, has_split=True, end=self.full_memory()))
        return WholeRun(end, others)

    def after_reset(self) -> WholeRun:
        """Return the run at iteration 0 with the start of the document: what the run leaves is a branch."""
        left, branches = self.history.copy().table, self.history.branches
        if len(left) > 1:
            branches = with_branch(branches, Branch(left, end=self._far_end() or self.full_memory()))
        return WholeRun(start_of(self.document), branches)

    @property
    def is_fresh(self) -> bool:
        """Whether a reset would change nothing: the run stands at its start, and nothing was trained."""
        is_alone = len(self.timeline) == 1 and len(self.history) <= 1 and self.divergence is None
        return is_alone and self.trainer.state().same_as(initial_state(self.document, self.network))

    def resume(
        self,
        document: Document,
        state: RunState | None = None,
        curves: Curve | None = None,
        marks: tuple[Mark, ...] = (),
        branches: tuple[Branch, ...] = (),
    ) -> None:
        """Continue `document` at `state`, as a file has them; without a state, at iteration 0.

        Earlier and later iterations are replayed from `marks`. Training continues bit for bit as in the run that was
        saved.
        """
        self._equip(document)
        if state is None:
            self._begin(initial_state(self.document, self.network))
            return
        self.divergence = None
        self.trainer.load(state)
        self.timeline.restore(marks, state, document)
        self.history.clear(self._instruments.stride)
        if curves is not None:
            self.history.restore(curves)
        self.history.branches = branches
        self._note_losses()
        self.version += 1

    def _amend(self, end: RunMemory | None) -> None:
        """Measure the losses again after an edit; `end` is the run at the end of what the edit cut off."""
        self.history.cut(self.iteration, end)
        self.history.amend(self.iteration, self._instruments.losses(self.trainer.parameters, self.iteration))
        self.version += 1
