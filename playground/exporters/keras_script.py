"""The network as a Keras 3 script: Sequential layers, compiled with the window's loss and settings."""

from __future__ import annotations

import re

from playground.engine.network import LayerLayout
from playground.engine.optimizers import OPTIMIZERS, LibraryOptimizer
from playground.exporters import script_parts as parts
from playground.exporters.script_constants import constants, files_beside
from playground.exporters.trained import Trained

GELU = '''
def gelu(z):
    """Return the tanh form of GELU."""
    return ops.gelu(z, approximate=True)
'''
STEP = '''
def unit_step(z):
    """Return 1 for z > 0, else 0; its gradient is 0."""
    return ops.cast(z > 0.0, z.dtype) + 0.0 * z
'''
MAXOUT = '''
class Maxout(keras.layers.Layer):
    """a = the largest of the pieces of each unit."""

    def __init__(self, pieces):
        super().__init__()
        self.pieces = pieces

    def call(self, z):
        return ops.max(ops.reshape(z, (-1, self.pieces, z.shape[-1] // self.pieces)), axis=1)
'''
HELD = '''
class Held(keras.constraints.Constraint):
    """Frozen and pruned weights go back to their value after each update."""

    def __init__(self, held, values):
        self.held, self.values = held, values

    def __call__(self, w):
        return ops.where(self.held, ops.convert_to_tensor(self.values), w)
'''

# Lᵢ of each example.
LOSS_CODE = {
    "softmax": "return ops.categorical_crossentropy(targets, scores, from_logits=True)",
    "hinge": "right = ops.sum(scores * targets, axis=-1, keepdims=True)\n"
    "return ops.sum(ops.relu(scores - right + 1.0) * (1.0 - targets), axis=-1)",
    "squared": "return 0.5 * ops.sum(ops.square(scores - targets), axis=-1)",
    "logistic": "return ops.sum(ops.binary_crossentropy(targets, scores, from_logits=True), axis=-1)",
}

RUN = '''
class Run:
    """The network in training."""

    def __init__(self, from_start=False):
        self.weights = START if from_start else TRAINED
        self.model = network(self.weights)
        self.dense = [layer for layer in self.model.layers if isinstance(layer, keras.layers.Dense)]
        for layer, W in zip(self.dense, self.weights):
            layer.set_weights([W[:, :-1].T, W[:, -1]])
        self.model.compile(optimizer=keras.optimizers.%(optimizer)s, loss=losses)
        self.iteration, self.epoch, self.position = (0, 0, 0) if from_start else (ITERATION, EPOCH, POSITION)

    def outputs(self, x):
        return ops.convert_to_numpy(self.model(ops.convert_to_tensor(x), training=False))

    def measure(self, x, targets):
        """Return the mean data loss, the regularization loss and the scores."""
        scores = self.outputs(x)
        found = losses(ops.convert_to_tensor(targets), ops.convert_to_tensor(scores))
        penalty = sum(float(ops.convert_to_numpy(loss)) for loss in self.model.losses)
        return float(ops.convert_to_numpy(found).mean()), penalty, scores

    def step(self):
        """Train one iteration: Keras goes forward, backward and updates."""
        chosen = batch(self.epoch, self.position)
        self.model.optimizer.learning_rate = rate(self.iteration)
        self.model.train_on_batch(X[chosen], TARGETS[chosen])
        self.iteration += 1
        self.position += len(chosen)
        if self.position >= len(TRAIN):
            self.epoch, self.position = self.epoch + 1, 0
'''


HELPERS = {"gelu": GELU, "unit_step": STEP, "Maxout": MAXOUT, "Held": HELD}
"""Functions and classes of the script, by the name that shows that they are needed."""


def keras_script(trained: Trained, stem: str = "network") -> dict[str, str]:
    """Return the script ``stem.py``, and the files beside it when the numbers are many, by name."""
    beside = files_beside(trained, stem)
    notes = ["It computes in float64 and trains on the window's own batches. Losses and outputs are the window's."]
    notes += _differences(trained)
    sections = [
        'keras.config.set_floatx("float64")',
        constants(trained, stem),
        "\n# ---- the network",
        _network(trained),
        parts.loss(trained, LOSS_CODE, "targets, scores"),
        parts.rate(trained),
        parts.ORDER,
        RUN % {"optimizer": _optimizer(trained)},
        parts.REPORT,
    ]
    libraries = ["import keras", "import numpy as np", "from keras import ops"]
    script = parts.assembled(parts.head(trained, "Keras", stem, notes), libraries, sections)
    return {f"{stem}.py": script, **beside}


def _differences(trained: Trained) -> list[str]:
    """Say where training in Keras is not the window's."""
    training = trained.training
    found = []
    differs = _kind_of(trained).differs
    if differs:
        found.append(f"its {training.optimizer.name} {differs} and begins with an empty memory")
    if any(layer.spec.dropout for layer in trained.network.layers):
        found.append("dropout draws with Keras' own generator")
    if any(layer.is_maxout for layer in trained.network.layers):
        found.append("pieces of a Maxout unit that tie may share the gradient")
    if training.clip_norm is not None and training.clip_value is not None:
        found.append("it clips by norm only, because Keras takes one kind of clipping")
    if trained.frozen is not None and training.clip_norm is not None:
        found.append("the gradients of frozen weights count in the norm that is clipped")
    return [f"Training in Keras differs in this: {'; '.join(found)}."] if found else []


def _network(trained: Trained) -> str:
    layers = trained.network.layers
    rows = [f"keras.Input(({trained.network.spec.n_inputs},))"]
    rows += [row for index, layer in enumerate(layers) for row in _rows(trained, index, layer)]
    lines = "\n".join(f"            {row}," for row in rows)
    head = 'def network(weights):\n    """Return the network; its weights are set later."""'
    helpers = "".join(code for name, code in HELPERS.items() if re.search(rf"\b{name}\b", lines))
    return f"{helpers}\n{head}\n    return keras.Sequential(\n        [\n{lines}\n        ]\n    )\n"


def _rows(trained: Trained, index: int, layer: LayerLayout) -> list[str]:
    training, spec = trained.training, layer.spec
    options = ""
    regularizer = parts.penalty_code(trained)
    if regularizer is not None:
        made = parts.filled(parts.known(regularizer.keras, "Keras", regularizer.label), training)
        options += f", kernel_regularizer={made}"
    if trained.frozen is not None and trained.frozen[layer.slice].any():
        held, values = f"FROZEN[{index}]", f"weights[{index}]"
        options += f",\n                kernel_constraint=Held({held}[:, :-1].T, {values}[:, :-1].T)"
        options += f",\n                bias_constraint=Held({held}[:, -1], {values}[:, -1])"
    rows = [f"keras.layers.Dense({layer.rows}{options})", parts.module_of(layer, "Keras")]
    if spec.dropout:
        rows.append(f"keras.layers.Dropout({float(spec.dropout)!r})")
    return list(filter(None, rows))


def _kind_of(trained: Trained) -> LibraryOptimizer:
    entry = OPTIMIZERS[trained.training.optimizer.name]
    return parts.known(entry.keras, "Keras", entry.label)


def _optimizer(trained: Trained) -> str:
    training, ours = trained.training, _kind_of(trained)
    clip = ""
    if training.clip_norm is not None:
        clip = f"global_clipnorm={float(training.clip_norm)!r}"
    elif training.clip_value is not None:
        clip = f"clipvalue={float(training.clip_value)!r}"
    options = filter(None, ("LEARNING_RATE", parts.filled(ours.options, training.optimizer), clip))
    return f"{ours.kind}({', '.join(options)})"
