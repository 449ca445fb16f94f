"""Numbers on the command line are read as in the window: never one for another."""

from __future__ import annotations

import argparse

import pytest

from playground.cli.main import main
from playground.cli.options import add_document_options


def read(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_document_options(parser)
    return parser.parse_args(words)


@pytest.mark.parametrize(
    ("option", "text", "value"),
    [("--learning-rate", "0,03", 0.03), ("--learning-rate", "3e−2", 0.03), ("--train-fraction", "50 %", 0.5),
     ("--batch-size", "1 000", 1000), ("--batch-size", "1,000", 1000), ("--points", "1e3", 1000),
     ("--dropout", "0.1,0.2", (0.1, 0.2)), ("--hidden", "4,2", (4, 2)), ("--hidden", "0", ())],
)  # fmt: skip
def test_an_option_takes_what_its_field_takes(option: str, text: str, value: object) -> None:
    assert getattr(read(option, text), option[2:].replace("-", "_")) == value


@pytest.mark.parametrize(
    ("option", "text", "cure"),
    [("--batch-size", "1.000", "expected 1000 or 1"), ("--points", "1.200", "expected 1200"),
     ("--learning-rate", "1,000", "expected 1000 or 1.000"), ("--seed", "1_000", "a whole number such as 1000"),
     ("--batch-size", "2.5", "a whole number such as 1000"), ("--hidden", "1,024", "widths such as 4,2"),
     ("--dropout", "0,05", "numbers separated by commas, such as 0.1,0.2")],
)  # fmt: skip
def test_what_could_be_two_numbers_is_refused_with_the_cure(
    option: str, text: str, cure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", option, text, "--steps", "1"]) == 2
    told = capsys.readouterr().err
    assert cure in told
    assert told.count("\n") == 1


def test_inputs_of_a_circuit_take_a_decimal_comma(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["circuit", "2*x", "--set", "x=0,25"]) == 0
    assert "0.5" in capsys.readouterr().out
    assert main(["circuit", "2*x", "--set", "x=1,000"]) == 2
    assert "expected 1000 or 1.000" in capsys.readouterr().err
