"""transfer: keep every weight that still has a place when the network's shape changes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from playground.engine.network import LayerLayout, Network
from playground.engine.spec import require

Array = NDArray[np.float64]
BIAS = -1


def transfer(
    source_flat: Array,
    source: Network,
    target: Network,
    into: Array,
    inputs: Sequence[int] | None = None,
) -> None:
    """Copy what fits of `source_flat` into `into`, which holds fresh values for the rest.

    Hidden layers are matched by their number, the output with the output; in each, unit by unit and
    input by input, biases included; Maxout pieces by their number per unit. A single output and the
    second of several are matched: both speak for class 1. When the depth differs, a matrix whose
    shape changed stays fresh. Optimizer slots are transferred the same way, into zeros.

    Parameters
    ----------
    source_flat : array, shape (source.n_parameters,)
    source, target : Network
    into : array, shape (target.n_parameters,)
        Changed in place.
    inputs : sequence of int, optional
        For each input feature of `target`, which one of `source` it was; −1 is new. Without it, by number.

    Raises
    ------
    ValueError
        If a vector or `inputs` does not belong to its network.
    """
    sources, targets = source.matrices(source_flat), target.matrices(into)
    columns = _input_columns(source, target, inputs)
    same_depth = source.depth == target.depth
    pairs = [(index, index) for index in range(min(source.depth, target.depth))]
    for at, to in [*pairs, (source.depth, target.depth)]:
        here, there = source.layers[at], target.layers[to]
        if at == 0 and to == 0:
            sources_of = columns
        elif not same_depth and (here.n_in, here.units) != (there.n_in, there.units):
            continue
        elif (at == 0) != (to == 0):
            # One of them reads the input features, the other a hidden layer.
            continue
        else:
            sources_of = [column if column < here.n_in else None for column in range(there.n_in)]
        is_output = at == source.depth and to == target.depth
        units = _outputs(here.units, there.units) if is_output else _by_number(here.units, there.units)
        _copy(sources[at], here, targets[to], there, sources_of, units)


def _by_number(here: int, there: int) -> tuple[list[int], list[int]]:
    """Match units of `here` and `there` units by their number."""
    units = list(range(min(here, there)))
    return units, units


def _outputs(here: int, there: int) -> tuple[list[int], list[int]]:
    """Match outputs: those for class 1 where one side has a single output for two classes."""
    if here != there and 1 in (here, there):
        return [min(here, 2) - 1], [min(there, 2) - 1]
    return _by_number(here, there)


def _input_columns(source: Network, target: Network, inputs: Sequence[int] | None) -> list[int | None]:
    """Return, for each input of `target`, the column of `source`, or None for a new one."""
    n_source, n_target = source.spec.n_inputs, target.spec.n_inputs
    if inputs is None:
        return [column if column < n_source else None for column in range(n_target)]
    require(
        len(inputs) == n_target and all(-1 <= column < n_source for column in inputs),
        "inputs: expected {n_target} numbers from −1 to {n_source}, got {inputs}",
        n_target=n_target,
        n_source=n_source - 1,
        inputs=list(inputs),
    )
    return [None if column == BIAS else column for column in inputs]


def _copy(
    given: Array,
    here: LayerLayout,
    wanted: Array,
    there: LayerLayout,
    sources_of: Sequence[int | None],
    units: tuple[list[int], list[int]],
) -> None:
    """Copy what two matrices share; `sources_of` maps input columns, `units` units; biases go with their unit."""
    to = [column for column, origin in enumerate(sources_of) if origin is not None]
    origin = [column for column in sources_of if column is not None]
    from_columns = np.array([*origin, here.n_in], dtype=np.intp)
    to_columns = np.array([*to, there.n_in], dtype=np.intp)
    for piece in range(min(here.pieces, there.pieces)):
        rows = np.array([here.row(unit, piece) for unit in units[0]], dtype=np.intp)
        into = np.array([there.row(unit, piece) for unit in units[1]], dtype=np.intp)
        wanted[np.ix_(into, to_columns)] = given[np.ix_(rows, from_columns)]
