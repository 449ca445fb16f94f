"""The one command: what it looks for, what it does about it, what it says when it may not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import run
from tests.soak import soak

OK = SimpleNamespace(returncode=0, stdout="")


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Every command that would have been run; each succeeds."""
    seen: list[list[str]] = []

    def record(command: list[Any], **_: Any) -> Any:
        seen.append([str(word) for word in command])
        return OK

    monkeypatch.setattr(run.subprocess, "run", record)
    return seen


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder of our own with an environment that works."""
    (tmp_path / "pyproject.toml").write_text(
        "[project]\ndependencies = ['numpy>=2']\n[project.optional-dependencies]\ntest = ['pytest>=8']\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(run, "PYTHON", tmp_path / ".venv" / "python")
    (tmp_path / ".venv").mkdir()
    run.PYTHON.touch()
    monkeypatch.setattr(run, "missing_system_packages", lambda *, window: [])
    return tmp_path


def installs(commands: list[list[str]]) -> list[list[str]]:
    return [command for command in commands if "install" in command]


# ---- system libraries --------------------------------------------------------------------------


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.sys, "platform", "linux")
    monkeypatch.setattr(run, "can_load", lambda library: True)
    monkeypatch.setattr(run, "has_font", lambda: True)


@pytest.mark.usefixtures("linux")
def test_nothing_is_missing_where_everything_loads() -> None:
    assert run.missing_system_packages(window=True) == []


@pytest.mark.usefixtures("linux")
def test_a_missing_library_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "can_load", lambda library: library != "libEGL.so.1")

    assert run.missing_system_packages(window=False) == ["libegl1"]


@pytest.mark.usefixtures("linux")
def test_the_libraries_of_x11_matter_only_for_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "can_load", lambda library: not library.startswith("libxcb"))

    assert run.missing_system_packages(window=False) == []
    assert "libxcb-cursor0" in run.missing_system_packages(window=True)


@pytest.mark.usefixtures("linux")
def test_a_system_without_fonts_gets_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "has_font", lambda: False)

    assert run.missing_system_packages(window=False) == ["fonts-dejavu-core"]


def test_a_font_is_found_in_any_depth_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "FONT_FOLDERS", (str(tmp_path / "none"), str(tmp_path)))
    assert not run.has_font()
    (tmp_path / "truetype" / "dejavu").mkdir(parents=True)
    (tmp_path / "truetype" / "dejavu" / "DejaVuSans.TTF").touch()

    assert run.has_font()


def test_a_library_that_does_not_exist_cannot_be_loaded() -> None:
    assert not run.can_load("libthis-is-not-there.so.7")


def test_other_systems_need_no_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "can_load", lambda library: False)
    monkeypatch.setattr(run.sys, "platform", "darwin")

    assert run.missing_system_packages(window=True) == []


def test_without_rights_the_exact_command_is_told(monkeypatch: pytest.MonkeyPatch, commands: list[list[str]]) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(run, "administrator", lambda: None)

    with pytest.raises(
        run.SetupError, match="\n    sudo apt-get install --yes --no-install-recommends libgl1 libegl1\n"
    ):
        run.install_system_packages(["libgl1", "libegl1"])
    assert commands == []


@pytest.mark.parametrize("rights", [[], ["sudo", "-n"]])
def test_with_rights_the_packages_are_installed(
    rights: list[str], monkeypatch: pytest.MonkeyPatch, commands: list[list[str]]
) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(run, "administrator", lambda: rights)
    run.install_system_packages(["libgl1"])

    update, install = commands
    assert update[: len(rights) + 2] == [*rights, "apt-get", "update"]
    assert install[: len(rights) + 2] == [*rights, "apt-get", "install"]
    assert "libgl1" in install


def test_without_apt_the_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: None)

    with pytest.raises(run.SetupError, match="libgl1 libegl1"):
        run.install_system_packages(["libgl1", "libegl1"])


# ---- the environment ---------------------------------------------------------------------------


@pytest.mark.usefixtures("project")
def test_the_first_call_installs_and_the_second_does_nothing(commands: list[list[str]]) -> None:
    run.prepare()
    assert installs(commands)[0][-1] == "numpy>=2"
    commands.clear()
    run.prepare()

    assert commands == []


@pytest.mark.usefixtures("project")
def test_the_tests_bring_their_own_packages_and_those_of_the_program(commands: list[list[str]]) -> None:
    run.prepare()
    commands.clear()
    run.prepare("test")

    assert installs(commands)[0][-2:] == ["numpy>=2", "pytest>=8"]
    commands.clear()
    run.prepare()
    run.prepare("test")
    assert commands == []


@pytest.mark.usefixtures("project")
def test_the_program_needs_nothing_more_where_the_tests_ran(project: Path, commands: list[list[str]]) -> None:
    run.prepare("test")
    assert [stamp.name for stamp in (project / ".venv").glob("ready-*")] == ["ready-test"]
    commands.clear()
    run.prepare()

    assert commands == []


def test_a_changed_pyproject_is_noticed(project: Path, commands: list[list[str]]) -> None:
    run.prepare()
    commands.clear()
    text = (project / "pyproject.toml").read_text(encoding="utf-8")
    (project / "pyproject.toml").write_text(text.replace("numpy>=2", "numpy>=3"), encoding="utf-8")
    run.prepare()

    assert installs(commands)[0][-1] == "numpy>=3"


@pytest.mark.usefixtures("project")
def test_another_python_makes_the_environment_anew(commands: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    run.prepare()
    commands.clear()
    monkeypatch.setattr(run.sys, "version", "3.99.0 (another)")
    monkeypatch.setattr(run, "has_pip", lambda: False)
    run.prepare()

    assert any("venv" in command and "--clear" in command for command in commands)


def test_a_failed_installation_leaves_no_stamp(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "has_pip", lambda: True)
    monkeypatch.setattr(run.subprocess, "run", lambda command, **_: SimpleNamespace(returncode=1))

    with pytest.raises(run.SetupError, match=r"could not be installed.*\nThe command was: .*numpy>=2"):
        run.prepare()
    assert not list((project / ".venv").glob("ready-*"))


@pytest.mark.usefixtures("project")
def test_a_python_without_ensurepip_asks_for_its_package(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run.PYTHON.unlink()
    asked: list[list[str]] = []
    monkeypatch.setattr(run, "can_make_environment", lambda: False)
    monkeypatch.setattr(run, "install_system_packages", asked.append)
    run.prepare()

    assert asked == [[f"python3.{sys.version_info.minor}-venv"]]


@pytest.mark.usefixtures("project")
def test_a_pip_elsewhere_stands_in_for_ensurepip(commands: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "find_spec", lambda name: None if name == "ensurepip" else object())
    assert run.can_make_environment()
    run.make_environment()

    assert "--without-pip" in commands[0]
    assert commands[1][1:] == ["-m", "pip", "--python", str(run.PYTHON), "install", "--quiet", "pip"]


# ---- what was asked for ------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which packages were prepared, and what would have been started."""
    seen: list[str] = []

    def start(command: list[object], **_: object) -> int:
        seen.append(" ".join(str(word) for word in command[1:]))
        return 7

    monkeypatch.setattr(run, "prepare", lambda extra="": seen.append(f"prepare {extra}"))
    monkeypatch.setattr(run, "become", start)
    monkeypatch.setattr(run, "call", start)
    return seen


@pytest.mark.parametrize("arguments", [[], ["--help"], ["train", "--steps", "10"], ["xor.playground"]])
def test_everything_else_goes_to_the_program(arguments: list[str], asked: list[str]) -> None:
    assert run.main(arguments) == 7
    assert asked == ["prepare ", " ".join(["-P -m playground", *arguments])]


@pytest.fixture
def benchmarks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tests" / "benchmarks"
    folder.mkdir(parents=True)
    for name in ("engine_bench.py", "frame_bench.py", "start_up_bench.py", "shared.py"):
        (folder / name).touch()
    monkeypatch.setattr(run, "ROOT", tmp_path)


@pytest.mark.usefixtures("benchmarks")
def test_bench_runs_every_benchmark_or_those_named(asked: list[str]) -> None:
    assert run.main(["bench"]) == 7
    assert [Path(line).name for line in asked] == [
        "prepare bench",
        "engine_bench.py",
        "frame_bench.py",
        "start_up_bench.py",
    ]
    asked.clear()
    run.main(["bench", "frame", "start"])

    assert [Path(line).name for line in asked] == ["prepare bench", "frame_bench.py", "start_up_bench.py"]


@pytest.mark.usefixtures("benchmarks")
def test_options_go_to_the_benchmark_that_is_named_before_them_else_to_that_of_the_window(
    asked: list[str], tmp_path: Path
) -> None:
    (tmp_path / "tests" / "benchmarks" / "window_bench.py").touch()

    run.main(["bench", "frame", "--runs", "3"])
    run.main(["bench", "--compare", "before.json"])

    assert [Path(line).name for line in asked if "_bench.py" in line] == [
        "frame_bench.py --runs 3",
        "window_bench.py --compare before.json",
    ]


@pytest.mark.usefixtures("benchmarks", "asked")
def test_an_unknown_benchmark_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["bench", "speed"]) == 1
    assert "No benchmark is called speed. There are: engine, frame, start_up." in capsys.readouterr().err


def test_soak_starts_the_long_run_with_its_gestures_and_its_seed(asked: list[str]) -> None:
    assert run.main(["soak", "500", "3"]) == 7
    assert asked[0] == "prepare "
    assert asked[1].replace("\\", "/").endswith("tests/soak/soak.py 500 3")


def test_fuzz_brings_its_own_packages_and_starts_with_what_was_asked(asked: list[str]) -> None:
    assert run.main(["fuzz", "5", "links"]) == 7
    assert asked[0] == "prepare fuzz"
    assert asked[1].replace("\\", "/").endswith("tests/fuzz/fuzz.py 5 links")


@pytest.mark.parametrize(
    ("arguments", "condition"),
    [
        (["500"], "plain"),
        (["500", "2"], "right-to-left"),
        (["500", "9"], "x2"),
        (["500", "9", "allocator"], "allocator"),
    ],
)
def test_each_seed_soaks_under_its_condition_and_a_crash_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], condition: str
) -> None:
    seen: list[dict[str, str]] = []

    def crash(command: list[str], *, env: dict[str, str], **_: Any) -> Any:
        seen.append(env)
        return SimpleNamespace(returncode=-11)

    monkeypatch.setattr(soak.subprocess, "run", crash)
    monkeypatch.setattr(soak.shutil, "which", lambda _: None)
    monkeypatch.delenv(soak.CONDITION, raising=False)
    assert soak.main(arguments) == 1
    assert seen[0].items() >= {soak.CONDITION: condition, **soak.CONDITIONS[condition]}.items()
    assert f"FAILED: the process ended with -11 under {condition}" in capsys.readouterr().out


def test_the_long_run_refuses_what_is_no_number(capsys: pytest.CaptureFixture[str]) -> None:
    assert soak.main(["many"]) == soak.main(["0"]) == soak.main(["1", "2", "3"]) == soak.main(["long", "1", "2"]) == 2
    assert capsys.readouterr().err.count("Usage: python3 run.py soak [gestures] [seed]") == 4


def test_the_stages_stop_at_the_first_that_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[str] = []

    def call(command: list[object], **_: object) -> int:
        words = " ".join(str(word) for word in command[1:])
        seen.append(words)
        return 3 if "mypy" in words else 0

    monkeypatch.setattr(run, "prepare", lambda extra: None)
    monkeypatch.setattr(run, "bring_desktop", lambda: None)
    monkeypatch.setattr(run, "call", call)

    assert run.main(["test"]) == 3
    assert seen == ["-m ruff check .", "-m ruff format --check .", "-m mypy"]
    assert "FAILED: types" in capsys.readouterr().out


def test_all_stages_end_in_a_summary_and_quick_leaves_out_the_slow_tests(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[list[object]] = []
    monkeypatch.setattr(run, "call", lambda command, **_: seen.append(command) or 0)
    monkeypatch.setattr(run, "bring_desktop", lambda: None)

    assert run.main(["test"]) == 0
    assert "--cov" in seen[-1]
    assert "PASSED: lint" in capsys.readouterr().out
    assert run.main(["test", "--quick", "tests/engine"]) == 0
    assert seen[-1][-3:] == ["-m", "not slow", "tests/engine"]
    assert "--cov" not in seen[-1]


def test_a_complaint_goes_to_stderr_with_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(extra: str = "") -> None:
        raise run.SetupError("libgl1 is missing")

    monkeypatch.setattr(run, "prepare", refuse)

    assert run.main(["train"]) == 1
    assert capsys.readouterr() == ("", "libgl1 is missing\n")


def test_an_old_python_is_told_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(run, "python_of", lambda version: None)

    assert run.main([]) == 1
    assert "Python 3.11 or newer is needed" in capsys.readouterr().err


def test_a_newer_python_of_the_machine_is_used(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(run, "python_of", lambda version: "/usr/bin/python3.12" if version == "3.12" else None)

    assert run.main(["train"]) == 7
    assert asked == [f"{run.__file__} train"]


def test_a_launcher_of_a_version_that_is_switched_off_is_no_python(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(command: list[str], **_: Any) -> Any:
        ours = command[0] == "/pyenv/versions/3.12.1/bin/python3.12"
        return SimpleNamespace(returncode=0, stdout=f"{command[0]}\n") if ours else SimpleNamespace(returncode=127)

    monkeypatch.setattr(run.subprocess, "run", answer)
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/pyenv/shims/{name}" if name.startswith("python") else None)
    monkeypatch.setattr(run.Path, "glob", lambda self, pattern: [Path("/pyenv/versions/3.12.1/bin/python3.12")])

    assert run.python_of("3.12") == "/pyenv/versions/3.12.1/bin/python3.12"


def test_a_version_that_is_not_there_is_no_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    monkeypatch.setenv("PYENV_ROOT", "/there/is/none")

    assert run.python_of("3.12") is None


OTHER = "3.12" if sys.version_info[1] != 12 else "3.13"
OWN = f"3.{sys.version_info[1]}"


def test_a_named_python_does_the_rest(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "python_of", lambda version: f"/usr/bin/python{version}")

    assert run.main(["test", "--python", OTHER, "tests/datasets"]) == 7
    assert asked == [f"{run.__file__} test --python {OTHER} tests/datasets"]


def test_a_named_python_has_an_environment_of_its_own(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VENV", "PYTHON"):
        monkeypatch.setattr(run, name, getattr(run, name))

    assert run.main(["--python", OWN, "train"]) == 7
    assert asked == ["prepare ", "-P -m playground train"]
    assert run.ROOT / f".venv-{OWN}" == run.VENV
    assert run.VENV in run.PYTHON.parents


@pytest.mark.parametrize("version", ["", "three", "3.10", "2.7", "4.0", "3.011"])
def test_a_version_that_cannot_be_meant_is_refused(version: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["test", "--python", version]) == 1
    assert "Name a version from 3.11 on behind --python" in capsys.readouterr().err


def test_a_named_python_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "python_of", lambda version: None)

    assert run.main(["test", "--python", OTHER]) == 1
    assert f"Python {OTHER} is not on this machine." in capsys.readouterr().err


# ---- the desktop -------------------------------------------------------------------------------


@pytest.mark.usefixtures("linux")
def test_the_desktop_is_brought_where_that_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(run, "install_system_packages", asked.append)
    monkeypatch.setattr(run.shutil, "which", lambda name: None if name in ("Xvfb", "xdotool") else f"/usr/bin/{name}")
    monkeypatch.setattr(run.Path, "is_dir", lambda self: True)
    run.bring_desktop()
    assert asked == [["xvfb", "xdotool"]]

    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    run.bring_desktop()
    assert len(asked) == 1


@pytest.mark.usefixtures("linux")
def test_the_tests_go_on_where_a_desktop_may_not_be_brought(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(run, "administrator", lambda: None)
    monkeypatch.setattr(run.Path, "is_dir", lambda self: False)
    run.bring_desktop()

    said = capsys.readouterr().err
    assert said.startswith("Some desktop tests are left out. This is missing on your system.")
    assert "xvfb openbox xdotool" in said


def test_elsewhere_there_is_no_desktop_to_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.sys, "platform", "darwin")
    run.bring_desktop()

    assert "The desktop tests need Linux" in capsys.readouterr().err


def test_the_desktop_comes_before_the_long_tests_and_not_twice(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    brought: list[str] = []
    monkeypatch.setattr(run, "call", lambda command, **_: asked.append(" ".join(map(str, command[1:]))) or 0)
    monkeypatch.setattr(run, "bring_desktop", lambda: brought.append("desktop"))

    run.main(["test"])
    desktop, tests = asked[-2:]
    assert desktop.endswith(run.DESKTOP)
    assert f"--ignore {run.DESKTOP}" in tests
    for arguments in (["--quick"], ["tests/datasets"]):
        asked.clear()
        run.main(["test", *arguments])
        assert not any(line.endswith(run.DESKTOP) for line in asked)
    assert brought == ["desktop"]


def test_headless_work_has_no_display_and_one_thread() -> None:
    headless, open_window = run.environment_of(headless=True), run.environment_of(headless=False)

    assert headless["QT_QPA_PLATFORM"] == "offscreen"
    assert headless["OMP_NUM_THREADS"] == "1"
    assert open_window["PYTHONPATH"].split(run.os.pathsep)[0] == str(run.ROOT)


def test_run_py_needs_nothing_but_the_standard_library() -> None:
    program = f"import sys; sys.path.insert(0, {str(run.ROOT)!r}); import run"
    result = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
