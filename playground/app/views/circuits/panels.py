"""Values of the panels round a circuit: inputs, progress, counts, the nudge, and errors."""

from __future__ import annotations

from playground.app.views.circuits.open_circuit import OpenCircuit
from playground.circuits.examples import EXAMPLES
from playground.circuits.graph import CircuitError
from playground.circuits.naming import names
from playground.circuits.nudge import nudge
from playground.circuits.numerals import equation
from playground.circuits.parser.expression import parse
from playground.circuits.step_text import mistakes_text, step_text
from widgets.values import Choice
from widgets.values.circuits import CircuitInput, CircuitProgress, ExpressionError, NudgeReading

REACH = 10.0
MOST_WIRES_WHILE_DRAGGING = 300
START = (
    "Only the inputs are known. Step (F10) computes the next gate, Play (F5) goes through both passes, End shows all."
)


def example_choices() -> tuple[Choice, ...]:
    """Return the menu of worked examples."""
    return tuple(Choice(e.name, e.label, f"{e.note}\n{e.expression}") for e in EXAMPLES.values())


# ---- inputs ------------------------------------------------------------------------------------


def inputs_of(shown: OpenCircuit) -> tuple[CircuitInput, ...]:
    """Return a slider for each input: −10 to 10, further where it begins further out."""
    made = []
    for name, value in shown.inputs.items():
        reach = REACH
        while abs(value) > reach:
            reach *= 10.0
        made.append(CircuitInput(name, value, -reach, reach))
    return tuple(made)


def with_values(inputs: tuple[CircuitInput, ...], shown: OpenCircuit) -> tuple[CircuitInput, ...]:
    """Return the same sliders at the present values."""
    return tuple(CircuitInput(i.name, shown.inputs[i.name], i.minimum, i.maximum) for i in inputs)


def input_gradients(shown: OpenCircuit) -> dict[str, float | None]:
    """Return the gradient of each input where it is known and not asked for."""
    hidden, gradients = shown.hidden, shown.state.gradients
    return {name: None if (i, "gradient") in hidden else gradients[i] for name, i in shown.circuit.inputs.items()}


# ---- progress ----------------------------------------------------------------------------------


def progress(shown: OpenCircuit) -> CircuitProgress:
    """Return how many steps are done and what the last one did."""
    if shown.sweep is None:
        return CircuitProgress(0, 0, "There is nothing to step through until every gate has a value.", False, False)
    done, total = shown.done, shown.total
    if shown.hidden:
        text = "Some numbers are hidden: predict them."
    elif done == 0:
        text = START
    elif done == total:
        text = f"Both passes are done. {_result(shown)}"
    else:
        text = step_text(shown.sweep, done)
    return CircuitProgress(done, total, text, done > 0, done < total)


def _result(shown: OpenCircuit) -> str:
    value = shown.state.values[shown.circuit.output]
    return "" if value is None else f"{names(shown.circuit)[shown.circuit.output]} {equation(value)}"


def effect_of_mistakes(shown: OpenCircuit) -> str:
    """Say what the mistakes do to the gradients of the inputs."""
    return mistakes_text(shown.sweep) if shown.sweep else ""


# ---- the nudge ---------------------------------------------------------------------------------


def nudge_reading(shown: OpenCircuit, name: str, epsilon: float, *, is_dragging: bool = False) -> NudgeReading | None:
    """Compare f(x + ε) − f(x) with gradient × ε; None where a number is missing, to be predicted or not computed yet.

    During a drag the comparison of a large circuit is left out: it takes thirty forward passes.
    """
    circuit = shown.circuit
    if name not in circuit.inputs or input_gradients(shown)[name] is None:
        return None
    if is_dragging and circuit.n_wires > MOST_WIRES_WHILE_DRAGGING:
        return None
    try:
        n = nudge(circuit, shown.inputs, name, epsilon)
    except CircuitError:
        return None
    return NudgeReading(n.epsilon, n.difference, n.predicted, n.error, n.errors, names(circuit)[circuit.output], name)


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
