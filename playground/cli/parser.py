"""What every command line shares: exit codes, one-line errors, numbers read from text."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from playground.engine.messages import message
from playground.files.file_names import shown

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
LONGEST_LINE = 600

COMMANDS = {
    "train": "train without a window; report losses and accuracy",
    "open": "open a link, an address of TensorFlow Playground, or a file",
    "table": "say how a table file is read: signs, columns, what would be learned",
    "check": "compare backprop with central differences, parameter by parameter",
    "export": "write a document as a script, table, picture or worksheet",
    "circuit": "forward and backward pass of an expression, gate by gate",
    "lesson": "prove lesson files: every goal can be reached, every number is computed twice",
    "practice": "a generated exercise, and the reply to an answer: which mistake it is",
}

EXIT_CODES = """\
exit codes:
  0    done
  1    done, but the answer is no: training diverged, a gradient check failed,
       or a result could not be written
  2    a bad option: one line on standard error says which, and the cure
  130  interrupted with Ctrl+C
"""


class CommandError(Exception):
    """A command cannot continue: one line for the user, and the exit code."""

    def __init__(self, template: str, /, code: int = BAD_INPUT, **places: object) -> None:
        super().__init__(message(template, **places))
        self.code = code


@contextmanager
def refusing(place: str = "", code: int = BAD_INPUT) -> Iterator[None]:
    """Report what is refused inside, a ``ValueError``, as a `CommandError` whose message begins with `place`."""
    try:
        yield
    except ValueError as error:
        raise CommandError("{place}{error}", code=code, place=place, error=error) from None


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line on standard error and exit code 2; options are never abbreviated."""

    def __init__(self, **settings: object) -> None:
        plain = argparse.RawDescriptionHelpFormatter
        settings = {"allow_abbrev": False, "formatter_class": plain, "epilog": EXIT_CODES} | settings
        super().__init__(**settings)  # type: ignore[arg-type]

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """Refuse ``--`` as the value of an option: argparse may drop it, and an empty list is another answer."""
        if action.option_strings and "--" in arg_strings:
            raise argparse.ArgumentError(action, "expected a value, got '--'")
        self._given += action.option_strings[-1:]
        return super()._get_values(action, arg_strings)

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Record in ``given`` the options that the user gave, which their defaults do not show."""
        self._given: list[str] = []
        found, rest = super().parse_known_args(args, namespace)
        if self._given:
            found.given = tuple(self._given)
        return found, rest

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and stop."""
        complain(self.prog, message.removeprefix("argument "))
        raise SystemExit(BAD_INPUT)


def given(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the options that the user gave, in their order."""
    return tuple(getattr(options, "given", ()))


def printable(text: str) -> str:
    """Return `text` on one line, without the signs that a terminal obeys or that turn the line around."""
    return "".join(letter if letter.isprintable() else " " for letter in shown(text))


def complain(program: str, message: str) -> None:
    """Write one line to standard error, whatever line breaks and control characters `message` holds.

    The middle of a very long one, which is what was typed, is left out.
    """
    line = " ".join(printable(message).split())
    half = LONGEST_LINE // 2
    short = line if len(line) <= LONGEST_LINE else f"{line[:half]} … {line[-half:]}"
    sys.stderr.write(f"{program}: error: {short}\n")


def add_option(
    group: argparse._ActionsContainer,
    flag: str,
    kind: Callable[[str], object],
    default: object,
    metavar: str,
    text: str,
) -> None:
    """Add one option to `group`; its help ends with the default when there is one."""
    ending = "" if default is None else " (default: %(default)s)"
    group.add_argument(flag, type=kind, default=default, metavar=metavar, help=text + ending)


Read = TypeVar("Read")


def _reader(read: Callable[[str], Read], expected: str = "") -> Callable[[str], Read]:
    """Return `read`, whose refusals say what was `expected`, or what it says itself."""

    def checked(text: str) -> Read:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(
                message("expected {expected}, got {found}", expected=expected, found=shortened(text))
                if expected
                else str(error)
            ) from None

    return checked


def _names(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(","))
    if not all(parts):
        raise ValueError
    return parts


def _whole(text: str) -> int:
    from widgets.style.numbers import whole  # not for --help

    return whole(text)


def _number(text: str) -> float:
    from widgets.style.numbers import parse

    return parse(text)


def _widths(text: str) -> tuple[int, ...]:
    found = tuple(_whole(part) for part in _list(text))
    return () if found == (0,) else found


def _list(text: str) -> list[str]:
    """Return the parts of a list; ``0,03`` and ``1,000`` are one number written with a comma, and refused."""
    parts = [part.strip() for part in text.split(",")]
    if any(len(part) > 1 and part.isdecimal() and part.startswith("0") for part in parts):
        raise ValueError
    return parts


# That a number is finite and within its limits is checked where it is used.
whole_number = _reader(_whole)
number = _reader(_number)
names = _reader(_names, "names separated by commas")
numbers = _reader(lambda text: tuple(map(_number, _list(text))), "numbers separated by commas, such as 0.1,0.2")
widths = _reader(_widths, "widths such as 4,2, or 0 for no hidden layer")


def as_json(values: dict[str, Any]) -> str:
    """Return `values` as JSON that any reader takes, with a line break at the end; a terminal obeys none of it."""
    text = json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False)
    return "".join(letter if letter.isprintable() or letter == "\n" else _escaped(letter) for letter in text) + "\n"


def _escaped(letter: str) -> str:
    return json.dumps(letter)[1:-1]


def shortened(text: str) -> str:
    """Quote `text`, and no more than its beginning when it is long."""
    return repr(text) if len(text) <= 60 else f"{text[:60]!r}…"


def output_path(option: str, text: str) -> Path:
    """Return where a result goes, after a look whether it can: before long work, not after it.

    Raises
    ------
    CommandError
        If the folder is missing or not writable, or the place is a folder itself.
    """
    from playground.files import storage

    path = Path(text).expanduser()
    try:
        if path.is_dir():
            raise CommandError("{option}: {text} is a folder; give the name of a file", option=option, text=text)
        if not path.parent.is_dir():
            raise CommandError(
                "{option}: there is no folder {parent}; make it first", option=option, parent=path.parent
            )
        storage.require_place(path)
    except OSError as error:
        raise _no_place(option, text, error.strerror) from None
    except storage.NotWrittenError as error:
        raise _no_place(option, text, error.reason) from None
    except ValueError as error:
        raise CommandError("{option}: {error}", option=option, error=error) from None
    return path


def _no_place(option: str, text: str, reason: str | None) -> CommandError:
    template = "{option}: {text} cannot be written ({reason}); choose another place"
    return CommandError(template, option=option, text=text, reason=reason)


def document_path(option: str, text: str | None) -> Path | None:
    """Return where a document goes, after the same look; None when it goes nowhere.

    Raises
    ------
    CommandError
        If it cannot go there, or the name does not end in ``.playground``.
    """
    if text is None:
        return None
    if not text.lower().endswith(".playground"):
        raise CommandError(
            "{option}: expected a name that ends in .playground, got {found}", option=option, found=shortened(text)
        )
    return output_path(option, text)
