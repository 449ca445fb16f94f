"""Backprop Playground: a neural network whose every number can be checked by hand.

Rooms, lowest first: ``engine`` (NumPy backprop), ``circuits`` (scalar graphs) and ``analysis``
(readings over them), ``exporters``, ``session`` (the state of a window), ``app`` (the window).
"""

from playground import deferred_init

deferred_init.install()

__version__ = "0.1.0"
