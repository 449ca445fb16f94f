"""A desktop of its own, X server and window manager, and the program on it as a user starts it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.desktop.rectangles import middle

ROOT = Path(__file__).resolve().parents[2]
INSIDE = Path(__file__).parent / "inside"
PROGRAMS = ("Xvfb", "openbox", "xdotool")
ACCESSIBILITY_BUS, SYSTEM_PYTHON = "/usr/libexec/at-spi-bus-launcher", "/usr/bin/python3"
PATIENCE_S = 60.0


def missing() -> list[str]:
    """Return the programs of a desktop that are not on this machine."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


def missing_for_reading() -> list[str]:
    """Return what else a screen reader needs that is not on this machine."""
    gone = [name for name in ("dbus-daemon", ACCESSIBILITY_BUS, SYSTEM_PYTHON) if shutil.which(name) is None]
    if (
        not gone
        and subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False).returncode
    ):
        gone.append("pyatspi")
    return gone


def until(happened: Callable[[], Any], what: str, every_s: float = 0.05) -> Any:
    """Return the first true answer of `happened`."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        answer = happened()
        if answer:
            return answer
        time.sleep(every_s)
    raise TimeoutError(f"{what} did not happen in {PATIENCE_S:.0f} s")


class Desktop:
    """An X server with a screen of `size`, and a window manager on it."""

    def __init__(self, size: tuple[int, int], home: Path) -> None:
        reader, writer = os.pipe()
        screen = f"{size[0]}x{size[1]}x24"
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"],
            pass_fds=[writer], stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(writer)
        with os.fdopen(reader) as numbers:
            self.display = f":{numbers.readline().strip()}"
        self.environment = _bare_environment(home) | {"DISPLAY": self.display}
        self._manager = subprocess.Popen(
            ["openbox"], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until(lambda: self.hand("get_desktop", check=False) == "0", "the window manager's start")
        self.rest_mouse()

    def hand(self, *words: object, check: bool = True) -> str:
        """Let xdotool move the mouse or press a key; return what it prints."""
        command = ["xdotool", *(str(word) for word in words)]
        result = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=check)
        return result.stdout.strip()

    def rest_mouse(self) -> None:
        """Put the mouse where nothing is under it."""
        self.hand("mousemove", 9999, 9999)

    def close(self) -> None:
        """End the window manager and the server."""
        for process in (self._manager, self._server):
            process.terminate()
            process.wait()


class Program:
    """The program on `desktop`: ``python3 run.py``, with a socket into it that only reads."""

    def __init__(self, desktop: Desktop, log: Path) -> None:
        self._desktop, self._log = desktop, log
        ours, theirs = socket.socketpair()
        environment = desktop.environment | {
            "PYTHONPATH": f"{INSIDE}{os.pathsep}{ROOT}",
            "PLAYGROUND_DESKTOP_TEST": str(theirs.fileno()),
            "PYTHONFAULTHANDLER": "1",
        }
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                _command(), env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                pass_fds=[theirs.fileno()],
            )  # fmt: skip
        theirs.close()
        ours.settimeout(PATIENCE_S)
        self._socket, self._stream = ours, ours.makefile("rw", encoding="utf-8")

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._stream.detach()
        self._socket.close()

    def ask(self, question: str) -> Any:
        """Return the program's report."""
        answer = {"error": "the program has ended"}
        with suppress(ConnectionError):
            self._stream.write(question + "\n")
            self._stream.flush()
            answer = json.loads(self._stream.readline() or json.dumps(answer))
        assert "error" not in answer, f"{answer['error']} {self.said}"
        return answer

    def until(self, happened: Callable[[dict[str, Any]], bool], what: str) -> dict[str, Any]:
        """Wait until the state is such that `happened`, and return it."""
        state: dict[str, Any] = {}

        def ask() -> bool:
            state.update(self.ask("state"))
            return happened(state)

        until(ask, what)
        return state

    def look(self) -> dict[str, Any]:
        """Wait until nothing in the window moves by itself; return what is on the screen."""
        self.until(lambda state: state["at_rest"], "rest")
        seen: list[dict[str, Any]] = [self.ask("screen")]

        def is_still() -> bool:  # what the window manager does takes its time
            seen.append(self.ask("screen"))
            before, now = ([(thing["path"], thing["rect"]) for thing in one["things"]] for one in seen[-2:])
            return before == now

        until(is_still, "a still window")
        return seen[-1]

    def key(self, *keys: str) -> None:
        """Press keys."""
        self._desktop.hand("key", *keys)

    def click(self, path: str, words: str) -> None:
        """Click what is called `words`, somewhere under `path`, and take the mouse away."""
        things = self.ask("screen")["things"]
        thing = next(thing for thing in things if path in thing["path"] and words in (thing["words"], thing["name"]))
        self._desktop.hand("mousemove", *middle(thing), "click", 1)
        self._desktop.rest_mouse()

    def close(self) -> int:
        """Close the window as a user does, and return the exit code."""
        self.key("alt+F4")
        try:
            return self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.send_signal(signal.SIGUSR1)  # the program writes where each thread stands
            raise AssertionError(f"The window did not close. {self.ask('screen')['windows']} {self.said}") from None

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait(PATIENCE_S)

    @property
    def said(self) -> str:
        """What it has written to the terminal."""
        return self._log.read_text(encoding="utf-8", errors="replace")


class ScreenReader:
    """A session bus, the accessibility bus and a screen reader on `desktop`; make it before the program."""

    def __init__(self, desktop: Desktop) -> None:
        environment = desktop.environment
        bus = ["dbus-daemon", "--session", "--nofork", "--print-address"]
        self._bus = subprocess.Popen(
            bus, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
        )
        assert self._bus.stdout is not None
        environment["DBUS_SESSION_BUS_ADDRESS"] = self._bus.stdout.readline().strip()
        environment["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        self._accessibility = subprocess.Popen(
            [ACCESSIBILITY_BUS, "--launch-immediately"], env=environment, stderr=subprocess.DEVNULL
        )
        self._reader = subprocess.Popen(
            [SYSTEM_PYTHON, Path(__file__).with_name("screen_reader.py")], env=environment, text=True,
            encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._answer()

    def ask(self, question: str) -> Any:
        """Return the reader's answer to ``tree``, ``heard`` or ``press NAME``."""
        assert self._reader.stdin is not None
        self._reader.stdin.write(question + "\n")
        self._reader.stdin.flush()
        return self._answer()

    def close(self) -> None:
        """End everything."""
        for process in (self._reader, self._accessibility, self._bus):
            process.terminate()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()

    def _answer(self) -> Any:
        assert self._reader.stdout is not None
        return json.loads(self._reader.stdout.readline())


def _command() -> list[object]:
    """Return what a user types, for the environment that the tests run in."""
    named = Path(sys.prefix).name.startswith(".venv-")
    return [sys.executable, ROOT / "run.py", *(["--python", f"3.{sys.version_info[1]}"] if named else [])]


def _bare_environment(home: Path) -> dict[str, str]:
    """Return the variables of a new user."""
    gone = ("QT_", "XDG_", "PYTHON", "COV_", "PYTEST", "WAYLAND", "LC_", "DBUS", "AT_SPI")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(gone)}
    return kept | {"HOME": str(home), "LANG": "C.UTF-8"}
