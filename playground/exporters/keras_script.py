"""The network as a Keras 3 script: Sequential layers, compiled with the window's loss and settings."""

from __future__ import annotations

from playground.engine.losses import LOSSES
from playground.engine.network import LayerLayout
from playground.exporters import script_parts as parts
from playground.exporters.trained import Trained

# {s} the slope, {c} the α of the layer.
ACTIVATION_CODE = {
    "linear": "",
    "relu": 'keras.layers.Activation("relu")',
    "leaky_relu": "keras.layers.LeakyReLU(negative_slope={s})",
    "elu": "keras.layers.ELU(alpha={c})",
    "tanh": 'keras.layers.Activation("tanh")',
    "sigmoid": 'keras.layers.Activation("sigmoid")',
    "softplus": 'keras.layers.Activation("softplus")',
    "gelu": "keras.layers.Activation(gelu)",
    "silu": 'keras.layers.Activation("silu")',
    "sine": "keras.layers.Activation(ops.sin)",
}

GELU = '''
def gelu(z):
    """Return the tanh form of GELU."""
    return ops.gelu(z, approximate=True)
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

REGULARIZER_CODE = {
    "l2": "keras.regularizers.L2(PENALTY)",
    "l1": "keras.regularizers.L1(PENALTY)",
    "elastic_net": "keras.regularizers.L1L2(l1=PENALTY * {r}, l2=PENALTY * (1.0 - {r}))",
}

# The optimizer, and where Keras' definition is not the window's.
OPTIMIZER_CODE = {
    "sgd": ("SGD(LEARNING_RATE{clip})", ""),
    "momentum": ("SGD(LEARNING_RATE, momentum={mu}{clip})", "keeps the rate inside its memory"),
    "nesterov": ("SGD(LEARNING_RATE, momentum={mu}, nesterov=True{clip})", "keeps the rate inside its memory"),
    "adagrad": ("Adagrad(LEARNING_RATE, initial_accumulator_value=0.0, epsilon={eps}{clip})", "adds ε under the root"),
    "rmsprop": ("RMSprop(LEARNING_RATE, rho={rho}, epsilon={eps}{clip})", "adds ε under the root"),
    "adam": (
        "Adam(LEARNING_RATE, beta_1={b1}, beta_2={b2}, epsilon={eps}{clip})",
        "adds ε before the correction of v",
    ),
    "adamw": (
        "AdamW(LEARNING_RATE, weight_decay={decay}, beta_1={b1}, beta_2={b2}, epsilon={eps}{clip})",
        "adds ε before the correction of v",
    ),
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


def keras_script(trained: Trained, stem: str = "network") -> dict[str, str]:
    """Return the script ``stem.py``, and the files beside it when the numbers are many, by name."""
    beside = parts.files_beside(trained, stem)
    notes = ["It computes in float64 and trains on the window's own batches. Losses and outputs are the window's."]
    notes += _differences(trained)
    sections = [
        'keras.config.set_floatx("float64")',
        parts.numbers(trained, stem),
        "\n# ---- the network",
        _network(trained),
        _loss(trained),
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
    _, difference = OPTIMIZER_CODE[training.optimizer.name]
    if difference:
        found.append(f"its {training.optimizer.name} {difference} and begins with an empty memory")
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
    kinds = {layer.activation for layer in layers}
    made = (
        (GELU if "gelu" in kinds else "")
        + (MAXOUT if "maxout" in kinds else "")
        + (HELD if trained.frozen is not None else "")
    )
    rows = [f"keras.Input(({trained.network.spec.n_inputs},))"]
    rows += [row for index, layer in enumerate(layers) for row in _rows(trained, index, layer)]
    lines = "\n".join(f"            {row}," for row in rows)
    head = 'def network(weights):\n    """Return the network; its weights are set later."""'
    return f"{made}\n{head}\n    return keras.Sequential(\n        [\n{lines}\n        ]\n    )\n"


def _rows(trained: Trained, index: int, layer: LayerLayout) -> list[str]:
    training, spec = trained.training, layer.spec
    options = ""
    if training.regularizer in REGULARIZER_CODE:
        made = REGULARIZER_CODE[training.regularizer].format(r=repr(float(training.l1_ratio)))
        options += f", kernel_regularizer={made}"
    if trained.frozen is not None and trained.frozen[layer.slice].any():
        held, values = f"FROZEN[{index}]", f"weights[{index}]"
        options += f",\n                kernel_constraint=Held({held}[:, :-1].T, {values}[:, :-1].T)"
        options += f",\n                bias_constraint=Held({held}[:, -1], {values}[:, -1])"
    rows = [f"keras.layers.Dense({layer.rows}{options})"]
    if layer.is_maxout:
        rows.append(f"Maxout({layer.pieces})")
    elif ACTIVATION_CODE[layer.activation]:
        rows.append(ACTIVATION_CODE[layer.activation].format(s=repr(float(spec.slope)), c=repr(float(spec.alpha))))
    if spec.dropout:
        rows.append(f"keras.layers.Dropout({float(spec.dropout)!r})")
    return rows


def _loss(trained: Trained) -> str:
    name = trained.training.loss
    body = "\n".join(f"    {line}" for line in LOSS_CODE[name].splitlines())
    return f'\ndef losses(targets, scores):\n    """Return {LOSSES[name].formula} of each example."""\n{body}\n'


def _optimizer(trained: Trained) -> str:
    training, spec = trained.training, trained.training.optimizer
    clip = ""
    if training.clip_norm is not None:
        clip = f", global_clipnorm={float(training.clip_norm)!r}"
    elif training.clip_value is not None:
        clip = f", clipvalue={float(training.clip_value)!r}"
    constants = {
        "mu": spec.momentum, "b1": spec.beta1, "b2": spec.beta2, "rho": spec.rho, "eps": spec.epsilon,
        "decay": spec.weight_decay,
    }  # fmt: skip
    return OPTIMIZER_CODE[spec.name][0].format(
        clip=clip, **{name: repr(float(value)) for name, value in constants.items()}
    )
