"""Command-line options of a document: one place for `train`, `check` and all later commands.

What they are called follows from the fields of the document; defaults, limits and words are those of its settings.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from playground.cli.parser import CommandError, add_option, given, names, number, numbers, whole_number, widths
from playground.document import catalogue
from playground.document.choices import ACTIVATION, CHOICES, users
from playground.document.document import DataSettings, Document
from playground.document.prepared_data import columns_of
from playground.document.settings import SETTINGS, value_of, with_value
from playground.engine.features import FEATURES, available
from playground.engine.losses import LOSSES
from playground.engine.messages import message
from playground.engine.setting import Setting, settings_of
from playground.engine.spec import LayerSpec, choose

Value = TypeVar("Value")

_FLAGS = {
    "hidden": "--hidden",
    "width": "--hidden",
    "sample seed": "--sample-seed",
    "interval": "--schedule-interval",
    "penalty": "--lambda",
    "regularizer": "--regularization",
}
"""Options that are called otherwise than the field of the document."""

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
        return _document(options)
    except ValueError as error:
        raise CommandError(with_option(str(error))) from None


def with_features(document: Document, given: tuple[str, ...]) -> Document:
    """Return `document` with the input features that ``--features`` gives."""
    known = {feature.name: feature for feature in available(columns_of(document.data))}
    try:
        return replace(document, features=tuple(choose("--features", name, known).name for name in given))
    except ValueError as error:
        raise CommandError(with_option(str(error))) from None


def with_option(message: str) -> str:
    """Return `message` with the field that it begins with written as the option that sets it."""
    field, colon, rest = message.partition(":")
    known = {**_FLAGS, **CHOICES, **SETTINGS, **settings_of(DataSettings), **settings_of(LayerSpec), "features": ""}
    return f"{_flag(field)}:{rest}" if colon and field in known else message


def _flag(key: str) -> str:
    return _FLAGS.get(key, f"--{key.replace('_', '-')}")


def _given(options: argparse.Namespace, key: str) -> object:
    return getattr(options, _flag(key)[2:].replace("-", "_"))


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


def _document(options: argparse.Namespace) -> Document:
    data = _data(options)
    columns = catalogue.GENERATORS[data.name].n_features
    document = Document(data=data, features=_features(options, columns), hidden=_layers(options))
    # The loss first: an output activation is one of squared error alone.
    for key in (*CHOICES, *SETTINGS):
        document = with_value(key, _given(options, key))(document)
    _require_use(options)
    loss = LOSSES[document.training.loss]
    if catalogue.GENERATORS[data.name].is_regression and not loss.fits_values:
        fitting = " or ".join(f"--loss {entry.name}" for entry in LOSSES.values() if entry.fits_values)
        raise ValueError(
            message(
                "--loss: {name} needs classes, and {data_name} has values instead; use {fitting}",
                name=loss.name,
                data_name=data.name,
                fitting=fitting,
            )
        )
    return document


def _require_use(options: argparse.Namespace) -> None:
    """Refuse what changes nothing: a setting of an optimizer that is not chosen, or of layers that are not there."""
    typed = given(options)
    for option in ("--activation", "--dropout"):
        if option in typed and not options.hidden:
            raise ValueError(f"{option}: there is no hidden layer; leave it out, or give --hidden")
    chosen = [choice.entries[str(_given(options, key))] for key, choice in CHOICES.items()]
    chosen += [ACTIVATION.entries[name] for name in options.activation]
    used = {setting for entry in chosen for setting in entry.settings}
    defaults = {key: value_of(Document(), key) for key in SETTINGS} | {key: getattr(LayerSpec(), key) for key in _LAYER}
    for key, default in defaults.items():
        owners, is_typed = users(key), _flag(key) in typed
        if owners and key not in used and is_typed and _given(options, key) not in (default, 0):
            raise ValueError(
                message(
                    "{option}: it belongs to {owners}; choose it, or leave this out"
                    if len(owners) == 1
                    else "{option}: it belongs to {owners}; choose one of them, or leave this out",
                    option=_flag(key),
                    owners=", ".join(owners),
                )
            )


def _data(options: argparse.Namespace) -> DataSettings:
    generator = choose("--dataset", options.dataset, catalogue.GENERATORS)
    noise = generator.noise if options.noise is None else options.noise
    points = generator.rows or DataSettings().points if options.points is None else options.points
    return DataSettings(generator.name, points, noise, options.train_fraction, options.sample_seed)


def _features(options: argparse.Namespace, columns: int) -> tuple[str, ...]:
    known = {feature.name: feature for feature in available(columns)}
    given = options.features or tuple(f"x{column + 1}" for column in range(columns))
    return tuple(choose("--features", name, known).name for name in given)


def _layers(options: argparse.Namespace) -> tuple[LayerSpec, ...]:
    depth = len(options.hidden)
    return tuple(
        LayerSpec(
            width=width,
            activation=choose("--activation", activation, ACTIVATION.entries).name,
            dropout=dropout,
            **{key: getattr(options, key) for key in _LAYER},
        )
        for width, activation, dropout in zip(
            options.hidden,
            _one_each("--activation", options.activation, depth),
            _one_each("--dropout", options.dropout, depth),
            strict=True,
        )
    )


def _one_each(option: str, given: Sequence[Value], depth: int) -> tuple[Value, ...]:
    if len(given) == 1:
        return tuple(given) * depth
    if len(given) != depth:
        raise ValueError(
            message(
                "{option}: expected one for all or one for each of {depth} hidden layers, got {count}",
                option=option,
                depth=depth,
                count=len(given),
            )
        )
    return tuple(given)
