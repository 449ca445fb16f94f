"""How text is set in an exported script."""

from __future__ import annotations

import textwrap

WIDTH = 110
INDENT = "    "


def shown(text: str) -> str:
    """Return `text` fit for a comment or docstring: one short line, no quotes, backslashes or control characters."""
    kept = "".join(letter if letter.isprintable() and letter not in "\"'\\" else " " for letter in text)
    return " ".join(kept.split())[:120]


def body(code: str) -> str:
    """Return `code` as the body of a function."""
    return textwrap.indent(code, INDENT)
