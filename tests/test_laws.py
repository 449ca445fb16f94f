"""Laws that no single room can keep alone; the import contracts themselves are in pyproject.toml."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PURE_ROOMS = ("playground/engine", "playground/circuits", "playground/analysis", "datasets")
PURE_IMPORTS = {
    "__future__", "abc", "bisect", "collections", "csv", "dataclasses", "datetime", "enum", "functools", "gzip",
    "heapq", "io", "itertools", "json", "keyword", "math", "numbers", "numpy", "operator", "re", "string", "types",
    "typing", "unicodedata", "zipfile", "zlib",
    "playground", "datasets",
}  # fmt: skip
# Readers of files that `datasets` loads when a file needs them: bytes in, text or cells out.
FILE_READERS = {"chardet", "clevercsv", "python_calamine"}
TABLES = ROOT / "tests" / "data" / "import"  # in whatever encoding each was written
SEEDED_RANDOM = {"Generator", "default_rng", "SeedSequence", "PCG64", "Philox", "BitGenerator"}
SPEAKING_CALLS = {"print", "open", "input", "eval", "exec", "breakpoint"}


def modules_of(room: str) -> list[str]:
    files = sorted((ROOT / room).rglob("*.py"))
    return [
        str(file.relative_to(ROOT).with_suffix("")).replace(os.sep, ".").removesuffix(".__init__") for file in files
    ]


def test_no_text_has_a_combining_mark() -> None:
    """Labels lose such marks or put them on another letter: the hat of v, the bar of h."""
    sources = [file for room in ("playground", "widgets", "datasets") for file in (ROOT / room).rglob("*.py")]
    marked = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in sources
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if any(unicodedata.combining(character) for character in line)
    ]
    assert marked == []


def in_fresh_interpreter(program: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment, cwd=ROOT
    )


def tracked_texts() -> Iterator[tuple[Path, str]]:
    """Every text of the project: what git tracks, or (in a plain copy) what is not hidden."""
    names: list[str] = []
    if shutil.which("git") and (ROOT / ".git").exists():
        listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
        names = [name for name in listing.stdout.split("\0") if name]
    files = [ROOT / name for name in names] or [file for file in ROOT.rglob("*") if "/." not in file.as_posix()]
    for file in files:
        if file.is_file() and file.suffix not in {".png", ".npz", ".pyc", ".xlsx"} and TABLES not in file.parents:
            yield file, file.read_text(encoding="utf-8")


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_a_pure_room_loads_no_qt_in_a_fresh_interpreter(room: str) -> None:
    modules = modules_of(room)
    assert modules
    result = in_fresh_interpreter(
        f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
        "bad = {name.split('.')[0] for name in sys.modules} & {'PySide6', 'shiboken6', 'pyqtgraph', 'widgets'}\n"
        "assert not bad, bad\n"
    )
    assert result.returncode == 0, result.stderr


def test_lessons_load_no_qt_in_a_fresh_interpreter() -> None:
    result = in_fresh_interpreter(
        f"import importlib, sys\nfor name in {modules_of('playground/lessons')!r}: importlib.import_module(name)\n"
        "bad = {name.split('.')[0] for name in sys.modules} & {'PySide6', 'shiboken6', 'pyqtgraph'}\n"
        "assert not bad, bad\n"
    )
    assert result.returncode == 0, result.stderr


def test_readers_of_files_are_loaded_only_when_a_file_needs_them() -> None:
    result = in_fresh_interpreter(
        f"import importlib, sys\nfor name in {modules_of('datasets')!r}: importlib.import_module(name)\n"
        f"assert not {FILE_READERS!r} & set(sys.modules)\n"
    )
    assert result.returncode == 0, result.stderr


def test_the_session_loads_no_widgets_in_a_fresh_interpreter() -> None:
    result = in_fresh_interpreter(
        f"import importlib, sys\nfor name in {modules_of('playground/session')!r}: importlib.import_module(name)\n"
        "bad = {'PySide6.QtWidgets', 'pyqtgraph', 'widgets', 'playground.app'} & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    assert result.returncode == 0, result.stderr


def test_the_files_room_loads_no_qt_but_its_core_in_a_fresh_interpreter() -> None:
    result = in_fresh_interpreter(
        f"import importlib, sys\nfor name in {modules_of('playground/files')!r}: importlib.import_module(name)\n"
        "bad = {'PySide6.QtGui', 'PySide6.QtWidgets', 'pyqtgraph', 'widgets'} & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    assert result.returncode == 0, result.stderr


def test_construction_alone_knows_the_main_window() -> None:
    users = {
        file.relative_to(ROOT / "playground").as_posix()
        for file in (ROOT / "playground").rglob("*.py")
        if re.search(r"import MainWindow|window\.main_window|import main_window", file.read_text(encoding="utf-8"))
    }
    assert users == {"app/window/construction.py", "app/window/start.py"}


def offence(node: ast.AST, room: str = "") -> str:
    """Return what `node` does that a pure `room` may not, or nothing."""
    allowed = PURE_IMPORTS | (FILE_READERS if room == "datasets" else set())
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        foreign = [name for name in names if name.split(".")[0] not in allowed]
        return f"imports {', '.join(foreign)}" if foreign else ""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKING_CALLS:
        return f"calls {node.func.id}()"
    if isinstance(node, ast.Attribute) and re.fullmatch(r"(np|numpy)\.random\.\w+", ast.unparse(node)):
        return "" if node.attr in SEEDED_RANDOM else f"uses the global random state: {ast.unparse(node)}"
    return ""


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_a_pure_room_speaks_to_nobody_and_reads_no_clock(room: str) -> None:
    offences = [
        f"{file.relative_to(ROOT)}:{node.lineno} {offence(node, room)}"
        for file in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.stmt | ast.expr) and offence(node, room)
    ]
    assert not offences, "\n".join(offences)


@pytest.mark.parametrize(
    "line", ["import time", "from os import environ", "print(1)", "open('x')", "np.random.seed(1)", "import PySide6"]
)
def test_what_a_pure_room_may_not_do_is_recognized(line: str) -> None:
    assert any(offence(node) for node in ast.walk(ast.parse(line)))


DOOR = "playground/files/storage.py"
FILE_NAMES = re.compile(
    r"(write|read)_(text|bytes)|touch|(from|to)file|savetxt|savez\w*|memmap|mkstemp|mkdtemp|copyfile|copy2|"
    r"NamedTemporaryFile|TemporaryFile|TemporaryDirectory|SpooledTemporaryFile|QFile|QSaveFile|QTemporaryFile"
)
READERS = re.compile(
    r"(np|numpy)\.(load|loadtxt|genfromtxt|save)|zipfile\.ZipFile|QImageReader|QImageWriter|QImage|QPixmap"
)
IN_MEMORY = re.compile(r"io\.\w+IO\(|BytesIO|buffer|os\.devnull|__file__")
MODE = re.compile(r"[rwax]b?t?\+?b?")


def opened_file(node: ast.AST) -> str:
    """Return how `node` reads or writes a file by itself, or nothing; what is in memory or our own is no file here."""
    if not isinstance(node, ast.Call):
        return ""
    called, first = ast.unparse(node.func), ast.unparse(node.args[0]) if node.args else ""
    name = called.rpartition(".")[2]
    if IN_MEMORY.search(first):
        return ""
    modes = [
        one.value for one in (*node.args, *(word.value for word in node.keywords)) if isinstance(one, ast.Constant)
    ]
    opens = called in ("open", "io.open", "os.open", "gzip.open", "bz2.open", "lzma.open", "tarfile.open")
    opens |= name == "open" and any(isinstance(mode, str) and MODE.fullmatch(mode) for mode in modes)
    reads = READERS.fullmatch(called) and (called[0] != "Q" or re.match(r"str\(|[\"']|path\b|\w*path$|f[\"']", first))
    if opens or reads or FILE_NAMES.fullmatch(name) or name in ("setFileName", "setOutputFileName"):
        return f"{called}({first})"
    return ""


def test_there_is_one_door_to_files() -> None:
    offences = [
        f"{file.relative_to(ROOT)}:{node.lineno} {opened_file(node)}: go through {DOOR}"
        for room in ("playground", "widgets", "datasets")
        for file in sorted((ROOT / room).rglob("*.py"))
        if file != ROOT / DOOR
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.expr) and opened_file(node)
    ]
    assert not offences, "\n".join(offences)


@pytest.mark.parametrize(
    ("line", "is_door"),
    [
        ("open(path)", True),
        ("path.open('wb')", True),
        ("path.open(mode='r')", True),
        ("os.open(path, os.O_RDONLY)", True),
        ("path.write_text(text)", True),
        ("Path(name).read_bytes()", True),
        ("np.load(path)", True),
        ("np.loadtxt(path, delimiter=',')", True),
        ("zipfile.ZipFile(path)", True),
        ("QImageWriter(path, b'png')", True),
        ("QImage(str(path))", True),
        ("QSaveFile(path)", True),
        ("generator.setFileName(path)", True),
        ("np.load(io.BytesIO(data))", False),
        ("open(os.devnull, 'w')", False),
        ("dialog.open()", False),
        ("files.open(path)", False),
        ("QImage(size, QImage.Format.Format_RGB32)", False),
    ],
)
def test_a_file_that_is_opened_elsewhere_is_recognized(line: str, is_door: bool) -> None:
    assert any(opened_file(node) for node in ast.walk(ast.parse(line))) is is_door


def foreign_emits(source: str) -> list[int]:
    """Return the lines that emit a signal of another object: ``x.y.emit``, where x is not ``self``."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr == "emit"
        and isinstance(node.value, ast.Attribute)
        and ast.unparse(node.value.value) != "self"
    ]


@pytest.mark.parametrize("room", ["playground", "widgets"])
def test_no_object_emits_a_signal_of_another(room: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in sorted((ROOT / room).rglob("*.py"))
        for line in foreign_emits(file.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("line", "is_foreign"),
    [
        ("session.noted.emit('')", True),
        ("self.session.noted.emit('')", True),
        ("note = session.noted.emit", True),
        ("self.noted.emit('')", False),
        ("signal.emit()", False),
    ],
)
def test_the_signal_of_another_object_is_recognized(line: str, is_foreign: bool) -> None:
    assert bool(foreign_emits(line)) is is_foreign


MARKUP = {
    r"\bQLabel\(": "widgets/controls/labels.py",
    r"\bRichText\b|\bMarkdownText\b|\bAutoText\b|html\.escape|from html import": "widgets/controls/formatted_text.py",
    r"\bQText(Browser|Edit|Document)\b|\bQGraphicsTextItem\b|\bQStaticText\b|\bQErrorMessage\b|setHtml": "",
    r"\bpg\.(TextItem|LabelItem)\b|\bQMessageBox\.(question|information|warning|critical|about)\b": "",
    # A message box takes its text after its format, a progress bar takes a label of ours.
    r"\bQMessageBox\((?!self\._parent\)|\))|\bQProgressDialog\((?!\"\"|\))|\.setLabelText\((?!\"[^\"{}]*\"\))": "",
}
"""What obeys markup, by the one module that may use it: everywhere else a text is shown as it is."""


def obeys_markup(source: str, file: str) -> list[str]:
    return [
        found.group(0)
        for pattern, home in MARKUP.items()
        for found in re.finditer(pattern, source)
        if file != home and not (file == "widgets/style/sheet.py" and found.group(0) == "AutoText")
    ]


@pytest.mark.parametrize("room", ["playground/app", "widgets"])
def test_no_text_of_the_window_is_taken_for_markup(room: str) -> None:
    found = {
        name: wrong
        for file in sorted((ROOT / room).rglob("*.py"))
        if (wrong := obeys_markup(file.read_text(encoding="utf-8"), name := file.relative_to(ROOT).as_posix()))
    }
    assert not found, f"{found}: use widgets.controls.labels, or escape in widgets.controls.formatted_text"


@pytest.mark.parametrize(
    "line",
    ["QLabel(name)", "label.setTextFormat(Qt.TextFormat.RichText)", "QTextBrowser()", "item.setHtml(x)",
     "QMessageBox(QMessageBox.Icon.Question, t, name)", "QMessageBox.warning(self, t, name)",
     "QProgressDialog(f'Drawing {name}')", "dialog.setLabelText(name)"],
)  # fmt: skip
def test_what_obeys_markup_is_recognized(line: str) -> None:
    assert obeys_markup(line, "widgets/some.py")


OTHER_READERS = re.compile(
    r"\b(?:float|int)\([\w.]*(?:text\(\)|typed\b)|(?<!d)type=(?:int|float)\b|_reader\((?:int|float)\b|\bQ(?:Double)?SpinBox\("
)


@pytest.mark.parametrize("room", ["playground/app", "playground/cli", "widgets"])
def test_every_number_that_is_typed_goes_through_the_one_parser(room: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}: {wrong.group(0)}"
        for file in sorted((ROOT / room).rglob("*.py"))
        for wrong in OTHER_READERS.finditer(file.read_text(encoding="utf-8"))
    ]
    assert not found, f"{found}: use parse or whole of widgets.style.numbers"


def test_the_clock_owns_the_only_timer_of_the_session() -> None:
    owners = [
        file.name
        for file in sorted((ROOT / "playground" / "session").rglob("*.py"))
        if re.search(r"\bQ(Basic)?Timer\b|startTimer", file.read_text(encoding="utf-8"))
    ]
    assert owners == ["clock.py"]


def test_tests_hold_no_init_files_that_would_shadow_the_rooms() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_every_room_is_a_package_that_will_be_installed() -> None:
    for room in ("playground", "widgets", "datasets"):
        for folder in {file.parent for file in (ROOT / room).rglob("*.py")}:
            assert (folder / "__init__.py").is_file(), (
                f"{folder.relative_to(ROOT)}: add an __init__.py with its docstring"
            )


def test_no_text_names_a_package_host_or_a_place_on_one_machine() -> None:
    # Written in pieces, so that this file does not name them itself.
    hosts = "|".join(
        [
            r"pypi\." + "org",
            "python" + "hosted",
            r"deb\." + r"debian\.org",
            r"registry\." + "npmjs",
            r"anaconda\." + "org",
        ]
    )
    places = "|".join(["/wo" + "rk/(?:main|shared)", "/ro" + "ot/", "/ho" + r"me/\w", r"C:\\Us" + r"ers\\"])
    pattern = re.compile(f"{hosts}|{places}")
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file, text in tracked_texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)


def test_qt_on_python_3_11_is_held_below_the_release_that_loses_references() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bounds = [line for line in project["dependencies"] if line.startswith("PySide6-Essentials") and "<'3.12'" in line]
    assert len(bounds) == 1
    assert "<6.12" in bounds[0]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_a_thousand_void_qt_calls_keep_their_references_to_none() -> None:
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 500


def test_nothing_is_deleted_but_by_letting_go_of_it() -> None:
    # A bare `deleteLater` leaves it alive for a moment, with its filters, focus, timers and shortcuts.
    loose = re.compile(r"deleteLater|WA_DeleteOnClose|\.setParent\(None\)|shiboken6\.delete|\.destroy\(")
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for room in ("playground", "widgets")
        for file in sorted((ROOT / room).rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if loose.search(line) and line.strip() != "self.deleteLater()"
        if file != ROOT / "widgets" / "style" / "letting_go.py"
    ]
    assert not found, "Use widgets/style/letting_go.py:\n" + "\n".join(found)


def test_what_deletes_itself_is_no_widget() -> None:
    owners = [
        file.relative_to(ROOT).as_posix()
        for room in ("playground", "widgets")
        for file in sorted((ROOT / room).rglob("*.py"))
        if "self.deleteLater()" in file.read_text(encoding="utf-8")
    ]
    assert owners == ["playground/session/jobs.py", "playground/session/session.py"]


def loose_painters(source: str) -> list[int]:
    """Return the lines that make a painter outside a ``with``: an exception would leave it at work, and Qt crash."""
    if "Painter(" not in source:
        return []
    tree = ast.parse(source)
    held = {id(item.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and id(node) not in held
        and ast.unparse(node.func).split(".")[-1] in {"QPainter", "QStylePainter"}
    ]


def test_every_painter_ends_with_its_block_whatever_happens_there() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}"
        for room in ("playground", "widgets")
        for file in sorted((ROOT / room).rglob("*.py"))
        for line in loose_painters(file.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)
    assert loose_painters("painter = QPainter(self)") == [1]


EVERY_CLASS = f"""
import importlib, sys
for name in {[name for room in ("playground", "widgets") for name in modules_of(room) if "__main__" not in name]!r}:
    importlib.import_module(name)
from PySide6.QtCore import QObject
from widgets.override_guard import is_guarded, overrides
def below(cls):
    for child in type.__subclasses__(cls):
        yield child
        yield from below(child)
ours = [cls for cls in below(QObject.__mro__[-2]) if cls.__module__.split(".")[0] in ("playground", "widgets")]
foreign = [cls for cls in below(QObject.__mro__[-2]) if cls.__module__.split(".")[0] == "pyqtgraph"]
assert len(ours) > 100 and len(foreign) > 50, (len(ours), len(foreign))
count = sum(1 for cls in ours for function in overrides(cls))
assert count > 200, count
"""


def test_no_override_of_qt_is_set_on_one_object() -> None:
    # The guard sees what is set on a class; on an object, nothing would see it.
    override = re.compile(r"\.(\w+Event|event|eventFilter|\w*[sS]izeHint|boundingRect|tickStrings|tickValues) = ")
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for room in ("playground/app", "playground/session", "widgets")
        for file in sorted((ROOT / room).rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if override.search(line)
    ]
    assert not found, "\n".join(found)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="errors are objects from Python 3.12 on")
def test_every_override_of_qt_is_guarded() -> None:
    result = in_fresh_interpreter(
        EVERY_CLASS
        + """
bare = {f"{cls.__module__}.{f.__qualname__}" for cls in (*ours, *foreign) for f in overrides(cls) if not is_guarded(f)}
assert not bare, bare
"""
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python 3.11 needs the guard")
def test_newer_pythons_pay_for_no_guard() -> None:
    result = in_fresh_interpreter(
        EVERY_CLASS
        + """
assert not any(is_guarded(function) for cls in ours for function in overrides(cls))
assert "__init_subclass__" not in vars(QObject.__mro__[-2])
"""
    )
    assert result.returncode == 0, result.stderr


def test_no_layout_is_asked_for_its_items() -> None:
    # Python's wrapper of a QLayoutItem outlives the item: a widget made at its address later is taken for the item.
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for room in ("playground", "widgets")
        for file in sorted((ROOT / room).rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if ".itemAt(" in line and file != ROOT / "widgets" / "style" / "boxes.py"
    ]
    assert not found, "Ask the widget, or widgets/style/boxes.py:\n" + "\n".join(found)


def test_no_part_is_kept_by_being_asked_for() -> None:
    # What findChild and findChildren return, PySide6 keeps for the whole until that goes, though Qt deletes it.
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for room in ("playground", "widgets")
        for file in sorted((ROOT / room).rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\.findChild(ren)?\(", line)
    ]
    assert not found, "Ask widgets/style/parts.py:\n" + "\n".join(found)


def test_nothing_of_qt_is_loaded_in_a_thread() -> None:
    # PySide's table of classes has no lock: a thread that makes classes and the event loop end the process together.
    found = [
        str(file.relative_to(ROOT))
        for room in ("playground", "widgets")
        for file in sorted((ROOT / room).rglob("*.py"))
        if re.search(r"\bThread\(|QThread|ThreadPool", text := file.read_text(encoding="utf-8"))
        and re.search(r"import_module|widgets\.(plots|loss_plot)|pyqtgraph", text)
    ]
    assert not found
