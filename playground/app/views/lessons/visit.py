"""Visit: a lesson that is being taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playground.app.views.lessons.drill import DrillRun
from playground.app.views.lessons.step_state import StepState
from playground.lessons.lesson import Compute, Goal, Lesson, Scene, Step


@dataclass(slots=True)
class Visit:
    """A lesson that is being taken."""

    lesson: Lesson
    index: int = 0
    folder: Path | None = None  # of the file, with the documents that its scenes name
    states: dict[int, StepState] = field(default_factory=dict)
    drill: DrillRun | None = None  # of the present step
    keeps_progress: bool = True

    @property
    def step(self) -> Step:
        """The present step."""
        return self.lesson.steps[self.index]

    @property
    def state(self) -> StepState:
        """What the learner has done on it."""
        return self.states.get(self.index, StepState())

    @property
    def has_scenes(self) -> bool:
        """Whether the lesson shows documents of its own."""
        return any(isinstance(part, Scene | Goal | Compute) for step in self.lesson.steps for part in step.parts)
