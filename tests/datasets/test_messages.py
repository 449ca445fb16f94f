from __future__ import annotations

from collections.abc import Iterator

import pytest

from datasets import messages
from datasets.generators.table import make


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    messages.use({})


def test_a_message_is_a_template_with_its_places_filled() -> None:
    assert messages.message("{n:,} rows of {name}", n=1200, name="xor") == "1 200 rows of xor"


def test_a_translated_template_is_said_in_its_place() -> None:
    messages.use({"dataset: expected one of {names}, got {name!r}": "Daten: {name} gibt es nicht"})

    with pytest.raises(ValueError, match="Daten: mars gibt es nicht"):
        make("mars")
