"""The look: readable in both themes, icons that follow it, a sheet with no colour missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.controls.button import Button
from widgets.style import icons, style, themes


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    style.apply(qapp, themes.LIGHT)


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(colour).getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(front: str, back: str) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21."""
    high, low = sorted((luminance(front), luminance(back)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_measure_knows_black_on_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)


@pytest.mark.parametrize("theme", [themes.LIGHT, themes.DARK], ids=lambda t: t.name)
@pytest.mark.parametrize(
    ("front", "back"),
    [
        ("text", "panel"), ("text", "window"), ("text", "accent_soft"), ("secondary", "panel"), ("secondary", "window"),
        ("on_accent", "accent"), ("accent", "panel"), ("warning", "panel"), ("forward", "panel"), ("gradient", "panel"),
        ("on_accent", "gradient"), ("on_accent", "forward"),
    ],
)  # fmt: skip
def test_text_can_be_read_in_both_themes(theme: themes.Theme, front: str, back: str) -> None:
    assert contrast(getattr(theme, front), getattr(theme, back)) >= 4.5


@pytest.mark.parametrize("theme", [themes.LIGHT, themes.DARK, replace(themes.DARK, scale=1.5)], ids=str)
def test_the_sheet_has_a_value_for_every_name(qapp: QApplication, theme: themes.Theme) -> None:
    style.apply(qapp, theme)
    sheet = qapp.styleSheet()
    assert "$" not in sheet
    assert theme.accent in sheet
    assert sheet.count("{") == sheet.count("}")


@pytest.mark.parametrize("theme", [themes.LIGHT, themes.DARK], ids=lambda t: t.name)
def test_the_pictures_that_the_sheet_names_are_there(qapp: QApplication, theme: themes.Theme) -> None:
    style.apply(qapp, theme)
    names = re.findall(r'url\("([^"]+)"\)', qapp.styleSheet())
    assert names
    for name in names:
        assert not QIcon(name).pixmap(12, 12).isNull(), name


@pytest.mark.parametrize("name", sorted(icons.ICONS))
def test_every_icon_paints_in_the_colour_asked_for(qapp: QApplication, name: str) -> None:
    image = icons.icon(name, "#123456", "#999999", 32).pixmap(32, 32).toImage()
    solid = [
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert set(solid) == {"#123456"}


def test_an_unknown_icon_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"there is no 'rocket'; there are back, camera"):
        icons.icon("rocket", "#000000", "#999999")


def test_a_button_changes_its_icon_with_the_theme(qapp: QApplication, qtbot: object) -> None:
    style.apply(qapp, themes.LIGHT)
    button = Button("Reset", "tip", "reset")
    before = button.icon().cacheKey()
    style.apply(qapp, themes.DARK)
    qapp.processEvents()
    assert button.icon().cacheKey() != before
    button.deleteLater()


class Told(QLabel):
    """Counts the changes of the look that reach it."""

    def __init__(self) -> None:
        super().__init__("deep")
        self.setProperty("role", "secondary")
        self.events: Counter[QEvent.Type] = Counter()

    def changeEvent(self, event: QEvent) -> None:
        """Count."""
        self.events[event.type()] += 1
        super().changeEvent(event)


@pytest.fixture
def deep(qapp: QApplication, qtbot: QtBot) -> Iterator[Told]:
    """Yield a label below twelve widgets, shown."""
    style.apply(qapp, themes.LIGHT)
    label = Told()
    inner: QWidget = label
    for _ in range(12):
        outer = QWidget()
        QVBoxLayout(outer).addWidget(inner)
        inner = outer
    qtbot.addWidget(inner)
    inner.show()
    qapp.processEvents()
    label.events.clear()
    yield label
    inner.close()


def test_a_widget_hears_of_a_theme_no_more_often_for_lying_deep(qapp: QApplication, deep: Told) -> None:
    style.apply(qapp, themes.DARK)
    assert 1 <= deep.events[QEvent.Type.PaletteChange] <= 2
    assert deep.events[QEvent.Type.StyleChange] == 0
    assert deep.palette().color(QPalette.ColorRole.WindowText) == QColor(themes.DARK.secondary)


def test_a_widget_is_measured_once_for_another_size_of_type(qapp: QApplication, deep: Told) -> None:
    points = deep.font().pointSizeF()
    style.apply(qapp, replace(themes.LIGHT, scale=1.5))
    assert deep.events[QEvent.Type.StyleChange] == 1
    assert deep.font().pointSizeF() == pytest.approx(1.5 * points, rel=0.01)


def test_a_widget_that_is_hidden_has_the_look_when_it_is_shown(qapp: QApplication, deep: Told) -> None:
    deep.hide()
    style.apply(qapp, replace(themes.DARK, scale=1.5))
    deep.show()
    assert deep.palette().color(QPalette.ColorRole.WindowText) == QColor(themes.DARK.secondary)
    assert deep.font().pointSizeF() == pytest.approx(12.0)


def test_a_hidden_widget_costs_nothing_at_a_change_of_theme_and_takes_it_when_it_is_shown(
    qapp: QApplication, qtbot: QtBot
) -> None:
    style.apply(qapp, themes.LIGHT)
    outer = QWidget()
    qtbot.addWidget(outer)
    column = QVBoxLayout(outer)
    inner = Button("Inner", "A button.")
    column.addWidget(inner)
    outer.show()
    inner.hide()
    style.apply(qapp, themes.DARK)
    inner.show()
    assert inner.palette().color(QPalette.ColorRole.ButtonText) == QColor(themes.DARK.text)
    pixels = inner.grab().toImage()
    assert pixels.pixelColor(pixels.width() // 2, 3) == QColor(themes.DARK.panel)


def test_what_is_hidden_costs_nothing_until_it_is_shown_and_is_measured_once_then(
    qapp: QApplication, deep: Told
) -> None:
    deep.hide()
    style.apply(qapp, replace(themes.LIGHT, scale=1.5))
    style.apply(qapp, replace(themes.DARK, scale=1.5))
    style.apply(qapp, replace(themes.DARK, scale=1.25))
    assert deep.events[QEvent.Type.StyleChange] == 0
    deep.show()
    deep.hide()
    deep.show()
    assert deep.events[QEvent.Type.StyleChange] == 1
    assert deep.font().pointSizeF() == pytest.approx(10.0)
    style.apply(qapp, themes.LIGHT)
    assert deep.font().pointSizeF() == pytest.approx(8.0)
    assert deep.palette().color(QPalette.ColorRole.WindowText) == QColor(themes.LIGHT.secondary)


def test_a_font_that_was_set_stays_with_another_theme_that_came_while_it_was_hidden(
    qapp: QApplication, deep: Told
) -> None:
    deep.setProperty("role", "")
    deep.setFont(style.mono(20.0))
    deep.hide()
    style.apply(qapp, themes.DARK)
    deep.show()
    assert deep.font().pointSizeF() == pytest.approx(20.0)


def test_a_part_that_is_hidden_inside_a_hidden_part_waits_for_its_own_turn(qapp: QApplication, deep: Told) -> None:
    outer = deep.parentWidget()
    assert outer is not None
    deep.hide()
    outer.hide()
    style.apply(qapp, replace(themes.DARK, scale=1.5))
    outer.show()
    assert deep.events[QEvent.Type.StyleChange] == 0
    deep.show()
    assert deep.font().pointSizeF() == pytest.approx(12.0)


def test_a_hidden_window_has_the_size_of_its_type_before_it_is_shown(qapp: QApplication, deep: Told) -> None:
    deep.window().hide()
    style.apply(qapp, replace(themes.LIGHT, scale=1.5))
    assert deep.font().pointSizeF() == pytest.approx(12.0)


def test_turning_animations_off_draws_nothing_again(qapp: QApplication, deep: Told) -> None:
    style.apply(qapp, replace(themes.LIGHT, reduced_motion=True))
    assert style.current().reduced_motion
    assert not deep.events


def test_a_font_that_was_set_stays_with_another_theme(qapp: QApplication, deep: Told) -> None:
    parent = deep.parentWidget()
    assert parent is not None
    parent.setFont(style.sans(20.0, bold=True))
    style.apply(qapp, themes.DARK)
    assert parent.font().pointSizeF() == pytest.approx(20.0)
    assert parent.font().bold()


class _Counting(QLabel):
    styled = 0

    def changeEvent(self, event: QEvent) -> None:
        self.styled += event.type() == QEvent.Type.StyleChange
        super().changeEvent(event)


def _nested(depth: int) -> tuple[QWidget, _Counting]:
    """Return a label within `depth` widgets, made from the inside to the outside."""
    label = _Counting("text")
    label.setProperty("role", "heading")
    whole: QWidget = label
    for _ in range(depth):
        outer = QWidget()
        QVBoxLayout(outer).addWidget(whole)
        whole = outer
    return whole, label


@pytest.mark.parametrize(("few", "times"), [(10**6, 1), (-1, 5)], ids=["first window", "later window"])
def test_what_is_made_before_there_is_a_window_is_styled_once(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, few: int, times: int
) -> None:
    style.apply(qapp, style.current())
    sheet = qapp.styleSheet()
    monkeypatch.setattr(style, "_FEW", few)
    monkeypatch.delattr(QApplication, "allWidgets")  # it makes an object of everything there is
    with style.put_off():
        whole, label = _nested(5)
        qtbot.addWidget(whole)
    assert label.styled == times
    assert qapp.styleSheet() == sheet
    label.ensurePolished()
    assert label.font().bold()
