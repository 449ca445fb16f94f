"""A desktop for each test that asks for one; skipped with a word where this machine has none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.desktop.desktop import Desktop, Program, ScreenReader, missing, missing_for_reading
from tests.desktop.visit import Visit, make_visit

VISITS = {"laptop, light": ((1366, 768), False), "large, dark": ((1600, 1000), True)}


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    """A small screen with a home of its own."""
    if missing():
        pytest.skip(f"This machine has no desktop to start: {', '.join(missing())} is missing.")
    made = Desktop((1366, 768), tmp_path)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module", params=VISITS)
def visit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """A user's visit on a screen of one size, in one theme."""
    if missing():
        pytest.skip(f"This machine has no desktop to start: {', '.join(missing())} is missing.")
    size, is_dark = VISITS[request.param]
    home = tmp_path_factory.mktemp("visitor")
    desktop = Desktop(size, home)
    try:
        yield make_visit(desktop, home, is_dark=is_dark)
    finally:
        desktop.close()


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Program, ScreenReader]]:
    """The program, at rest, and a screen reader that is listening."""
    if gone := missing() + missing_for_reading():
        pytest.skip(f"This machine has no screen reader to ask: {', '.join(gone)} is missing.")
    home = tmp_path_factory.mktemp("reader")
    with ExitStack() as ends:
        desktop = Desktop((1366, 768), home)
        ends.callback(desktop.close)
        reader = ScreenReader(desktop)
        ends.callback(reader.close)
        program = ends.enter_context(Program(desktop, home / "terminal.log"))
        program.look()
        yield program, reader
