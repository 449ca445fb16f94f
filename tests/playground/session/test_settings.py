from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QApplication

from playground.session.settings import APPLICATION, LAYOUT_VERSION, ORGANIZATION, Settings

pytestmark = pytest.mark.usefixtures("qapp")


def test_without_habits_the_system_decides() -> None:
    settings = Settings()
    assert settings.theme == "system"
    assert settings.reduced_motion is False
    assert settings.layout() is None


def test_habits_are_remembered_at_the_next_start(qapp: QApplication) -> None:
    settings = Settings()
    settings.theme = "dark"
    settings.reduced_motion = True
    settings.keep_layout(QByteArray(b"place"), QByteArray(b"docks"))
    again = Settings()
    assert again.theme == "dark"
    assert again.reduced_motion is True
    assert again.layout() == (QByteArray(b"place"), QByteArray(b"docks"))
    again.forget_layout()
    assert Settings().layout() is None
    assert Settings().theme == "dark"


def test_habits_that_cannot_be_read_count_as_not_set() -> None:
    store = QSettings(ORGANIZATION, APPLICATION)
    store.setValue("theme", "purple")
    store.setValue("reduced_motion", "perhaps")
    store.setValue("window/geometry", 7)
    store.setValue(f"window/state-{LAYOUT_VERSION}", QByteArray(b"docks"))
    settings = Settings()
    assert settings.theme == "system"
    assert settings.reduced_motion is False
    assert settings.layout() is None
