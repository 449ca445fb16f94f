"""Scenes of a lesson: the documents and circuits that its steps show, and what is done on them again on the way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playground.app.views.lessons.stage import LessonStage, Work
from playground.app.views.lessons.visit import Visit
from playground.engine.slices import finish
from playground.files import document_file
from playground.files.saved import Saved
from playground.lessons.lesson import PREVIOUS, Action, Goal, Lesson, Predict, Scene, Step
from playground.lessons.scenes import document_of_scene
from playground.session.saving import open_saved
from playground.session.session import Session

_PASSING = ("ring", "show", "circuit", "slow_motion")
"""Verbs whose effect ends with their step."""


@dataclass(frozen=True, slots=True)
class Scenes:
    """Shows the scenes of a visit on a stage."""

    session: Session
    stage: LessonStage

    def prepare(self, visit: Visit) -> None:
        """Show the window as the learner meets it at the present step; what went before is done again."""
        if visit.has_scenes:
            self._finish(self._work_to(visit))

    def enter(self, visit: Visit) -> None:
        """Show the scenes of the present step after those of the step before it."""
        self._finish(self._work_of(visit.step, visit.folder))

    # ---- inside --------------------------------------------------------------------------------

    def _work_to(self, visit: Visit) -> Work:
        steps = visit.lesson.steps[: visit.index + 1]
        start = max((i for i, step in enumerate(steps) if _begins(step)), default=0)
        for index, step in enumerate(steps[start:], start=start):
            is_past = index < visit.index
            yield from self._work_of(step, visit.folder, is_past=is_past)
            question = step.question
            if isinstance(question, Predict) and (is_past or visit.state.is_done):
                yield from self.stage.carry_out(_lasting(question.run))
            if isinstance(question, Goal) and (is_past or visit.state.is_done):
                yield from self.stage.carry_out(_lasting(step.solution))

    def _work_of(self, step: Step, folder: Path | None, *, is_past: bool = False) -> Work:
        for part in step.parts:
            if isinstance(part, Scene):
                self._load(part, folder, step.heading)
                yield from self.stage.carry_out(_lasting(part.actions) if is_past else part.actions)

    def _load(self, scene: Scene, folder: Path | None, text: str) -> None:
        self.session.pause()
        if scene.circuit is not None:
            self.stage.desk.open(scene.circuit.text, dict(scene.circuit.inputs))
            return
        self.stage.close_circuit()
        if scene.document == PREVIOUS:
            self.session.change(lambda before: document_of_scene(scene, before), text)
        else:
            open_saved(self.session, _saved(scene, folder), text, always=True)

    def _finish(self, work: Work) -> None:
        """Do `work` at once; the views show what has come of it, not each step on the way."""
        try:
            with self.session.refreshing():
                finish(work)
        except ValueError as error:
            self.session.note(str(error))


def first_document(visit: Visit) -> Saved:
    """Return what the first scene up to the present step shows; the program's own document where there is none.

    Raises
    ------
    ValueError
        When it cannot be shown.
    """
    for step in visit.lesson.steps[: visit.index + 1]:
        for part in step.parts:
            if isinstance(part, Scene) and part.circuit is None:
                return _saved(part, visit.folder)
    return Saved()


def have_other_scenes(before: Lesson, after: Lesson) -> bool:
    """Return whether two versions of a lesson differ in their scenes."""
    return _told(before) != _told(after)


def _told(lesson: Lesson) -> list[tuple[object, ...]]:
    scenes = [part for step in lesson.steps for part in step.parts if isinstance(part, Scene)]
    return [(scene.words, scene.document, scene.actions) for scene in scenes]


def _saved(scene: Scene, folder: Path | None) -> Saved:
    if scene.document:
        if folder is None:
            raise ValueError(f"{scene.document}: a lesson that is in no folder has no documents beside it")
        return document_file.load(folder / scene.document)
    return Saved(document_of_scene(scene))


def _begins(step: Step) -> bool:
    """Return whether a scene of `step` does not build on what went before."""
    return any(isinstance(part, Scene) and part.document != PREVIOUS for part in step.parts)


def _lasting(actions: tuple[Action, ...]) -> tuple[Action, ...]:
    return tuple(action for action in actions if action.verb not in _PASSING)
