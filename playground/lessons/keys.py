"""Keys: the named values of one TOML block, each asked for once; what is missing, wrong or unknown is a fault."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from playground.engine.messages import message
from playground.lessons.blocks import Block, markup_faults
from playground.lessons.faults import Faults, quoted, shown, unknown

MOST_TEXT = 2_000
MOST_ITEMS = 50
_AT = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_KEY = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")
_KINDS: dict[type, str] = {
    str: "a text in quotation marks",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list in [ ]",
    dict: "a table in { }",
}


class Keys:
    """The values of one block."""

    def __init__(self, block: Block, faults: Faults) -> None:
        """Read `block`; a text that is not TOML is one fault, and all its values are then missing silently."""
        self.block, self.faults = block, faults
        self._lines = block.text.split("\n")
        self._asked: set[str] = set()
        self.is_readable = True
        self._values: Mapping[str, Any] = {}
        try:
            self._values = tomllib.loads(block.text)
        except RecursionError:
            self._refuse(block.line, message("it is nested too deeply"))
        except ValueError as error:
            found = _AT.search(str(error))
            said = _AT.sub("", str(error))
            if "int_max_str_digits" in said:
                said = message("a number has too many digits")
            line = block.line + (int(found["line"]) - 1 if found and found["line"] else len(self._lines) - 1)
            column = message(" in column {column}", column=found["column"]) if found and found["column"] else ""
            self._refuse(line, f"{said[:1].lower()}{said[1:]}{column}")

    def _refuse(self, line: int, said: str) -> None:
        self.is_readable = False
        self.faults.add(
            line,
            "this is not TOML ({said}); write each value as key = value, and texts in quotation marks",
            said=said,
        )

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def names(self) -> tuple[str, ...]:
        """Return the keys that there are."""
        return tuple(self._values)

    def line(self, key: str, item: str = "") -> int:
        """Return the line of `key`, or of the text `item` in its list; the fence's where neither is found."""
        at = next((i for i, line in enumerate(self._lines) if (m := _KEY.match(line)) and m[1] == key), -1)
        if at >= 0 and item:
            at = next((i for i in range(at, len(self._lines)) if item in self._lines[i]), at)
        return self.block.line + at

    def raw(self, key: str) -> Any:
        """Return the value of `key` as TOML has it; None where there is none."""
        self._asked.add(key)
        return self._values.get(key)

    def text(self, key: str, *, required: bool = False, is_markdown: bool = True) -> str:
        """Return a text; empty where there is none."""
        found = self._typed(key, str, required=required)
        if not isinstance(found, str):
            return ""
        self._check_text(key, found, required=required, is_markdown=is_markdown)
        return found.strip()

    def texts(self, key: str, *, required: bool = False, is_markdown: bool = True) -> tuple[str, ...]:
        """Return a list of texts; empty where there is none."""
        found = self._typed(key, list, required=required)
        if not isinstance(found, list):
            return ()
        if len(found) > MOST_ITEMS:
            self.add(key, "{key}: at most {most}, got {count:,}", most=MOST_ITEMS, count=len(found))
            return ()
        if not all(isinstance(item, str) for item in found):
            self.add(key, "{key}: expected texts in quotation marks, separated by commas")
            return ()
        for item in found:
            self._check_text(key, item, required=True, is_markdown=is_markdown)
        return tuple(item.strip() for item in found)

    def whole(self, key: str, low: int, high: int, default: int = 0, *, required: bool = False) -> int:
        """Return a whole number from `low` to `high`."""
        found = self._typed(key, int, required=required)
        if not isinstance(found, int):
            return default
        if not low <= found <= high:
            self.add(key, "{key}: expected a whole number from {low:,} to {high:,}, got {found}",
                     low=low, high=high, found=shown(found))  # fmt: skip
            return default
        return found

    def wholes(self, key: str, low: int, high: int) -> tuple[int, ...]:
        """Return a list of whole numbers from `low` to `high`."""
        found = self._typed(key, list)
        if not isinstance(found, list):
            return ()
        if len(found) > MOST_ITEMS or not all(type(one) is int and low <= one <= high for one in found):
            self.add(key, "{key}: expected whole numbers from {low} to {high} in [ ]", low=low, high=high)
            return ()
        return tuple(found)

    def line_fault(self, key: str, template: str, item: str = "", /, **places: object) -> None:
        """Note what is wrong with `key`, or with the text `item` in its list; it begins with the key."""
        self.faults.add(self.line(key, item), "{key}: {said}", key=key, said=message(template, **places))

    def add(self, key: str, template: str, /, **places: object) -> None:
        """Note what is wrong with `key`, which the template may name."""
        self.faults.add(self.line(key), template, key=key, **places)

    def finish(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                self.faults.add(self.line(key), unknown(key, sorted(self._asked), f"{self.block.kind} key"))

    def _typed(self, key: str, kind: type, *, required: bool = False) -> Any:
        found = self.raw(key)
        if found is None:
            if required and self.is_readable:
                self.faults.add(
                    self.block.line - 1, "{key} is missing; add {key} = …, {kind}", key=key, kind=_KINDS[kind]
                )
            return None
        if type(found) is not kind:
            self.add(key, "{key}: expected {kind}, got {found}", kind=_KINDS[kind], found=quoted(shown(found)))
            return None
        return found

    def _check_text(self, key: str, text: str, *, required: bool, is_markdown: bool) -> None:
        if required and not text.strip():
            self.add(key, "{key}: it is empty; write something, or leave it out")
        if len(text) > MOST_TEXT:
            self.add(key, "{key}: at most {most:,} characters, got {count:,}", most=MOST_TEXT, count=len(text))
        if is_markdown:
            for fault in markup_faults(text):
                self.faults.add(self.line(key, text.split("\n")[0]), "{key}: {fault}", key=key, fault=fault)
