"""Answers: what a monkey says when the window asks for a file, a link, or whether to save."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
from PySide6.QtWidgets import QWidget

from playground.app.files.file_dialogs import CANCEL, DISCARD, SAVE, FileDialogs
from playground.document.catalogue import is_table_name
from playground.files.file_names import LESSON_SUFFIX

T = TypeVar("T")
HOSTILE = (
    "<img src=/dev/zero>",
    '<a href="file:///etc/passwd">x</a>',
    "a & b &amp; &reg",
    "\u202eright to left",
    "%s {0} \\n",
)
"""Names that are markup, a pattern, or turn the line around, to whoever does not take them as plain text."""
NAMES = ("one", "two", "three", "<img src=x> & y", "\u202e%s {0}")
TESTS = Path(__file__).resolve().parents[1]
LESSONS = tuple(sorted((TESTS.parent / "playground" / "lessons" / "content").glob(f"*{LESSON_SUFFIX}")))
FOREIGN = tuple(sorted(path for name in ("corpus", "data") for path in (TESTS / name).rglob("*.*") if path.is_file()))
ADDRESS = (
    "https://playground.tensorflow.org/#activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane"
    "&learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2&seed=0.5&showTestData=false&percTrainData=50"
    "&x=true&y=true&problem=classification&initZero=false"
)


def corpus(kind: str) -> tuple[bytes, ...]:
    """Return the broken input of one `kind`, as ``tests/corpus`` keeps it."""
    cases = json.loads((TESTS / "corpus" / f"{kind}.json").read_text(encoding="utf-8")).values()
    return tuple(b"".join(text.encode("latin-1") * times for text, times in case) for case in cases)


LINKS = (ADDRESS, "playground:", "playground:zzzz", "", "https://example.org/", "playground:" + "A" * 5000, *HOSTILE)


class Answers(FileDialogs):
    """Takes the place of ``FileDialogs``, and answers each of its questions; every file is in `folder`.

    Attributes
    ----------
    discard_once : bool
        Let the next question about unsaved work be answered with *Discard*.
    """

    def __init__(self, random: np.random.Generator, folder: Path, window: QWidget) -> None:
        """Answer with `random` what `window` asks."""
        super().__init__(window)
        self._random, self._folder = random, folder
        self.discard_once = False
        (folder / "broken.playground").write_text('{"format": 1, "document": {', encoding="utf-8")
        (folder / "points.csv").write_text("x,y,label\n" + "1,2,a\n-1,0.5,b\n0,1,a\n2,-1,b\n" * 8, encoding="utf-8")
        (folder / "broken.csv").write_text("x,y\n1,\n,,,\nabc", encoding="utf-8")
        rows = [f"{i % 7},{-i % 5},{HOSTILE[i % len(HOSTILE)]}" for i in range(40)]
        (folder / f"{NAMES[3]}.csv").write_text("\n".join([",".join(HOSTILE[:3]), *rows]), encoding="utf-8")
        (folder / f"{NAMES[4]}{LESSON_SUFFIX}").write_bytes(LESSONS[0].read_bytes())
        self._broken = {"playground": corpus("documents"), "csv": corpus("tables"), "md": corpus("lessons")}
        self._links = (*LINKS, *(link.decode("latin-1") for link in corpus("links") + corpus("addresses")))

    def file(self, suffix: str) -> Path:
        """Return one of a few names, so that files are written over and the folder stays small."""
        return self._folder / f"{NAMES[int(self._random.integers(len(NAMES)))]}.{suffix}"

    def tables(self) -> tuple[Path, ...]:
        """Return tables of every kind; to guess an encoding that is not Unicode takes models of 27 MiB, for good."""
        (self._folder / "old.csv").write_bytes("Größe;Länge\nä;ö\n1,5;2\n".encode("cp1252") * 20)
        kinds = {path.suffix: path for path in FOREIGN if is_table_name(path.name)}
        return (self._folder / "old.csv", *kinds.values())

    def open_file(self, folder: Path, done: Callable[[Path], object]) -> None:
        """Open a file: ours, another program's, a broken one, or none at all."""
        self._sometimes(lambda: done(self._any("playground")))

    def open_lesson(self, folder: Path, done: Callable[[Path], object]) -> None:
        """Open a lesson: ours, one of the program, a broken one, or none at all."""
        self._sometimes(lambda: done(self._one(LESSONS) if self._random.random() < 0.3 else self._any("md")))

    def save_lesson(self, suggestion: Path, done: Callable[[Path], object]) -> None:
        """Write in our folder."""
        self._sometimes(lambda: done(self.file("md")))

    def save_file(self, suggestion: Path, done: Callable[[Path], object]) -> None:
        """Save in our folder."""
        self._sometimes(lambda: done(self.file("playground")))

    def open_table(self, folder: Path, done: Callable[[Path], object]) -> None:
        """Open a table: ours, another program's, a broken one, or none at all."""
        self._sometimes(lambda: done(self._any("csv")))

    def save_table(self, suggestion: Path, done: Callable[[Path], object]) -> None:
        """Save in our folder."""
        self._sometimes(lambda: done(self.file("csv")))

    def ask_to_keep(self, name: str, otherwise: str, done: Callable[[str], object]) -> None:
        """Say anything."""
        if self.discard_once:
            self.discard_once = False
            done(DISCARD)
            return
        done((SAVE, DISCARD, CANCEL)[int(self._random.integers(3))])

    def ask_to_revert(self, name: str, otherwise: str, done: Callable[[str], object]) -> None:
        """Say anything."""
        done((DISCARD, CANCEL)[int(self._random.integers(2))])

    def ask_to_forget(self, done: Callable[[], object]) -> None:
        """Say anything."""
        if self._random.random() < 0.5:
            done()

    def ask_for_link(self, first: str, done: Callable[[str], object]) -> None:
        """Give the one that is offered, an address, or nonsense."""
        done(first if first and self._random.random() < 0.6 else self._one(self._links))

    def _any(self, suffix: str) -> Path:
        chance = self._random.random()
        if chance < 0.6:
            return self._one((*sorted(self._folder.glob(f"*.{suffix}")), self._folder / f"missing.{suffix}"))
        if chance < 0.75:
            return self._one(FOREIGN)
        path = self._folder / f"foreign.{suffix}"
        path.write_bytes(self._one(self._broken[suffix]))
        return path

    def _one(self, things: Sequence[T]) -> T:
        return things[int(self._random.integers(len(things)))]

    def _sometimes(self, answer: Callable[[], object]) -> None:
        if self._random.random() < 0.9:
            answer()
