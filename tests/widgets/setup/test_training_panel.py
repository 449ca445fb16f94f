"""The training panel: set shows, gestures emit under the form's names, only what matters is there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.frame.panel import NARROWEST, SideColumn
from widgets.setup.training_panel import TrainingPanel
from widgets.values import Choice, ChoiceField, NumberField, TrainingForm

OWN = {
    "squared": ("output_activation",),
    "momentum": ("momentum",),
    "adam": ("beta1", "beta2", "epsilon"),
    "adamw": ("beta1", "beta2", "epsilon", "weight_decay"),
    "rmsprop": ("rho", "epsilon"),
    "step_decay": ("interval", "gamma"),
    "warm_up": ("interval", "floor"),
    "l2": ("penalty",),
    "elastic_net": ("penalty", "l1_ratio"),
    "normal": ("initial_scale",),
    "norm": ("clip_norm",),
    "value": ("clip_value",),
    "both": ("clip_norm", "clip_value"),
}


def box(key: str, *choices: str, switches: bool = False) -> ChoiceField:
    made = tuple(Choice(c, c.replace("_", " "), f"What {c} does.", fields=OWN.get(c, ())) for c in choices)
    return ChoiceField(key, key.replace("_", " "), f"What the {key} decides.", made, switches=switches)


def number(key: str, default: float = 0.5, stops: tuple[float, ...] = (0.0, 0.03, 0.05, 0.5, 1.0)) -> NumberField:
    return NumberField(key, key.replace("_", " "), f"What {key} does.", stops, default, 0.0, 1e9)


FIELDS = (
    box("loss", "softmax", "squared"),
    box("output_activation", "linear", "tanh"),
    box("optimizer", "sgd", "momentum", "adam", "adamw", "rmsprop"),
    *map(number, ("momentum", "beta1", "beta2", "rho", "epsilon", "weight_decay", "learning_rate")),
    box("schedule", "constant", "step_decay", "warm_up"),
    replace(number("interval", 1000, (500, 1000, 2000)), integer=True),
    number("gamma"),
    number("floor"),
    box("regularizer", "none", "l2", "elastic_net"),
    number("penalty"),
    number("l1_ratio"),
    box("clipping", "none", "norm", "value", "both", switches=True),
    number("clip_norm", 1.0),
    number("clip_value", 1.0),
    box("initializer", "xavier", "normal"),
    number("initial_scale"),
)
VALUES = {field.key: field.default for field in FIELDS if isinstance(field, NumberField)} | {
    "loss": "softmax", "output_activation": "linear", "optimizer": "sgd", "schedule": "constant",
    "regularizer": "l2", "initializer": "xavier", "learning_rate": 0.03, "clip_norm": None, "clip_value": None,
}  # fmt: skip
FORM = TrainingForm(FIELDS, VALUES, seed=42, n_parameters=25)
SEED = NumberField("seed", "Seed", "Where all chance comes from.", (0.0,), 0, 0, 99, integer=True)


def form(**values: Any) -> TrainingForm:
    return replace(FORM, values=VALUES | values)


class Recorder:
    """What the panel emitted, in order."""

    def __init__(self, panel: TrainingPanel) -> None:
        self.events: list[tuple[Any, ...]] = []
        panel.field_pressed.connect(lambda key: self.events.append(("pressed", key)))
        panel.field_changed.connect(lambda key, value: self.events.append(("changed", key, value)))
        panel.field_released.connect(lambda key: self.events.append(("released", key)))


@pytest.fixture
def panel(qtbot: QtBot) -> TrainingPanel:
    widget = TrainingPanel(SEED)
    qtbot.addWidget(widget)
    widget.resize(240, 900)
    widget.set_form(FORM)
    with qtbot.waitExposed(widget):
        widget.show()
        widget.activateWindow()
    return widget


def gesture(key: str, value: object) -> list[tuple[Any, ...]]:
    return [("pressed", key), ("changed", key, value), ("released", key)]


def test_set_shows_and_never_emits(panel: TrainingPanel) -> None:
    emitted = Recorder(panel)
    changed = form(loss="squared", optimizer="adam", learning_rate=0.5, clip_norm=2.0)
    panel.set_form(replace(changed, seed=7, keep_weights=False))
    assert emitted.events == []
    assert panel.boxes["optimizer"].current == "adam"
    assert panel.sliders["learning_rate"].editor.text() == "0.5"
    assert panel.boxes["clipping"].current == "norm"
    assert panel.seed.text() == "7"
    assert not panel.keep_weights.isChecked()
    assert panel.count.text() == "25 parameters"


@pytest.mark.parametrize(
    ("change", "present", "absent"),
    [
        ({}, {"penalty"}, {"output_activation", "momentum", "beta1", "interval", "l1_ratio", "clip_norm"}),
        ({"loss": "squared"}, {"output_activation"}, set()),
        ({"optimizer": "momentum"}, {"momentum"}, {"beta1", "epsilon"}),
        ({"optimizer": "adamw"}, {"beta1", "beta2", "epsilon", "weight_decay"}, {"momentum", "rho"}),
        ({"schedule": "step_decay"}, {"interval", "gamma"}, {"floor"}),
        ({"regularizer": "none"}, set(), {"penalty"}),
        ({"regularizer": "elastic_net"}, {"penalty", "l1_ratio"}, set()),
        ({"clip_value": 1.0}, {"clip_value"}, {"clip_norm"}),
        ({"initializer": "normal"}, {"initial_scale"}, set()),
    ],
)
def test_only_what_matters_is_there(
    panel: TrainingPanel, change: dict[str, Any], present: set[str], absent: set[str]
) -> None:
    panel.set_form(form(**change))
    made = {**panel.boxes, **panel.sliders}
    assert {key for key in present if made[key].isVisible()} == present
    assert {key for key in absent if key in made and made[key].isVisible()} == set()


def test_what_no_choice_lists_is_always_there(panel: TrainingPanel) -> None:
    assert panel.sliders["learning_rate"].isVisible()
    assert panel.boxes["clipping"].isVisible()


def test_a_pick_is_one_gesture_and_shows_its_constants_at_once(panel: TrainingPanel, qtbot: QtBot) -> None:
    emitted = Recorder(panel)
    box = panel.boxes["optimizer"].box
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert emitted.events == gesture("optimizer", "momentum")
    assert panel.sliders["momentum"].isVisible()


def test_a_slider_says_pressed_changed_released_under_its_name(panel: TrainingPanel, qtbot: QtBot) -> None:
    emitted = Recorder(panel)
    qtbot.keyClick(panel.sliders["learning_rate"].slider, Qt.Key.Key_Right)
    assert emitted.events == gesture("learning_rate", 0.05)


def test_whole_numbers_leave_as_integers(panel: TrainingPanel, qtbot: QtBot) -> None:
    panel.set_form(form(schedule="step_decay"))
    emitted = Recorder(panel)
    qtbot.keyClick(panel.sliders["interval"].slider, Qt.Key.Key_Right)
    assert emitted.events == gesture("interval", 2000)
    assert type(emitted.events[1][2]) is int


def test_clipping_sends_a_limit_or_none(panel: TrainingPanel, qtbot: QtBot) -> None:
    emitted = Recorder(panel)
    panel.boxes["clipping"].box.setFocus()
    qtbot.keyClick(panel.boxes["clipping"].box, Qt.Key.Key_Down)
    assert emitted.events == gesture("clip_norm", 1.0)
    panel.set_form(form(clip_norm=0.2))
    qtbot.keyClick(panel.boxes["clipping"].box, Qt.Key.Key_Down)
    assert emitted.events[3:] == gesture("clip_norm", None) + gesture("clip_value", 1.0)


def test_the_seed_can_be_typed_and_a_wrong_one_is_refused_in_place(panel: TrainingPanel, qtbot: QtBot) -> None:
    emitted = Recorder(panel)
    panel.seed.setFocus()
    qtbot.keyClicks(panel.seed, "-1")
    qtbot.keyClick(panel.seed, Qt.Key.Key_Return)
    assert emitted.events == []
    assert panel.seed_error.text() == "Seed: expected a whole number from 0 to 99, got −1"
    panel.seed.selectAll()
    qtbot.keyClicks(panel.seed, "43")
    qtbot.keyClick(panel.seed, Qt.Key.Key_Return)
    assert emitted.events == gesture("seed", 43)
    assert panel.seed_error.isHidden()


def test_new_weights_and_keep_weights_say_so(panel: TrainingPanel, qtbot: QtBot) -> None:
    emitted = Recorder(panel)
    with qtbot.waitSignal(panel.new_weights_clicked, timeout=1000):
        panel.new_weights.click()
    panel.keep_weights.click()
    assert emitted.events == gesture("keep_weights", False)


def test_the_rate_of_the_schedule_is_shown_where_it_differs(panel: TrainingPanel) -> None:
    panel.set_rate_now(0.015)
    assert (panel.rate_now.text(), panel.rate_now.isVisible()) == ("η now 0.015", True)
    panel.set_rate_now(0.03)
    assert panel.rate_now.isHidden()


def test_the_panel_says_once_that_the_schedule_has_ended(panel: TrainingPanel) -> None:
    panel.set_rate_now(0.0, has_ended=True)
    label = panel.rate_now
    assert (label.text(), label.isVisible()) == ("schedule ended: η stays 0", True)
    assert label.width() >= label.fontMetrics().horizontalAdvance(label.text())
    panel.set_rate_now(0.03, has_ended=True)
    assert label.isHidden()
    panel.set_form(replace(form(), rate_now=0.0, has_ended=True))
    assert label.text() == "schedule ended: η stays 0"


def test_it_fits_a_narrow_column_and_scrolls_at_720_pixels(qtbot: QtBot) -> None:
    inside = TrainingPanel(SEED)
    inside.set_form(form(optimizer="adamw", schedule="step_decay"))
    column = SideColumn((inside,))
    qtbot.addWidget(column)
    column.resize(NARROWEST + 30, 620)
    with qtbot.waitExposed(column):
        column.show()
    QApplication.processEvents()
    assert column.minimumWidth() <= 280
    assert column.area.verticalScrollBar().maximum() > 0
    assert inside.width() <= column.area.viewport().width()


def test_tab_walks_from_top_to_bottom_through_controls_that_came_later(panel: TrainingPanel, qtbot: QtBot) -> None:
    panel.set_form(form(optimizer="adam"))
    panel.boxes["optimizer"].box.setFocus()
    walked = []
    for _ in range(5):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    parts = [panel.sliders[key] for key in ("beta1", "beta2", "epsilon")]
    assert walked == [control for part in parts for control in (part.slider, part.editor)][:5]


def test_every_control_has_a_tooltip_and_a_name(panel: TrainingPanel) -> None:
    panel.set_form(form(optimizer="adamw", schedule="warm_up", regularizer="elastic_net", clip_norm=1.0))
    sliders = [part for slider in panel.sliders.values() for part in (slider.slider, slider.editor)]
    boxes = [box.box for box in panel.boxes.values()]
    for part in (*sliders, *boxes, panel.seed, panel.new_weights):
        assert part.toolTip()
        assert part.accessibleName()
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert panel.keep_weights.toolTip()
