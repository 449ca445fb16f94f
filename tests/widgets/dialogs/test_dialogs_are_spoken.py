"""Every dialog that there is, walked as a screen reader does: each control has a role and a name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

import widgets.dialogs
from tests.spoken import NAME, everything, faults
from widgets.controls.labels import Label
from widgets.dialogs.crash_dialog import CrashDialog
from widgets.dialogs.import_dialog import ImportDialog
from widgets.dialogs.key_list import KeyList, SayingDialog
from widgets.dialogs.link_prompt import LinkPrompt
from widgets.dialogs.notes_dialog import NotesDialog
from widgets.dialogs.number_prompt import NumberPrompt
from widgets.dialogs.question import Question
from widgets.dialogs.recovery_offer import RecoveryOffer
from widgets.dialogs.stop_dialog import StopDialog
from widgets.values import Choice, NumberField
from widgets.values.data_import import ImportColumn, ImportForm, ImportPreview

COLUMNS = (ImportColumn("length", "number", "5.1, 4.9…"), ImportColumn("species", "text", "a, b"))
PREVIEW = ImportPreview("flowers.csv", "utf-8, comma", COLUMNS, (("5.1", "a"), ("4.9", "b")), ("Byte 2 is odd.",))
FIELD = NumberField("scale", "Scale", "How much.", (0.1,), 0.1, 0.0, 10.0)


def import_dialog() -> ImportDialog:
    made = ImportDialog()
    made.set_preview(PREVIEW)
    made.set_form(ImportForm((0,), 1))
    made.set_progress(0.5)
    return made


def picture() -> QImage:
    image = QImage(32, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    return image


MAKERS: dict[type[QDialog], Callable[[], QDialog]] = {
    CrashDialog: lambda: CrashDialog("Your work was saved."),
    ImportDialog: import_dialog,
    KeyList: lambda: KeyList("Keys", [("Training", [("F5", "Play")])], "A note.", None),
    LinkPrompt: lambda: LinkPrompt("playground:abc"),
    NotesDialog: lambda: NotesDialog("What was taken", ("name", "what"), (("noise", "taken"),)),
    NumberPrompt: lambda: NumberPrompt("Perturb", "Add noise to what?", (FIELD,)),
    Question: lambda: Question("Save?", "Otherwise all is lost.", (Choice("no", "No", "N"), Choice("yes", "Yes", "Y"))),
    RecoveryOffer: lambda: RecoveryOffer("xor.playground, 10:30", picture(), more=2),
    SayingDialog: lambda: SayingDialog("About", Label("Backprop Playground")),
    StopDialog: StopDialog,
}


@pytest.mark.parametrize("kind", MAKERS, ids=lambda kind: kind.__name__)
def test_every_control_of_every_dialog_has_a_role_and_a_name(kind: type[QDialog], qtbot: QtBot) -> None:
    dialog = MAKERS[kind]()
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()

    assert faults(dialog) == set()
    assert dialog.windowTitle()
    assert len([thing for thing, _ in everything(dialog) if thing.text(NAME)]) > 2


def test_no_dialog_is_left_out() -> None:
    for module in pkgutil.iter_modules(widgets.dialogs.__path__):
        importlib.import_module(f"widgets.dialogs.{module.name}")

    def ours(kind: type[QDialog]) -> set[type[QDialog]]:
        below = {one for child in kind.__subclasses__() for one in {child, *ours(child)}}
        return {one for one in below if one.__module__.startswith(("widgets.", "playground."))}

    assert ours(QDialog) == set(MAKERS)
