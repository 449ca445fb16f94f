#!/usr/bin/env python3
"""One command does all the set-up: ``python3 run.py``, ``run.py test``, ``run.py bench``.

    python3 run.py [arguments…]        open the window; arguments go to ``python -m playground``
    python3 run.py test [--quick] […]  lint, types, import laws, the window on a desktop, all tests; […] goes to pytest
    python3 run.py bench [names…]      the benchmarks, or those with one of these words in their name
    python3 run.py bench window [--runs 3]           the real window beside its targets, written as JSON
    python3 run.py bench --compare BEFORE.json       the same, beside another commit's
    python3 run.py bench tfp --sources FOLDER        TensorFlow Playground's own engine beside ours
    python3 run.py soak [gestures] [seed] [condition]   random gestures over the real window, 20000 from seed 1
    python3 run.py soak long [iterations]   the real window plays, 10000000 iterations
    python3 run.py fuzz [seconds] [parsers…]   broken input for every parser, 60 s each, guided by what it reaches

``--python 3.13`` anywhere in it does the same with that Python of this machine, in an environment of its own
(``.venv-3.13``): ``python3 run.py test --python 3.13``.

Standard library only. The program lives in ``.venv`` beside this file, and nothing else is touched
but, on Debian and its relatives, the system libraries that Qt needs: they are installed when that is
allowed (root, or sudo without a password); otherwise the exact command is printed. What is already
there is found again in a blink, and a changed ``pyproject.toml`` is noticed.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
DESKTOP = "tests/desktop"
PYTHON_IN_IT = "Scripts/python.exe" if os.name == "nt" else "bin/python"
PYTHON = VENV / PYTHON_IN_IT
OLDEST = (3, 11)

# What Qt opens on Linux, and the Debian package that brings it.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
# Only to open a window under X11. Qt names xcb-cursor whichever of them is missing.
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# To try the program on a desktop of its own: a screen, a window manager, hands; and a screen reader.
DESKTOP_PROGRAMS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus-daemon",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "/usr/lib/python3/dist-packages/pyatspi": "python3-pyatspi",
}
# Without a font every letter is a box, and no error is reported.
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
FONT_PACKAGE = "fonts-dejavu-core"

# NumPy's BLAS on one thread: sums in one order, and figures that compare.
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM")}


class SetupError(Exception):
    """What is missing and the command that brings it."""


def main(arguments: Sequence[str]) -> int:
    """Set up what is needed, then do what was asked; return the exit code."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    try:
        if sys.version_info < OLDEST:
            return use_newer_python(arguments)
        if "--python" in arguments:
            return use_named_python(arguments)
        if command == "test":
            prepare("test")
            return run_tests(rest)
        if command == "bench":
            prepare("bench")
            return run_benchmarks(rest)
        if command == "soak":
            prepare()
            return call([PYTHON, ROOT / "tests" / "soak" / "soak.py", *rest], headless=True)
        if command == "fuzz":
            prepare("fuzz")
            return call([PYTHON, ROOT / "tests" / "fuzz" / "fuzz.py", *rest], headless=True)
        prepare()
        return become([PYTHON, "-P", "-m", "playground", *arguments])
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def say(text: str) -> None:
    """Speak on stderr: stdout belongs to the program (``--report -``)."""
    print(text, file=sys.stderr, flush=True)


# ---- set-up ------------------------------------------------------------------------------------


def prepare(extra: str = "") -> None:
    """Bring the environment with the packages of `extra`, and the system libraries, if they are not there."""
    window = not extra and bool(os.environ.get("DISPLAY"))
    packages = missing_system_packages(window=window)
    if not PYTHON.exists() and not can_make_environment():
        packages.append(f"python3.{sys.version_info.minor}-venv")
    if packages:
        install_system_packages(packages)
    stamp = VENV / f"ready-{extra or 'run'}"
    state = fingerprint()
    # Whatever was brought more, what the program needs is among it.
    stamps = [stamp] if extra else sorted(VENV.glob("ready-*"))
    if PYTHON.exists() and any(file.is_file() and file.read_text(encoding="utf-8") == state for file in stamps):
        return
    begin = time.perf_counter()
    if not has_pip():
        say("Making an environment in .venv …")
        make_environment()
    say("Bringing the packages (the first time, a few minutes at most) …")
    install_requirements(extra)
    stamp.write_text(state, encoding="utf-8")
    say(f"Ready after {time.perf_counter() - begin:.0f} s.")


def fingerprint() -> str:
    """Return what an environment was made from: pyproject.toml and this Python."""
    content = (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(content + sys.version.encode()).hexdigest()


def can_make_environment() -> bool:
    """Whether this Python can make an environment with pip in it: Debian takes ensurepip out."""
    has_a_pip = find_spec("ensurepip") is not None or find_spec("pip") is not None
    return inside_environment() or (find_spec("venv") is not None and has_a_pip)


def inside_environment() -> bool:
    """Whether the Python that runs this file is already the one in .venv."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def has_pip() -> bool:
    """Whether .venv works, is of this Python's version, and can install packages."""
    check = f"import sys, pip; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", check], capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    """Make .venv again, with pip in it."""
    # Seen from inside an environment, `venv` would build on it: always start from the system's Python.
    base = getattr(sys, "_base_executable", None) or sys.executable
    complaint = "Python could not make an environment."
    if inside_environment() or find_spec("ensurepip") is not None:
        checked([base, "-m", "venv", "--clear", VENV], complaint)
    else:
        checked([base, "-m", "venv", "--clear", "--without-pip", VENV], complaint)
        checked([base, "-m", "pip", "--python", PYTHON, "install", "--quiet", "pip"], "pip could not be installed.")


def install_requirements(extra: str) -> None:
    """Install what pyproject.toml asks for, the packages of `extra` included."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(project["optional-dependencies"][extra] if extra else ())]
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    checked(
        [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *quiet, *wanted],
        "The packages could not be installed. Look at the lines above: is the network there?",
    )


def checked(command: Iterable[object], complaint: str) -> None:
    """Run `command`, its output on stderr, or raise ``SetupError`` with the `complaint`."""
    words = [str(word) for word in command]
    # As root the packages belong to .venv alone, so pip's warning about root has no meaning here.
    environment = os.environ | {"PIP_ROOT_USER_ACTION": "ignore"}
    if subprocess.run(words, stdout=sys.stderr, env=environment, check=False).returncode:
        raise SetupError(f"{complaint}\nThe command was: {' '.join(words)}")


# ---- system libraries --------------------------------------------------------------------------


def missing_system_packages(*, window: bool) -> list[str]:
    """Return the Debian packages of the libraries and the font that Qt will not find."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = LIBRARIES | (WINDOW_LIBRARIES if window else {})
    missing = [package for library, package in wanted.items() if not can_load(library)]
    return missing if has_font() else [*missing, FONT_PACKAGE]


def can_load(library: str) -> bool:
    """Whether the system's loader finds `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font() -> bool:
    """Whether there is a font file in any of the usual folders."""
    for folder in FONT_FOLDERS:
        for _, _, files in os.walk(Path(folder).expanduser()):
            if any(name.lower().endswith((".ttf", ".otf", ".ttc")) for name in files):
                return True
    return False


def bring_desktop() -> None:
    """Bring what the desktop tests start, where that is allowed; say what they will leave out where it is not."""
    if not sys.platform.startswith("linux"):
        say("The desktop tests need Linux: they are left out.")
        return
    missing = [
        package
        for name, package in DESKTOP_PROGRAMS.items()
        if not (Path(name).exists() if "/" in name else shutil.which(name))
    ]
    packages = [*missing, *missing_system_packages(window=True)]
    if packages:
        try:
            install_system_packages(packages)
        except SetupError as error:
            say(f"Some desktop tests are left out. {error}")


def install_system_packages(packages: list[str]) -> None:
    """Install `packages`, or raise ``SetupError`` with the command that does."""
    if shutil.which("apt-get") is None:
        raise SetupError(
            "Qt needs libraries that this system does not have. In Debian's names: "
            f"{' '.join(packages)}.\nInstall them with your package manager, then start again."
        )
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    rights = administrator()
    if rights is None:
        raise SetupError(
            f"This is missing on your system. Install it, then start again:\n\n    sudo {' '.join(install)}\n"
        )
    say(f"Installing system packages: {' '.join(packages)} …")
    quiet = ["-qq", "-o", "Dpkg::Use-Pty=0"]
    # A fresh system has no package lists, an old one stale lists. A failing side repository is no reason to stop.
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*rights, "apt-get", "update", *quiet], capture_output=True, env=environment, check=False)
    result = subprocess.run(
        [*rights, *install, *quiet],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        check=False,
    )
    if result.returncode:
        raise SetupError(f"{result.stdout}\nThe system packages could not be installed: {' '.join(install)}")


def administrator() -> list[str] | None:
    """Return what to put before a command to run it as root without asking, or None."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


# ---- other Pythons -----------------------------------------------------------------------------


def use_newer_python(arguments: Sequence[str]) -> int:
    """Continue with a newer Python of this machine, or report that one is needed."""
    for minor in range(19, OLDEST[1] - 1, -1):
        newer = python_of(f"3.{minor}")
        if newer:
            return call([newer, __file__, *arguments])
    raise SetupError(f"Python 3.{OLDEST[1]} or newer is needed; {sys.executable} is {sys.version.split()[0]}.")


def use_named_python(arguments: Sequence[str]) -> int:
    """Do what the other `arguments` ask for with the version behind ``--python``, in its own environment."""
    global VENV, PYTHON
    at = arguments.index("--python")
    version, rest = "".join(arguments[at + 1 : at + 2]), [*arguments[:at], *arguments[at + 2 :]]
    if version not in {f"3.{minor}" for minor in range(OLDEST[1], 100)}:
        raise SetupError(f"Name a version from 3.{OLDEST[1]} on behind --python, such as: --python 3.13.")
    if version != f"3.{sys.version_info[1]}":
        python = python_of(version)
        if python is None:
            raise SetupError(f"Python {version} is not on this machine. Install it, or leave out --python {version}.")
        return call([python, __file__, *arguments])
    VENV = ROOT / f".venv-{version}"
    PYTHON = VENV / PYTHON_IN_IT
    return main(rest)


def python_of(version: str) -> str | None:
    """Return the Python of this `version`, such as 3.13, on this machine, or None."""
    name = f"python{version}"
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = [shutil.which(name), *sorted(map(str, pyenv.glob(f"{version}.*/bin/{name}")))]
    commands = [[python] for python in found if python] + ([["py", f"-{version}"]] if shutil.which("py") else [])
    for command in commands:
        # What is in the PATH may be a launcher of pyenv for a version that is not switched on: ask it.
        answer = [*command, "-c", "import sys; print(sys.executable)"]
        result = subprocess.run(answer, capture_output=True, text=True, check=False)
        if result.returncode == 0:
            return result.stdout.strip()
    return None


# ---- what was asked for ------------------------------------------------------------------------


def environment_of(*, headless: bool) -> dict[str, str]:
    """Return the environment of the program: our packages first, and no display for `headless` work."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    ours = {"PYTHONPATH": os.pathsep.join(paths)}
    return os.environ | ours | (ONE_THREAD | {"QT_QPA_PLATFORM": "offscreen"} if headless else {})


def become(command: Iterable[object]) -> int:
    """Replace this process by `command` where the system can; else wait for it."""
    words = [str(word) for word in command]
    if os.name == "nt":
        return call(words)
    os.execve(words[0], words, environment_of(headless=False))


def call(command: Iterable[object], *, headless: bool = False, folder: Path | None = None) -> int:
    """Run `command` to its end and return its exit code."""
    words = [str(word) for word in command]
    return subprocess.run(words, env=environment_of(headless=headless), cwd=folder, check=False).returncode


def run_tests(arguments: Sequence[str]) -> int:
    """Run the stages in order of their cost and stop at the first that fails."""
    quick = "--quick" in arguments
    chosen = [word for word in arguments if word != "--quick"]
    tests: list[object] = ["-m", "pytest", "-q", *(["-m", "not slow"] if quick else []), *chosen]
    if not chosen:
        tests += ["--ignore", DESKTOP]  # a stage of its own: its programs want both cores
        tests += ["-n", "auto", "--dist", "worksteal"]  # one process a core: half of the time is windows
        tests += [] if quick else ["--cov", "--cov-report=term"]
    desktop: list[object] = ["-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", DESKTOP]
    if not chosen and not quick:
        bring_desktop()
    stages: list[tuple[str, list[object]]] = [
        ("lint", ["-m", "ruff", "check", "."]),
        ("format", ["-m", "ruff", "format", "--check", "."]),
        ("types", ["-m", "mypy"]),
        ("unused code", ["-m", "vulture"]),
        ("import laws", ["-c", "from importlinter.cli import lint_imports_command as run; run()"]),
        *([("desktop", desktop)] if not chosen and not quick else []),
        ("tests", tests),
    ]
    done: list[str] = []
    for name, command in stages:
        print(f"\n── {name} " + "─" * (70 - len(name)), flush=True)
        begin = time.perf_counter()
        code = call([PYTHON, *command], headless=True, folder=ROOT)
        seconds = f"{time.perf_counter() - begin:.1f} s"
        if code:
            print(f"\nFAILED: {name} after {seconds}; passed before it: {', '.join(done) or 'nothing'}", flush=True)
            return code
        done.append(f"{name} {seconds}")
    print(f"\nPASSED: {', '.join(done)}", flush=True)
    return 0


def run_benchmarks(arguments: Sequence[str]) -> int:
    """Run each benchmark in a process of its own; return the exit code of the last that failed.

    Options go to the benchmarks named before them, else to the one of the window.
    """
    first = next((i for i, word in enumerate(arguments) if word.startswith("-")), len(arguments))
    names, options = arguments[:first], arguments[first:]
    if options and not names:
        names = ["window"]
    every = {
        file.stem.removesuffix("_bench"): file for file in sorted((ROOT / "tests" / "benchmarks").glob("*_bench.py"))
    }
    chosen = [name for name in every if not names or any(word in name for word in names)]
    if not chosen:
        raise SetupError(f"No benchmark is called {' or '.join(names)}. There are: {', '.join(every)}.")
    result = 0
    for name in chosen:
        print(f"\n── {name} " + "─" * (70 - len(name)), flush=True)
        is_shown = name == "window" and bool(os.environ.get("DISPLAY"))
        result = call([PYTHON, every[name], *options], headless=not is_shown) or result
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
