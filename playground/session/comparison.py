"""Comparison: a second run beside the first, with the same data, seed and start and one changed setting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from playground.engine.spec import LayerSpec, OptimizerSpec
from playground.session.document import Change, DataSettings, Document, with_depth, with_training
from playground.session.session import Session
from playground.session.training_run import Run


def _every_layer(**values: object) -> Change:
    def change(document: Document) -> Document:
        hidden = tuple(replace(layer, **values) for layer in document.hidden)  # type: ignore[arg-type]
        return replace(document, hidden=hidden)

    return change


def _optimizer(name: str) -> Change:
    return lambda d: with_training(optimizer=replace(d.training.optimizer, name=name))(d)


@dataclass(frozen=True, slots=True)
class Difference:
    """What the second run does otherwise.

    Attributes
    ----------
    key, label : str
        For menus: ``zero_start``, "zero against Xavier initialization".
    first, second : str
        What to call the two runs: "Xavier", "zeros".
    change : Change
        Makes the second document of the first.
    setting : Change or None
        What a preset makes of the first document before; None leaves it as it is.
    """

    key: str
    label: str
    first: str
    second: str
    change: Change
    setting: Change | None = None


def _preset(data: str, noise: float, hidden: tuple[LayerSpec, ...], **training: object) -> Change:
    def change(document: Document) -> Document:
        settings = DataSettings(data, 400, noise, 0.5, document.data.seed)
        spec = replace(Document().training, **training)  # type: ignore[arg-type]
        return replace(Document(), data=settings, hidden=hidden, training=spec, seed=document.seed)

    return change


_TANH_8 = (LayerSpec(8, "tanh"), LayerSpec(8, "tanh"))

PRESETS = (
    Difference(
        "hidden_layer", "Preset: linear against one hidden layer on XOR", "one hidden layer", "no hidden layer",
        with_depth(0), _preset("xor", 0.05, (LayerSpec(4, "tanh"),)),
    ),
    Difference(
        "deep_sigmoid", "Preset: sigmoid against ReLU, eight layers deep", "ReLU", "sigmoid",
        _every_layer(activation="sigmoid"),
        _preset("circle", 0.05, (LayerSpec(8, "relu"),) * 8, initializer="he", learning_rate=0.03),
    ),
    Difference(
        "penalty", "Preset: λ = 0 against λ > 0", "λ = 0", "L2, λ = 0.003",
        with_training(regularizer="l2", penalty=0.003),
        _preset("moons", 0.3, (LayerSpec(16, "tanh"), LayerSpec(16, "tanh"))),
    ),
    Difference(
        "zero_start", "Preset: zero against Xavier initialization", "Xavier", "zeros",
        with_training(initializer="zeros"), _preset("xor", 0.05, (LayerSpec(4, "tanh"),)),
    ),
    Difference(
        "adam", "Preset: SGD against Adam on the spiral", "SGD", "Adam",
        _optimizer("adam"),
        _preset("spiral", 0.05, _TANH_8, learning_rate=0.03, optimizer=OptimizerSpec("sgd")),
    ),
)  # fmt: skip

CHANGES = (
    Difference("rate_up", "Learning rate × 3", "η", "3 η", lambda d: _scaled(d, 3.0)),
    Difference("rate_down", "Learning rate ÷ 3", "η", "η / 3", lambda d: _scaled(d, 1.0 / 3.0)),
    Difference("linear", "Linear activations", "as set", "linear", _every_layer(activation="linear")),
    Difference("relu", "ReLU activations", "as set", "ReLU", _every_layer(activation="relu")),
    Difference("sigmoid", "Sigmoid activations", "as set", "sigmoid", _every_layer(activation="sigmoid")),
    Difference("momentum", "Momentum", "as set", "momentum", _optimizer("momentum")),
    Difference("to_adam", "Adam", "as set", "Adam", _optimizer("adam")),
    Difference("l2", "L2, λ = 0.003", "as set", "L2", with_training(regularizer="l2", penalty=0.003)),
    Difference("zeros", "Zero initialization", "as set", "zeros", with_training(initializer="zeros")),
    Difference("full_batch", "Full batch", "mini-batch", "full batch", with_training(batch_size=1_000_000)),
)


def _scaled(document: Document, factor: float) -> Document:
    return with_training(learning_rate=document.training.learning_rate * factor)(document)


class Comparison(QObject):
    """Keeps a second run in lock-step with the session's.

    Batches are functions of (seed, epoch, position), so both runs see the same batches as long as batch size and
    data agree. An edit of the document reaches both; the difference stays. Weights set by hand in the first run
    are not set in the second.

    Attributes
    ----------
    changed : Signal()
        A comparison began or ended.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Be ready to compare; nothing is compared yet."""
        super().__init__(parent)
        self._session = session
        self.other: Run | None = None
        self.difference: Difference | None = None
        session.stepped.connect(self._on_stepped)
        session.document_changed.connect(self._on_document_changed)

    @property
    def is_active(self) -> bool:
        """Whether there is a second run."""
        return self.other is not None

    def start(self, difference: Difference) -> bool:
        """Put both runs at iteration 0, the second with `difference`; False when it cannot be trained."""
        session = self._session
        self.stop()
        if difference.setting is not None and not session.change(difference.setting, difference.label):
            return False
        try:
            other = Run(difference.change(session.document))
        except ValueError as error:
            session.noted.emit(f"There is nothing to compare: {error}")
            return False
        session.reset()
        self.other, self.difference = other, difference
        session.companion = other
        self.changed.emit()
        session.stepped.emit()
        return True

    def start_with(self, document: Document, name: str) -> bool:
        """Compare with a saved document called `name`, at its own settings and seed."""
        return self.start(Difference("document", name, "this document", name, lambda _document: document))

    def stop(self) -> None:
        """Let go of the second run."""
        if self.other is not None:
            self.other = self.difference = None
            self._session.companion = None
            self.changed.emit()

    def _on_stepped(self) -> None:
        """Bring the second run to the iteration of the first."""
        if self.other is None or self._session.is_playing:
            return
        iteration = self._session.run.iteration
        if iteration == 0:
            if self.other.iteration:
                self.other.reset()
        elif iteration >= self.other.iteration:
            self.other.train(iteration - self.other.iteration)
        elif iteration >= self.other.timeline.first:
            self.other.go_to(iteration)

    def _on_document_changed(self, before: Document, after: Document) -> None:
        """Give an edit of the first document to the second run as well."""
        if self.other is None or self.difference is None or before == after:
            return
        change: Callable[[Document], Document] = self.difference.change
        try:
            self.other.adopt(change(after), self.other.memory())
        except ValueError as error:
            self._session.noted.emit(f"The comparison ended: {error}")
            self.stop()
