"""The application's style sheet: one shape for panels, buttons, combo boxes and sliders.

Widgets ask for a shape through the dynamic property ``role``:
``panel``, ``reply`` and ``guide`` (frames), ``heading``, ``title``, ``prose``, ``reply_title``, ``secondary``,
``formula``, ``error``, ``number``, ``readout``, ``goal`` (labels), ``answer`` (line edit),
``primary`` and ``flat`` (buttons), ``number`` (line edit).

Text is text: the tooltips, and the labels that Qt makes in dialogs of its own, would obey what looks like markup in
the name of a file or a column; here they are told not to.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

_IMAGES = (Path(__file__).parent / "images").as_posix()

_SHEET = Template("""
QToolTip { background: $panel; color: $text; border: 1px solid $line; padding: 6px; qproperty-textFormat: PlainText; }
QLabel[textFormat="AutoText"] { qproperty-textFormat: PlainText; }
QMainWindow::separator { background: $window; width: 8px; height: 8px; }
QSplitter::handle { background: transparent; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QFileDialog QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px; background: transparent; }
QFileDialog QToolButton:hover { background: $accent_soft; }
QFileDialog QAbstractItemView { border: 1px solid $line; border-radius: 6px; background: $panel; outline: none; }

QFrame[role="panel"] { background: $panel; border: 1px solid $line; border-radius: 10px; }
QFrame[role="bar"] { background: $panel; border: none; border-bottom: 1px solid $line; }
QFrame[role="dock_heading"] { background: $panel; border: 1px solid $line; border-bottom: none;
    border-top-left-radius: 10px; border-top-right-radius: 10px; }
QFrame[role="dock_body"] { background: $panel; border: 1px solid $line; border-top: none;
    border-bottom-left-radius: 10px; border-bottom-right-radius: 10px; }
QFrame[role="notice"] { background: $accent_soft; border: 1px solid $warning; border-radius: 6px; }
QStatusBar { background: $panel; }
QStatusBar::item { border: none; }
QToolBar { background: $panel; border: none; padding: 0; spacing: 0; }
QMenuBar { background: $panel; color: $text; border: none; padding: 1px 6px; }
QMenuBar::item { background: transparent; padding: 3px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: $accent_soft; }
QFrame[role="notice"][quiet="true"] { border: 1px solid $line; }
QFrame[role="foot"] { background: $panel; border: none; border-top: 1px solid $line; }
QFrame[role="rule"] { background: $line; border: none; }
QScrollArea[role="bare"], QScrollArea[role="bare"] > QWidget > QWidget { background: transparent; border: none; }

QLabel[role="heading"] { color: $secondary; font-size: ${f_small}pt; font-weight: bold; letter-spacing: 1px; }
QLabel[role="secondary"] { color: $secondary; font-size: ${f_small}pt; }
QLabel[role="formula"] { color: $secondary; font-size: ${f_small}pt; }
QLabel[role="error"] { color: $warning; font-size: ${f_small}pt; }
QLabel[role="readout"] { color: $text; font-family: "$mono"; font-size: ${f_large}pt; font-weight: bold; }
QLabel[role="prose"] { color: $text; font-size: ${f_prose}pt; }
QLabel[role="title"] { color: $text; font-size: ${f_title}pt; font-weight: bold; }
QFrame[role="reply"] { background: $accent_soft; border: 1px solid $line; border-radius: 8px; }
QFrame[role="reply"][tone="right"] { border: 1px solid $forward; }
QFrame[role="reply"][tone="wrong"] { background: $gradient_soft; border: 1px solid $gradient; }
QLabel[role="reply_title"] { color: $text; font-weight: bold; }
QLabel[role="reply_title"][tone="right"] { color: $forward; }
QLabel[role="reply_title"][tone="wrong"] { color: $gradient; }
QFrame[role="guide"] { background: $accent_soft; border: 1px solid $accent; border-radius: 8px; }
QLabel[role="goal"] { color: $text; background: $accent_soft; border: 1px solid $secondary; border-radius: 8px;
    padding: 3px 8px; font-size: ${f_small}pt; }
QLabel[role="goal"][reached="true"] { color: $forward; border: 1px solid $forward; }
QLabel[role="number"] { color: $text; font-family: "$mono"; }

QPushButton { background: $panel; color: $text; border: 1px solid $line; border-radius: 6px; padding: 5px 10px; }
QPushButton[align="left"] { text-align: left; }
QPushButton:hover { background: $accent_soft; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 9px; }
QPushButton:disabled { color: $disabled; background: $panel; }
QPushButton:checked { background: $accent_soft; border: 1px solid $accent; color: $text; }
QPushButton:checked:focus { border: 2px solid $accent; }
QPushButton[role="primary"] {
    background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: bold; }
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; }
QPushButton[role="primary"]:disabled { background: $line; color: $disabled; border: 1px solid $line; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="flat"] { border: 1px solid transparent; padding: 2px 6px; background: transparent; }
QPushButton[role="flat"]:hover { background: $accent_soft; }
QPushButton[role="flat"]:checked { background: $accent_soft; color: $accent; font-weight: bold; }
QPushButton[role="flat"]:focus { border: 1px solid $accent; }

QComboBox { background: $panel; color: $text; border: 1px solid $line; border-radius: 6px;
    padding: 4px 8px; padding-right: 22px; combobox-popup: 0; }
QComboBox:hover { background: $accent_soft; }
QComboBox:focus { border: 2px solid $accent; padding: 3px 7px; padding-right: 21px; }
QComboBox:disabled { color: $disabled; }
QComboBox::drop-down { border: none; width: 22px; subcontrol-origin: border; subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$images/chevron-$name.svg"); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $panel; color: $text; border: 1px solid $line; outline: none;
    padding: 4px; selection-background-color: $accent; selection-color: $on_accent; }
QComboBox QAbstractItemView::item { min-height: ${row}px; padding: 0px 6px; }

QLineEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit { background: $panel; color: $text;
    border: 1px solid $line; border-radius: 6px; padding: 3px 6px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus {
    border: 2px solid $accent; padding: 2px 5px; }
QLineEdit[role="number"] { background: transparent; border: 1px solid transparent; border-radius: 4px;
    padding: 1px 0px 1px 3px; font-family: "$mono"; font-weight: bold; }
QLineEdit[role="number"]:hover { border: 1px solid $line; }
QLineEdit[role="number"]:focus { background: $panel; border: 1px solid $accent; }
QLineEdit[wrong="true"], QLineEdit[wrong="true"]:focus { border: 1px solid $warning; }
QLineEdit[role="number"]:disabled { color: $disabled; }

QLineEdit[role="answer"] { font-family: "$mono"; font-weight: bold; font-size: ${f_large}pt; }

QAbstractSpinBox { padding-right: 20px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 18px;
    subcontrol-origin: border; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $accent_soft; }
QAbstractSpinBox::up-arrow { image: url("$images/chevron-up-$name.svg"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$images/chevron-$name.svg"); width: 10px; height: 10px; }

QRadioButton { color: $text; spacing: 6px; }
QRadioButton::indicator { width: ${dot}px; height: ${dot}px; border: 1px solid $secondary;
    border-radius: ${dot_radius}px; background: $panel; }
QRadioButton::indicator:checked { width: ${dot_inside}px; height: ${dot_inside}px; border: 4px solid $accent; }
QRadioButton:focus { color: $accent; }
QCheckBox { color: $text; spacing: 6px; }
QCheckBox::indicator { width: ${box}px; height: ${box}px; border: 1px solid $secondary; border-radius: 3px;
    background: $panel; }
QCheckBox::indicator:checked { background: $accent; border: 1px solid $accent; image: url("$images/check-$name.svg"); }
QCheckBox:focus { color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }
QCheckBox::indicator:checked:disabled { background: $secondary; border: 1px solid $secondary; }
QRadioButton::indicator:checked:disabled { border-color: $secondary; }
QCheckBox::indicator:focus { border: 2px solid $accent; }

QSlider:horizontal { min-height: ${handle_room}px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $track; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: ${handle}px; height: ${handle}px; margin: -${overhang}px 0; background: $panel;
    border: 2px solid $accent; border-radius: ${handle_radius}px; }
QSlider::handle:horizontal:hover { background: $accent_soft; }
QSlider::handle:horizontal:focus, QSlider::handle:horizontal:pressed { background: $accent; }
QSlider::sub-page:horizontal:disabled { background: $secondary; }
QSlider::handle:horizontal:disabled { border: 2px solid $secondary; }

QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $secondary; border: none; border-bottom: 2px solid transparent;
    padding: 6px 10px; }
QTabBar::tab:selected { color: $text; font-weight: bold; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { background: $accent_soft; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QHeaderView::section { background: $panel; color: $secondary; border: none; border-bottom: 1px solid $line;
    padding: 4px 6px; font-weight: bold; }
QHeaderView, QTableCornerButton::section { background: $panel; border: none; }
QTableView { background: $panel; border: none; gridline-color: $line; selection-background-color: $accent_soft;
    selection-color: $text; }
QListView { background: $panel; color: $text; border: 1px solid $line; border-radius: 6px; padding: 3px; outline: none;
    selection-background-color: $accent_soft; selection-color: $text; }
QListView:focus { border: 2px solid $accent; padding: 2px; }
QListView::item { min-height: ${row}px; }
QListView::item:disabled { color: $disabled; }
QListView::indicator { width: ${box}px; height: ${box}px; border: 1px solid $secondary; border-radius: 3px;
    background: $panel; }
QListView::indicator:checked { background: $accent; border: 1px solid $accent; image: url("$images/check-$name.svg"); }
QListView::indicator:disabled { border: 1px solid $line; background: $window; }
QListView::indicator:checked:disabled { border: 1px solid $secondary; background: $secondary; }

QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $track; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $panel; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 20px; border-radius: 4px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $disabled; }
QMenu::indicator { width: 12px; height: 12px; left: 4px; }
QMenu::indicator:checked { image: url("$images/tick-$name.svg"); }
QMenuBar { background: $panel; color: $text; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: $accent_soft; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QProgressBar { background: $track; color: $text; border: none; border-radius: 4px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
""")


def render(colours: Mapping[str, str], mono_family: str, scale: float) -> str:
    """Return the sheet in `colours` (a theme's names plus track, disabled, accent_hover, accent_pressed).

    Sizes of text are in points times `scale`, those of handles and boxes in pixels times `scale`.
    """
    handle = 2 * round(5 * scale)
    sizes = {
        "f_small": f"{8.0 * scale:.2f}",
        "f_prose": f"{9.5 * scale:.2f}",
        "f_large": f"{11.0 * scale:.2f}",
        "f_title": f"{12.5 * scale:.2f}",
        "row": round(24 * scale),
        "box": round(13 * scale),
        "dot": 2 * round(6 * scale),
        "dot_inside": 2 * round(6 * scale) - 6,
        "dot_radius": round(6 * scale) + 1,
        "handle": handle,
        "overhang": handle // 2,
        "handle_radius": handle // 2 + 2,
        "handle_room": handle + 8,
    }
    return _SHEET.substitute(colours, images=_IMAGES, mono=mono_family, **sizes)
