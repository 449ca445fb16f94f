"""Writing: the beginning of a lesson file, with the scene that a window shows now."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from playground.document.choices import CHOICES
from playground.document.display import Display
from playground.document.document import Document
from playground.document.own_data import OWN
from playground.document.quantity import typed_place
from playground.document.settings import SETTINGS, value_of
from playground.document.view import View
from playground.document.words import LAYER_WORDS, WORDS, document_of
from playground.engine.messages import message

_TEMPLATE = """\
+++
title = "{title}"
minutes = 5
+++

# {heading}

{text}

```scene
{scene}
```

```predict
ask = "{ask}"
choices = ["{yes}", "{no}"]
right = 0
run = ["play 200"]
replies = ["{right}",
           "{wrong}"]
```

```recall
ask = "{card}"
answer = "{answer}"
```

```notes
{notes}
```
"""


_ALWAYS = ("dataset", "hidden", "seed")
"""Words that a scene says even where they are those of the first start."""


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a lesson file, and whether its scene is a document that has to lie beside it."""

    text: str
    needs_document: bool


def lesson_from(document: Document, view: View, beside: str) -> Written:
    """Return a lesson that begins with `document` as `view` shows it.

    A document that words do not say is named by its file, which is to be called `beside`: ``clouds.playground``.
    """
    words = words_of(document)
    lines = [f'document = "{beside}"'] if words is None else [_line(word, value) for word, value in words.items()]
    actions = [] if words is None else _start_weights(document)
    actions += _looks(document, view)
    if actions:
        lines.append(f"do = [{', '.join(_toml(action) for action in actions)}]")
    text = _TEMPLATE.format(
        title=message("My lesson"),
        heading=message("What is there to see"),
        text=message("Say here, in two or three sentences, what there is to see."),
        scene="\n".join(lines),
        ask=message("What will happen when you press Play?"),
        yes=message("This, which is right"),
        no=message("That, which many expect"),
        right=message("Yes: say why."),
        wrong=message("Say where this goes wrong, and where to look."),
        card=message("What is worth remembering?"),
        answer=message("One sentence."),
        notes=message("What to say in front of a class, and what they usually answer."),
    )
    return Written(text, words is None)


def words_of(document: Document) -> dict[str, object] | None:
    """Return the words that make `document`, start weights aside, of the first start; None where none do."""
    if document.data.name == OWN:
        return None
    words: dict[str, object] = {}
    if document.data.name != Document().data.name:
        words["dataset"] = document.data.name
    try:
        first = document_of(words)
        for word in WORDS:
            if not document.hidden and word in LAYER_WORDS:
                continue
            value = _value(word, document)
            if value != _value(word, first) or word in _ALWAYS:
                words[word] = value
        said = document_of(words)
    except ValueError:
        return None
    like = replace(said, keep_weights=document.keep_weights, start_weights=document.start_weights)
    return words if like == document else None


def _value(word: str, document: Document) -> object:
    """Return what `document` has for `word`; layers that are alike say it once."""
    entry = WORDS[word]
    if word == "dataset":
        return document.data.name
    if word == "hidden":
        return tuple(layer.width for layer in document.hidden)
    if word == "features":
        return document.features
    if entry.key in (*CHOICES, *SETTINGS) and word != "sample_seed":
        return value_of(document, entry.key)
    if hasattr(document.data, entry.key):
        return getattr(document.data, entry.key)
    each = tuple(getattr(layer, entry.key) for layer in document.hidden)
    if entry.kind in ("names", "numbers"):
        return each[:1] if len(set(each)) == 1 else each
    return each[0]


def _line(word: str, value: object) -> str:
    return f"{'data' if word == 'dataset' else word} = {_toml(value)}"


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def _start_weights(document: Document) -> list[str]:
    return [
        f"set weight {typed_place(weight.edge, document.depth)} {weight.value!r}" for weight in document.start_weights
    ]


def _looks(document: Document, view: View) -> list[str]:
    """Return the actions that select and show what `view` does."""
    selection, first = view.selection, Display()
    place = selection.edge or selection.node
    found = [f"select {typed_place(place, document.depth)}"] if place is not None else []
    if selection.example.index is None:
        found.append(f"select probe {' '.join(repr(float(x)) for x in selection.example.probe[:2])}")
    elif selection.example.index:
        found.append(f"select example {selection.example.index}")
    if view.display.edge_kind != first.edge_kind:
        found.append(f"edges {view.display.edge_kind}s")
    if view.display.neuron_kind != first.neuron_kind:
        found.append(f"neurons {view.display.neuron_kind}")
    if not view.display.values:
        found.append("values off")
    return found
