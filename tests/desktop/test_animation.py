"""An animation is drawn beside a window that stands as the last one was left."""

from __future__ import annotations

from pathlib import Path

from tests.desktop.desktop import Desktop, Program, until


def test_an_animation_is_drawn_at_the_second_start(desktop: Desktop, tmp_path: Path) -> None:
    film = tmp_path / "film.gif"
    with Program(desktop, tmp_path / "0.log") as program:
        program.look()
        assert program.close() == 0
    with Program(desktop, tmp_path / "1.log") as program:
        program.look()
        program.key("F10", "F10", "F10")
        program.key("alt+f", "x", "a")
        until(lambda: "pictures" in words(program), "the question for the span")
        program.key("Return")
        until(lambda: "Animated picture (*.gif)" in words(program), "the question for a place")
        desktop.hand("type", str(film))
        program.key("Return")
        until(lambda: film.exists() or program.ask("state") is None, "the film")
        assert film.read_bytes().startswith(b"GIF89a")
        program.look()
        assert program.said == ""


def words(program: Program) -> set[str]:
    return {one["words"] for one in program.ask("screen")["things"]}
