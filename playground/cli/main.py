"""The command line: ``backprop-playground`` opens the window, its commands work without one.

What a command needs is imported when it is chosen, so that ``--help`` and ``--version`` answer at once.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from tempfile import gettempdir

from playground import __version__
from playground.cli.parser import BAD_INPUT, COMMANDS, FAILED, INTERRUPTED, CommandError, Parser, complain

PROGRAM = "backprop-playground"
PICTURE = "backprop-playground.png"

DESCRIPTION = """\
A neural network whose every number can be checked by hand. Without a command, the window opens
(or, where there is no display, a picture of it is saved); with a .playground FILE, on that document."""

USAGE = """\
%(prog)s [-h] [--version] [FILE.playground | LINK]
       %(prog)s COMMAND [options]"""

# NumPy's BLAS reads them once. One thread keeps sums in one order; these networks are too small for more.
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def main(argv: Sequence[str] | None = None) -> int:
    """Do what `argv` (without the program's name) says; return the exit code."""
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    _fill_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that has no λ gets an escape, not a traceback
            stream.reconfigure(errors="backslashreplace")
    arguments = list(sys.argv[1:] if argv is None else argv)
    command = next((word for word in arguments if not word.startswith("-")), "")
    program = f"{PROGRAM} {command}" if command in COMMANDS else PROGRAM
    try:
        code = _dispatch(arguments, command)
        sys.stdout.flush()
        return code
    except SystemExit as end:  # --help, --version and bad options
        return end.code if isinstance(end.code, int) else BAD_INPUT
    except CommandError as error:
        complain(program, str(error))
        return error.code
    except MemoryError:
        complain(program, "not enough memory; take fewer --points, a smaller --batch-size or narrower layers")
        return FAILED
    except KeyboardInterrupt:
        sys.stderr.write(f"{program}: interrupted\n")
        return INTERRUPTED
    except BrokenPipeError:  # the reader, such as `head`, had enough
        _discard_output()
        return FAILED
    except OSError as error:  # such as a full disk behind standard output
        complain(program, f"the output could not be written ({error.strerror or error})")
        _discard_output()
        return FAILED


class _Closed(io.TextIOBase):
    """Standard output where there is none: what would be written there is never lost without a word."""

    def write(self, text: str) -> int:
        """Say that `text` has nowhere to go."""
        raise CommandError("standard output is closed; open it, or write into a file and add --quiet")


def _fill_closed_streams() -> None:
    """Replace the streams that are closed, or missing as without a console; messages then go nowhere."""
    while os.name == "posix" and (free := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass  # a file that is opened later must not become standard output
    if os.name == "posix":
        os.close(free)
    sys.stdout = sys.stdout or _Closed()
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _dispatch(arguments: list[str], command: str) -> int:
    if command and command not in COMMANDS:
        opener = import_module("playground.cli.open")
        if opener.is_link(command) or opener.is_file(command):
            return _dispatch(["open", *arguments], "open")
    options = _parser(command).parse_args(arguments)
    if command not in COMMANDS:
        return _open_window()
    return int(import_module(f"playground.cli.{command}").run(options))


def _open_window() -> int:
    """Open the window; without a display, take its picture after a short training instead."""
    from playground.app.window.start import PICTURE_STEPS, has_display, run_window

    if has_display():
        return run_window(None)
    sys.stderr.write(f"{PROGRAM}: there is no display; training XOR in the same window, for a picture of it\n")
    picture = str(_writable_folder() / PICTURE)
    code = _dispatch(["train", "--steps", str(PICTURE_STEPS), "--screenshot", picture], "train")
    sys.stdout.write(f"picture: {picture}\n")
    return code


def _writable_folder() -> Path:
    here = Path.cwd()
    return here if os.access(here, os.W_OK) else Path(gettempdir())


def _parser(chosen: str) -> Parser:
    """Return the parser, complete for the command that was `chosen`; of the others it knows the names."""
    parser = Parser(prog=PROGRAM, usage=USAGE, description=DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"Backprop Playground {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", prog=PROGRAM, parser_class=Parser)
    for name, text in COMMANDS.items():
        if name == chosen:
            import_module(f"playground.cli.{name}").add_parser(subparsers)
        else:
            subparsers.add_parser(name, help=text, add_help=False)
    return parser


def _discard_output() -> None:
    """Let the interpreter's last flush go nowhere instead of complaining."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:
        return  # a stream without a file behind it
