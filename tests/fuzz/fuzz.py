"""Coverage-guided fuzzing: ``python3 run.py fuzz [seconds] [parser …]``; 60 s for each parser without a number.

Each parser has a process of its own. What it learned (inputs that reach new branches) is kept in
``.cache/fuzz`` and begins the next run. A finding is written there, too; it belongs into the corpus.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
FOLDER = ROOT / ".cache" / "fuzz"
NAMES = ("documents", "links", "addresses", "tables", "expressions", "functions", "options", "lessons")
SECONDS = 60
MOST_BYTES = 40_000
MOST_MIB = 768
HANGS_S = 20
"""Beyond this the fuzzer ends it; what took longer than a second of the processor is a finding already."""
USAGE = f"Usage: python3 run.py fuzz [seconds] [parser …]; the parsers are {', '.join(NAMES)}"
MISSING = (
    "run.py fuzz: atheris is not available here. It has packages for Linux on x86-64 with Python 3.11 to 3.13; "
    "`run.py test` runs the same checks over the corpus without it."
)


def main(arguments: list[str]) -> int:
    """Fuzz the parsers that were asked for, one after the other; return 1 after a finding."""
    seconds = int(arguments.pop(0)) if arguments and arguments[0].isdecimal() else SECONDS
    if seconds < 1 or not set(arguments) <= set(NAMES):
        print(USAGE, file=sys.stderr)
        return 2
    if find_spec("atheris") is None:
        print(MISSING, file=sys.stderr)
        return 2
    failed = [name for name in arguments or NAMES if not fuzzed(name, seconds)]
    print(f"FAILED: {', '.join(failed)}" if failed else "PASSED: nothing found", flush=True)
    return 1 if failed else 0


def fuzzed(name: str, seconds: int) -> bool:
    """Fuzz one parser; tell in a line or two what came of it."""
    folder = FOLDER / name
    learned = folder / "learned"
    learned.mkdir(parents=True, exist_ok=True)
    seeds = write_seeds(name, folder / "seeds")
    begun = perf_counter()
    flags = [
        f"-max_total_time={seconds}", f"-timeout={HANGS_S}", f"-max_len={MOST_BYTES}", f"-rss_limit_mb={MOST_MIB}",
        f"-artifact_prefix={folder}/finding-", f"-dict={write_dictionary(folder / 'words.txt')}",
        "-print_final_stats=1",
    ]  # fmt: skip
    command = [sys.executable, __file__, "--one", name, *flags, str(learned), str(seeds)]
    said = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
    )
    (folder / "log.txt").write_text(said.stdout, encoding="utf-8")
    reached = re.findall(r" cov: (\d+)", said.stdout)
    inputs = re.findall(r"number_of_executed_units: (\d+)|^#(\d+)", said.stdout, re.MULTILINE)
    count = max((int(a or b) for a, b in inputs), default=0)
    print(f"{name:12}{count:>10,} inputs {reached[-1] if reached else '–':>7} branches "
          f"{perf_counter() - begun:6.0f} s", flush=True)  # fmt: skip
    if said.returncode == 0:
        return True
    print(finding(said.stdout, folder), flush=True)
    return False


def finding(said: str, folder: Path) -> str:
    """Return what was found, and where its input is."""
    told = re.split(r"\n.*?(?:Uncaught Python exception: ===|ERROR: libFuzzer: |(?=\nTraceback))", said, maxsplit=1)[-1]
    lines = re.split(r"\n==\d+== ERROR", told)[0].strip().splitlines()
    written = re.findall(r"Test unit written to (.*)", said)
    where = f"its input: {written[-1]}" if written else f"all that was said: {folder / 'log.txt'}"
    shown = lines if len(lines) <= 30 else [*lines[:10], "…", *lines[-19:]]
    return "\n".join(f"    {line[:300]}" for line in [*shown, where])


def write_seeds(name: str, folder: Path) -> Path:
    """Write the corpus and good inputs as files, and return their folder."""
    from tests.fuzz.good import good
    from tests.fuzz.parsers import seeds

    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for number, data in enumerate([*good(name), *(data for _, data in seeds(name))]):
        if len(data) <= MOST_BYTES:
            (folder / f"{number:04}").write_bytes(data)
    return folder


def write_dictionary(file: Path) -> Path:
    """Write words that the parsers know, for the fuzzer to put in."""
    from playground.circuits.parser.vocabulary import FUNCTIONS
    from playground.document import catalogue
    from playground.document.words import WORDS
    from playground.files.links import address
    from playground.lessons.actions import VERBS
    from playground.lessons.blocks import FENCES
    from playground.lessons.metrics import METRICS
    from tests.fuzz.mutators import VALUES

    words = {
        *FUNCTIONS,
        *WORDS,
        *(f"--{word.replace('_', '-')}" for word in WORDS),
        *VERBS,
        *METRICS,
        *FENCES,
        *address.KNOWN,
        *catalogue.GENERATORS,
        "--set",
        "--steps",
        "--node",
    }
    words |= {value for value in VALUES if isinstance(value, str) and value.isascii()} | {"nan", "inf", "1e999", "true"}
    file.write_text("".join(f'"{word}"\n' for word in sorted(words) if word), encoding="utf-8")
    return file


def fuzz_one(name: str, flags: list[str]) -> None:
    """Fuzz parser `name` in this process until the flags or a finding end it."""
    import atheris

    # NumPy and Qt are loaded before: only our own branches guide the search.
    import numpy  # noqa: F401
    from PySide6 import QtCore, QtGui  # noqa: F401

    with atheris.instrument_imports(include=["playground", "datasets"]):
        from tests.fuzz.mutators import MUTATORS
        from tests.fuzz.parsers import PARSERS
    parser, mutator = PARSERS[name], MUTATORS.get(name)

    def one_input(data: bytes) -> None:
        parser.check(data)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        assert mutator is not None
        return mutator(data, most, seed, atheris.Mutate)

    more = {"custom_mutator": mutate} if mutator else {}
    atheris.Setup([sys.argv[0], *flags], one_input, enable_python_coverage=True, **more)
    atheris.Fuzz()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[1:2] == ["--one"]:
        fuzz_one(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(main(sys.argv[1:]))
