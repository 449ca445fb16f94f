"""A learner begins lesson 1 with the mouse and the keyboard, errs, is right, loses the program and goes on."""

from __future__ import annotations

from pathlib import Path

from tests.desktop.desktop import Desktop, Program, until


def sees(program: Program, *texts: str) -> None:
    """Wait until the lesson panel says all of `texts`."""

    def says() -> bool:
        things = program.ask("screen")["things"]
        said = "\n".join(f"{one['words']}\n{one['name']}" for one in things if "LessonPanel" in one["path"])
        return all(text in said for text in texts)

    until(says, f"the lesson's {texts}", every_s=0.2)


def begin_and_lose(program: Program) -> None:
    program.look()
    program.click("GuideCardView", "Start lesson 1 (10 minutes)")
    sees(program, "One neuron, three numbers")
    program.look()
    program.click("LessonPanel", "Next")
    sees(program, "Work out the sum")
    program.key("1", "Return")
    sees(program, "leaves out the bias")
    program.key("ctrl+a", "1", "period", "5", "Return")
    sees(program, "Yes: z₁⁽¹⁾ =")
    program.key("Return")
    sees(program, "Now the activation")
    program.key("1", "period", "5", "Return")
    sees(program, "Yes: a₁⁽¹⁾ =")
    program.key("Return")
    sees(program, "On the other side")
    program.key("Down", "space", "Return")
    sees(program, "Right.", "From here the neuron is silent")
    program.kill()


def go_on(program: Program) -> None:
    program.look()
    sees(program, "On the other side", "Right.", "From here the neuron is silent")
    program.key("ctrl+Prior", "ctrl+Prior")
    sees(program, "Work out the sum", "1.5", "Yes: z₁⁽¹⁾ =")


def test_a_lesson_is_begun_by_hand_and_gone_on_with_after_a_power_cut(desktop: Desktop, tmp_path: Path) -> None:
    said = []
    for number, part in enumerate((begin_and_lose, go_on)):
        with Program(desktop, tmp_path / f"{number}.log") as program:
            part(program)
            said.append(program.said)
    assert said == ["", ""]
