"""The network as a PyTorch script: nn.Sequential, a torch.optim optimizer that resumes where the window was."""

from __future__ import annotations

from playground.engine.network import LayerLayout
from playground.engine.optimizers import OPTIMIZERS
from playground.exporters import script_parts as parts
from playground.exporters.script_constants import constants, files_beside
from playground.exporters.trained import Trained

SINE = '''
class Sine(nn.Module):
    """a = sin(z)."""

    def forward(self, z):
        return torch.sin(z)
'''
STEP = '''
class Step(nn.Module):
    """a = 1 for z > 0, else 0; its gradient is 0."""

    def forward(self, z):
        return (z > 0.0).to(z.dtype) + 0.0 * z
'''
MAXOUT = '''
class Maxout(nn.Module):
    """a = the largest of the pieces of each unit; the winner gets the whole gradient."""

    def __init__(self, pieces):
        super().__init__()
        self.pieces = pieces

    def forward(self, z):
        return z.reshape(len(z), self.pieces, -1).max(dim=1).values
'''

# Lᵢ of each example.
LOSS_CODE = {
    "softmax": 'return F.cross_entropy(scores, targets.argmax(dim=1), reduction="none")',
    "hinge": "right = (scores * targets).sum(dim=1, keepdim=True)\n"
    "return (F.relu(scores - right + 1.0) * (1.0 - targets)).sum(dim=1)",
    "squared": "return 0.5 * (scores - targets).square().sum(dim=1)",
    "logistic": 'return F.binary_cross_entropy_with_logits(scores, targets, reduction="none").sum(dim=1)',
}

RUN = '''
class Run:
    """The network in training."""

    def __init__(self, from_start=False):
        self.model = network()
        self.layers = [module for module in self.model if isinstance(module, nn.Linear)]
        with torch.no_grad():
            for layer, W in zip(self.layers, START if from_start else TRAINED):
                layer.weight.copy_(torch.tensor(W[:, :-1]))
                layer.bias.copy_(torch.tensor(W[:, -1]))
        parameters = list(self.model.parameters())  # weight and bias of one layer after the other
        self.optimizer = %(optimizer)s
        self.iteration, self.epoch, self.position = (0, 0, 0) if from_start else (ITERATION, EPOCH, POSITION)
        if MEMORY and UPDATES and not from_start:
            self.remember(%(slots)r)

    def remember(self, names):
        """Give the optimizer what the window's optimizer remembers."""
        for index, layer in enumerate(self.layers):
            for parameter, columns in ((layer.weight, slice(None, -1)), (layer.bias, -1)):
                state = self.optimizer.state[parameter]
                state["step"] = torch.tensor(float(UPDATES))
                for name, slot in zip(names, MEMORY):
                    state[name] = torch.tensor(slot[index][:, columns])

    def outputs(self, x):
        self.model.eval()
        with torch.no_grad():
            return self.model(torch.as_tensor(x)).numpy()

    def measure(self, x, targets):
        """Return the mean data loss, the regularization loss and the scores."""
        self.model.eval()
        with torch.no_grad():
            scores = self.model(torch.as_tensor(x))
            return losses(scores, torch.as_tensor(targets)).mean().item(), float(self.penalty()), scores.numpy()

    def penalty(self):
        """Return λ ΣR(W), over the weights without the biases."""
        return %(penalty)s

    def step(self):
        """Train one iteration: batch, forward, backward, update."""
        chosen = batch(self.epoch, self.position)
        for group in self.optimizer.param_groups:
            group["lr"] = rate(self.iteration)
        self.model.train()
        self.optimizer.zero_grad()
        scores = self.model(torch.as_tensor(X[chosen]))
        loss = losses(scores, torch.as_tensor(TARGETS[chosen])).mean() + self.penalty()
        loss.backward()
%(finish)s
        self.iteration += 1
        self.position += len(chosen)
        if self.position >= len(TRAIN):
            self.epoch, self.position = self.epoch + 1, 0
'''

HOLD = '''
    def frozen(self):
        """Return each parameter with True where it stays as it is."""
        for layer, held in zip(self.layers, FROZEN):
            yield layer.weight, torch.tensor(held[:, :-1])
            yield layer.bias, torch.tensor(held[:, -1])
'''


HELPERS = {"Sine": SINE, "Step": STEP, "Maxout": MAXOUT}
"""Modules of the script, by the name that shows that they are needed."""


def pytorch_script(trained: Trained, stem: str = "network") -> dict[str, str]:
    """Return the script ``stem.py``, and the files beside it when the numbers are many, by name."""
    beside = files_beside(trained, stem)
    notes = ["It computes in float64 and trains on the window's own batches, so it goes the window's way."]
    if any(layer.spec.dropout for layer in trained.network.layers):
        notes.append(
            "Dropout draws with PyTorch's generator, so training drops other units than the window does; losses and "
            "outputs, which are read without dropout, are the same."
        )
    sections = [
        "torch.set_default_dtype(torch.float64)",
        constants(trained, stem),
        "\n# ---- the network",
        _network(trained),
        parts.loss(trained, LOSS_CODE, "scores, targets"),
        parts.rate(trained),
        parts.ORDER,
        _run(trained),
        parts.REPORT,
    ]
    libraries = ["import numpy as np", "import torch", "import torch.nn.functional as F", "from torch import nn"]
    if "F." not in sections[4]:
        libraries.remove("import torch.nn.functional as F")
    script = parts.assembled(parts.head(trained, "PyTorch", stem, notes), libraries, sections)
    return {f"{stem}.py": script, **beside}


def _network(trained: Trained) -> str:
    modules = [module for layer in trained.network.layers for module in _modules(layer)]
    lines = "\n".join(f"        {module}," for module in modules)
    helpers = "".join(code for name, code in HELPERS.items() if f"{name}(" in lines)
    head = 'def network():\n    """Return the network; its weights are set later."""'
    return f"{helpers}\n{head}\n    return nn.Sequential(\n{lines}\n    )\n"


def _modules(layer: LayerLayout) -> list[str]:
    made = [f"nn.Linear({layer.n_in}, {layer.rows})", parts.module_of(layer, "PyTorch")]
    if layer.spec.dropout:
        made.append(f"nn.Dropout({float(layer.spec.dropout)!r})")
    return list(filter(None, made))


def _run(trained: Trained) -> str:
    training, penalty = trained.training, "0.0"
    entry = OPTIMIZERS[training.optimizer.name]
    ours = parts.known(entry.pytorch, "PyTorch", entry.label)
    options = ", ".join(
        filter(None, ("parameters", "lr=LEARNING_RATE", parts.filled(ours.options, training.optimizer)))
    )
    regularizer = parts.penalty_code(trained)
    if regularizer is not None:
        value = parts.filled(parts.known(regularizer.pytorch, "PyTorch", regularizer.label), training)
        penalty = f"PENALTY * sum({value} for W in (layer.weight for layer in self.layers))  # {regularizer.formula}"
    made = RUN % {
        "optimizer": f"torch.optim.{ours.kind}({options})",
        "slots": ours.slots,
        "penalty": penalty,
        "finish": "\n".join(f"        {line}" for line in _finish(trained)),
    }
    return made if trained.frozen is None else made + HOLD


def _finish(trained: Trained) -> list[str]:
    """Return what happens between the backward pass and the next iteration."""
    training, lines = trained.training, []
    if trained.frozen is not None:
        lines += [
            "for parameter, held in self.frozen():",
            "    parameter.grad[held] = 0.0",
        ]
    if training.clip_value is not None:
        lines.append(f"torch.nn.utils.clip_grad_value_(self.model.parameters(), {float(training.clip_value)!r})")
    if training.clip_norm is not None:
        lines.append(f"torch.nn.utils.clip_grad_norm_(self.model.parameters(), {float(training.clip_norm)!r})")
    if trained.frozen is None:
        return [*lines, "self.optimizer.step()"]
    return [
        *lines,
        "before = [parameter.detach().clone() for parameter, _ in self.frozen()]",
        "self.optimizer.step()",
        "with torch.no_grad():",
        "    for (parameter, held), kept in zip(self.frozen(), before):",
        "        parameter[held] = kept[held]",
    ]
