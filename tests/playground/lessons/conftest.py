"""Two short lessons that the tests of this room use."""

from __future__ import annotations

from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def xor() -> str:
    return (SAMPLES / "xor.md").read_text("utf-8")


@pytest.fixture
def graph() -> str:
    return (SAMPLES / "graph.md").read_text("utf-8")
