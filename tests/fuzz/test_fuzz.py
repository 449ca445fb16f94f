"""The promise of every parser over the corpus, and the changes that a search makes; no fuzzer is needed here."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.files.error_messages import DocumentError
from tests.fuzz import fuzz
from tests.fuzz.good import good
from tests.fuzz.mutators import MUTATORS
from tests.fuzz.parsers import PARSERS, BrokenPromiseError, Parser, seeds


def unchanged(data: bytes, most: int) -> bytes:
    return data[:most]


@pytest.mark.parametrize("name", PARSERS)
def test_every_bad_input_is_refused_as_promised(name: str) -> None:
    for _, data in seeds(name):
        if len(data) <= fuzz.MOST_BYTES:
            PARSERS[name].check(data)


@pytest.mark.parametrize("name", PARSERS)
def test_a_search_begins_where_something_is_taken(name: str) -> None:
    taken = [PARSERS[name].check(data) for data in good(name)]
    assert any(taken)
    assert len(good(name)) >= 2


@pytest.mark.parametrize("name", MUTATORS)
def test_a_change_keeps_the_shell_so_that_some_are_taken_and_some_are_refused(name: str) -> None:
    made = {MUTATORS[name](data, 40_000, seed, unchanged) for data in good(name) for seed in range(40)}
    assert len(made) > len(good(name))
    assert max(map(len, made)) <= 40_000
    assert any(PARSERS[name].check(data) for data in made)


@pytest.mark.parametrize("data", [b"", b"\xff", b"[" * 5000, b"3", b"{}", b"[]", b"PK\x03\x04", b"playground:1.AAAA"])
@pytest.mark.parametrize("name", MUTATORS)
def test_what_has_no_shell_is_changed_by_the_fuzzer_alone(name: str, data: bytes) -> None:
    for seed in range(20):
        assert len(MUTATORS[name](data, 10_000, seed, unchanged)) <= 10_000


def refuses(message: str) -> Parser:
    def read(data: bytes) -> None:
        raise DocumentError(message)

    return Parser(read, (DocumentError,), r"\$")


def test_a_message_that_names_no_place_is_a_finding() -> None:
    assert not refuses("$.seed: too small").check(b"")
    with pytest.raises(BrokenPromiseError, match="no place"):
        refuses("too small").check(b"")


def test_an_error_that_is_not_the_parsers_own_is_a_finding() -> None:
    def read(data: bytes) -> None:
        data.decode("ascii")

    with pytest.raises(UnicodeDecodeError):
        Parser(read, (ValueError,), "").check(b"\xff")


def test_every_parser_can_be_asked_for() -> None:
    assert set(fuzz.NAMES) == set(PARSERS)


@pytest.mark.parametrize("arguments", [["0"], ["nothing"], ["5", "documents", "5"], ["-3"]])
def test_a_wrong_request_is_told_with_the_parsers_there_are(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuzz.main(arguments) == 2
    assert "documents, links" in capsys.readouterr().err


def test_where_the_fuzzer_is_not_available_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzz, "find_spec", lambda name: None)
    assert fuzz.main(["5", "links"]) == 2
    assert "not available here" in capsys.readouterr().err


def test_a_finding_is_told_with_its_input(tmp_path: Path) -> None:
    said = (
        "INFO: much\n === Uncaught Python exception: ===\nValueError: bad\nTraceback\n  File x\n"
        "==7== ERROR: libFuzzer: fuzz target exited\nTest unit written to /tmp/finding-1\n"
    )
    told = fuzz.finding(said, tmp_path)
    assert "ValueError: bad" in told
    assert "its input: /tmp/finding-1" in told
    assert "INFO" not in told
