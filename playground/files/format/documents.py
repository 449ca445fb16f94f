"""Documents in a file: data, training and seed beside a group ``network``; whole, or without points of their own."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable

from playground.document.choices import CHOICES
from playground.document.document import DataSettings, Document
from playground.document.own_data import OWN, Table
from playground.files.error_messages import DocumentError, convert, got
from playground.files.format import number_arrays
from playground.files.format.checks import check_document
from playground.files.format.values import Plain, plain_part

NETWORK = ("features", "hidden", "output_activation", "keep_weights", "start_weights", "frozen", "pruned")
_OWN = tuple(field.name for field in dataclasses.fields(Document) if field.name not in NETWORK)


def plain_document(document: Document, place: str = "$", *, with_points: bool = True) -> Plain:
    """Return `document` as a file has it; without its own points when they are kept elsewhere."""
    name = document.data.name
    if not with_points:
        bare = dataclasses.replace(document.data, name=DataSettings().name, table=None)
        document = dataclasses.replace(document, data=bare)
    parts = plain_part(document, place)
    if not with_points:
        parts["data"]["name"] = name
        del parts["data"]["table"]
    made: Plain = {part: value for part, value in parts.items() if part not in NETWORK}
    return made | {"network": {part: parts[part] for part in NETWORK if part in parts}}


def read_document(
    values: Plain, others: Iterable[str] = (), before_checks: Callable[[Document], object] = lambda _document: None
) -> Document:
    """Return the document that `values` hold beside `others`, checked whole; its data are made after `before_checks`.

    Raises
    ------
    DocumentError
        With the place in a file of which it is the main document.
    """
    document = _converted(values, others)
    before_checks(document)
    check_document(document)
    return document


def read_settings(values: object, place: str, table: Table | None) -> Document:
    """Return an earlier document at `place`, converted and not checked; its own points, if it uses any, are `table`.

    Raises
    ------
    DocumentError
        With the place in the file.
    """
    if not isinstance(values, dict):
        raise DocumentError(
            "{place}: expected an object with named values, got {found}", place=place, found=got(values)
        )
    data = values.get("data", {})
    name = data.get("name") if isinstance(data, dict) else None
    if isinstance(data, dict) and data.get("table") is not None:
        raise DocumentError(
            "{place}.data.table: earlier settings have no points of their own; leave it out", place=place
        )
    if name == OWN:
        if table is None:
            raise DocumentError("{place}.data.name: own points are those of the document, which has none", place=place)
        values = {**values, "data": {**data, "name": DataSettings().name}}
    try:
        document = _converted(values, ())
    except DocumentError as error:
        raise moved(error, place) from None
    kept = dataclasses.replace(document.data, name=OWN if name == OWN else document.data.name, table=table)
    return dataclasses.replace(document, data=kept)


def as_kept(document: Document, owner: Document) -> Document | None:
    """Return an earlier `document` as a file of `owner` can keep it; None when it uses points that `owner` has not."""
    if document.data.table == owner.data.table:
        return document
    if document.data.name == OWN:
        return None
    return dataclasses.replace(document, data=dataclasses.replace(document.data, table=owner.data.table))


def moved(error: DocumentError, place: str) -> DocumentError:
    """Return `error`, which names a place in a document of its own, for the document that stands at `place`."""
    return DocumentError(re.sub(r"^\$", lambda _: place, str(error)))


def _converted(values: Plain, others: Iterable[str]) -> Document:
    network = values.get("network", {})
    if not isinstance(network, dict):
        raise DocumentError("$.network: expected an object with named values, got {found}", found=got(network))
    for group, known, place in ((values, (*_OWN, "network", *others), "$"), (network, NETWORK, "$.network")):
        for name in group:
            if name not in known:
                raise DocumentError(
                    "{place}: unknown name {found}; expected one of {names}",
                    place=place,
                    found=got(name),
                    names=", ".join(known),
                )
    parts = {name: values[name] for name in _OWN if name in values} | network
    try:
        return convert(parts, Document, "$", number_arrays.read)
    except DocumentError as error:
        raise DocumentError(_placed(str(error))) from None


def _placed(message: str) -> str:
    """Return an error message of the document with its place in the file, where the network has a group of its own."""
    layer = re.match(r"\$(?:\.|: )hidden layer (\d+): ", message)
    if layer:
        return f"$.network.hidden[{int(layer[1]) - 1}].{message[layer.end() :]}"
    for name, choice in CHOICES.items():
        if message.startswith(f"$.{name}: ") and name != choice.path:
            return f"$.{choice.path}{message[len(name) + 2 :]}"
    return "$.network" + message[1:] if message.startswith(tuple(f"$.{name}" for name in NETWORK)) else message
