"""Every parser that reads what others wrote, and the promise it must keep for any bytes.

An input is taken, or refused by the parser's own error: one line that names the place. Nothing else is
raised, and nothing takes longer than a second. What is taken can be written and read again, the same.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from time import process_time

from playground.circuits.graph import CircuitError
from playground.circuits.parser.expression import parse
from playground.circuits.passes import evaluate
from playground.cli import main as cli
from playground.cli.parser import BAD_INPUT, COMMANDS, CommandError, complain
from playground.document import catalogue
from playground.document.prepared_data import prepare
from playground.document.typed_function import curve_of
from playground.engine.network import Network
from playground.files.error_messages import DocumentError
from playground.files.format import codec as file_format
from playground.files.links import document_link as links
from playground.files.links import tfplayground
from playground.files.saved import Saved
from playground.lessons.faults import LessonError
from playground.lessons.reader import read_lesson
from playground.session.saving import open_saved
from playground.session.session import Session

CORPUS = Path(__file__).parents[1] / "corpus"
PATIENCE_S = 1.0
LONGEST_MESSAGE = 650
SMALL = 2_000
"""Points and parameters up to which what was taken is also trained."""


class BrokenPromiseError(AssertionError):
    """A parser did what it must not: the finding, in words."""


@dataclass(frozen=True, slots=True)
class Parser:
    """One parser.

    Attributes
    ----------
    read : callable
        Of the bytes; whatever it returns was taken.
    refusals : tuple of types
        Its own errors; a subclass of one, such as UnicodeDecodeError of ValueError, is another error.
    place : str
        Pattern that a message begins with: it names the place.
    """

    read: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]
    place: str

    def check(self, data: bytes) -> bool:
        """Return whether `data` was taken.

        Raises
        ------
        BrokenPromiseError
            For a message that does not help, or a wait. Any other error of the parser passes through.
        """
        begun = process_time()
        taken = True
        try:
            self.read(data)
        except self.refusals as error:
            if type(error) not in self.refusals:
                raise
            taken = False
            self._check_message(str(error))
        if process_time() - begun > PATIENCE_S:
            raise BrokenPromiseError(f"it took {process_time() - begun:.1f} s")
        return taken

    def _check_message(self, message: str) -> None:
        if not message.isprintable():
            raise BrokenPromiseError(f"the message is not one printable line: {message!r}")
        if len(message) > LONGEST_MESSAGE:
            raise BrokenPromiseError(f"the message has {len(message)} characters: {message!r}")
        if not re.match(self.place, message):
            raise BrokenPromiseError(f"the message names no place: {message!r}")


# ---- what each of them reads -------------------------------------------------------------------


def read_document(data: bytes) -> None:
    """Take it as a file."""
    _check_kept(file_format.decode(data))


def read_link(data: bytes) -> None:
    """Take it as a link."""
    _check_kept(links.decode(_text(data)))


def read_address(data: bytes) -> None:
    """Take it as an address of TensorFlow Playground."""
    translation = tfplayground.translate(_text(data))
    for note in translation.notes:
        if not str(note).isprintable():
            raise BrokenPromiseError(f"the note is not one printable line: {str(note)!r}")
    _check_kept(translation.saved)


def read_table(data: bytes) -> None:
    """Take it as CSV, TSV or NPZ, the bad rows refused and then left out."""
    table = catalogue.open_table(data)
    first = table.preview.suggested
    for skip in (False, True):
        try:
            for _ in table.read(_choice(first, skip)):
                pass
        except catalogue.BadCellsError as error:
            if skip:
                raise
            if not all(cell.isprintable() for cell in error.cells):
                raise BrokenPromiseError(f"the cells are not printable lines: {error.cells}") from None


def read_expression(data: bytes) -> None:
    """Take it as an expression, and go through it forth and back."""
    circuit = parse(_text(data))
    evaluate(circuit, dict.fromkeys(circuit.inputs, 0.75))


def read_function(data: bytes) -> None:
    """Take it as a function of x₁ that makes a data set."""
    curve_of(_text(data))


def read_a_lesson(data: bytes) -> None:
    """Take it as a lesson file."""
    try:
        read_lesson(_text(data), "sample")
    except LessonError as error:
        if not all(str(fault).isprintable() and len(str(fault)) <= LONGEST_MESSAGE for fault in error.faults):
            raise BrokenPromiseError(f"a fault is not one printable line: {error.faults}") from None
        raise


def read_options(data: bytes) -> None:
    """Take it as a command line, blank by blank: everything but the work itself."""
    words = _text(data).split(" ")
    command = words[0] if words[0] in COMMANDS else "train"
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        try:
            _use(command, cli._parser(command).parse_args(words))
        except CommandError as error:
            complain("backprop-playground", str(error))
        except SystemExit as end:
            if end.code not in (0, BAD_INPUT):
                raise BrokenPromiseError(f"exit code {end.code}") from None
    if said.getvalue():
        raise CommandError(said.getvalue().removesuffix("\n"))


_TABLES = r"(file|table|line|row|archive|array|column|input|target)"
PARSERS: dict[str, Parser] = {
    "documents": Parser(read_document, (DocumentError,), r"\$"),
    "links": Parser(read_link, (DocumentError,), "link: "),
    "addresses": Parser(read_address, (DocumentError,), "address: "),
    "tables": Parser(read_table, (ValueError, catalogue.BadCellsError), _TABLES),
    "expressions": Parser(read_expression, (CircuitError,), r"(column \d+|input \w+)(, gate [\w ]+)?: "),
    "functions": Parser(read_function, (ValueError, CircuitError), r"(column \d+|function): "),
    "lessons": Parser(read_a_lesson, (LessonError,), r"line \d+: "),
    "options": Parser(read_options, (CommandError,), r"backprop-playground[ \w]*: error: "),
}


def seeds(name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the cases of the corpus that parser `name` reads, by name."""
    kind = "expressions" if name == "functions" else name
    made = json.loads((CORPUS / f"{kind}.json").read_text(encoding="utf-8"))
    for case, parts in made.items():
        yield case, b"".join(part.encode("latin-1") * times for part, times in parts)


# ---- inside ------------------------------------------------------------------------------------


def _text(data: bytes) -> str:
    """Return what the user could have typed or pasted: any characters, a lone surrogate never."""
    return data.decode("utf-8", "replace")


def _check_kept(saved: Saved) -> None:
    """Write what was taken and read it again; train it where that is quick."""
    if saved.document.data.points > SMALL:
        return
    written = file_format.encode(saved)
    if file_format.encode(file_format.decode(written)) != written:
        raise BrokenPromiseError("what was taken is another document after it was written and read")
    n_classes = prepare(saved.document).sample.n_classes
    if Network(saved.document.network_spec(n_classes)).n_parameters > SMALL:
        return
    session = Session()
    open_saved(session, saved)
    session.step()


def _choice(first: catalogue.ImportChoice, skip: bool) -> catalogue.ImportChoice:
    return catalogue.ImportChoice(first.features, first.target, first.task, standardize=skip, skip_bad=skip)


def _use(command: str, options: Namespace) -> None:
    module = import_module(f"playground.cli.{command}")
    if command in ("train", "check"):
        from playground.cli.options import document_from

        document_from(options)
    elif command == "circuit":
        try:
            module._inputs(parse(options.expression), options.set)
        except CircuitError as error:
            raise CommandError(str(error)) from None
    elif command == "export":
        module._check(options)
