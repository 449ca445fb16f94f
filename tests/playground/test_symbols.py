"""Every symbol that the user reads stands in the one table of symbols: labels, tooltips, formulas, exported texts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import playground
from playground.circuits.parser.expression import parse
from playground.circuits.passes import evaluate
from playground.engine.activations import LAYER_ACTIVATIONS
from playground.engine.initializers import INITIALIZERS
from playground.engine.losses import LOSSES
from playground.engine.notation import SYMBOLS
from playground.engine.optimizers import OPTIMIZERS
from playground.engine.regularizers import REGULARIZERS
from playground.engine.schedules import SCHEDULES
from playground.engine.setting import settings_of
from playground.engine.spec import LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from playground.exporters.worksheet import circuit_worksheet

ROOT = Path(playground.__file__).parents[1]
INDICES = str.maketrans("", "", "₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾′ᵢⱼₖᵗᵏ")
LISTED = [symbol for group in SYMBOLS.values() for names in group for symbol in re.split(", |[(]", names)]
KNOWN = {*LISTED, *(symbol.translate(INDICES) for symbol in LISTED)}
WORDS = {"out", "in", "output", "input", "scores", "A", "D", "X", "Y"}  # of circuits, whole networks and tensors
DERIVATIVE = re.compile(r"[∂]([^\W\d]\w*?)/∂([^\W\d]\w*)")
TABLES = (LAYER_ACTIVATIONS, LOSSES, OPTIMIZERS, REGULARIZERS, SCHEDULES, INITIALIZERS)


def sentences(path: Path) -> Iterator[str]:
    """Every text of a module but its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def unknown(text: str) -> set[str]:
    """The derivatives in `text` whose loss or variable is in no table."""
    return {
        f"∂{above}/∂{below}"
        for above, below in DERIVATIVE.findall(text)
        if not {above, below} <= KNOWN | WORDS
        and not {above.translate(INDICES), below.replace("s_y", "s").translate(INDICES)} <= KNOWN | WORDS
    }


SOURCES = sorted(path for room in ("playground", "widgets") for path in (ROOT / room).rglob("*.py"))


def test_every_derivative_in_a_label_tooltip_or_script_is_written_with_known_symbols() -> None:
    found = {
        str(path.relative_to(ROOT)): bad for path in SOURCES if (bad := set().union(*map(unknown, sentences(path))))
    }
    assert found == {}


def test_the_gradient_of_the_training_set_is_named_only_where_it_is_meant() -> None:
    allowed = {
        "circuit_view/expression_bar.py",  # beyond the result of a typed circuit
        "matrices/gradcheck_table.py",  # which differentiates the loss over the training set
        "gradient_card/card_sheet.py",  # "batch ∂L/∂w", with λ·∂R/∂w
        "document/quantity.py",  # the same
        "network_graph/kinds.py",  # the same
        "drills/circuit_kinds.py",  # beyond the result of a circuit
        "drills/matrix_kinds.py",  # the gradient check
        "misconceptions/of_matrices.py",  # the gradient check
    }
    found = {"/".join(path.parts[-2:]) for path in SOURCES if any("∂L/" in text for text in sentences(path))}
    assert found <= allowed


@pytest.mark.parametrize(
    "table", TABLES, ids=["activations", "losses", "optimizers", "regularizers", "schedules", "initializers"]
)
def test_every_letter_of_a_formula_has_a_meaning(table: dict[str, object]) -> None:
    for entry in table.values():
        assert letters(f"{entry.formula} {getattr(entry, 'derivative', '')}") <= KNOWN  # type: ignore[attr-defined]


@pytest.mark.parametrize("spec", [LayerSpec, OptimizerSpec, ScheduleSpec, TrainingSpec], ids=lambda spec: spec.__name__)
def test_every_letter_of_the_formula_of_a_setting_has_a_meaning(spec: type) -> None:
    for setting in settings_of(spec).values():
        assert letters(setting.formula) <= KNOWN


def letters(formula: str) -> set[str]:
    """The single letters of a formula, without their indices; words such as max or else are no symbols."""
    tokens = re.findall(r"[^\W\d_]+", formula.replace("Lᵢ", "").translate(INDICES).replace("ᶻ", "").replace("ᵃ", ""))
    return {token for token in tokens if len(token) == 1 and token not in "Σ½"}


@pytest.mark.parametrize("text", ["(x + y) * z", "x * x", "sigmoid(w0*x0 + w1*x1 + w2)"])
def test_a_worksheet_has_one_derivative_of_each_name(text: str) -> None:
    circuit = parse(text)
    made = circuit_worksheet(circuit, evaluate(circuit, dict.fromkeys(circuit.inputs, 1.5)), answers=True)
    assert {below.translate(INDICES) for above, below in DERIVATIVE.findall(made) if above == "out"} == {"in"}
    assert {above for above, _ in DERIVATIVE.findall(made)} <= {"out", "f"}
