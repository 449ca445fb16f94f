"""Library: several lessons in the order in which they are taken, as their ``needs`` say."""

from __future__ import annotations

from collections.abc import Iterable

from playground.engine.messages import message
from playground.lessons.faults import Fault, unknown
from playground.lessons.lesson import Lesson


def in_order(lessons: Iterable[Lesson]) -> tuple[Lesson, ...]:
    """Return `lessons` with those before it that each of them needs; else the order stays."""
    waiting = list(lessons)
    named = {lesson.name for lesson in waiting}
    done: dict[str, Lesson] = {}
    while waiting:
        ready = next((one for one in waiting if all(n in done or n not in named for n in one.needs)), waiting[0])
        waiting.remove(ready)
        done[ready.name] = ready
    return tuple(done.values())


def faults_of_needs(lesson: Lesson, known: Iterable[Lesson]) -> list[Fault]:
    """Return why what `lesson` needs cannot be taken before it: a name that is not `known`, or a loop."""
    by_name = {one.name: one for one in known} | {lesson.name: lesson}
    faults = [Fault(1, message("needs: {unknown}", unknown=unknown(name, by_name.keys() - {lesson.name}, "lesson")))
              for name in lesson.needs if name not in by_name]  # fmt: skip
    if loop := _loop(lesson, by_name):
        way = " → ".join(loop)
        faults.append(Fault(1, message("needs: {way} is a loop; leave one of them out", way=way)))
    return faults


def _loop(lesson: Lesson, by_name: dict[str, Lesson]) -> list[str]:
    """Return the way from `lesson` back to itself along what lessons need; nothing where there is none."""
    ways, seen = [[lesson.name]], {lesson.name}
    while ways:
        way = ways.pop()
        for name in by_name[way[-1]].needs:
            if name == lesson.name:
                return [*way, name]
            if name in by_name and name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []
