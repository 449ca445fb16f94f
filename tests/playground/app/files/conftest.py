from __future__ import annotations

import pytest

from playground.document import catalogue


@pytest.fixture(autouse=True)
def reader() -> None:
    """Load what reads tables: a table then opens at once, in whatever order the tests run."""
    catalogue.load_reader()
