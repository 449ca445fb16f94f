"""Answers: what a monkey says when the window asks for a file, a link, or whether to save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from playground.app.files.file_dialogs import CANCEL, DISCARD, SAVE

NAMES = ("one", "two", "three")
ADDRESS = (
    "https://playground.tensorflow.org/#activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane"
    "&learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2&seed=0.5&showTestData=false&percTrainData=50"
    "&x=true&y=true&problem=classification&initZero=false"
)
LINKS = (ADDRESS, "playground:", "playground:zzzz", "", "https://example.org/", "playground:" + "A" * 5000)


class Answers:
    """Takes the place of ``FileDialogs``; every file is in `folder`.

    Attributes
    ----------
    discard_once : bool
        Let the next question about unsaved work be answered with *Discard*.
    """

    def __init__(self, random: np.random.Generator, folder: Path) -> None:
        """Answer with `random`."""
        self._random, self._folder = random, folder
        self.discard_once = False
        (folder / "broken.playground").write_text('{"format": 1, "document": {', encoding="utf-8")
        (folder / "points.csv").write_text("x,y,label\n" + "1,2,a\n-1,0.5,b\n0,1,a\n2,-1,b\n" * 8, encoding="utf-8")
        (folder / "broken.csv").write_text("x,y\n1,\n,,,\nabc", encoding="utf-8")

    def file(self, suffix: str) -> Path:
        """Return one of a few names, so that files are written over and the folder stays small."""
        return self._folder / f"{NAMES[int(self._random.integers(len(NAMES)))]}.{suffix}"

    def open_file(self, folder: Path, done: Callable[[Path], object]) -> None:
        """Open a file that is there, good or broken; or none at all."""
        files = [*sorted(self._folder.glob("*.playground")), self._folder / "missing.playground"]
        self._sometimes(lambda: done(files[int(self._random.integers(len(files)))]))

    def save_file(self, suggestion: Path, done: Callable[[Path], object]) -> None:
        """Save in our folder."""
        self._sometimes(lambda: done(self.file("playground")))

    def open_table(self, folder: Path, done: Callable[[Path], object]) -> None:
        """Open a table that is there."""
        files = sorted(self._folder.glob("*.csv"))
        self._sometimes(lambda: done(files[int(self._random.integers(len(files)))]))

    def save_table(self, suggestion: Path, done: Callable[[Path], object]) -> None:
        """Save in our folder."""
        self._sometimes(lambda: done(self.file("csv")))

    def ask_to_keep(self, name: str, lost: str, done: Callable[[str], object]) -> None:
        """Say anything."""
        if self.discard_once:
            self.discard_once = False
            done(DISCARD)
            return
        done((SAVE, DISCARD, CANCEL)[int(self._random.integers(3))])

    def ask_to_revert(self, name: str, lost: str, done: Callable[[str], object]) -> None:
        """Say anything."""
        done((DISCARD, CANCEL)[int(self._random.integers(2))])

    def ask_for_link(self, first: str, done: Callable[[str], object]) -> None:
        """Give the one that is offered, an address, or nonsense."""
        done(first if first and self._random.random() < 0.6 else LINKS[int(self._random.integers(len(LINKS)))])

    def _sometimes(self, answer: Callable[[], object]) -> None:
        if self._random.random() < 0.9:
            answer()
