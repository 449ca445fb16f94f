"""From the text of a lesson to its blocks: front matter, headings, paragraphs and fenced blocks, each with its line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from playground.engine.messages import message
from playground.lessons.faults import Faults, LessonError, quoted, unknown

MOST_CHARACTERS = 200_000
MOST_BLOCK = 20_000
MOST_LINE = 3_000
MOST_PIECES = 2_000
MARK = "+++"
FENCES = ("scene", "predict", "goal", "compute", "drill", "recall", "notes", "solution")

_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})\s*(?P<info>.*)")
_HEADING = re.compile(r"(?P<level>#{1,6})(?:\s+(?P<text>.*))?")
_CODE = re.compile(r"`[^`]*`")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REFUSED = (
    (re.compile(r"<[A-Za-z/!?]"), "HTML is not shown; write it in plain Markdown, and < with a blank after it"),
    (re.compile(r"!\["), "images are not shown; leave it out, or let a scene show what it is about"),
    (re.compile(r"\]\(|\]:"), "links are not followed; write out what it says"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the file; `kind` is "head", "heading", "text", or one of ``FENCES``."""

    kind: str
    text: str
    line: int  # of its first line of text


def blocks_of(text: str, faults: Faults) -> list[Block]:
    """Return the pieces of `text` in their order, the front matter first; what is wrong goes into `faults`.

    Raises
    ------
    LessonError
        For a text that cannot be cut into pieces at all.
    """
    if len(text) > MOST_CHARACTERS:
        faults.add(
            1,
            "the file has {count:,} characters, and a lesson at most {most:,}; split it into several lessons",
            count=len(text),
            most=MOST_CHARACTERS,
        )
        raise LessonError(faults.found)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    _refuse_signs(lines, faults)
    end = _end_of_head(lines, faults)
    found = [_fenced("head", "\n".join(lines[1:end]), 2, faults), *_pieces(lines, end + 1, faults)]
    if len(found) > MOST_PIECES:
        faults.add(
            found[MOST_PIECES].line, "a lesson has at most {most:,} parts; split it into several", most=MOST_PIECES
        )
        raise LessonError(faults.found)
    return found


def _end_of_head(lines: list[str], faults: Faults) -> int:
    """Return the index of the line that closes the front matter."""
    if lines[0].strip() != MARK:
        faults.add(1, 'a lesson begins with its title between two lines {mark}: {mark}, title = "…", {mark}', mark=MARK)
        raise LessonError(faults.found)
    for index, line in enumerate(lines[1:], start=1):
        if line.strip() == MARK:
            return index
    faults.add(1, "the lines about the lesson do not end; close them with a line {mark}", mark=MARK)
    raise LessonError(faults.found)


def _refuse_signs(lines: list[str], faults: Faults) -> None:
    for number, line in enumerate(lines, start=1):
        for sign in set(line):
            if sign in _TURNING or (sign != "\t" and unicodedata.category(sign) in ("Cc", "Cs")):
                faults.add(number, "a sign that cannot be seen (U+{code:04X}) stands here; delete it", code=ord(sign))
                break
        if len(faults.found) > MOST_PIECES:
            return


def _pieces(lines: list[str], start: int, faults: Faults) -> Iterator[Block]:
    waiting: list[str] = []  # the lines of the current text
    index = first = start
    while index < len(lines):
        line = lines[index]
        fence, heading = _FENCE.fullmatch(line.rstrip()), _HEADING.fullmatch(line.rstrip())
        if fence is None and heading is None:
            _refuse_markup(line, index + 1, faults)
            waiting.append(line)
            index += 1
            continue
        info = "" if fence is None else fence["info"].strip()
        end = index if fence is None else _end_of_fence(lines, index, fence["fence"], faults)
        if fence is not None and not info:  # a piece of code: part of the text
            waiting += lines[index : end + 1]
            index = end + 1
            continue
        yield from _text(waiting, first)
        waiting, first = [], end + 1
        if heading is not None:
            yield from _heading(heading, index + 1, faults)
        elif info not in FENCES:
            faults.add(index + 1, "{unknown}; for a piece of code, write nothing behind the fence",
                       unknown=unknown(info, FENCES, "block"))  # fmt: skip
        else:
            yield _fenced(info, "\n".join(lines[index + 1 : end]), index + 2, faults)
        index = end + 1
    yield from _text(waiting, first)


def _fenced(kind: str, text: str, line: int, faults: Faults) -> Block:
    if len(text) > MOST_BLOCK:
        template = "this block has {count:,} characters, and may have {most:,}; make it shorter"
        faults.add(line - 1, template, count=len(text), most=MOST_BLOCK)
        return Block(kind, "", line)
    for number, one in enumerate(text.split("\n"), start=line):
        if len(one) > MOST_LINE:
            template = "this line has {count:,} characters, and may have {most:,}; write a text in several lines"
            faults.add(number, template, count=len(one), most=MOST_LINE)
            return Block(kind, "", line)
    return Block(kind, text, line)


def _end_of_fence(lines: list[str], start: int, fence: str, faults: Faults) -> int:
    for index in range(start + 1, len(lines)):
        line = lines[index].strip()
        if line.startswith(fence) and not line.strip(fence[0]):
            return index
    faults.add(start + 1, "this block does not end; close it with a line {fence}", fence=fence[:8])
    return len(lines)


def _heading(found: re.Match[str], line: int, faults: Faults) -> Iterator[Block]:
    text = (found["text"] or "").strip().rstrip("#").strip()
    if found["level"] != "#":
        faults.add(line, "headings have one #, and each begins a step; write # {text}", text=text[:40] or "Heading")
    elif not text:
        faults.add(line, "this heading is empty; write # and what the step is about")
    else:
        _refuse_markup(text, line, faults)
        yield Block("heading", text, line)


def _text(lines: list[str], first: int) -> Iterator[Block]:
    """Yield the paragraphs of `lines`, the first of which has index `first` in the file, without blank ends."""
    used = [index for index, line in enumerate(lines) if line.strip()]
    if used:
        kept = lines[used[0] : used[-1] + 1]
        yield Block("text", "\n".join(line.rstrip() for line in kept), first + used[0] + 1)


def _refuse_markup(line: str, number: int, faults: Faults) -> None:
    for fault in markup_faults(line):
        faults.add(number, fault)


def markup_faults(text: str) -> list[str]:
    """Return why `text` is more than the Markdown that a lesson shows, in sentences."""
    plain = _CODE.sub("", text)
    return [sentence for pattern, sentence in _REFUSED if pattern.search(plain)]


def missing_file_name(name: str) -> str:
    """Return why `name` is not the name of a document beside the lesson; empty if it is."""
    if re.fullmatch(r"[^/\\:\x00-\x1f]+\.playground", name) and not name.startswith("."):
        return ""
    return message(
        "expected the name of a file beside the lesson, such as xor.playground, got {name}", name=quoted(name)
    )
