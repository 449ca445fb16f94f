"""`table FILE` and `train FILE.csv`: how a table is read, and learning from one."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from playground.cli.main import main
from playground.files import document_file

CASES = Path(__file__).parents[2] / "data" / "import"


def report(name: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(["table", str(CASES / name), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_json_says_how_a_table_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    found = report("german_int_thousands_trap.csv", capsys)
    assert list(found) == [
        "delimiter", "decimal", "encoding", "header_line", "rows", "left_out_rows", "columns", "task", "classes",
        "notes",
    ]  # fmt: skip
    assert (found["delimiter"], found["decimal"], found["encoding"], found["header_line"]) == (";", ",", "utf-8", 1)
    assert (found["rows"], found["left_out_rows"], found["task"], found["classes"]) == (
        4,
        0,
        "classes",
        ["Nord", "Sued"],
    )
    assert found["columns"][0] == {"name": "Einwohner", "kind": "number", "role": "input", "reason": ""}


def test_every_column_has_its_role_and_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    roles = {column["name"]: column["role"] for column in report("one_hot_target.csv", capsys)["columns"]}
    assert roles == {"x1": "input", "x2": "input", "is_a": "target", "is_b": "target", "is_c": "target"}
    first = report("r_write_table.tsv", capsys)["columns"][0]
    assert (first["role"], first["reason"]) == ("left_out", "names of the rows")


def test_lines_for_a_person_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["table", str(CASES / "preamble_rows.csv")]) == 0
    out = capsys.readouterr().out
    assert "header line 4" in out
    assert "classes: no, yes" in out


def test_rows_that_cannot_be_learned_from_are_counted_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "holes.csv"
    path.write_text("x,k\n1,u\n,v\n3,u\n4,v\n")
    found_code = main(["table", str(path), "--json"])
    found = json.loads(capsys.readouterr().out)
    assert (found_code, found["rows"], found["left_out_rows"]) == (0, 4, 1)
    assert found["notes"] == ['1 row left out: row 3, column "x": expected a number, the cell is empty']
    path.write_text("x,k\n1,u\n,v\n3,u\nhot,v\n5,v\n")
    assert main(["table", str(path), "--json"]) == 0
    first = 'row 3, column "x": expected a number, the cell is empty'
    assert json.loads(capsys.readouterr().out)["notes"][-1] == f"2 rows left out; the first is {first}"
    assert main(["table", str(path), "--json", "--inputs", "k", "--target", "k"]) == 0
    assert "is an input, too" in json.loads(capsys.readouterr().out)["notes"][0]


@pytest.mark.parametrize("name", ["lfs_pointer.csv", "book.xlsx", "none.csv", "."])
def test_what_is_no_table_is_refused_in_one_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["table", str(CASES / name)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


def test_training_learns_the_column_that_was_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "t.playground"
    arguments = ["train", str(CASES / "text_feature.csv"), "--target", "OUTCOME", "--standardize", "--steps", "5"]
    assert main([*arguments, "--save", str(saved)]) == 0
    captured = capsys.readouterr()
    assert "own, 4 points" in captured.out
    assert "sex: one-hot, 2 inputs" in captured.err
    table = document_file.load(saved).document.data.table
    assert table is not None
    assert table.feature_names == ("sex = female", "sex = male", "age", "fare")
    assert table.target_name == "outcome"
    assert "sex: one-hot, 2 inputs" in table.describe()


def test_a_former_guess_becomes_an_input_when_another_target_is_named(tmp_path: Path) -> None:
    saved = tmp_path / "t.playground"
    arguments = ["train", str(CASES / "houses_small.csv"), "--target", "size", "--steps", "1", "--quiet"]
    assert main([*arguments, "--save", str(saved), "--features", "x1"]) == 0
    document = document_file.load(saved).document
    assert document.features == ("x1",)
    assert document.data.table is not None
    assert document.data.table.feature_names == ("rooms", "price")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--target", "nothing"], "--target: there is no column 'nothing'; expected one of x, y"),
        (["--inputs", "x,z"], "--inputs: there is no column 'z'"),
        (["--dataset", "xor"], "--dataset: the data are those of"),
        (["--features", "x9"], "--features"),
    ],
)
def test_an_option_that_does_not_fit_the_table_is_named(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", str(CASES / "line100.csv"), *arguments]) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--target", "x"], ["--inputs", "x"], ["--standardize"]])
def test_an_option_of_tables_needs_a_table(option: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", *option]) == 2
    assert f"{option[0]}: it belongs to a table" in capsys.readouterr().err


def test_names_and_classes_of_a_table_give_a_terminal_no_orders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "orders.csv"
    classes = ["\x1b]0;gone\x07", "z\x9b\u202e"]
    rows = "".join(f"{i},{-i % 5},{classes[i % 2]}\n" for i in range(8))
    path.write_text(f"a\x1b[31mb,y,c\n{rows}", encoding="utf-8")

    for words in (["table", str(path)], ["table", "--json", str(path)]):
        assert main(words) == 0
        said = capsys.readouterr().out
        assert all(letter.isprintable() or letter == "\n" for letter in said)
    assert json.loads(said)["classes"] == ["�]0;gone�", "z��"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name of a file is text")
def test_what_was_learned_from_a_table_with_an_unprintable_name_can_be_saved(tmp_path: Path) -> None:
    table = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv"))
    table.write_text("x,y,c\n" + "1,2,a\n2,3,b\n3,1,a\n4,5,b\n", encoding="utf-8")
    path = tmp_path / "learned.playground"

    assert main(["train", str(table), "--steps", "1", "--quiet", "--save", str(path)]) == 0
    kept = document_file.load(path).document.data.table
    assert kept is not None
    assert "caf\\xe9.csv" in kept.describe()
