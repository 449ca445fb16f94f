"""The scene block of a lesson: what the window shows."""

from __future__ import annotations

from playground.document.own_data import Table
from playground.document.words import word_of
from playground.engine.messages import message
from playground.lessons.block_fields import View, actions_of, expression_of, line_of
from playground.lessons.blocks import missing_file_name
from playground.lessons.faults import quoted
from playground.lessons.keys import Keys
from playground.lessons.lesson import PREVIOUS, Scene
from playground.lessons.scene_words import read_word
from playground.lessons.scenes import document_of_scene, table_of

_SCENE_KEYS = ("document", "do", "examples", "targets", "circuit", "with")


def scene(keys: Keys, view: View) -> Scene:
    """Return the scene of a block; what stands in the window from here on goes into `view`."""
    document = keys.text("document", is_markdown=False)
    if document and document != PREVIOUS and (why := missing_file_name(document)):
        keys.line_fault("document", '{why}, or "previous"', why=why)
    actions = actions_of(keys, "do")
    words: dict[str, object] = {}
    for name in keys.names():
        if name not in _SCENE_KEYS:
            with keys.faults.at(keys.line(name)):
                word, value = read_word(name, keys.raw(name))
                if word in words:
                    raise ValueError(message("{word} is there twice; leave one of them out", word=word))
                words[word] = value
    if words and document and document != PREVIOUS:
        keys.line_fault("document", "a file has its own settings; leave the words out, or change them with do")
    table, circuit = _table(keys), expression_of(keys)
    if table is not None and (document or "dataset" in words):
        keys.line_fault("examples", "they take the place of data and of a document; leave the others out")
    if circuit is not None and (document or words or table is not None):
        keys.line_fault("circuit", "it takes the place of a network; leave the words of a network out")
    if not (circuit is None and document == PREVIOUS and not words):
        view.circuit = circuit
    made = Scene(tuple(words.items()), document, table, circuit, actions, line_of(keys))
    if not document and not keys.faults.found:
        try:
            document_of_scene(made)
        except ValueError as error:
            field, _, said = str(error).partition(":")
            word = next((name for name in (field, word_of(field), "data") if name in keys), "")
            keys.faults.add(keys.line(word), "{word}:{said}", word=word or field, said=said)
    return made


def _table(keys: Keys) -> Table | None:
    """Return the examples that are written out: rows of inputs, the class or the value last."""
    kind = keys.text("targets", is_markdown=False) or "classes"
    if kind not in ("classes", "values"):
        keys.line_fault("targets", "expected classes or values, got {kind}", kind=quoted(kind))
    rows = keys.raw("examples")
    if rows is None:
        return None
    with keys.faults.at(keys.line("examples"), "examples: "):
        return table_of(rows, are_classes=kind == "classes")
    return None
