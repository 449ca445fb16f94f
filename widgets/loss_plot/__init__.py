"""Curves over the iterations, with a line that goes back in time.

Importing this package loads pyqtgraph (0.2 s): a window does it in a thread after its first paint.
"""

from __future__ import annotations

from widgets.loss_plot.loss_plot import LossPlot

__all__ = ["LossPlot"]
