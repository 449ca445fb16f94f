"""Display: what edges and neurons show, and whether their numbers are written, the same in every view."""

from __future__ import annotations

from dataclasses import dataclass

EDGE_KINDS = ("weight", "gradient", "update")
NEURON_KINDS = ("activation", "upstream", "downstream")


@dataclass(frozen=True, slots=True)
class Display:
    """The displayed choices."""

    edge_kind: str = EDGE_KINDS[0]  # what edges show, one of ``EDGE_KINDS``
    neuron_kind: str = NEURON_KINDS[0]  # what neurons show, one of ``NEURON_KINDS``
    values: bool = True  # whether the network's numbers are written on nodes and edges

    def sound(self) -> Display:
        """Return this choice with the default in place of a kind that does not exist."""
        first = Display()
        return Display(
            self.edge_kind if self.edge_kind in EDGE_KINDS else first.edge_kind,
            self.neuron_kind if self.neuron_kind in NEURON_KINDS else first.neuron_kind,
            self.values,
        )
