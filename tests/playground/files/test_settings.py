from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QApplication

from playground.files.recent import RecentFiles
from playground.files.settings import (
    APPLICATION,
    LAYOUT_VERSION,
    ORGANIZATION,
    DockRectangles,
    Settings,
    WindowLayout,
    private_store,
)

LAYOUT = WindowLayout(
    QByteArray(b"place"), QByteArray(b"docks"), DockRectangles(1366, 740, False, {"setup": (260, 600)})
)

DESKTOP = "1366x768"

pytestmark = pytest.mark.usefixtures("qapp")


def test_without_habits_the_system_decides() -> None:
    settings = Settings()
    assert settings.theme == "system"
    assert settings.reduced_motion is False
    assert settings.layout(DESKTOP) is None


def test_habits_are_remembered_at_the_next_start(qapp: QApplication) -> None:
    settings = Settings()
    settings.theme = "dark"
    settings.reduced_motion = True
    settings.keep_layout(LAYOUT, DESKTOP)
    again = Settings()
    assert again.theme == "dark"
    assert again.reduced_motion is True
    assert again.layout(DESKTOP) == LAYOUT
    again.forget_layout()
    assert Settings().layout(DESKTOP) is None
    assert Settings().theme == "dark"


def test_each_desktop_has_a_layout_of_its_own_and_a_new_one_begins_with_the_last() -> None:
    other = replace(LAYOUT, docks=QByteArray(b"elsewhere"))
    settings = Settings()
    assert settings.last_layout() is None
    settings.keep_layout(LAYOUT, DESKTOP)
    settings.keep_layout(other, "1600x1000_1920x1080")
    assert settings.layout(DESKTOP) == LAYOUT
    assert settings.layout("800x600") is None
    assert settings.last_layout() == other
    settings.forget_layout()
    assert settings.layout(DESKTOP) is settings.last_layout() is None


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("geometry", 7), ("docks", "x"), ("sizes", ""), ("sizes", "[]"), ("sizes", "{}"), ("sizes", '{"docks": 3}'),
        ("sizes", '{"width": 1, "height": 2, "follows": true, "docks": {"setup": [1]}}'),
    ],
)  # fmt: skip
def test_habits_that_cannot_be_read_count_as_not_set(part: str, value: object) -> None:
    store = QSettings(ORGANIZATION, APPLICATION)
    store.setValue("theme", "purple")
    store.setValue("reduced_motion", "perhaps")
    Settings().keep_layout(LAYOUT, DESKTOP)
    store.setValue(f"window-{LAYOUT_VERSION}/{DESKTOP}/{part}", value)
    settings = Settings()
    assert settings.theme == "system"
    assert settings.reduced_motion is False
    assert settings.layout(DESKTOP) is None


@pytest.mark.parametrize(
    "damage",
    [b"", b"garbage", b"\x00\xff\xfe" * 300, b"[General]\ntheme=@Invalid()\n[window]\ngeometry=@Byte(\\xff"],
)
def test_a_damaged_file_counts_as_none_and_is_written_anew(damage: bytes) -> None:
    first = QSettings(ORGANIZATION, APPLICATION)
    first.setValue("theme", "dark")
    first.sync()
    Path(first.fileName()).write_bytes(damage)
    QSettings(ORGANIZATION, APPLICATION).sync()  # settings of one process share what they have read
    settings = Settings()
    assert settings.theme == "system"
    assert settings.layout(DESKTOP) is None
    settings.theme = "light"
    assert QSettings(ORGANIZATION, APPLICATION).value("theme") == "light"


def test_where_no_settings_can_be_kept_they_hold_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "a file"))
    settings = Settings()
    settings.theme = "dark"
    assert settings.theme == "dark"
    assert (tmp_path / "a file").read_bytes() == b""


@pytest.fixture
def config(tmp_path: Path) -> Iterator[Path]:
    """An own folder of settings, for nodes that would be in the way of others."""
    former = Path(private_store().fileName()).parents[1]
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    yield tmp_path
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(former))


OWN = f"{ORGANIZATION}/{APPLICATION}.conf"


def unread(place: Path) -> tuple[int, ...]:
    """Return what says that nothing was written; the time of the last access changes by looking."""
    found = place.stat()
    return found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="settings are no file")
@pytest.mark.parametrize("name", [OWN, f"{OWN}.lock", f"{ORGANIZATION}.conf"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "large"])
def test_what_is_no_settings_file_is_never_opened_and_named_with_the_cure(config: Path, name: str, kind: str) -> None:
    place = config / name
    place.parent.mkdir(exist_ok=True)
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    elif kind == "device":
        place.symlink_to("/dev/null")
    else:
        place.touch()
        os.truncate(place, 5 * 2**20)
    before = unread(place)
    settings = Settings()
    assert str(place) in settings.problem
    assert settings.problem.endswith("settings of this session are not kept; remove it, and start again")
    settings.theme = "dark"
    RecentFiles().add("/a")
    settings.keep_layout(LAYOUT, DESKTOP)
    assert settings.theme == "dark"
    assert [file.relative_to(config) for file in config.rglob("*") if not file.is_dir()] == (
        [] if kind == "folder" else [Path(name)]
    )
    assert unread(place) == before
    place.rmdir() if kind == "folder" else place.unlink()
    assert Settings().problem == ""
    assert Settings().theme == "system"
