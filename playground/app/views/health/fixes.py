"""What a warning offers to do about itself: each is one undoable edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from playground.app.views.data.scale import STANDARDIZE
from playground.document.changes import Change, with_activation, with_depth, with_layer, with_training
from playground.document.data_choice import with_standardization
from playground.document.document import Node
from playground.session.session import Session
from playground.session.weight_edits import edges_of
from widgets.style import numbers
from widgets.values import Choice, NodeKey

LEAKY = Choice("leaky", "Use Leaky ReLU", "a = z, or 0.01·z for z ≤ 0, in this layer: a gradient passes everywhere.")
RELU = Choice("relu", "Use ReLU", "a = max(0, z) in this layer, which is flat on one side only; the weights stay.")
NEW_WEIGHTS = Choice("new_weights", "New weights", "Start again from the next seed.")
RELU_WITH_HE = Choice("relu_he", "ReLU with He start", "ReLU in all hidden layers, and new weights w ~ N(0, 2 / n_in).")
FEWER = Choice("fewer", "One layer fewer", "Remove the last hidden layer; the others keep their weights.")
CLIP = Choice("clip", "Clip the gradient", "Shorten a batch gradient whose norm is above 1 to 1; its direction stays.")
XAVIER = Choice("xavier", "Xavier start", "New weights w ~ U(−r, r), r = √(6 / (n_in + n_out)).")
_SHRINK = "shrink "


def shrink(factor: float) -> Choice:
    """Return the offer to multiply the weights of a unit by `factor`."""
    shown = numbers.four(factor)
    return Choice(
        f"{_SHRINK}{factor!r}", f"Weights × {shown}", f"Multiply its weights and its bias by {shown}: |z| ≤ 2."
    )


def apply(session: Session, key: NodeKey, fix: str) -> None:
    """Do what the user picked for the node or layer `key`, as one undoable edit."""
    if fix.startswith(_SHRINK):
        factor, run = float(fix.removeprefix(_SHRINK)), session.run
        state = session.snapshot().state
        values = {e: factor * float(state.parameters[run.index_of(e)]) for e in edges_of(run.network, Node(*key))}
        session.edits.set_weights(values, "Shrink the weights of a unit")
        return
    make, text = _CHANGES[fix]
    session.change(make(key.layer), text)


def _fresh(initializer: str) -> Change:
    return lambda document: replace(with_training(initializer=initializer)(document), seed=document.seed + 1)


_CHANGES: dict[str, tuple[Callable[[int], Change], str]] = {
    LEAKY.key: (lambda layer: with_layer(layer, activation="leaky_relu"), "Use Leaky ReLU"),
    RELU.key: (lambda layer: with_layer(layer, activation="relu"), "Use ReLU"),
    NEW_WEIGHTS.key: (lambda _layer: lambda document: replace(document, seed=document.seed + 1), "New weights"),
    RELU_WITH_HE.key: (
        lambda _layer: lambda document: _fresh("he")(with_activation("relu")(document)),
        "ReLU with He start",
    ),
    FEWER.key: (lambda _layer: lambda document: with_depth(document.depth - 1)(document), "One layer fewer"),
    CLIP.key: (lambda _layer: with_training(clip_norm=1.0), "Clip the gradient"),
    XAVIER.key: (lambda _layer: _fresh("xavier"), "Xavier start"),
    STANDARDIZE.key: (lambda _layer: with_standardization(True), "Standardize"),
}
