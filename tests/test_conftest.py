"""The safety net itself: it must catch what it promises to catch."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

LEFTOVERS = {
    "a running QTimer": "from PySide6.QtCore import QTimer\nkept = []\n"
    "def test_it(qtbot):\n    timer = QTimer()\n    timer.start(1000)\n    kept.append(timer)\n",
    "a top-level window": "from PySide6.QtWidgets import QLabel\nkept = []\n"
    "def test_it(qtbot):\n    label = QLabel('hello')\n    label.show()\n    kept.append(label)\n",
    "a running QThread": "from PySide6.QtCore import QThread\nkept = []\n"
    "def test_it(qtbot):\n    thread = QThread()\n    thread.start()\n    kept.append(thread)\n"
    "import atexit\natexit.register(lambda: [(t.quit(), t.wait()) for t in kept])\n",
}


def run_test(source: str, folder: Path) -> subprocess.CompletedProcess[str]:
    file = folder / "test_leftover.py"
    file.write_text(source, encoding="utf-8")
    (folder / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder),
         "-p", "no:cacheprovider", str(file)],
        cwd=folder, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.mark.parametrize("what", list(LEFTOVERS))
def test_a_test_that_leaves_something_behind_fails_with_the_cure(what: str, tmp_path: Path) -> None:
    result = run_test(LEFTOVERS[what], tmp_path)

    assert result.returncode == 1, result.stdout + result.stderr
    assert f"left {what} behind" in result.stdout


def test_a_tidy_test_passes(tmp_path: Path) -> None:
    source = (
        "from PySide6.QtCore import QTimer\nfrom PySide6.QtWidgets import QComboBox\n"
        "def test_it(qtbot):\n    box = QComboBox()\n    qtbot.addWidget(box)\n    box.show()\n"
        "    timer = QTimer(box)\n    timer.start(1000)\n"
    )
    result = run_test(source, tmp_path)

    assert result.returncode == 0, result.stdout + result.stderr


def test_a_qt_warning_fails_a_test(tmp_path: Path) -> None:
    result = run_test(
        "from PySide6.QtCore import qWarning\ndef test_it(qtbot):\n    qWarning('out of tune')\n", tmp_path
    )

    assert result.returncode == 1
    assert "out of tune" in result.stdout


def test_settings_live_in_a_folder_of_their_own(own_folders: Path) -> None:
    from PySide6.QtCore import QSettings, QStandardPaths

    for path in (
        QSettings("backprop-playground", "backprop-playground").fileName(),
        QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation),
    ):
        assert Path(path).is_relative_to(own_folders)
