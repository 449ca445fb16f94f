"""The Circuit tab of the inspector: a neuron (or the loss, or the whole network) as scalar gates, live."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from widgets.circuit_graph import CircuitGraph
from widgets.controls.button import Button
from widgets.controls.labels import Note
from widgets.frame.breadcrumbs import Breadcrumbs
from widgets.gates.gate_cards import GateCards
from widgets.style import boxes

WHOLE_TIP = "The whole network with its loss as one circuit of scalar gates, for this example (small networks)."
FOLD_TIP = "Fold what can be folded: several gates become one, with the same gradients."
REVEAL_TIP = "Show the next hidden number."
STEP_TIP = "Open this circuit with its present numbers in the Circuits view: step gate by gate, drag, nudge."
UNFOLD_TIP = "Open every bundle into its gates; the gradients stay the same."


class CircuitTab(QWidget):
    """Breadcrumbs over the graph, with the cards beside it.

    Signals
    -------
    whole_toggled(bool)
        The whole network, or the selected neuron alone.
    fold_requested(), unfold_requested()
        Bundle or expand.
    reveal_requested()
        Show the next hidden number.
    step_requested()
        Take the circuit to where it can be stepped through.
    """

    whole_toggled = Signal(bool)
    fold_requested = Signal()
    unfold_requested = Signal()
    reveal_requested = Signal()
    step_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path, self.graph, self.cards = Breadcrumbs(), CircuitGraph(), GateCards()
        self.note = Note("secondary")
        self.whole = Button("Whole network", WHOLE_TIP, "circuit", role="flat", checkable=True)
        self.fold = Button("Fold", FOLD_TIP, "minus", role="flat")
        self.unfold = Button("Unfold", UNFOLD_TIP, "plus", role="flat")
        self.reveal = Button("Reveal", REVEAL_TIP, "eye", role="flat")
        self.step = Button("Step through", STEP_TIP, "step", role="flat")
        self._build()
        self.reveal.clicked.connect(self.reveal_requested)
        self.step.clicked.connect(self.step_requested)
        self.whole.clicked.connect(self.whole_toggled)
        self.fold.clicked.connect(self.fold_requested)
        self.unfold.clicked.connect(self.unfold_requested)

    def set_whole(self, on: bool, *, possible: bool = True, why_not: str = "") -> None:
        """Show whether the whole network is drawn; where it is too large, `why_not` is its tooltip. Never emits."""
        self.whole.setChecked(on)
        self.whole.setEnabled(possible)
        self.whole.setToolTip(WHOLE_TIP if possible else why_not or WHOLE_TIP)

    def set_folding(self, can_fold: bool, can_unfold: bool) -> None:
        """Enable folding and unfolding where there is something to fold or to unfold."""
        self.fold.setEnabled(can_fold)
        self.unfold.setEnabled(can_unfold)

    def set_hidden(self, n: int) -> None:
        """Offer to reveal numbers while `n` of them are hidden."""
        self.reveal.setVisible(n > 0)

    def set_note(self, text: str) -> None:
        """Show a note under the path: the example, or why there is no circuit."""
        self.note.setText(text)

    def _build(self) -> None:
        self.reveal.hide()
        buttons = self.reveal, self.fold, self.unfold, self.whole, self.step
        top = boxes.row((self.path, 1), *buttons, spacing=4)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.graph)
        self.splitter.addWidget(self.cards)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes([300, 490])
        boxes.column(top, self.note, (self.splitter, 1), owner=self, spacing=4)
