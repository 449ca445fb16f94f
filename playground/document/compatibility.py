"""Compatibility: a loss or input features that the data cannot have are switched with a note, or refused."""

from __future__ import annotations

from dataclasses import replace

from playground.document import catalogue
from playground.document.changes import with_training
from playground.document.document import Document
from playground.document.prepared_data import prepare
from playground.engine import features
from playground.engine.messages import plural
from playground.engine.network import Network


def made_compatible(before: Document, after: Document) -> tuple[Document, str]:
    """Return `after` as its data allow, and a note of what was switched (empty: nothing).

    New data bring what they need: regression switches to squared error, data of one column drop the features of
    the second. A loss that the current regression data cannot have is refused.

    Raises
    ------
    ValueError
        When the document cannot be trained; the message names the place and the cure.
    """
    entry = catalogue.GENERATORS.get(after.data.name)
    if entry is None:  # the user's own points, or a name that ``require_trainable`` refuses
        require_trainable(after)
        return after, ""
    notes = []
    if entry.is_regression and after.training.loss != "squared":
        if after.data.name == before.data.name:
            raise ValueError(
                f"{entry.label} is regression: {after.training.loss} needs classes. "
                "Keep squared error ½(ŷ − t)², or choose data with classes."
            )
        after = with_training(loss="squared")(after)
        notes.append(f"{entry.label} is regression: the loss is now squared error ½(ŷ − t)².")
    if after.data.name != before.data.name:
        offered = [feature.name for feature in features.available(entry.n_features)]
        kept = tuple(name for name in after.features if name in offered) or (offered[0],)
        if kept != after.features:
            after = replace(after, features=kept)
            one = "{label} has {count} column: the inputs are now {names}."
            other = "{label} has {count} columns: the inputs are now {names}."
            notes.append(plural(entry.n_features, one, other, label=entry.label, names=", ".join(kept)))
    require_trainable(after)
    return after, " ".join(notes)


def require_trainable(document: Document) -> None:
    """Refuse a document that no trainer takes.

    Raises
    ------
    ValueError
        With the place and the cure.
    """
    Network(document.network_spec(prepare(document).sample.n_classes))
