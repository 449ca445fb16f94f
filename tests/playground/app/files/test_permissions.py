"""A whole session at the window writes only where the user asked and in our own folders, and opens no port."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[4]

# What Python is asked to do is heard before anything of ours is imported; then the window lives through a day.
DAY = """
import json, os, sys, traceback
from pathlib import Path

heard = []
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
TOLD = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "pty.", "urllib.",
        "http.", "ftplib.", "smtplib.", "webbrowser.", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link",
        "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.utime", "os.setxattr", "shutil.", "tempfile.")

def hear(event, arguments):
    if arguments and isinstance(arguments[0], int):
        return  # a file that is open already
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES:
        heard.append([event, str(arguments[0])])
    elif event.startswith(TOLD):
        heard.append([event, *map(str, arguments)])

sys.addaudithook(hear)
documents = Path(sys.argv[1])

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication
from playground.app.window import start
from widgets.dialogs.crash_dialog import CrashDialog

def day(parts):
    try:
        work(parts)
    except BaseException:  # the window would go on after it
        traceback.print_exc()
        os._exit(3)
    parts.files.settle()
    parts.commands.close()
    print(json.dumps(heard), flush=True)

def work(parts):
    parts.deferred.finish()
    parts.deferred.need("curves")
    files = parts.files
    parts.session.step(30)
    files.write(documents / "a.playground")
    parts.commands.new_weights()
    parts.recovery._on_beat()
    files.settle()
    files.load(documents / "a.playground")
    parts.commands.appearance.toggle_theme()
    parts.sharing.copy_link()
    parts.sharing.open_text("https://playground.tensorflow.org/#activation=relu&dataset=xor")
    parts.own_points.export(documents / "points.csv")
    assert parts.own_points.writing is not None
    parts.own_points.writing.finish()
    parts.own_points.open_table(documents / "points.csv")
    imports = parts.own_points.imports
    imports.job.finish()
    imports.dialog.import_clicked.emit(imports.dialog.form)
    if imports.job is not None:
        imports.job.finish()
    menu = parts.exports
    for key in ("numpy", "pytorch", "keras", "curves", "data", "worksheet", "circuit_answers", "svg"):
        menu.write(key, documents / f"{key}.txt")
    menu.write("gif", documents / "training.gif")
    assert menu.job is not None
    menu.job.finish()
    canvas = parts.panels.network.canvas
    parts.pictures.write(canvas, documents / "network.png", 1)
    parts.pictures.write(canvas, documents / "network.svg")
    parts.recovery._on_beat()
    try:
        raise ZeroDivisionError("a defect")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    QCoreApplication.processEvents()
    next(top for top in QApplication.topLevelWidgets() if isinstance(top, CrashDialog)).continue_button.click()

start.run_window(lambda parts: QTimer.singleShot(0, lambda: day(parts)))
"""
OURS = "backprop-playground"
OWN_FOLDERS = (f"config/{OURS}", f"data/{OURS}")


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[list[str]]]:
    """The home of a user after a day of work, and what Python was asked to do."""
    user = tmp_path_factory.mktemp("user")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    for name in ("config", "data", "cache", "state", "runtime", "home", "tmp", "documents", "here"):
        (user / name).mkdir(mode=0o700)
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        environment[f"XDG_{name}_HOME"] = str(user / name.lower())
    environment |= {
        "HOME": str(user / "home"),
        "TMPDIR": str(user / "tmp"),
        "XDG_RUNTIME_DIR": str(user / "runtime"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
    ended = subprocess.run(
        [sys.executable, "-c", DAY, str(user / "documents")],
        cwd=user / "here",
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return user, json.loads(ended.stdout)


def places(event: list[str], user: Path) -> list[Path]:
    """Return the paths that an event names; a rename and a link have two."""
    n = 2 if event[0] in ("os.rename", "os.link", "os.symlink") else 1
    return [user / "here" / path for path in event[1 : 1 + n]]


def is_allowed(place: Path, user: Path) -> bool:
    own = [user / "documents", *(user / folder for folder in OWN_FOLDERS), Path(os.devnull)]
    return any(place == folder or folder in place.parents for folder in own)


@pytest.mark.slow
def test_python_is_never_asked_to_write_elsewhere_or_to_use_the_network(day: Any) -> None:
    user, heard = day
    calls = {event[0] for event in heard}
    assert "open" in calls
    assert "os.mkdir" in calls
    assert not [name for name in calls if not name.startswith(("open", "os."))], heard
    assert not calls & {"os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn"}
    elsewhere = [event for event in heard if not all(is_allowed(place, user) for place in places(event, user))]
    assert not elsewhere


@pytest.mark.slow
def test_after_a_day_there_are_files_only_where_the_user_asked_and_in_our_own_folders(day: Any) -> None:
    user, _ = day
    files = [file for file in user.rglob("*") if not file.is_dir()]
    assert [file for file in files if not is_allowed(file, user)] == []
    own = {str(file.relative_to(user)) for file in files if "documents" not in file.parts}
    assert own == {f"config/{OURS}/{OURS}.conf", f"data/{OURS}/log/errors.log"}
    assert {"a.playground", "points.csv", "training.gif", "network.png", "svg.txt"} <= {
        file.name for file in files if "documents" in file.parts
    }
