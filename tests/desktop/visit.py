"""What one user does: a first start, a second with some use, which ends by a power cut, and a third."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.desktop.desktop import Desktop, Program, until

PICKERS = {
    "edges show": {"weight": "weights", "gradient": "batch ∂L/∂w", "update": "updates"},
    "neurons show": {"activation": "activation", "upstream": "upstream", "downstream": "downstream"},
}


@dataclass
class Visit:
    """What was seen."""

    is_dark: bool
    moments: dict[str, dict[str, Any]] = field(default_factory=dict)  # what was on the screen
    picked: dict[tuple[str, str], tuple[dict[str, Any], str]] = field(default_factory=dict)  # state and picture
    exit_codes: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # what was written to the terminal at each start
    iteration_at_kill: int = 0
    iteration_recovered: int = 0


def make_visit(desktop: Desktop, home: Path, *, is_dark: bool) -> Visit:
    """Start three times in the same home folder."""
    visit = Visit(is_dark)
    for number, part in enumerate((_look_and_close, _use_and_kill, _recover), start=1):
        with Program(desktop, home / f"{number}.log") as program:
            part(visit, program, home)
            visit.said.append(program.said)
    return visit


def _look_and_close(visit: Visit, program: Program, _home: Path) -> None:
    program.look()
    if visit.is_dark:
        program.click("TransportBar", "Dark theme")
        until(lambda: program.ask("screen")["lightness"] < 0.5, "the dark theme")
    visit.moments["first start"] = program.look()
    visit.exit_codes.append(program.close())


def _use_and_kill(visit: Visit, program: Program, home: Path) -> None:
    visit.moments["second start"] = program.look()
    for key, moment in (("F11", "lecture mode"), ("F11", "after lecture mode")):
        program.key(key)
        visit.moments[moment] = program.look()
    program.key("F5")
    program.until(lambda state: state["iteration"] > 20, "training")
    program.key("F5")
    program.until(lambda state: not state["is_playing"], "the pause")
    visit.iteration_at_kill = program.ask("state")["iteration"]
    for picker, choices in PICKERS.items():
        for choice, word in [*choices.items(), next(iter(choices.items()))]:
            program.click("KindPicker", word)
            state = program.until(lambda state: state[picker] == choice, f"{picker} {word}")  # noqa: B023
            visit.picked[picker, choice] = state, program.ask("pictures")["network"]
    visit.moments["after use"] = program.look()
    until(lambda: visit.iteration_at_kill in _iterations_kept(home), "the keeping of work")


def _recover(visit: Visit, program: Program, _home: Path) -> None:
    visit.moments["offer"] = program.look()
    program.key("Return")
    visit.iteration_recovered = program.until(lambda state: state["iteration"] > 0, "the recovery")["iteration"]
    visit.moments["recovered"] = program.look()


def _iterations_kept(home: Path) -> list[int]:
    return [
        json.loads(file.read_text(encoding="utf-8"))["work"]["run"]["iteration"] for file in home.rglob("work.json")
    ]
