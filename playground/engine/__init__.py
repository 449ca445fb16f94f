"""The neural network: NumPy and the standard library only; no Qt, no clock, no files, no printing.

Read in this order: ``spec`` (what a network and its training are), ``derivatives`` and the tables
(``activations``, ``losses``, ``regularizers``, ``optimizers``, ``schedules``, ``initializers``,
``features``), ``layers`` (bricks), ``network`` and ``passes`` (the stack over one flat vector),
``batches``, ``iteration`` and ``trainer`` (one step), then the readings: ``record`` (one whole
step), ``trace`` (one example) and ``gradcheck``.
"""
