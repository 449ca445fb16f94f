"""What a screen reader meets in the program, over the accessibility bus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.desktop.desktop import Program, ScreenReader, until

CONTROLS = {
    "push button", "toggle button", "check box", "radio button", "combo box", "slider", "text", "entry", "spin button",
    "page tab", "menu item", "label", "image", "tree", "table", "progress bar", "link",
}  # fmt: skip
DOCKS = (
    "Hidden space", "Loss slice", "Statistics", "Confusion matrix", "Templates", "Paint", "Compare two runs", "Lesson"
)  # fmt: skip
DIALOGS = {"F1": "KeyList", "ctrl+F5": "StopDialog", "ctrl+l": "LinkPrompt"}
BUTTON = "push button"
PAGES = ("Circuit", "Tensors", "Jacobian", "Gradient check", "Gradients")


@pytest.fixture(scope="module")
def pages(reading: tuple[Program, ScreenReader]) -> dict[str, list[dict[str, Any]]]:
    """Everything that is showing at each page of the inspector."""
    program, reader = reading
    seen = {}
    for page in PAGES:
        assert reader.ask(f"press {page}")
        program.look()
        seen[page] = reader.ask("tree")
    return seen


def faults(seen: list[dict[str, Any]]) -> set[str]:
    """Return what has no role, and each control without a name; a cell is called what it holds."""
    roleless = {f"{thing['path']}: no role" for thing in seen if thing["role"] in ("unknown", "invalid", "")}
    others = [thing for thing in seen if thing["role"] != "table cell"]
    controls = (thing for thing in others if thing["focusable"] or thing["role"] in CONTROLS - {"label"})
    return roleless | {f"{thing['path']} / {thing['role']}: no name" for thing in controls if not thing["name"].strip()}


def things(pages: dict[str, list[dict[str, Any]]], *roles: str) -> Iterator[dict[str, Any]]:
    return (thing for page in pages.values() for thing in page if not roles or thing["role"] in roles)


def test_everything_has_a_role_and_every_control_a_name(pages: dict[str, list[dict[str, Any]]]) -> None:
    roleless = [thing for thing in things(pages) if thing["role"] in ("unknown", "invalid", "")]
    nameless = [thing for thing in things(pages) if thing["focusable"] or thing["role"] in CONTROLS]

    assert {thing["path"] for thing in roleless} == set()
    assert {f"{thing['path']} / {thing['role']}" for thing in nameless if not thing["name"].strip()} == set()


def test_a_slider_has_a_value_between_its_limits_and_says_it_with_its_unit(
    pages: dict[str, list[dict[str, Any]]],
) -> None:
    sliders = {thing["name"]: thing for thing in things(pages, "slider")}

    assert {"Noise", "Points", "Train / test", "Batch size", "Width of hidden layer 1"} <= sliders.keys()
    for name, slider in sliders.items():
        value, least, most = slider["value"]
        assert least <= value <= most, name
        assert slider["description"], name
    assert (sliders["Train / test"]["value"][0], sliders["Train / test"]["description"]) == (0.5, "50 %")
    assert (sliders["Noise"]["value"][0], sliders["Noise"]["description"]) == (0.05, "0.05")


def test_every_node_and_edge_of_the_network_is_met_with_its_number(pages: dict[str, list[dict[str, Any]]]) -> None:
    names = [thing["name"] for thing in pages["Gradients"] if thing["path"].endswith("/ Network")]
    of = {word: [name for name in names if name.startswith(word)] for word in ("input", "neuron", "output", "loss L")}

    assert {word: len(found) for word, found in of.items()} == {"input": 2, "neuron": 4, "output": 1, "loss L": 1}
    edges = [name for name in names if name.startswith(("weight", "bias"))]
    assert len(edges) == 4 * (2 + 1) + (4 + 1)
    assert [name for word in of.values() for name in word if not re.search(r"\d$", name)] == []
    assert [name for name in edges if not re.search(r"\d$", name)] == []


def test_every_gate_of_a_circuit_is_met_with_its_number(
    reading: tuple[Program, ScreenReader], pages: dict[str, list[dict[str, Any]]]
) -> None:
    program, reader = reading
    program.key("F6")
    until(lambda: "CircuitsWindow" in program.look()["windows"], "the circuits window")
    in_window = reader.ask("tree")
    program.key("F6")
    waits = "not computed yet"  # the window opens at the start of the forward pass
    for page, number in ((pages["Circuit"], r".*\d"), (in_window, rf"(.*\d|{waits})")):
        gates = [thing["name"] for thing in page if thing["name"].startswith("gate ")]
        assert len(gates) >= 5
        assert [gate for gate in gates if not re.search(rf"value {number}, gradient {number}$", gate)] == []
        assert any(waits in gate for gate in gates) == (page is in_window)
        wires = [thing for thing in page if thing["name"].startswith("wire ")]
        assert len(wires) >= 4
        wrong = [thing for thing in wires if not re.search(rf"gradient {number}$", thing["name"])]
        assert wrong + [thing for thing in wires if "Press" not in thing["actions"]] == []


def test_a_walk_by_keys_is_announced(reading: tuple[Program, ScreenReader], pages: dict[str, Any]) -> None:
    program, reader = reading
    names = [thing["name"] for thing in pages["Gradients"] if thing["path"].endswith("/ Network")]
    program.click("GraphView", next(name for name in names if name.startswith("neuron 1 of hidden layer 1")))
    for key, announced in (
        ("Down", "neuron 2 of hidden layer 1"),
        ("Down", "neuron 3 of hidden layer 1"),
        ("e", "weight from x₁ to a₃⁽¹⁾"),
        ("Down", "weight from x₂ to a₃⁽¹⁾"),
        ("e", "neuron 3 of hidden layer 1"),
        ("Right", "output ŷ"),
        ("Right", "loss L"),
    ):
        reader.ask("heard")
        program.key(key)
        heard: list[str] = []

        def is_announced(announced: str = announced, heard: list[str] = heard) -> bool:
            heard += reader.ask("heard")
            return any(name.startswith(announced) for name in heard)

        until(is_announced, f"the announcement of {announced!r}")


def test_every_stop_of_the_tab_key_is_announced(reading: tuple[Program, ScreenReader]) -> None:
    program, reader = reading
    stops: list[str] = []
    for _ in range(12):
        reader.ask("heard")
        program.key("Tab")
        stops += until(lambda: reader.ask("heard"), "an announcement")

    assert "" not in stops
    assert len(set(stops)) >= 12


def test_a_press_selects_a_node_and_an_edge(reading: tuple[Program, ScreenReader], pages: dict[str, Any]) -> None:
    program, reader = reading
    inside = [thing for thing in pages["Gradients"] if thing["path"].endswith("/ Network")]
    drawn = [thing for thing in inside if thing["name"].startswith(("input", "neuron", "weight", "bias", "output"))]
    assert len(drawn) == 2 + 4 + 1 + 4 * 3 + 5
    assert [thing["name"] for thing in drawn if "Press" not in thing["actions"]] == []
    for begin in ("neuron 2 of hidden layer 1", "weight from x₁ to a₃⁽¹⁾", "output ŷ", "input x₂"):
        name = next(thing["name"] for thing in reader.ask("tree") if thing["name"].startswith(begin))
        assert reader.ask(f"press {name}")
        program.look()
        selected = [thing["name"] for thing in reader.ask("tree") if thing["selected"] and thing["role"] == BUTTON]
        assert [name.startswith(begin) for name in selected] == [True], (begin, selected)


def switch(program: Program, reader: ScreenReader, dock: str) -> None:
    """Show or hide `dock` with its entry in the menu, which stays open after the press of a reader.

    With a reader on the bus Qt holds each key back until the bus has answered: an Alt that comes after its V closes the
    menu again, and the keys are pressed once more.
    """

    def is_open() -> bool:
        program.key("alt+v")
        return "QMenu" in program.look()["windows"]

    until(is_open, "the View menu")
    until(lambda: reader.ask(f"press {dock}"), f"the entry of {dock}")
    program.key("Escape", "Escape")
    program.look()


def test_every_control_of_every_dock_is_named(reading: tuple[Program, ScreenReader]) -> None:
    program, reader = reading
    found: dict[str, set[str]] = {}
    for dock in DOCKS:
        switch(program, reader, dock)
        seen = reader.ask("tree")
        assert any(f" / {dock} / " in f"{thing['path']} / " for thing in seen), dock
        found[dock] = faults(seen)
        switch(program, reader, dock)

    assert {dock: wrong for dock, wrong in found.items() if wrong} == {}


def test_every_control_of_a_dialog_is_named(reading: tuple[Program, ScreenReader]) -> None:
    program, reader = reading
    found: dict[str, set[str]] = {}
    for key, kind in DIALOGS.items():
        program.key(key)
        until(lambda kind=kind: kind in program.look()["windows"], f"the dialog {kind}")
        found[kind] = faults(reader.ask("tree"))
        program.key("Escape")
        until(lambda kind=kind: kind not in program.look()["windows"], f"the end of {kind}")

    assert {kind: wrong for kind, wrong in found.items() if wrong} == {}
