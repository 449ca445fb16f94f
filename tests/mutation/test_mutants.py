"""A quick check that the list of mutants still fits the code; run_mutants.py is the pass itself."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MUTANTS = tomllib.loads(Path(__file__).with_name("mutants.toml").read_text(encoding="utf-8"))["mutant"]
FILES = sorted({mutant["file"] for mutant in MUTANTS})


@pytest.mark.parametrize("file", FILES)
def test_the_original_text_of_every_mutant_occurs_exactly_once(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    counts = {mutant["original"]: text.count(mutant["original"]) for mutant in MUTANTS if mutant["file"] == file}
    assert {original: count for original, count in counts.items() if count != 1} == {}


@pytest.mark.parametrize("file", FILES)
def test_every_mutant_changes_the_code_and_is_still_python(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    tree = ast.dump(ast.parse(text))
    for mutant in (mutant for mutant in MUTANTS if mutant["file"] == file):
        assert ast.dump(ast.parse(text.replace(mutant["original"], mutant["mutated"]))) != tree


def test_every_mutant_names_tests_that_exist_and_stands_once_in_the_list() -> None:
    assert all((ROOT / test).is_file() for mutant in MUTANTS for test in mutant["tests"])
    assert len({(mutant["file"], mutant["mutated"]) for mutant in MUTANTS}) == len(MUTANTS)
