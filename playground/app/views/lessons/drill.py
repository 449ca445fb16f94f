"""A drill as it is taken: one task after another, its blanks in their order, the level following success."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playground.app.views.lessons.replies import of_exercise
from playground.engine.messages import message
from playground.lessons.drills.ladder import Standing, next_task
from playground.lessons.drills.task import LEVELS, Task
from playground.lessons.misconceptions.exercise import Exercise
from playground.lessons.misconceptions.reply import reply_to
from widgets.values import Choice
from widgets.values.lessons import LessonQuestion, LessonReply

CHECK = Choice("check", "Check", "Check the number (Enter).")
NEXT_TASK = Choice("task", "Next task", "Another one, as hard as you are good (Enter).")


@dataclass(frozen=True, slots=True)
class DrillRun:
    """Where a learner is in a drill."""

    task: Task
    standing: Standing
    wanted: int  # tasks
    solved: int = 0  # tasks that are over
    blank: int = 0  # of the present task; as many as it has: it is over
    is_clean: bool = True  # every blank of it was right at the first try
    typed: str = ""
    reply: LessonReply | None = None
    is_hint_shown: bool = False

    @property
    def exercise(self) -> Exercise | None:
        """What is asked now; None when the task is over."""
        asked = self.task.asked
        return asked[self.blank] if self.blank < len(asked) else None

    @property
    def known(self) -> int:
        """How many steps of the present task are known: those that are shown, and those that are answered."""
        return len(self.task.worked) + self.blank

    @property
    def is_over(self) -> bool:
        """Whether all tasks are over."""
        return self.solved >= self.wanted

    @property
    def lead(self) -> str:
        """What the task gives."""
        draft = self.task.draft
        lines = [f"`{line}`" for line in draft.given]
        count = message("Task {number} of {count}", number=self.solved + (self.exercise is not None), count=self.wanted)
        level = message("level {level} of {levels} · {name}", level=self.task.level, levels=LEVELS, name=self.task.name)
        return f"**{draft.title}**\n\n" + "\n".join(lines) + f"\n\n{count} · {level}"

    @property
    def worked(self) -> str:
        """The steps that are known by now; below the question, which stays where it is while they grow."""
        known = self.task.draft.steps[: self.known]
        head = message("**Known by now**")
        return "\n\n".join([head, "\n".join(f"`{one.solution}`" for one in known)]) if known else ""

    @property
    def question(self) -> LessonQuestion | None:
        """The blank, or the way to the next task."""
        exercise = self.exercise
        if exercise is not None:
            ask = message("Work out `{symbol}`.", symbol=exercise.symbol)
            return LessonQuestion(ask, CHECK, takes_number=True, typed=self.typed)
        return None if self.is_over else LessonQuestion(message("That task is done."), NEXT_TASK)

    @property
    def hint(self) -> str:
        """Where to look, once that is asked for."""
        return self.exercise.hint if self.is_hint_shown and self.exercise else ""

    def answered(self, typed: str) -> DrillRun:
        """Return the drill after an answer to its blank."""
        exercise = self.exercise
        if exercise is None:
            return self
        reply = reply_to(exercise, typed)
        said = of_exercise(reply)
        if reply.kind == "right":
            return self._past(said)
        is_try = reply.kind in ("wrong_law", "wrong")
        return replace(self, typed=typed, reply=said, is_clean=self.is_clean and not is_try)

    def shown(self) -> DrillRun:
        """Return the drill with its blank filled in for the learner."""
        exercise = self.exercise
        if exercise is None:
            return self
        return replace(self, is_clean=False)._past(LessonReply("note", exercise.solution))

    def with_hint(self) -> DrillRun:
        """Return the drill with a hint."""
        return replace(self, is_hint_shown=True)

    def with_next_task(self, seed: int) -> DrillRun:
        """Return the drill at another task, of the level that fits."""
        task = next_task(self.task.kind, self.standing.level, seed)
        return DrillRun(task, self.standing, self.wanted, self.solved)

    def _past(self, said: LessonReply) -> DrillRun:
        after = replace(self, blank=self.blank + 1, typed="", reply=said, is_hint_shown=False)
        if after.exercise is not None:
            return after
        return replace(after, solved=self.solved + 1, standing=self.standing.after(solved=self.is_clean))


def begin(kind: str, standing: Standing, wanted: int, seed: int) -> DrillRun:
    """Return a drill of `wanted` tasks.

    Raises
    ------
    ValueError
        When there is no such kind.
    """
    return DrillRun(next_task(kind, standing.level, seed), standing, wanted)
