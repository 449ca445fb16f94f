"""Check: the proof that a lesson can be done, carried out without a window."""

from __future__ import annotations

import math
from contextlib import suppress

from playground.document.quantity import Quantity
from playground.engine.messages import message
from playground.engine.slices import finish
from playground.lessons.exercises import exercise_of
from playground.lessons.expressions import by_nudging, value_in_circuit
from playground.lessons.faults import Fault, Faults
from playground.lessons.goals import judge
from playground.lessons.lesson import Action, CircuitQuantity, Compute, Condition, Goal, Lesson, Predict, Scene, Step
from playground.lessons.metrics import SUCCESSES
from playground.lessons.misconceptions.exercise import FAIR
from playground.lessons.playing import count_successes
from playground.lessons.rehearsal import Open, Rehearsal
from playground.lessons.second_way import agree, second_way
from playground.lessons.sides import has_side
from playground.training.quantities import value_of


def faults_of(lesson: Lesson, open_document: Open) -> list[Fault]:
    """Return what of `lesson` cannot be done; `open_document` opens the files beside it.

    Scenes are put up and actions carried out in the order of the file; every number is computed in two ways, and
    every goal must be open before its solution and reached after it.
    """
    proof = _Proof(open_document)
    for step in lesson.steps:
        proof.take(step)
    return proof.faults.found


class _Proof:
    """One walk through a lesson."""

    def __init__(self, open_document: Open) -> None:
        self.faults = Faults()
        self._rehearsal = Rehearsal(open_document)

    def take(self, step: Step) -> None:
        """Do what stands in `step`."""
        for part in step.parts:
            if isinstance(part, Scene):
                with self.faults.at(part.line):
                    self._rehearsal.enter(part)
            elif isinstance(part, Predict):
                self._do(part.run, part.line)
                if part.quantity is not None:
                    self._require_number(part.quantity, part.line)
                    self._require_fair(part.quantity, part.digits, part.line)
                if part.side is not None and not has_side(self._rehearsal.run.snapshot(), part.side):
                    template = "no place of the plane is on the side of class {side} after this; change the scene"
                    self.faults.add(part.line, template, side=part.side)
            elif isinstance(part, Compute):
                self._require_number(part.quantity, part.line)
                self._require_fair(part.quantity, part.digits, part.line)
            elif isinstance(part, Goal):
                self._require_reached(part, step.solution)

    def _do(self, actions: tuple[Action, ...], line: int) -> None:
        for action in actions:
            with self.faults.at(action.line or line):
                self._rehearsal.do(action)

    def _require_number(self, quantity: Quantity | CircuitQuantity, line: int) -> None:
        """Note a number that does not exist, or that the second way makes another one."""
        with self.faults.at(line):
            if isinstance(quantity, CircuitQuantity):
                first, second = value_in_circuit(quantity), by_nudging(quantity)
            else:
                run, selected = self._rehearsal.run, self._rehearsal.selection.example
                first = value_of(run.snapshot(), quantity, selected)
                second = second_way(run, quantity, selected)
            if not math.isfinite(first):
                raise ValueError(message("it is not a finite number; change the scene"))
            if second is not None and not agree(first, second):
                template = "two ways give two numbers, {first:g} and {second:g}; stay away from a kink"
                raise ValueError(message(template, first=first, second=second))

    def _require_fair(self, quantity: Quantity | CircuitQuantity, digits: int | None, line: int) -> None:
        """Note a number at which too few mistakes can be told apart: the reply could only be that it is wrong."""
        with suppress(ValueError):  # said already
            run, selected = self._rehearsal.run, self._rehearsal.selection.example
            exercise = exercise_of(quantity, run.snapshot(), selected, digits)
            if exercise is not None and not exercise.is_fair:
                told = len(exercise.told_apart)
                few = "here {count} of {n} mistakes can be told from the right number and from each other; "
                few += "choose other numbers, so that at least {least} can"
                self.faults.add(line, few, count=told, n=len(exercise.mistakes), least=FAIR)

    def _require_reached(self, goal: Goal, solution: tuple[Action, ...]) -> None:
        """Note a goal that is reached before anything is done, or not after its solution."""
        if not solution:
            self.faults.add(goal.line, "the goal has no solution; add a solution block with do = [ … ] to its step")
            return
        if goal.reach.metric != SUCCESSES and self._judged(goal)[0]:
            self.faults.add(goal.line, "the goal is reached before anything is done; ask for more")
        self._do(solution, goal.line)
        is_reached, reason = self._judged(goal)
        if not is_reached:
            self.faults.add(goal.line, "the solution does not reach the goal: {reason}", reason=reason)

    def _judged(self, goal: Goal) -> tuple[bool, str]:
        run, successes = self._rehearsal.run, None
        if goal.reach.metric == SUCCESSES and isinstance(goal.each, Condition):
            successes = finish(count_successes(run.document, goal.each, goal.reach.seeds))
        verdict = judge(goal, run.snapshot(), self._rehearsal.selection, successes)
        return verdict.is_reached, verdict.reason
