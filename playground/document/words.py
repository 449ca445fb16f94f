"""Words: a document from named values, as the command line and lessons write them; one table for both.

Names follow from the fields of the document; defaults, limits and meanings are those of its settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from playground.document import catalogue
from playground.document.choices import ACTIVATION, CHOICES, users
from playground.document.data_choice import with_dataset
from playground.document.document import DataSettings, Document
from playground.document.own_data import OWN
from playground.document.prepared_data import columns_of
from playground.document.remap import with_remapped_edges
from playground.document.settings import SETTINGS, value_of, with_value
from playground.engine.features import available
from playground.engine.losses import LOSSES
from playground.engine.messages import message
from playground.engine.setting import Setting, settings_of
from playground.engine.spec import LayerSpec, choose

Kind = Literal["name", "names", "whole", "number", "numbers", "widths"]

_CALLED = {"interval": "schedule_interval", "penalty": "lambda", "regularizer": "regularization"}
"""Words that are called otherwise than the field of the document."""
_EACH = ("activation", "dropout")
_LAYER = ("slope", "alpha", "pieces")
LAYER_WORDS = (*_EACH, *_LAYER)
"""Words of hidden layers."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word: the key of its field, what kind of value it takes, and its setting, where it is a number."""

    key: str
    kind: Kind
    setting: Setting | None = None


def _numbers(settings: Mapping[str, Setting]) -> dict[str, Word]:
    return {
        _CALLED.get(key, key): Word(key, "whole" if one.integer else "number", one) for key, one in settings.items()
    }


_LAYERS = settings_of(LayerSpec)
_DATA = settings_of(DataSettings)

_DATA_WORDS = {
    **_numbers({key: one for key, one in _DATA.items() if key != "seed"}),
    "sample_seed": Word("seed", "whole", _DATA["seed"]),
}
_TRAINING_WORDS = {**{_CALLED.get(key, key): Word(key, "name") for key in CHOICES}, **_numbers(SETTINGS)}
_FIELDS = {"sample seed": "sample_seed", "width": "hidden", **_CALLED}
"""Words by the field that a message names, where that is called otherwise."""

WORDS: dict[str, Word] = {
    "dataset": Word("name", "name"),
    **_DATA_WORDS,
    "features": Word("features", "names"),
    "hidden": Word("hidden", "widths", _LAYERS["width"]),
    "activation": Word("activation", "names"),
    "dropout": Word("dropout", "numbers", _LAYERS["dropout"]),
    **_numbers({key: _LAYERS[key] for key in _LAYER}),
    **_TRAINING_WORDS,
}
"""Every word."""


def word_of(field: str) -> str:
    """Return the word of a field, as messages name it."""
    return _FIELDS.get(field, field)


def document_of(given: Mapping[str, object], before: Document | None = None) -> Document:
    """Return the document that the words `given` describe, or `before` with what they change.

    Lists are tuples here: ``hidden`` of widths, none for no hidden layer; ``activation`` and ``dropout`` of one for
    all layers or one for each.

    Raises
    ------
    ValueError
        It begins with the field or the word, and says the cure.
    """
    first = Document() if before is None else before
    document = _with_data(given, first)
    document = replace(document, hidden=_layers(given, document), features=_features(given, document))
    # The loss first: an output activation is one of squared error alone.
    for word, entry in _TRAINING_WORDS.items():
        if word in given:
            document = with_value(entry.key, given[word])(document)
    _require_use(given, document)
    _require_fitting_loss(document)
    return with_remapped_edges(first, document)


def _with_data(given: Mapping[str, Any], document: Document) -> Document:
    if "dataset" in given:
        name = given["dataset"]
        if name != OWN:
            choose("dataset", name, catalogue.GENERATORS)
        document = with_dataset(name)(document)
    fields = {entry.key: given[word] for word, entry in _DATA_WORDS.items() if word in given}
    return replace(document, data=replace(document.data, **fields)) if fields else document


def _features(given: Mapping[str, Any], document: Document) -> tuple[str, ...]:
    if "features" not in given:
        return document.features
    known = {feature.name: feature for feature in available(columns_of(document.data))}
    return tuple(choose("features", name, known).name for name in given["features"])


def _layers(given: Mapping[str, Any], document: Document) -> tuple[LayerSpec, ...]:
    layers = document.hidden
    if "hidden" in given:
        last = layers[-1] if layers else LayerSpec()
        layers = tuple(
            replace(layers[i] if i < len(layers) else last, width=width) for i, width in enumerate(given["hidden"])
        )
    for key in _EACH:
        if key in given:
            each: tuple[Any, ...] = _one_each(key, given[key], len(layers))
            layers = tuple(replace(layer, **{key: one}) for layer, one in zip(layers, each, strict=True))
    values = {key: given[key] for key in _LAYER if key in given}
    for layer in layers:
        ACTIVATION.check(layer)
    return tuple(replace(layer, **values) for layer in layers)


def _one_each(word: str, given: tuple[object, ...], depth: int) -> tuple[object, ...]:
    if not depth:
        raise ValueError(message("{word}: there is no hidden layer; leave it out, or give widths of hidden", word=word))
    if len(given) == 1:
        return given * depth
    if len(given) != depth:
        raise ValueError(
            message(
                "{word}: expected one for all or one for each of {depth} hidden layers, got {count}",
                word=word,
                depth=depth,
                count=len(given),
            )
        )
    return given


def _require_use(given: Mapping[str, object], document: Document) -> None:
    """Refuse what changes nothing: a setting of an optimizer that is not chosen, or of layers that are not there."""
    chosen = [choice.entries[choice.of(document)] for choice in CHOICES.values()]
    chosen += [ACTIVATION.entries[layer.activation] for layer in document.hidden]
    used = {setting for entry in chosen for setting in entry.settings}
    for word, value in given.items():
        key = WORDS[word].key
        owners = users(key)
        if owners and key not in used and value not in (_default(key), 0):
            raise ValueError(
                message(
                    "{word}: it belongs to {owners}; choose it, or leave this out"
                    if len(owners) == 1
                    else "{word}: it belongs to {owners}; choose one of them, or leave this out",
                    word=word,
                    owners=", ".join(owners),
                )
            )


def _default(key: str) -> object:
    if key in (*CHOICES, *SETTINGS):
        return value_of(Document(), key)
    return getattr(LayerSpec(), key)


def _require_fitting_loss(document: Document) -> None:
    loss, entry = LOSSES[document.training.loss], catalogue.GENERATORS.get(document.data.name)
    if entry is not None and entry.is_regression and not loss.fits_values:
        raise ValueError(
            message(
                "loss: {name} needs classes, and {data_name} has values instead; use {fitting}",
                name=loss.name,
                data_name=entry.name,
                fitting=" or ".join(one.name for one in LOSSES.values() if one.fits_values),
            )
        )
