"""Measures the real window: training beside the views, frames, blocks, the start and memory, each beside its target.

``python3 run.py bench window`` opens the window on the display that there is, else offscreen, at 1600 × 1000, and runs
each row in a process of its own. ``--runs 3`` takes medians of three, ``--rows play start`` only the rows of these
names, ``--json FILE`` says where the figures are written. ``--compare BEFORE.json`` measures and prints both;
with a second file (``--compare BEFORE.json AFTER.json``) nothing is measured.

*now* is wall-clock time, to be trusted on a quiet machine only. *cpu* is the same by the processor time of the window's
thread.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
ROWS = Path(__file__).resolve().with_name("window_rows.py")
RESULT = ROOT / ".cache" / "bench-window.json"
SEVERAL = 5
"""How often the start is measured in one run: it varies more than the rest."""


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    what: str
    row: str  # what to run
    key: str  # which of its figures
    target: float
    unit: str = "ms"
    most: bool = False  # whether the target is a least value, to be exceeded

    @property
    def name(self) -> str:
        return f"{self.row}: {self.key}"


NETWORKS = (("2-4-2-1", "4 2", 20_000), ("2-8-8-1", "8 8", 15_000), ("2-8×6-1", "8 8 8 8 8 8", 6_000))
FIGURES = (
    Figure("100,000 imported points, playing", "play_imported 100000", "rate", 12_000, "it/s", True),
    Figure("1,000,000 points, playing", "play_generated 1000000", "rate", 30_000, "it/s", True),
    Figure("8 layers of 256: iterations", "play 256 256 256 256 256 256 256 256", "rate", 130, "it/s", True),
    Figure("8 layers of 256: frames", "play 256 256 256 256 256 256 256 256", "frames", 30, "1/s", True),
    Figure("8 layers of 256: worst answer", "play 256 256 256 256 256 256 256 256", "worst", 50),
    Figure("changing to 1,000,000 points: block", "blocks", "many_worst", 50),
    Figure("reading 100,000 rows: block", "blocks", "read_worst", 50),
    Figure("preview of 100,000 rows: block", "blocks", "preview_worst", 100),
    Figure("undo of 1,000,000 points: block", "blocks", "undo_worst", 100),
    Figure("redo of 1,000,000 points: block", "blocks", "redo_worst", 100),
    Figure("theme: block", "blocks", "theme_worst", 100),
    Figure("opening a document of 1 MB: block", "blocks", "open_worst", 100),
    Figure("start of an animation: block", "blocks", "animation_worst", 100),
    Figure("after the first panels: block", "settle", "settle_worst", 50),
    Figure("every panel there", "start", "whole", 0.50, "s"),
    Figure("first paint", "start", "first", 1.2, "s"),  # times the bare window's, which is measured beside it
    Figure("a bare Qt window", "bare", "bare", float("nan"), "s"),
    Figure("resident memory, window shown", "settle", "memory", 135, "MiB"),
    Figure("resident memory after 8 s of play", "settle", "memory_played", 135, "MiB"),
    Figure("a frame, node selected, 2-8-8-1", "frame 8 8", "ms", 8),
    Figure("a frame, node selected, 2-8×6-1", "frame 8 8 8 8 8 8", "ms", 10),
    Figure("2-8×6-1, default views: frames", "play 8 8 8 8 8 8", "frames", 59, "1/s", True),
    *(
        figure
        for name, widths, least in NETWORKS
        for figure in (
            Figure(f"{name}, playing", f"play {widths}", "rate", least, "it/s", True),
            Figure(f"{name}: answer, p95", f"play {widths}", "p95", 12),
            Figure(f"{name}: worst answer", f"play {widths}", "worst", 50),
        )
    ),
)  # fmt: skip


def measured(row: str) -> dict[str, float]:
    """Run `row` in a process of its own, with settings of its own; return its figures, none where it failed."""
    with tempfile.TemporaryDirectory() as home:
        # As in the user's second start: compiled modules are kept, whatever this environment sets.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "APPDATA": home}
        environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "backprop-playground-bench")
        done = subprocess.run(
            [sys.executable, ROWS, *row.split()], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
    try:
        figures: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    except (IndexError, ValueError):
        print(f"{row}: failed\n{done.stderr}", file=sys.stderr)
        return {}
    return figures


def measure(rows: list[str], runs: int) -> dict[str, dict[str, float]]:
    """Return the medians of `runs` runs of each row."""
    found: dict[str, dict[str, float]] = {}
    for row in rows:
        times = runs * (SEVERAL if row in ("bare", "start") else 1)
        if row in ("bare", "start"):
            measured(row)  # the first start compiles
        every = [figures for figures in (measured(row) for _ in range(times)) if figures]
        found[row] = {key: median(one[key] for one in every if key in one) for key in (every[0] if every else ())}
        print(f"  {row}", file=sys.stderr, flush=True)
    return found


def targets(found: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return the target of each figure; that of the first paint follows from a bare window."""
    made = {figure.name: figure.target for figure in FIGURES}
    made["start: first"] = 1.2 * found.get("bare", {}).get("bare", float("nan"))
    return made


def print_table(now: dict[str, dict[str, float]], before: dict[str, dict[str, float]] | None) -> None:
    """Print every figure beside its target, and beside what was `before`."""
    wanted, was = targets(now), "        before      cpu" if before is not None else ""
    print(f"\n{'':40}{was}{'now':>12}{'cpu':>9}{'target':>12}")
    for figure in FIGURES:
        if figure.row not in now:
            continue
        value, target = now[figure.row].get(figure.key), wanted[figure.name]
        met = "" if value is None or target != target else "" if (value >= target) == figure.most else "  missed"
        old = "" if before is None else _pair(before, figure)
        sign = "≥" if figure.most else "≤"
        goal = "" if target != target else f"{sign} {_number(target)}"
        print(f"{figure.what:40}{old}{_pair(now, figure)}{goal:>12} {figure.unit}{met}")


def _pair(found: dict[str, dict[str, float]], figure: Figure) -> str:
    row = found.get(figure.row, {})
    wall, cpu = row.get(figure.key), row.get(f"{figure.key}_cpu")
    return f"{'' if wall is None else _number(wall):>12}{'' if cpu is None else _number(cpu):>9}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 2 else f"{value:.2f}"


def commit() -> str:
    """Return the commit that is measured; empty where there is no history."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def main() -> None:
    parser = argparse.ArgumentParser(prog="run.py bench window")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--rows", nargs="+", default=[""])
    parser.add_argument("--json", type=Path, default=RESULT)
    parser.add_argument("--compare", type=Path, nargs="+")
    options = parser.parse_args()
    files = [json.loads(path.read_text(encoding="utf-8")) for path in options.compare or ()]
    if len(files) < 2:
        every = list(dict.fromkeys(figure.row for figure in FIGURES))
        rows = [row for row in every if any(word in row for word in options.rows)]
        where = "the display" if os.environ.get("QT_QPA_PLATFORM") != "offscreen" else "no display: offscreen"
        machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {where}"
        made = {"commit": commit(), "machine": machine, "runs": options.runs, "rows": measure(rows, options.runs)}
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(made, indent=1), encoding="utf-8")
        print(f"written: {options.json}")
        files.append(made)
    for name, made in zip(("before", "now") if len(files) > 1 else ("now",), files[:2], strict=True):
        print(f"{name}: {made['commit']}; {made['machine']}; medians of {made['runs']}")
    before = files[0]["rows"] if len(files) > 1 else None
    print_table(files[-1]["rows"], before)


if __name__ == "__main__":
    main()
