"""Workbooks made by hand: what a program or an attacker may write, and calamine would not survive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

import pytest

from datasets.imports.imported import Imported
from datasets.imports.open_table import open_table
from datasets.imports.workbook_source import _tags
from playground.engine.slices import finish

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006"
STYLES = f'<styleSheet {MAIN}><cellXfs><xf numFmtId="0"/><xf numFmtId="46"/></cellXfs></styleSheet>'
FAR = (
    r"reach over .* cells, and 16 777 216 are the limit; delete the cells far from the table; .* save the sheet as CSV"
)


def book(*sheets: str, states: Iterable[str] = (), texts: str = "") -> bytes:
    """Return a workbook of the rows of some `sheets`, named A, B, …."""
    states = [*states, *[""] * len(sheets)]
    names = "".join(
        f'<sheet name="{chr(65 + i)}" sheetId="{i + 1}" {states[i]} r:id="r{i}"/>' for i in range(len(sheets))
    )
    links = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="worksheets/{i}.xml"/>' for i in range(len(sheets))
    )
    links += f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>'
    links += f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="texts.xml"/>' if texts else ""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{TYPES}/relationships"><Relationship Id="w" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{TYPES}/relationships">{links}</Relationships>',
        "xl/styles.xml": STYLES,
        "xl/texts.xml": texts,
    }
    parts |= {
        f"xl/worksheets/{i}.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"
        for i, rows in enumerate(sheets)
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def row(number: int, *cells: object, style: int = 0) -> str:
    made = "".join(
        f'<c r="{chr(65 + i)}{number}" s="{0 if i else style}"><v>{cell}</v></c>' if isinstance(cell, float)
        else f'<c r="{chr(65 + i)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' for i, cell in enumerate(cells)
    )  # fmt: skip
    return f'<row r="{number}">{made}</row>'


def rows(x: str = "x", style: int = 0) -> str:
    return row(1, x, "y", "c") + "".join(
        row(i, 0.5 * i, 3.0 - i, "ab"[i % 2], style=style) for i in range(2, 42)
    )  # fmt: skip


def taken(data: bytes) -> Imported:
    table = open_table(data)
    return finish(table.read(table.preview.suggested))


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='XFD1048576'><v>1</v></c>",
        '<c r="xfd1048576" t="n"><v>1</v></c>',
        '<c s="0" r="XFD1048576"><f>1</f></c>',
        '<c s=">" r="XFD1048576"><v>1</v></c>',
        '<c r="ZZZZZZZZ99999999999"><v>1</v></c>',
        '<x:c r="AAA900000"><x:v>1</x:v></x:c>',
        "<c><v>1</v></c>" * 100,
    ],
)
def test_a_cell_far_from_the_table_is_refused_before_memory_is_reserved(cell: str) -> None:
    with pytest.raises(ValueError, match=FAR):
        open_table(book(rows() + f'<row r="1048576">{cell}</row>'))


def test_many_sheets_share_the_room() -> None:
    far = rows() + '<row r="1000000"><c r="I1000000"><v>1</v></c></row>'
    with pytest.raises(ValueError, match=FAR):
        open_table(book(far, far))


def test_empty_cells_far_from_the_table_do_no_harm() -> None:
    far = '<row r="1048576"><c r="XFD1048576"/><c r="XFD1048576" s="0"></c></row>'
    assert taken(book(rows() + far)).dataset.n_points == 40


def test_a_list_of_texts_that_says_it_is_longer_than_the_file_is_refused() -> None:
    texts = f'<sst {MAIN} count="9" uniqueCount="4294967295"><si><t>a</t></si></sst>'
    with pytest.raises(ValueError, match=r"its list of texts is longer than the file; .* save the sheet as CSV"):
        open_table(book(rows(), texts=texts))


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_only_where_no_other_has_a_table(state: str) -> None:
    states = [f'state="{state}"']
    table = open_table(book(rows("secret"), rows(), states=states))
    assert [column.name for column in table.preview.columns] == ["x", "y", "c"]
    assert table.preview.format.sheets == ("B", "A")
    assert taken(book(rows("secret"), states=states)).dataset.feature_names == ("secret", "y")


def test_durations_of_days_are_hours() -> None:
    made = taken(book(rows(style=1))).dataset
    assert made.feature_names == ("x", "y")
    assert made.points[:, 0] == pytest.approx([12.0 * i for i in range(2, 42)])
    assert taken(book(rows(style=1).replace("<v>1.0</v>", "<v>-1.5</v>", 1))).dataset.points[0, 0] == -36.0


def test_a_cell_as_long_as_a_novel_is_no_number_and_read() -> None:
    text = row(42, "q" * 100_000, 1.0, "a")
    assert [column.kind for column in open_table(book(rows() + text)).preview.columns] == ["number", "number", "text"]


def test_no_tag_is_cut_between_two_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasets.imports.workbook_source._PIECE", 7)
    with zipfile.ZipFile(io.BytesIO(book(rows()))) as archive:
        name = "xl/worksheets/0.xml"
        pieces = list(_tags(archive, archive.getinfo(name)))
        assert b"".join(pieces) == archive.read(name)
    assert {piece[:1] for piece in pieces[1:]} <= {b"", b"<"}


def test_cells_that_do_not_say_their_place_come_one_after_the_other() -> None:
    bare = "".join(f"<row><c><v>{i}</v></c><c><v>{-i}</v></c></row>" for i in range(30_000))
    assert open_table(book(bare)).count_rows() == 30_000


def test_a_cell_of_many_megabytes_is_refused() -> None:
    with pytest.raises(ValueError, match=r"a cell has more than 8 388 608 letters; .* save the sheet as CSV"):
        open_table(book(rows() + row(42, "q" * 2**24, 1.0, "a")))


@pytest.mark.parametrize("error", [KeyboardInterrupt, type("Panic", (BaseException,), {})])
def test_a_panic_is_a_message_and_ctrl_c_is_none(monkeypatch: pytest.MonkeyPatch, error: type[BaseException]) -> None:
    def fail(_file: object) -> None:
        raise error("capacity overflow")

    monkeypatch.setattr("python_calamine.load_workbook", fail)
    expected = KeyboardInterrupt if error is KeyboardInterrupt else ValueError
    with pytest.raises(expected, match="capacity overflow"):
        open_table(book(rows()))
