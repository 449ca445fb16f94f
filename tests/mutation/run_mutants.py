"""Break each derivative on purpose and see that the tests notice: ``python tests/mutation/run_mutants.py``.

Every mutant of ``mutants.toml`` is written into a temporary copy of the tree, its tests run there, and it is
reported as killed (a test failed) or survived (none did). Exit code 1 if any survived. With ``--check``, the gradient
check in random settings takes the place of the tests, for the mutants of what it can see.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("mutants.toml")
SEEN_BY_THE_CHECK = ("derivatives", "losses", "layers", "regularizers", "passes")
COPIED = ("playground", "widgets", "datasets", "tests", "pyproject.toml")
# A mutant that makes a test run for ever is caught, too.
TIME_LIMIT = 600


@dataclass(frozen=True, slots=True)
class Mutant:
    """One broken line: where it stands, what it breaks, and the tests that must notice."""

    file: str
    tests: tuple[str, ...]
    of: str
    kind: str
    original: str
    mutated: str

    def __str__(self) -> str:
        changes = zip(self.original.splitlines(), self.mutated.splitlines(), strict=False)
        old, new = next((old.strip(), new.strip()) for old, new in changes if old != new)
        return f"{Path(self.file).stem}.{self.of} ({self.kind}): {old}  →  {new}"


def read_mutants(path: Path = LIST) -> list[Mutant]:
    """Read the list; every entry must have every field."""
    with path.open("rb") as file:
        entries = tomllib.load(file)["mutant"]
    return [Mutant(**{**entry, "tests": tuple(entry["tests"])}) for entry in entries]


def copy_tree(target: Path) -> Path:
    """Copy what the tests need of the tree to `target`."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(source, target / name)
    return target


def run_tests(tree: Path, tests: tuple[str, ...]) -> int:
    """Exit code of pytest over `tests` in `tree`: 0 all passed, 1 some failed, -1 the time limit."""
    return run(tree, ["-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--no-header", *tests])


def run_check(tree: Path, _tests: tuple[str, ...]) -> int:
    """Exit code of the gradient check in random settings in `tree`: 0 none was called wrong, 1 one was."""
    return run(tree, ["tests/fuzz/gradients.py", "300", "--until-wrong"])


def run(tree: Path, arguments: list[str]) -> int:
    """Exit code of Python with `arguments` in `tree`; -1 at the time limit."""
    # No bytecode: two versions of a file within one second would share theirs.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, *arguments]
    try:
        done = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, timeout=TIME_LIMIT, check=False, text=True
        )
    except subprocess.TimeoutExpired:
        return -1
    if done.returncode not in (0, 1):
        # An import error is 2 or 4: no test saw anything, the mutant itself is wrong.
        print(done.stdout[-2000:], done.stderr[-2000:])
    return done.returncode


Runner = Callable[[Path, tuple[str, ...]], int]


def kill(mutant: Mutant, tree: Path, runner: Runner) -> bool:
    """Whether the tests of `mutant` fail with it, in `tree`, which is left as it was."""
    path = tree / mutant.file
    text = path.read_text(encoding="utf-8")
    if text.count(mutant.original) != 1:
        raise SystemExit(f"{mutant.file}: the original text of {mutant} must occur once; correct mutants.toml")
    path.write_text(text.replace(mutant.original, mutant.mutated), encoding="utf-8")
    try:
        return runner(tree, mutant.tests) in (1, -1)
    finally:
        path.write_text(text, encoding="utf-8")


def main() -> int:
    """Run all mutants, or those whose text contains the word given."""
    parser = argparse.ArgumentParser(description="Break each derivative on purpose; every mutant must be killed.")
    parser.add_argument("word", nargs="?", default="", help="only mutants whose description contains this")
    parser.add_argument("--jobs", type=int, default=2, help="copies of the tree to work in at once (2)")
    parser.add_argument("--check", action="store_true", help="by the gradient check in random settings")
    options = parser.parse_args()
    mutants = [mutant for mutant in read_mutants() if options.word in str(mutant)]
    runner: Runner = run_tests
    if options.check:
        mutants, runner = [one for one in mutants if Path(one.file).stem in SEEN_BY_THE_CHECK], run_check
    trees: SimpleQueue[Path] = SimpleQueue()

    def judge(mutant: Mutant) -> tuple[Mutant, bool]:
        tree = trees.get()
        try:
            return mutant, kill(mutant, tree, runner)
        finally:
            trees.put(tree)

    survivors = []
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        for job in range(options.jobs):
            trees.put(copy_tree(Path(folder) / str(job)))
        tests = tuple(sorted({test for mutant in mutants for test in mutant.tests}))
        if runner(Path(folder) / "0", tests) != 0:
            print("They fail without any mutant: correct that first.")
            return 2
        with ThreadPoolExecutor(options.jobs) as pool:
            for count, (mutant, killed) in enumerate(pool.map(judge, mutants), start=1):
                print(f"{count:4d}/{len(mutants)}  {'killed  ' if killed else 'SURVIVED'}  {mutant}", flush=True)
                if not killed:
                    survivors.append(mutant)
    print(f"{len(mutants) - len(survivors)} of {len(mutants)} mutants killed.")
    return 1 if survivors else 0


if __name__ == "__main__":
    raise SystemExit(main())
