"""``backprop-playground open``: a link, an address of TensorFlow Playground or a file, in the window or as a file."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from playground.cli.parser import (
    COMMANDS,
    DONE,
    FAILED,
    CommandError,
    Parser,
    add_option,
    document_path,
    refusing,
    shortened,
)
from playground.files.file_names import from_text

MOST = 200_000

DESCRIPTION = """\
Open a playground: link, an address of TensorFlow Playground, or a .playground file in the window. For an
address it says what was read, what was approximated and what was ignored, and why."""

EXAMPLES = """\
examples:
  backprop-playground open "https://playground.tensorflow.org/#activation=tanh&dataset=spiral"
  backprop-playground open "playground:1.…" --save from-a-colleague.playground
  backprop-playground open - < link.txt

"""


def add_parser(subparsers: argparse._SubParsersAction[Parser]) -> None:
    """Add the command `open` to `subparsers`."""
    parser = subparsers.add_parser("open", help=COMMANDS["open"], description=DESCRIPTION)
    parser.epilog = EXAMPLES + (parser.epilog or "")
    parser.add_argument("what", metavar="LINK", help="a link, an address or a file; - reads a link from standard input")
    text = "write the document there instead of opening the window; no display is needed"
    add_option(parser, "--save", str, None, "FILE.playground", text)
    parser.add_argument("--quiet", action="store_true", help="do not report the parts of an address")


def run(options: argparse.Namespace) -> int:
    """Do what `options` ask for; return the exit code."""
    target = document_path("--save", options.save)
    what = _typed() if options.what == "-" else options.what
    # A received text must never open a file, on this machine or another.
    if options.what != "-" and not is_link(what) and (is_file(what) or Path(what).suffix):
        return open_file(what, target)
    return _open_link(what, target, quiet=options.quiet)


def _typed() -> str:
    """Return the link on standard input."""
    if sys.stdin is None:
        raise CommandError("LINK: standard input is closed; give the link itself instead of -")
    try:
        return sys.stdin.read(MOST + 1).strip()
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandError(
            "LINK: standard input cannot be read ({reason}); give the link itself", reason=reason
        ) from None
    except ValueError:
        raise CommandError("LINK: standard input holds no text; give the link itself instead of -") from None


def is_link(text: str) -> bool:
    """Return whether `text` looks like a link of ours or an address, of TensorFlow Playground or another."""
    from playground.files.links import document_link
    from playground.files.links.address import is_address, is_on_the_web

    return not os.path.isfile(text) and (
        text.lstrip().startswith("#") or document_link.is_link(text) or is_address(text) or is_on_the_web(text)
    )


def is_file(text: str) -> bool:
    """Return whether `text` looks like a file rather than a command."""
    from playground.document.catalogue import is_table_name

    is_name = text.lower().endswith((".playground", ".md")) or is_table_name(text)
    return is_name or os.sep in text or os.path.isfile(text)


def open_file(name: str, target: Path | None = None) -> int:
    """Open the file `name` in the window, or copy what it holds to `target`; without a display take its picture."""
    from playground.app.window.start import has_display, run_window
    from playground.files import lesson_file

    # A desktop may pass a file as its address.
    path = from_text(name).expanduser().absolute()
    is_lesson = lesson_file.is_name(path.name)
    if target is None and has_display():
        return run_window(lambda parts: parts.lessons.open_file(path) if is_lesson else parts.files.open_path(path))
    if is_lesson:
        name = shortened(name)
        if target is not None:
            raise CommandError("--save: {name} is a lesson, which has no document to keep; leave it out", name=name)
        raise CommandError(_no_display(f"lesson check {name} says whether it can be done"))
    from playground.files import document_file

    with refusing():
        saved = document_file.load(path)
        if target is not None:
            document_file.save(target, saved)
            return DONE
    raise CommandError(_no_display(f"train {shortened(name)} --steps 0 --screenshot FILE.png takes its picture"))


def _open_link(text: str, target: Path | None, *, quiet: bool) -> int:
    from playground.files import document_file
    from playground.files.links import tfplayground

    with refusing():
        found = tfplayground.read(text)
    if not quiet:
        said = [f"warning: {found.warning}"] if found.warning else []
        sys.stdout.write("".join(f"{line}\n" for line in (*said, *found.notes)))
    if target is not None:
        with refusing("--save: ", FAILED):
            document_file.save(target, found.saved)
        return DONE
    from playground.app.window.start import has_display, run_window

    if not has_display():
        raise CommandError(_no_display("--save FILE.playground keeps the document"))
    return run_window(lambda parts: parts.sharing.open_text(text))


def _no_display(cure: str) -> str:
    return f"there is no display to open a window on; {cure}"
