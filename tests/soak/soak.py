"""Long runs over the real window: ``python3 run.py soak [gestures] [seed] [condition]`` and ``run.py soak long``.

The first is the monkey's, the second plays millions of iterations. All that they write is taken away again.
Each runs in a process of its own, under one of ``CONDITIONS``: that of its number, unless it is named. When that
process crashes, gdb, where it is there, prints the native stack and faulthandler Python's.
"""

from __future__ import annotations

import faulthandler
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.soak.guard import Guard

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

GESTURES, SEED = 20_000, 1
ITERATIONS = 10_000_000
GROWTH_MIB = 20.0
"""How much more the lightest moment of the second half may weigh than that of the first, both after warming up: what is
kept once, for a large circuit, is in both, and what is never released is in no light moment."""
WARM_UP = 0.2
HANGS_S = 300.0
"""A gesture, or all undone and redone with a million points, that takes longer ends the run, with where it was."""
CONDITIONS: dict[str, dict[str, str]] = {
    "plain": {},
    "right-to-left": {},
    "x1.5": {"QT_SCALE_FACTOR": "1.5"},
    "x2": {"QT_SCALE_FACTOR": "2"},
    "allocator": {"PYTHONMALLOC": "debug", "MALLOC_PERTURB_": "165"},
}
"""What each process finds in its environment; seed 1 is plain, 2 right-to-left, …, 6 plain again."""
CONDITION = "SOAK_CONDITION"
GDB = ("gdb", "-q", "-batch", "--return-child-result", "-iex", "set debuginfod enabled off",
       "-iex", "set auto-load off", "-iex", "set print thread-events off",
       "-iex", "set startup-with-shell off", "-x", str(Path(__file__).with_name("stacks.gdb")))  # fmt: skip
USAGE = (
    f"Usage: python3 run.py soak [gestures] [seed] [{'|'.join(CONDITIONS)}], or python3 run.py soak long [iterations]; "
    "whole numbers"
)


def main(arguments: list[str]) -> int:
    """Run, and say in one line at the end what was found."""
    named = arguments.pop() if arguments[-1:] and arguments[-1] in CONDITIONS else ""
    is_long = arguments[:1] == ["long"]
    defaults = (ITERATIONS,) if is_long else (GESTURES, SEED)
    try:
        given = [*map(int, arguments[is_long:])]
        first, *rest = [*given, *defaults[len(given) :]]
        if len(given) > len(defaults) or first < 1 or min(rest, default=0) < 0:
            raise ValueError
    except ValueError:
        print(USAGE, file=sys.stderr)
        return 2
    if CONDITION not in os.environ:
        by_seed = [*CONDITIONS][(rest[0] - 1) % len(CONDITIONS)] if rest else "plain"
        return in_a_process([*arguments], named or by_seed)
    with tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as home:
        settle_in(Path(home))
        return play(first) if is_long else soak(first, *rest, Path(home))


def in_a_process(arguments: list[str], condition: str) -> int:
    """Run under `condition`, with gdb where it can be used; a crash is a failure with its stacks."""
    command = [sys.executable, "-X", "faulthandler", str(Path(__file__)), *arguments]
    if _can_debug():
        command = [*GDB, "--args", *command]
    print(f"condition: {condition}", flush=True)
    code = subprocess.run(command, env={**os.environ, **CONDITIONS[condition], CONDITION: condition}, check=False)
    if code.returncode not in (0, 1):
        print(f"FAILED: the process ended with {code.returncode} under {condition}", flush=True)
    return 1 if code.returncode else 0


def _can_debug() -> bool:
    """Return whether gdb is there and may follow a process: in a container it often may not."""
    if shutil.which("gdb") is None:
        return False
    tried = subprocess.run([*GDB, "--args", sys.executable, "-c", ""], capture_output=True, check=False)
    return tried.returncode == 0 and b"exited normally" in tried.stdout


def settle_in(home: Path) -> None:
    """Let settings and files be below `home`."""
    os.environ["HOME"] = str(home)
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    from PySide6.QtCore import Qt

    from playground.app.window.start import make_application

    application = make_application("light")
    if os.environ[CONDITION] == "right-to-left":
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


def play(iterations: int) -> int:
    """Play so many in the window."""
    from tests.soak.long_run import long_run

    return long_run(iterations)


def soak(gestures: int, seed: int, home: Path) -> int:
    """Make `gestures` in a window whose files are all below `home`; when it is gone nothing of it may be left."""
    from tests.soak.guard import Guard, running_timers, tidy, top_levels
    from tests.soak.monkey import MonkeyError

    faulthandler.enable()
    tidy()
    windows_before = top_levels()
    with Guard() as guard:
        try:
            told = sit_down(gestures, seed, home, guard)
        except MonkeyError as error:
            print(f"FAILED: {error}", flush=True)
            return 1
        tidy()
        left = [f"a running timer of {name}" for name in running_timers()]
        left += [f"the window {name}" for name in top_levels() - windows_before]
        if left or guard.faults:
            print("\n".join(["FAILED: left behind when the window closed:", *left, *guard.faults]), flush=True)
            return 1
    print(f"PASSED: {told}", flush=True)
    return 0


def sit_down(gestures: int, seed: int, home: Path, guard: Guard) -> str:
    """Open a window, make `gestures`, close it, and return what there is to tell.

    Raises
    ------
    MonkeyError
        At the first fault, or when memory grew.
    """
    from playground.app.window.construction import new_window
    from playground.files.settings import Settings
    from playground.session.session import Session
    from tests.soak.guard import resident_mib, tidy
    from tests.soak.monkey import Monkey

    folder = home / "documents"
    folder.mkdir()
    begun = perf_counter()

    def tell(done: int) -> None:
        faulthandler.dump_traceback_later(HANGS_S, exit=True)
        if done % 100 == 0 or done == gestures:
            seconds = perf_counter() - begun
            print(f"{done:6d} of {gestures} gestures · {seconds:5.0f} s · {resident_mib():6.1f} MiB", flush=True)

    window = new_window(Session(), Settings())
    window.show()
    window.parts.deferred.need("curves")
    window.parts.layout.arrange_at(1600, 1000)
    window.parts.recovery.begin()
    monkey = Monkey(window, guard, seed, folder)
    try:
        warm = max(1, round(gestures * WARM_UP))
        monkey.tour()
        monkey.run(warm, tell)
        monkey.rest()
        print(f"{monkey.weights[-1]:.1f} MiB at rest after {warm} gestures", flush=True)
        monkey.is_warming_up = False
        monkey.weights.clear()
        monkey.run(gestures - warm, tell)
        monkey.rest()
        half = max(1, len(monkey.weights) // 2)
        growth = min(monkey.weights[-half:]) - min(monkey.weights[:half])
        print(f"at rest: {', '.join(f'{weight:.0f}' for weight in monkey.weights)}", flush=True)
        if growth > GROWTH_MIB:
            monkey.fail(f"Memory at rest grew by {growth:.1f} MiB over {(gestures - warm) // 2} gestures.")
    finally:
        window.session.pause()
        window.parts.files.settle()  # nothing is asked any more
        window.close()
        window.deleteLater()
        tidy()
    return (
        f"{gestures} gestures from seed {seed} in {perf_counter() - begun:.0f} s; at most {monkey.most_edits} "
        f"edits at once, {monkey.undone} undone, the oldest forgotten for their size {monkey.forgotten} times; "
        f"memory at rest {growth:+.1f} MiB"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
