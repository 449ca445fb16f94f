"""Command-line options of a document: one place for `train`, `check` and all later commands.

What they are called follows from the fields of the document; defaults, limits and words are those of its settings.
"""

from __future__ import annotations

import argparse

from playground.cli.parser import CommandError, add_option, given, names, number, numbers, whole_number, widths
from playground.document import catalogue
from playground.document.choices import ACTIVATION, CHOICES, users
from playground.document.document import DataSettings, Document
from playground.document.settings import SETTINGS, value_of
from playground.document.words import WORDS, document_of, word_of
from playground.engine.features import FEATURES
from playground.engine.setting import Setting, settings_of
from playground.engine.spec import LayerSpec

_LAYER = ("slope", "alpha", "pieces")
_METAVAR = {"interval": "N", "batch_size": "N", "seed": "S", "points": "N", "train_fraction": "F", "learning_rate": "R"}


def add_document_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of data, network and training; defaults are those of the first start."""
    _add_data(parser.add_argument_group("data"))
    _add_network(parser.add_argument_group("network"))
    _add_training(parser.add_argument_group("training"))


def document_from(options: argparse.Namespace) -> Document:
    """Return the document that `options` describe.

    Raises
    ------
    CommandError
        With the option and the cure.
    """
    try:
        every = {word: getattr(options, word) for word in WORDS}
        known = given(options)
        return document_of({word: x for word, x in every.items() if x is not None and _flag(word) in known})
    except ValueError as error:
        raise CommandError(with_option(str(error))) from None


def with_features(document: Document, given: tuple[str, ...]) -> Document:
    """Return `document` with the input features that ``--features`` gives."""
    try:
        return document_of({"features": given}, document)
    except ValueError as error:
        raise CommandError(with_option(str(error))) from None


def with_option(message: str) -> str:
    """Return `message` with the field that it begins with written as the option that sets it."""
    field, colon, rest = message.partition(":")
    is_known = word_of(field) in WORDS or field in ("name", "activation")
    return f"{_flag(field)}:{rest}" if colon and is_known else message


def _flag(field: str) -> str:
    return f"--{word_of(field).replace('_', '-')}"


def _help(sentence: str) -> str:
    """Return a sentence as argparse writes help: in lower case, without a full stop."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _add_setting(group: argparse._ArgumentGroup, key: str, one: Setting, default: object) -> None:
    owners = users(key)
    text = _help(one.meaning) + (f"; for {', '.join(owners)}" if owners else "")
    text += " (default: no limit)" if one.optional else ""
    kind = whole_number if one.integer else number
    add_option(group, _flag(one.name), kind, default, _METAVAR.get(key, "X"), text)


def _add_data(group: argparse._ArgumentGroup) -> None:
    data = DataSettings()
    add_option(group, "--dataset", str, data.name, "NAME", f"one of {', '.join(catalogue.GENERATORS)}")
    for key, one in settings_of(DataSettings).items():
        if key == "noise":
            text = f"{_help(one.meaning)}, {one.low:g} to {one.high:g} (default: the data set's own)"
            add_option(group, "--noise", number, None, "X", text)
        elif key == "points":
            text = f"{_help(one.meaning)} (default: {data.points}, for a truth table its rows)"
            add_option(group, "--points", whole_number, None, "N", text)
        else:
            _add_setting(group, key, one, getattr(data, key))
    text = f"input features: {', '.join(FEATURES)} (default: the coordinates)"
    add_option(group, "--features", names, None, "F,F,…", text)


def _add_network(group: argparse._ArgumentGroup) -> None:
    layer, settings = LayerSpec(), settings_of(LayerSpec)
    one_or_each = "one for all hidden layers, or one for each"
    add_option(group, "--hidden", widths, str(layer.width), "W,W,…", "width of each hidden layer; 0: no hidden layer")
    text = f"{one_or_each}: {', '.join(ACTIVATION.entries)}"
    add_option(group, "--activation", names, layer.activation, "A,A,…", text)
    text = f"{_help(CHOICES['output_activation'].meaning)}; for {', '.join(users('output_activation'))}"
    add_option(group, "--output-activation", str, "linear", "A", text)
    text = f"{_help(settings['dropout'].meaning)}; {one_or_each}"
    add_option(group, "--dropout", numbers, "0", "P,P,…", text)
    for key in _LAYER:
        _add_setting(group, key, settings[key], getattr(layer, key))


def _add_training(group: argparse._ArgumentGroup) -> None:
    document = Document()
    for key, choice in CHOICES.items():
        if key != "output_activation":
            text = f"one of {', '.join(choice.entries)}"
            add_option(group, _flag(key), str, choice.of(document), "NAME", text)
    for key, one in SETTINGS.items():
        _add_setting(group, key, one, value_of(document, key))
