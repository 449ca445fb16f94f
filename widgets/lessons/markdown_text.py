"""Markdown of a lesson as our own markup: paragraphs, lists, tables, **bold**, *italic*, `code`; the rest is text.

A paragraph that is nothing but code is a formula and stands in a box of its own. Whatever looks like markup, a link or
an image is shown as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from widgets.controls.formatted_text import escaped
from widgets.style import style

_ITEM = re.compile(r"\s*(?:[-*+]|(\d{1,3})[.)])\s+(.*)")
_ROW = re.compile(r"\s*\|(.*)\|\s*$")
_RULE = re.compile(r"[\s|:-]+$")
_FORMULA = re.compile(r"`[^`]+`(\s*\n\s*`[^`]+`)*$")
_FENCED = re.compile(r"(^(?:`{3,}|~{3,})[ \t]*\n(?:.*\n)*?(?:`{3,}|~{3,})[ \t]*$)", re.MULTILINE)
_CODE = re.compile(r"(`[^`]+`)")
_BOUND = re.compile(r" ([=+−×·≤≥≈]) (?=\S{1,6}(?:\s|$))")
"""An operator and a short operand, which stay on one line."""
_FRACTION = re.compile(r"(∂[^\s/]*/)(?=∂)")
_CALL = re.compile(r"\b[a-z]+\([^()\s]{1,6}, [^()]{1,16}\)")
"""∂L/∂s, and max(0, s + 1): neither is broken in the middle."""
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])")
_GAP = '<p style="margin:0; font-size:4px">&nbsp;</p>'
_UNBROKEN = 30
"""Letters of code that stand on one line."""


def to_markup(markdown: str) -> str:
    """Return the markup of `markdown`, in the colours and sizes of the theme."""
    blocks = _blocks(markdown)
    if len(blocks) == 1 and (found := _ITEM.fullmatch(blocks[0])) and found[1]:
        return _paragraph(blocks)  # a sentence that begins with a number: "0. ReLU passes max(0, z)."
    return "".join(map(_block, blocks))


def to_plain(markdown: str) -> str:
    """Return `markdown` without its marks, for a screen reader."""
    return _ITALIC.sub(r"\1", _BOLD.sub(r"\1", markdown.replace("`", "")))


def _blocks(markdown: str) -> list[str]:
    """Return the paragraphs, lists, tables and fenced pieces of code."""
    found: list[str] = []
    for part in _FENCED.split(markdown):
        is_code = _FENCED.fullmatch(part) is not None
        found += [part] if is_code else [b.strip("\n") for b in re.split(r"\n[ \t]*\n", part) if b.strip()]
    return found


def _block(block: str) -> str:
    lines = block.splitlines()
    if _FENCED.fullmatch(block):
        return _formula(lines[1:-1])
    if _FORMULA.fullmatch(block.strip()):
        return _formula([line.strip() for line in lines])
    if all(_ROW.match(line) for line in lines):
        return _table(lines)
    begin = next((i for i, line in enumerate(lines) if _begins_list(line, i)), None)
    if begin is None:
        return _paragraph(lines)
    return (_block("\n".join(lines[:begin])) if begin else "") + _list(lines[begin:])


def _paragraph(lines: list[str]) -> str:
    return f'<p style="margin:0 0 8px 0">{_inline(" ".join(line.strip() for line in lines))}</p>'


def _begins_list(line: str, at: int) -> bool:
    """Return whether a list begins here; within a paragraph, a line that goes on with "2. Then" begins none."""
    found = _ITEM.match(line)
    return found is not None and (at == 0 or found[1] in (None, "1"))


def _list(lines: list[str]) -> str:
    """Return each item after its mark, with the lines below it set in."""
    items: list[tuple[str, str]] = []
    for line in lines:
        if found := _ITEM.match(line):
            items.append((f"{found[1]}." if found[1] else "•", found[2]))
        else:
            items[-1] = items[-1][0], f"{items[-1][1]} {line.strip()}"
    last = len(items) - 1
    return "".join(
        f'<p style="margin:0 0 {8 if index == last else 3}px 16px; text-indent:-14px">{mark}&nbsp; {_inline(text)}</p>'
        for index, (mark, text) in enumerate(items)
    )


def _table(lines: list[str]) -> str:
    theme = style.current()
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines if not _RULE.match(line)]
    has_head = len(lines) > 1 and _RULE.match(lines[1]) is not None
    shown = ""
    for index, row in enumerate(rows):
        tag = "th" if has_head and index == 0 else "td"
        shown += "<tr>" + "".join(f'<{tag} align="left">{_inline(cell)}</{tag}>' for cell in row) + "</tr>"
    frame = f'border="1" cellspacing="0" cellpadding="4" style="border-color:{theme.line}; border-style:solid"'
    return f"{_GAP}<table {frame}>{shown}</table>{_GAP}"


def _formula(lines: list[str]) -> str:
    theme = style.current()
    inside = "<br>".join(_code(line.strip("`"), bold=True) for line in lines)
    box = f'<table width="100%" cellpadding="8" cellspacing="0" bgcolor="{theme.accent_soft}">'
    return f"{_GAP}{box}<tr><td>{inside}</td></tr></table>{_GAP}"


def _inline(text: str) -> str:
    parts = _CODE.split(text)
    return "".join(_code(part[1:-1]) if _CODE.fullmatch(part) else _emphasized(part) for part in parts)


def _emphasized(text: str) -> str:
    whole = _CALL.sub(lambda found: found[0].replace(" ", "\u00a0"), _FRACTION.sub("\\1\u2060", text))
    shown = escaped(_BOUND.sub("\u00a0\\1\u00a0", whole))
    for mark, tag in ((_BOLD, "b"), (_ITALIC, "i")):
        shown = mark.sub(_tagged(tag), shown)
    return shown


def _tagged(tag: str) -> Callable[[re.Match[str]], str]:
    return lambda found: f"<{tag}>{found[1]}</{tag}>"


def _code(text: str, *, bold: bool = False) -> str:
    weight = "font-weight:bold;" if bold else ""
    shown = escaped(text.replace(" ", "\u00a0") if len(text) <= _UNBROKEN else text)
    return f"<span style=\"font-family:'{style.mono(9.0).family()}';{weight}\">{shown}</span>"
