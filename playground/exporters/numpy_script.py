"""The network as a NumPy script: forward, backward and update in a page, the same numbers as the window."""

from __future__ import annotations

from playground.engine.activations import ACTIVATIONS
from playground.engine.losses import LOSSES
from playground.engine.network import LayerLayout
from playground.engine.optimizers import OPTIMIZERS
from playground.exporters import script_parts as parts
from playground.exporters.script_constants import constants, files_beside
from playground.exporters.script_text import body
from playground.exporters.trained import Trained

SIGMOID = """
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(np.minimum(-z, 709.0)))
"""
GELU = '''
def gelu_share(z):
    """Return p = ½·(1 + tanh u), u = √(2/π)·(z + 0.044715·z³): the tanh form."""
    return 0.5 * (1.0 + np.tanh(math.sqrt(2.0 / math.pi) * (z + 0.044715 * z**3)))


def gelu_local(z, a):
    p = gelu_share(z)
    return p + a * (1.0 - p) * 2.0 * math.sqrt(2.0 / math.pi) * (1.0 + 0.134145 * z**2)
'''

# Lᵢ of each example (n,), and ∂Lᵢ/∂s or ∂Lᵢ/∂ŷ (n, outputs).
LOSS_CODE = {
    "softmax": (
        "shifted = scores - scores.max(axis=1, keepdims=True)\n"
        "return np.log(np.exp(shifted).sum(axis=1)) - (shifted * targets).sum(axis=1)",
        "powers = np.exp(scores - scores.max(axis=1, keepdims=True))\n"
        "return powers / powers.sum(axis=1, keepdims=True) - targets",
    ),
    "hinge": (
        "right = (scores * targets).sum(axis=1, keepdims=True)\n"
        "return (np.maximum(0.0, scores - right + 1.0) * (1.0 - targets)).sum(axis=1)",
        "right = (scores * targets).sum(axis=1, keepdims=True)\n"
        "over = ((scores - right + 1.0) > 0.0) * (1.0 - targets)\n"
        "return over - targets * over.sum(axis=1, keepdims=True)",
    ),
    "squared": ("return 0.5 * np.square(scores - targets).sum(axis=1)", "return scores - targets"),
    "logistic": (
        "softplus = np.maximum(scores, 0.0) + np.log1p(np.exp(-np.abs(scores)))\n"
        "return (softplus - targets * scores).sum(axis=1)",
        "return sigmoid(scores) - targets",
    ),
}

RUN = '''
class Run:
    """The network in training.

    ``weights`` has a matrix per layer; ``memory`` a list of matrices for each thing the optimizer remembers.
    """

    def __init__(self, from_start=False):
        self.weights = [W.copy() for W in (START if from_start else TRAINED)]
        self.memory = [[np.zeros_like(m) if from_start else m.copy() for m in slot] for slot in MEMORY]
        self.iteration, self.epoch, self.position, self.updates = (
            (0, 0, 0, 0) if from_start else (ITERATION, EPOCH, POSITION, UPDATES)
        )

    def forward(self, x, masks=None):
        """Return the scores of features x (n, n_features), and what the backward pass needs: x, z, a of each layer."""
        kept = []
        for index, W in enumerate(self.weights):
            z = x @ W[:, :-1].T + W[:, -1]
            a = FORWARD[index](z)
            kept.append((x, z, a))
            x = a * masks[index] if masks and index in masks else a
        return x, kept

    def backward(self, kept, delta, masks=None):
        """Return ∂L_B/∂W of each layer from delta = ∂L_B/∂scores: upstream × local = downstream."""
        gradients = [None] * len(self.weights)
        upstream = delta
        for index in reversed(range(len(self.weights))):
            x, z, a = kept[index]
            if masks and index in masks:
                upstream = upstream * masks[index]
            downstream = BACKWARD[index](upstream, z, a)
            gradients[index] = np.column_stack([downstream.T @ x, downstream.sum(axis=0)])
            upstream = downstream @ self.weights[index][:, :-1]
        return gradients

    def outputs(self, x):
        return self.forward(x)[0]

    def measure(self, x, targets):
        """Return the mean data loss, the regularization loss and the scores."""
        scores = self.outputs(x)
        return float(losses(scores, targets).mean()), self.penalty(), scores

    def penalty(self):
        """Return λ ΣR(W), over the weights without the biases."""
        return %(penalty)s

    def step(self):
        """Train one iteration: batch, forward, backward, update."""
        chosen = batch(self.epoch, self.position)
        masks = %(masks)s
        scores, kept = self.forward(X[chosen], masks)
        gradients = self.backward(kept, loss_gradient(scores, TARGETS[chosen]) / len(chosen), masks)
%(finish)s
        self.updates += 1
        for index, (W, g) in enumerate(zip(self.weights, gradients)):
            W += %(delta)s
        self.iteration += 1
        self.position += len(chosen)
        if self.position >= len(TRAIN):
            self.epoch, self.position = self.epoch + 1, 0
'''

MASKS = '''
DROPOUT = %r  # the share of units that each layer drops while it trains


def dropout_masks(epoch, position, n):
    """Return a mask (n, units) for each layer with dropout: 0, or 1 / (1 − share), as in the window."""
    masks = {}
    for layer, share in DROPOUT.items():
        units = SHAPES[layer + 1][1] - 1
        parts = []
        for start in range(0, n, MICRO):
            rng = np.random.Generator(np.random.PCG64([SEED, 2, epoch, position + start, layer + 1]))
            parts.append(rng.random((units, min(MICRO, n - start))).T)
        masks[layer] = (np.concatenate(parts) >= share) / (1.0 - share)
    return masks
'''

MAXOUT = '''
def maxout(z, pieces):
    """Return the largest of the pieces of each unit."""
    return z.reshape(len(z), pieces, -1).max(axis=1)


def maxout_backward(upstream, z, pieces):
    """Give the whole upstream gradient to the winning piece, the first at a tie."""
    z = z.reshape(len(z), pieces, -1)
    delta = np.zeros_like(z)
    np.put_along_axis(delta, z.argmax(axis=1)[:, None], upstream[:, None], axis=1)
    return delta.reshape(len(z), -1)
'''


HELPERS = {"sigmoid": SIGMOID, "gelu_share": GELU, "maxout": MAXOUT}
"""Functions of the script, by the name that shows that they are needed."""


def numpy_script(trained: Trained, stem: str = "network") -> dict[str, str]:
    """Return the script ``stem.py``, and the files beside it when the numbers are many, by name."""
    beside = files_beside(trained, stem)
    notes = [
        "It trains on the window's own batches (and dropout masks), so it goes the window's way; digits beyond the "
        "tenth may differ, because sums are taken in another order."
    ]
    sections = [
        constants(trained, stem),
        "\n# ---- the network",
        _functions(trained),
        parts.rate(trained),
        parts.ORDER,
        _run(trained),
        parts.REPORT,
    ]
    script = parts.assembled(parts.head(trained, "NumPy", stem, notes), ["import numpy as np"], sections)
    return {f"{stem}.py": script, **beside}


def _functions(trained: Trained) -> str:
    """Return activations, loss and update, of those kinds that the network has."""
    layers, training = trained.network.layers, trained.training
    forward = ",\n    ".join(_forward(layer) for layer in layers)
    backward = ",\n    ".join(_backward(layer) for layer in layers)
    loss, gradient = LOSS_CODE[training.loss]
    entry = LOSSES[training.loss]
    made = [
        f"\n# a = f(z) of each layer\nFORWARD = [\n    {forward},\n]\n",
        f"# upstream × local of each layer\nBACKWARD = [\n    {backward},\n]\n",
        f'\ndef losses(scores, targets):\n    """Return {entry.formula} of each example."""\n{body(loss)}\n',
        f'\ndef loss_gradient(scores, targets):\n    """Return {entry.derivative}."""\n{body(gradient)}\n',
        _update(trained),
    ]
    drops = _drops(trained)
    if drops:
        made.append(MASKS % drops)
    text = "\n".join(made)
    helpers = [code for name, code in HELPERS.items() if f"{name}(" in text]
    return "\n".join([*helpers, text])


def _forward(layer: LayerLayout) -> str:
    if layer.is_maxout:
        return f"lambda z: maxout(z, {layer.pieces})"
    return f"lambda z: {parts.filled(ACTIVATIONS[layer.activation].numpy[0], layer.spec)}"


def _backward(layer: LayerLayout) -> str:
    if layer.is_maxout:
        return f"lambda upstream, z, a: maxout_backward(upstream, z, {layer.pieces})"
    return f"lambda upstream, z, a: upstream * ({parts.filled(ACTIVATIONS[layer.activation].numpy[1], layer.spec)})"


def _update(trained: Trained) -> str:
    spec = trained.training.optimizer
    entry = OPTIMIZERS[spec.name]
    head = f'def update(w, g, memory, rate, t):\n    """Return Δw of update number t = 1, 2, …: {entry.formula}."""'
    return f"\n{head}\n{body(parts.filled(entry.numpy, spec))}\n"


def _run(trained: Trained) -> str:
    training = trained.training
    finish = []
    penalty = "0.0"
    regularizer = parts.penalty_code(trained)
    if regularizer is not None:
        value, slope = (parts.filled(text, training) for text in regularizer.numpy)
        penalty = f"PENALTY * sum(float({value}) for W in (W[:, :-1] for W in self.weights))"
        finish.append(f"for g, W in zip(gradients, (W[:, :-1] for W in self.weights)):  # {regularizer.derivative}")
        finish.append(f"    g[:, :-1] += PENALTY * ({slope})")
    if trained.frozen is not None:
        finish.append("gradients = [np.where(held, 0.0, g) for g, held in zip(gradients, FROZEN)]")
    if training.clip_value is not None:
        high = repr(float(training.clip_value))
        finish.append(f"gradients = [np.clip(g, -{high}, {high}) for g in gradients]")
    if training.clip_norm is not None:
        finish.append("norm = math.sqrt(sum(float(np.square(g).sum()) for g in gradients))")
        finish.append(f"gradients = [g * min(1.0, {float(training.clip_norm)!r} / (norm + 1e-6)) for g in gradients]")
    delta = "update(W, g, [slot[index] for slot in self.memory], rate(self.iteration), self.updates)"
    if trained.frozen is not None:
        delta = f"np.where(FROZEN[index], 0.0, {delta})"
    masks = "dropout_masks(self.epoch, self.position, len(chosen))" if _drops(trained) else "None"
    lines = "\n".join(f"        {line}" for line in finish)
    return RUN % {"penalty": penalty, "masks": masks, "finish": lines, "delta": delta}


def _drops(trained: Trained) -> dict[int, float]:
    return {index: layer.spec.dropout for index, layer in enumerate(trained.network.layers) if layer.spec.dropout}
