"""``backprop-playground table``: how a table file is read; and the document that learns from one, for `train`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from playground.cli.options import document_from, with_features
from playground.cli.parser import (
    COMMANDS,
    DONE,
    CommandError,
    Parser,
    add_option,
    as_json,
    given,
    names,
    printable,
    refusing,
    shortened,
)
from playground.document import catalogue
from playground.document.data_choice import with_table
from playground.document.document import Document
from playground.document.own_data import table_of
from playground.engine.messages import grouped
from playground.engine.slices import finish
from playground.files import storage
from playground.files.file_names import shown

MAX_BYTES = 256 * 2**20
TABLE_OPTIONS = ("--sheet", "--target", "--inputs", "--standardize")
_GENERATED = ("--dataset", "--points", "--noise")

DESCRIPTION = """\
Say how a table file is read: what its signs are, which line names the columns, what each column is,
and what would be learned from which. CSV, TSV and the like, XLSX, JSON, ARFF, NPZ and NPY are read,
alone or in a .gz or .zip."""

EXAMPLES = """\
examples:
  backprop-playground table iris.csv
  backprop-playground table iris.csv --json
  backprop-playground train iris.csv --target species --steps 500

"""


def add_parser(subparsers: argparse._SubParsersAction[Parser]) -> None:
    """Add the command `table` to `subparsers`."""
    parser = subparsers.add_parser("table", help=COMMANDS["table"], description=DESCRIPTION)
    parser.epilog = EXAMPLES + (parser.epilog or "")
    parser.add_argument("file", metavar="FILE", help="a table")
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    add_table_options(parser)


def add_table_options(group: argparse._ActionsContainer) -> None:
    """Add the options that say what to learn from a table."""
    add_option(group, "--sheet", str, None, "NAME", "the sheet of a workbook (default: the first with a table)")
    add_option(group, "--target", str, None, "NAME", "the column of a table to learn (default: a guess)")
    add_option(group, "--inputs", names, None, "NAME,NAME,…", "the columns to learn from (default: a guess)")
    text = "use each input as (x − mean) / standard deviation, both over all rows, test rows included"
    group.add_argument("--standardize", action="store_true", help=text)


def run(options: argparse.Namespace) -> int:
    """Do what `options` ask for; return the exit code."""
    table, choice = _chosen(options)
    report = _report(table, choice)
    sys.stdout.write(as_json(report) if options.json else _lines(report))
    return DONE


def document_of_table(options: argparse.Namespace) -> tuple[Document, list[str]]:
    """Return the document that learns from the table at ``options.file``, and what the user should know.

    Raises
    ------
    CommandError
        With the file or the option, and the cure.
    """
    wrong = [option for option in given(options) if option in _GENERATED]
    if wrong:
        raise CommandError(f"{wrong[0]}: the data are those of {shortened(options.file)}; leave the option out")
    table, choice = _chosen(options)
    imported = _read(table, choice, options.file)
    notes = [*table.preview.notes, *imported.encoded]
    if imported.n_skipped:
        notes.append(_left_out(imported))
    features, options.features = options.features, None
    document = document_from(options)
    with refusing(f"{options.file}: "):
        document = with_table(table_of(imported, shown(Path(options.file).name)))(document)
    return (with_features(document, features) if features else document), notes


def _chosen(options: argparse.Namespace) -> tuple[catalogue.ImportTable, catalogue.ImportChoice]:
    """Return the table at ``options.file``, and what to learn from it: a guess, or what the options say."""
    with refusing():
        data = storage.read(Path(options.file).expanduser(), MAX_BYTES, "table")
    with refusing(f"{options.file}: "):
        table = catalogue.open_table(data, catalogue.TableFormat(sheet=options.sheet))
    if options.sheet is not None and not table.preview.format.sheets:
        raise CommandError(f"--sheet: {shortened(options.file)} has no sheets; leave the option out")
    choice = table.preview.suggested
    columns = table.preview.columns
    if options.target is not None:
        target = _column("--target", options.target, columns)
        features = tuple(i for i in choice.features if i != target and i not in columns[target].members)
        former = columns[choice.target]
        if choice.target != target and not former.members and former.could_be_input and choice.target not in features:
            features = tuple(sorted((*features, choice.target)))
        column = columns[target]
        is_classes = column.kind != "number" or column.could_be_classes
        choice = replace(choice, target=target, features=features, task="classes" if is_classes else "regression")
    if options.inputs is not None:
        choice = replace(choice, features=tuple(_column("--inputs", name, columns) for name in options.inputs))
    return table, replace(choice, standardize=options.standardize, skip_bad=True)


def _column(option: str, name: str, columns: tuple[catalogue.TableColumn, ...]) -> int:
    exact = [i for i, column in enumerate(columns) if column.name == name]
    alike = exact or [i for i, column in enumerate(columns) if column.name.casefold() == name.strip().casefold()]
    if len(alike) != 1:
        known = ", ".join(column.name for column in columns[:20])
        raise CommandError(f"{option}: there is no column {shortened(name)}; expected one of {known}")
    return alike[0]


def _read(table: catalogue.ImportTable, choice: catalogue.ImportChoice, name: str) -> catalogue.Imported:
    with refusing(f"{name}: "):
        return finish(table.read(choice))


def _report(table: catalogue.ImportTable, choice: catalogue.ImportChoice) -> dict[str, Any]:
    """Return how a table is read as values for JSON."""
    preview, form = table.preview, table.preview.format
    target = preview.columns[choice.target]
    notes = list(preview.notes)
    if choice.standardize:
        notes.append("Each input is used as (x − mean) / standard deviation, both over all rows, test rows included.")
    classes: list[str] = []
    try:
        imported = _read(table, choice, "reading")
        left_out, rows = imported.n_skipped, imported.dataset.n_points + imported.n_skipped
        classes = list(imported.dataset.class_names)
        if left_out:
            notes.append(_left_out(imported))
    except CommandError as error:
        rows, left_out = table.count_rows(), 0
        notes.append(str(error).removeprefix("reading: "))
    columns = []
    for i, column in enumerate(preview.columns):
        if column.members:
            continue
        role = "input" if i in choice.features else "left_out"
        role = "target" if i == choice.target or i in target.members else role
        reason = preview.reasons.get(i, "") if role == "left_out" else column.meaning if role == "input" else ""
        if i in target.members:
            reason = f'one-hot, together "{target.name}"'
        kind = "text" if column.kind == "empty" else column.kind
        columns.append({"name": column.name, "kind": kind, "role": role, "reason": reason})
    return {
        "delimiter": form.delimiter,
        "decimal": form.decimal,
        "encoding": form.encoding,
        "header_line": form.header_line or 0,
        "rows": rows,
        "left_out_rows": left_out,
        "columns": columns,
        "task": choice.task,
        "classes": classes,
        "notes": notes,
    }


def _lines(report: dict[str, Any]) -> str:
    """Return the report as lines to read."""
    signs = (("delimiter", repr(report["delimiter"])), ("decimal", repr(report["decimal"])),
             ("encoding", report["encoding"]), ("header line", report["header_line"] or "none"))  # fmt: skip
    found = " · ".join(f"{name} {text}" for name, text in signs if text not in (None, "None"))
    width = max(len(column["name"]) for column in report["columns"])
    lines = [found, f"{_rows(report['rows'])}, {report['left_out_rows']} left out"]
    for column in report["columns"]:
        role = column["role"].replace("_", " ")
        reason = f"  {column['reason']}" if column["reason"] else ""
        lines.append(f"  {column['name']:{width}}  {column['kind']:8}{role:9}{reason}".rstrip())
    classes = f": {', '.join(report['classes'])}" if report["classes"] else ""
    return "".join(f"{printable(line)}\n" for line in [*lines, f"{report['task']}{classes}", *report["notes"]])


def _left_out(imported: catalogue.Imported) -> str:
    named = ": " if imported.n_skipped == 1 else "; the first is "
    return f"{_rows(imported.n_skipped)} left out{named}{imported.skipped[0]}"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{grouped(count)} rows"
