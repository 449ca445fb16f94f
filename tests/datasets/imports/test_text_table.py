"""CSV and TSV in: dialects, headers, kinds, classes, bad cells named, slices, cancelling."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.csv_export import csv_parts
from datasets.dataset import Dataset
from datasets.generators.table import make
from datasets.imports import cell_reader, encoding, preview
from datasets.imports.imported import BadCellsError, Imported, Reading
from datasets.imports.open_table import open_table
from datasets.imports.preview import ImportChoice

PLAIN = "x1,x2,y\n1,2,0\n3,4,1\n5,6,0\n"


def finished(reading: Reading) -> Imported:
    while True:
        try:
            share = next(reading)
            assert 0.0 <= share <= 1.0
        except StopIteration as stop:
            result: Imported = stop.value
            return result


def read(text: str | bytes, **changes: object) -> Imported:
    table = open_table(text if isinstance(text, bytes) else text.encode())
    return finished(table.read(replace(table.preview.suggested, **changes)))  # type: ignore[arg-type]


# ---- encodings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAIN.encode(), "utf-8"),
        (PLAIN.encode("utf-8-sig"), "utf-8-sig"),
        (PLAIN.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + PLAIN.encode("utf-16-be"), "utf-16"),
    ],
)
def test_a_byte_order_mark_says_the_encoding_and_is_no_part_of_the_first_name(data: bytes, encoding: str) -> None:
    preview = open_table(data).preview

    assert preview.form == f"{encoding}, comma, header in line 1"
    assert [column.name for column in preview.columns] == ["x1", "x2", "y"]
    assert preview.notes == ()


def test_what_is_not_utf_8_is_read_in_the_likeliest_encoding_and_that_is_said() -> None:
    preview = open_table("größe,x2,art\n1,2,a\n3,4,b\n".encode("latin-1")).preview

    assert preview.columns[0].name == "größe"
    assert preview.notes == ("Byte 2 is not UTF-8, so the file was read as cp1252; look at its accented letters.",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "file: it is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "file: it is a picture; choose a table"),
        (b"a,b\n\x00\x01,2\n", "file: it holds binary data, not a table"),
        (b"\xff\xfea", "file: byte 2 is not UTF-16; choose another encoding"),
        (b"#only\n#comments\n", "table: only one column was found"),
        (b"\n \n", "table: there is no row"),
        (b"a\n1\n2\n", "table: only one column was found; choose the sign between the cells"),
        (b"a,b\n", "table: there is a header but no row under it"),
        (b",\n,\n", "table: there is no row"),
    ],
)
def test_what_is_no_table_is_refused_with_the_cure(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        open_table(data)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MAX_BYTES", 2**20)

    with pytest.raises(ValueError, match="file: 2 MiB are more than 1 MiB; leave out rows or columns"):
        open_table(b"1,2\n" * 2**19)


# ---- dialects ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("a,b\n1.5,2\n3,4\n", "comma, header in line 1"),
        ("a\tb\n1.5\t2\n3\t4\n", "tab, header in line 1"),
        ("a;b\n1,5;2,5\n3;4\n", "semicolon, decimal comma, header in line 1"),
        ("a;b\n1.5;2\n3;4\n", "semicolon, header in line 1"),
        ("a|b\n1.5|2\n3|4\n", "bar, header in line 1"),
        ("1.5   2\n 3  4\n", "spaces, no header"),
        ("# made by hand\n# twice\n1.5,2\n3,4\n", "comma, no header"),
        ("a,b\r\n1.5,2\r\n3,4\r\n", "comma, header in line 1"),
        ("a,b\r1.5,2\r3,4\r", "comma, header in line 1"),
    ],
)
def test_delimiter_decimal_sign_header_and_comments_are_found_out(text: str, form: str) -> None:
    table = open_table(text.encode())

    assert table.preview.form == f"utf-8, {form}"
    assert finished(table.read(ImportChoice((0,), 1, "regression"))).dataset.points.tolist() == [[1.5], [3.0]]


def test_quoted_cells_may_hold_delimiters_and_line_breaks() -> None:
    data = read('x,"a, ""b""",kind\n1,2,"one\ntwo"\n3,4,"x,y"\n').dataset

    assert data.feature_names == ("x", 'a, "b"')
    assert data.class_names == ("one\ntwo", "x,y")


def test_a_quote_that_never_closes_is_named_by_its_line() -> None:
    table = open_table(PLAIN.encode() + b'7,"8,1\n9,10,0\n')

    with pytest.raises(ValueError, match=r"line \d+: .*; check the quotes"):
        finished(table.read(ImportChoice((0, 1), 2)))


def test_a_long_file_is_judged_by_its_beginning_cut_at_a_row() -> None:
    text = "a,b,c\n" + "1.25,2.5,0\n2.5,3.5,1\n" * 10_000

    assert open_table(text.encode()).preview.form == "utf-8, comma, header in line 1"


def test_one_row_longer_than_the_sample_is_still_a_table() -> None:
    text = ",".join(["1"] * 900) + ",1" + "0" * 70_000 + "\n"

    with pytest.raises(BadCellsError, match=r"row 1, column \"column 901\": 70 001 characters are more than 1 000"):
        finished(open_table(text.encode()).read(ImportChoice((0,), 1)))


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("5.1,3.5,setosa\n4.9,3.0,setosa\n7.0,3.2,versicolor\n", False),
        ("name,kind\na,b\nc,d\n", True),
        ("a,a\na,b\nc,d\n", False),
        ("1,2\n", False),
        (",x2,y\n1,2,0\n2,3,1\n", True),
        ("1,,0\n2,3,1\n3,4,0\n", False),
    ],
)
def test_a_header_is_text_over_numbers_or_different_texts_over_text(text: str, header: bool) -> None:
    assert open_table(text.encode()).preview.format.header_line == int(header)


def test_names_are_made_unique_and_missing_ones_numbered() -> None:
    columns = open_table(b"x, x ,,y\n1,2,3,0\n4,5,6,1\n").preview.columns

    assert [column.name for column in columns] == ["x", "x (2)", "column 3", "y"]


# ---- preview -----------------------------------------------------------------------------------


def test_the_preview_tells_kinds_and_shows_rows_as_they_are_written() -> None:
    preview = open_table(b"a,b,c,d\n1.50,red,,1\n2,blue,,2\n").preview

    assert [column.kind for column in preview.columns] == ["number", "text", "empty", "number"]
    assert preview.rows == (("1.50", "red", "", "1"), ("2", "blue", "", "2"))
    assert preview.columns[1].values == ("red", "blue")


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("x1,x2,y\n1,2,0\n3,4,1\n", ImportChoice((0, 1), 2, "classes")),
        ("x1,x2,height\n1,2,0.5\n3,4,1.25\n", ImportChoice((0, 1), 2, "regression")),
        ("species,a,b\nu,1,2\nv,3,4\n", ImportChoice((1, 2), 0, "classes")),
        ("id,a,b,label\n1,5,6,u\n2,7,8,v\n", ImportChoice((1, 2), 3, "classes")),
        ("colour,a,b\nred,1,2.5\nblue,3,4.5\n", ImportChoice((1, 2), 0, "classes")),
        ("a,b\n" + "".join(f"{i},{i}\n" for i in range(20)), ImportChoice((0,), 1, "regression")),
    ],
)
def test_a_first_guess_takes_the_named_or_last_column_as_target(text: str, suggested: ImportChoice) -> None:
    assert open_table(text.encode()).preview.suggested == suggested


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (ImportChoice((), 2), "inputs: choose at least one column"),
        (ImportChoice((0, 0), 2), "inputs: choose each column once"),
        (ImportChoice((0, 9), 2), "columns: this table has 6"),
        (ImportChoice((0, 1), 1), 'target: "x2" is an input, too'),
        (ImportChoice((0, 4), 2), 'inputs: column "nothing" is empty; untick it'),
        (ImportChoice((0, 5), 2), 'inputs: column "name" has more than 100 different words; untick it'),
        (ImportChoice((0, 1), 3, "regression"), 'target: "kind" is not a number; choose classes'),
        (ImportChoice(tuple(range(1025)), 2), "inputs: at most 1 024 columns"),
    ],
)
def test_an_impossible_choice_is_refused_before_reading(choice: ImportChoice, message: str) -> None:
    rows = "".join(f"{i},{2 * i},{i % 2},{'uv'[i % 2]},,name {i}\n" for i in range(200))
    table = open_table(f"x1,x2,y,kind,nothing,name\n{rows}".encode())

    with pytest.raises(ValueError, match=message):
        table.read(choice)


def test_more_columns_than_a_network_takes_are_refused() -> None:
    with pytest.raises(ValueError, match="table: more than 1 025 columns; leave some out"):
        open_table(",".join(["1"] * 1026).encode())


def test_a_line_of_too_many_cells_is_refused_before_each_of_them_is_looked_at() -> None:
    with pytest.raises(ValueError, match="table: more than 1 025 columns; leave some out"):
        open_table(b"ab " * 2_000_000)


def test_records_that_all_have_other_names_are_refused_before_they_are_laid_out() -> None:
    records = ",".join(json.dumps({f"k{i * 20 + j}": 1 for j in range(20)}) for i in range(600))
    with pytest.raises(ValueError, match="JSON: more than 10 000 columns; leave some out"):
        open_table(f"[{records}]".encode())


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("1" + " " * 100_000 + "2", id="blanks"),
        pytest.param("1" + "\u00a0" * 100_000 + "2", id="no-break spaces"),
        pytest.param("http://" + "a." * 50_000, id="an address"),
        pytest.param("a@" * 50_000, id="at signs"),
        pytest.param("N" * 100_000, id="one word"),
        pytest.param("9" * 100_000, id="one number"),
    ],
)
def test_a_huge_cell_neither_hangs_the_guesses_nor_hides_the_columns(cell: str) -> None:
    table = open_table(f"x,y,c\n1,2,a\n{cell},3,b\n2,4,a\n3,5,b\n4,5,a\n".encode())

    assert [column.name for column in table.preview.columns] == ["x", "y", "c"]
    assert table.preview.format.delimiter == ","


def test_rows_longer_than_the_sample_are_rows() -> None:
    rows = "".join(f"{'k' * 70_000}{i % 2},{i},{i * i % 7}\n" for i in range(4))
    table = open_table(f"c,x,y\n{rows}".encode())

    assert [column.name for column in table.preview.columns] == ["c", "x", "y"]
    assert table.count_rows() == 4


def test_a_row_of_per_cent_signs_is_read_at_once() -> None:
    table = open_table(b"%" * 100 + b"\nx,y,c\n1,2,a\n2,3,b\n3,4,a\n4,5,b\n")

    assert [column.name for column in table.preview.columns] == ["x", "y", "c"]


# ---- reading -----------------------------------------------------------------------------------


def test_chosen_columns_become_points_in_the_order_of_the_choice() -> None:
    made = read(PLAIN, features=(1, 0))

    assert made.dataset.points.tolist() == [[2, 1], [4, 3], [6, 5]]
    assert made.dataset.targets.tolist() == [0, 1, 0]
    assert made.dataset.feature_names == ("x2", "x1")
    assert (made.target_name, made.standardization, made.n_skipped) == ("y", None, 0)


def test_numbers_as_classes_keep_their_order_and_write_one_number_one_way() -> None:
    data = read("x,y\n1,10\n2,9.0\n3,9\n4,2.5\n", task="classes").dataset

    assert data.class_names == ("2.5", "9", "10")
    assert data.targets.tolist() == [2, 1, 1, 0]


def test_text_classes_do_not_depend_on_the_order_of_the_rows() -> None:
    assert read("x,kind\n1,b\n2, a\n3,b\n").dataset.class_names == ("a", "b")


def test_a_true_minus_sign_and_a_decimal_comma_are_numbers() -> None:
    assert read("a;b\n−1,5;2,25\n3,0;−4\n", task="regression").dataset.points.tolist() == [[-1.5], [3.0]]


def test_blank_lines_and_empty_last_cells_are_no_rows() -> None:
    assert read("x1,x2,y\n1,2,0,\n\n ,,\n3,4,1,\n").dataset.n_points == 2


def test_standardized_inputs_have_mean_0_and_deviation_1_and_come_with_what_made_them_so() -> None:
    made = read("a,b,y\n1,5,0\n2,5,1\n6,5,0\n", standardize=True)
    assert made.standardization is not None
    scaled = made.standardization.apply(made.dataset.points)

    np.testing.assert_allclose(scaled.mean(axis=0), 0.0, atol=1e-15)
    np.testing.assert_allclose(scaled[:, 0].std(), 1.0)
    assert scaled[:, 1].tolist() == [0, 0, 0]
    assert made.standardization.scale[1] == 1.0
    assert made.dataset.points[:, 0].tolist() == [1, 2, 6]
    np.testing.assert_allclose(made.standardization.undo(scaled), made.dataset.points, rtol=1e-15)


def test_a_regression_standardizes_its_values_too() -> None:
    made = read("a,b\n1,100.5\n2,200.5\n3,300.5\n", standardize=True)

    assert made.standardization is not None
    assert made.standardization.target_mean == pytest.approx(200.5)
    assert made.standardization.target_scale == pytest.approx(np.std([100.5, 200.5, 300.5]))


BAD = "x1,x2,y\n1,2,0\n3,abc,1\n5,,0\n7,8,\n9,10,1,11\n12\n13,inf,1\n14,1_0,0\n15,16,1\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("3,abc,1", 'row 3, column "x2": expected a number, got "abc"'),
        ("5,,0", 'row 3, column "x2": expected a number, the cell is empty'),
        ("7,8,", 'row 3, column "y": expected a class, the cell is empty'),
        ("7,8,NA", 'row 3, column "y": expected a class, got "NA"'),
        ("9,10,1,11", "row 3: expected 3 cells, got 4; check its delimiters"),
        ("12", "row 3: expected 3 cells, got 1; add the missing ones"),
        ("13,inf,1", 'row 3, column "x2": expected a number, got "inf"'),
        ("14,1_0,0", 'row 3, column "x2": expected a number, got "1_0"'),
        ("14," + "1" * 1001 + ",0", 'row 3, column "x2": 1 001 characters are more than 1 000; shorten it'),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(line: str, message: str) -> None:
    with pytest.raises(BadCellsError) as caught:
        read(f"x1,x2,y\n1,2,0\n{line}\n3,4,1\n")

    assert str(caught.value) == message
    assert caught.value.cells == (message,)


def test_rows_are_counted_with_header_comments_and_blank_lines() -> None:
    with pytest.raises(BadCellsError, match=r"^row 6, "):
        read("# a comment\nx1,x2,y\n1,2,0\n2,2,1\n\n3,abc,1\n")


def test_all_bad_rows_are_counted_and_the_first_twenty_named() -> None:
    with pytest.raises(BadCellsError) as caught:
        read("x1,x2,y\n" + "1,2,0\n3,4,1\n" * 30 + "3,abc,1\n" * 25)

    assert str(caught.value) == 'row 62, column "x2": expected a number, got "abc" (and 24 more rows)'
    assert (len(caught.value.cells), caught.value.n_rows) == (20, 25)


def test_two_bad_rows_are_one_and_one_more() -> None:
    with pytest.raises(BadCellsError, match=r"\(and one more row\)$"):
        read("x1,x2,y\n1,2,0\n1,?,0\n1,?,0\n3,4,1\n3,4,1\n")


def test_bad_rows_are_left_out_when_that_was_chosen() -> None:
    made = read(BAD, skip_bad=True)

    assert made.dataset.points.tolist() == [[1, 2], [15, 16]]
    assert (made.n_skipped, len(made.skipped)) == (7, 7)


@pytest.mark.parametrize(
    ("text", "changes", "message"),
    [
        (
            "x,y\n1,a\n2,a\n",
            {"features": (0,), "target": 1, "task": "classes"},
            'column "y": only one class, "a"; a classifier needs two',
        ),
        (
            f"x,y\n1,{'a' * 90}\n2,{'a' * 90}\n",
            {"features": (0,), "target": 1, "task": "classes"},
            f'only one class, "{"a" * 39}…"; a classifier needs two',
        ),
        ("x\x11,y,z\n1,2,3\n2\x07,3,4\n3,4,5\n", {}, 'row 3, column "x": expected a number, got "2"'),
        (
            "x,y\n" + "".join(f"{i},{i}\n" for i in range(11)),
            {"task": "classes"},
            'column "y": more than 10 different values; choose regression or another target',
        ),
        (
            "x,y\n" + "".join(f"{i},n{i}\n" for i in range(2000)),
            {"features": (0,), "target": 1, "task": "classes"},
            'column "y": more than 10 different values',
        ),
        ("x,y\n1,0\n", {"task": "regression"}, "table: only 1 good rows; at least two are needed"),
    ],
)
def test_too_few_or_too_many_classes_or_rows_are_refused(text: str, changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read(text, **changes)


def test_too_many_rows_are_refused_while_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_reader, "MAX_ROWS", 10_000)

    with pytest.raises(ValueError, match="table: more than 10 000 rows; leave some out"):
        read("x,y\n" + "1,0\n2,1\n" * 6_000)


def test_reading_goes_in_slices_with_growing_shares_and_can_be_cancelled() -> None:
    table = open_table("".join(csv_parts(make("moons", points=40_000))).encode())
    reading = table.read(table.preview.suggested)
    shares = [next(reading) for _ in range(4)]
    reading.close()

    assert shares == sorted(set(shares))
    assert shares[0] == 0.0
    assert shares[3] < 0.6
    assert finished(table.read(table.preview.suggested)).dataset.n_points == 40_000


def test_a_slice_without_a_good_row_is_no_trouble() -> None:
    text = "x,y\n" + "1,0\n2,1\n" * 500 + "a,0\n" * 2 * cell_reader.SLICE_CELLS

    assert read(text, features=(0,), skip_bad=True, task="classes", target=1).dataset.n_points == 1000


def test_limits_are_those_of_the_engine() -> None:
    assert (preview.MAX_ROWS, preview.MAX_FEATURES) == (1_000_000, 1_024)


# ---- there and back ----------------------------------------------------------------------------

finite = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(finite, finite, st.sampled_from(["no", "yes, but", 'a "b"'])), min_size=2, max_size=30))
def test_what_was_exported_is_read_back_bit_for_bit(table: list[tuple[float, float, str]]) -> None:
    names = tuple(sorted({row[2] for row in table}))
    labels = np.array([names.index(row[2]) for row in table])
    if len(names) < 2:
        return
    data = Dataset(np.array([row[:2] for row in table]), labels, len(names), ("a", "b"), class_names=names)
    back = read("".join(csv_parts(data)), features=(0, 1), target=2, task="classes").dataset

    assert back.points.tobytes() == data.points.tobytes()
    assert back.targets.tolist() == data.targets.tolist()
    assert (back.feature_names, back.class_names) == (data.feature_names, data.class_names)


def test_an_exported_regression_comes_back_too() -> None:
    data = make("multi_gauss", points=12_000, noise=0.1, seed=4)
    made = read("".join(csv_parts(data, "height")))

    assert made.target_name == "height"
    assert made.dataset.points.tobytes() == data.points.tobytes()
    assert made.dataset.targets.tobytes() == data.targets.tobytes()
    assert made.dataset.n_classes == 0


def test_a_sign_in_a_few_names_is_no_delimiter() -> None:
    names = ["<img src='x.png'> R&D", "<b>bold &amp; more</b>", "//host/share/x.png"]
    rows = "\n".join(f"{k},{k % 3},{names[k % 3]}" for k in range(12))
    head = ",".join(f'"{name}"' for name in names)
    columns = open_table(f"{head}\n{rows}\n".encode()).preview.columns
    assert [column.name for column in columns] == names


def test_a_column_of_words_says_how_it_becomes_inputs() -> None:
    rows = "\n".join(f"{('red', 'blue', 'green')[k % 3]},{k * 0.7},{k % 2}" for k in range(12))
    colour = open_table(f"colour,size,y\n{rows}\n".encode()).preview.columns[0]
    assert colour.kind == "text"
    assert colour.meaning == "one input for each of 3 words, 1 where it stands (one-hot)"


@pytest.mark.parametrize(
    ("words", "said"), [("red", "colour: one-hot, 1 input"), ("red blue", "colour: one-hot, 2 inputs")]
)
def test_the_inputs_that_stand_for_words_are_counted(words: str, said: str) -> None:
    kept, left_out = words.split(), "green"
    rows = "\n".join(f"{kept[k % len(kept)]},{k * 0.7},{k % 2}" for k in range(12))
    holes = "\n".join(f"{left_out},?,{k}" for k in range(2))
    made = read(f"colour,size,y\n{rows}\n{holes}\n", features=(0, 1), target=2, task="classes", skip_bad=True)
    assert said in made.encoded
