"""What stands round a circuit: its inputs, its progress, what was counted, the nudge, and what is wrong."""

from __future__ import annotations

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.circuits.examples import EXAMPLES
from playground.circuits.graph import CircuitError
from playground.circuits.nudge import nudge
from playground.circuits.numerals import equation
from playground.circuits.parser.expression import parse
from playground.circuits.passes import count_derivatives
from widgets.values import Choice
from widgets.values.circuits import CircuitInput, CircuitProgress, DerivativeCount, ExpressionError, NudgeReading

REACH = 10.0
HURRIED_WIRES = 300


def example_choices() -> tuple[Choice, ...]:
    """Return the menu of worked examples."""
    return tuple(Choice(e.name, e.label, f"{e.note}\n{e.expression}") for e in EXAMPLES.values())


# ---- inputs ------------------------------------------------------------------------------------


def inputs_of(desk: OpenCircuit) -> tuple[CircuitInput, ...]:
    """Return a slider for each input: −10 to 10, further where it begins further out."""
    made = []
    for name, value in desk.inputs.items():
        reach = REACH
        while abs(value) > reach:
            reach *= 10.0
        made.append(CircuitInput(name, value, -reach, reach))
    return tuple(made)


def with_values(inputs: tuple[CircuitInput, ...], desk: OpenCircuit) -> tuple[CircuitInput, ...]:
    """Return the same sliders at the present values."""
    return tuple(CircuitInput(i.name, desk.inputs[i.name], i.minimum, i.maximum) for i in inputs)


def input_gradients(desk: OpenCircuit) -> dict[str, float | None]:
    """Return the gradient of each input as far as it is known and not asked for."""
    hidden, gradients = desk.hidden, desk.state.gradients
    return {name: None if (i, "gradient") in hidden else gradients[i] for name, i in desk.circuit.inputs.items()}


def name_of_result(desk: OpenCircuit) -> str:
    """Return what gradients are taken of: f itself, or a loss L beyond it when the upstream is not 1."""
    return "f" if desk.upstream == 1.0 else "L"


# ---- the walk ----------------------------------------------------------------------------------


def progress(desk: OpenCircuit) -> CircuitProgress:
    """Return where the walk stands and what the last step did."""
    if desk.sweep is None:
        return CircuitProgress(0, 0, "There is nothing to walk through until every gate has a value.", False, False)
    done, total = desk.done, desk.total
    if desk.hidden:
        text = "Some numbers are hidden: predict them."
    elif done == total:
        text = f"Both passes are done. {_result(desk)}"
    else:
        text = desk.sweep.text(done)
    return CircuitProgress(done, total, text, done > 0, done < total)


def _result(desk: OpenCircuit) -> str:
    value = desk.state.values[desk.circuit.output]
    return "" if value is None else f"f {equation(value)}"


def told_mistakes(desk: OpenCircuit) -> str:
    """Say what the mistakes do to the gradients of the inputs."""
    return desk.sweep.told_mistakes() if desk.sweep else ""


def count(desk: OpenCircuit) -> DerivativeCount:
    """Return how many local derivatives one backward pass takes."""
    counted = count_derivatives(desk.circuit)
    return DerivativeCount(counted.backward, counted.one_at_a_time)


# ---- the nudge ---------------------------------------------------------------------------------


def nudge_reading(desk: OpenCircuit, name: str, epsilon: float, *, in_a_hurry: bool = False) -> NudgeReading | None:
    """Compare f(x + ε) − f(x) with gradient × ε; None where there is nothing to compare or it is to be guessed.

    `in_a_hurry` leaves the comparison out for a large circuit: it takes thirty forward passes.
    """
    circuit = desk.circuit
    if name not in circuit.inputs or (circuit.inputs[name], "gradient") in desk.hidden:
        return None
    if in_a_hurry and circuit.n_wires > HURRIED_WIRES:
        return None
    try:
        n = nudge(circuit, desk.inputs, name, epsilon)
    except CircuitError:
        return None
    slope_error = abs(n.difference / n.epsilon - n.gradient)
    return NudgeReading(
        n.name, n.epsilon, n.value, n.nudged, n.difference, n.gradient, n.predicted, slope_error, n.errors
    )


# ---- what is wrong -----------------------------------------------------------------------------


def expression_error(error: CircuitError) -> ExpressionError:
    """Return an error with its place in the text."""
    return ExpressionError(str(error), error.column)


def refusal(message: str) -> ExpressionError:
    """Return what was wrong with an answer, which has no place in the expression."""
    return ExpressionError(f"Your answer: {message}")


def error_in(text: str) -> ExpressionError | None:
    """Return what is wrong with a text while it is typed."""
    try:
        parse(text)
    except CircuitError as error:
        return expression_error(error)
    return None
