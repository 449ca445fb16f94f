"""The table of generators: a name in, a seeded data set out.

A point depends on the seed and on its own number alone. So more points keep the existing ones,
and more noise pushes each point further along its own direction: a slider changes the picture
smoothly. Noise moves positions, never targets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from datasets.checks import integer, number, require
from datasets.dataset import Dataset, Floats
from datasets.generators import boundaries, clusters, curves, digits, function_boundary, spirals
from datasets.generators.placement import Parameter, Place
from datasets.generators.truth_tables import ROWS, truth_table
from datasets.messages import message

MIN_POINTS, DEFAULT_POINTS, MAX_POINTS = 2, 400, 1_000_000
MAX_NOISE = 2.0
MAX_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Generator:
    """One kind of data: its names, what it shows, how its points are placed.

    Attributes
    ----------
    name, label, description : str
        Its key in files and commands, its name in the window, and what can be learned from it.
    """

    name: str
    label: str
    description: str
    place: Place  # ``place(rng, n_points, **parameters) -> (points, targets)``, before noise
    n_classes: int = 2  # number of classes, or 0 for regression; a parameter ``classes`` takes precedence
    # Where every coordinate lies without noise (of round clouds: all but one point in a thousand); (low, high).
    extent: tuple[float, float] = (-1.0, 1.0)
    noise: float = 0.0  # the default noise
    n_features: int = 2  # number of coordinates d of each point
    parameters: tuple[Parameter, ...] = field(default=())  # settings of this kind alone
    available: int = 0  # number of collected points; 0 for generated ones
    rows: int = 0  # number of rows of a truth table, which is its own training and test set; 0 for data that are split
    takes_curve: bool = False  # whether ``make`` takes a ``curve`` for this kind
    class_names: tuple[str, ...] = ()  # a name per class; "class 0", "class 1", … where empty
    credit: str = ""  # source and licence of collected data; empty for generated data

    @property
    def most_points(self) -> int:
        """Largest number of points."""
        return self.available or MAX_POINTS

    @property
    def is_regression(self) -> bool:
        """Whether the targets are values, not labels."""
        return self.n_classes == 0

    def settings(self, given: Mapping[str, float]) -> dict[str, float]:
        """Return every parameter's value: the `given` ones, checked, and the defaults of the others."""
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            template = "{name}: {kind} has no such setting; it has {known}"
            template = template if known else "{name}: {kind} has no such setting; it has none"
            require(name in known, template, name=name, kind=self.name, known=", ".join(known))
        return {name: parameter.check(given.get(name, parameter.default)) for name, parameter in known.items()}


_CLASSES = Parameter("classes", "Classes", 3, 2, 10, integer=True, description="Number of classes k")
_TURNS = Parameter("turns", "Turns", 1.25, 0.25, 3.0, description="Turns of each arm about the origin")


def _truth_table(name: str, label: str, outputs: tuple[int, int, int, int], comment: str) -> Generator:
    listed = ", ".join(map(str, outputs))
    return Generator(name, label, f"Truth table: 00, 01, 10, 11 give {listed}. {comment}", truth_table(outputs),
                     extent=(-0.5, 1.5), rows=ROWS)  # fmt: skip


_ONE_LINE = "A straight line, so no hidden layer, is enough."

_ALL = (
    Generator("xor", "XOR",
              "Class 1 where exactly one coordinate is positive. No straight line can split it; one hidden layer can.",
              clusters.xor, noise=0.05),
    Generator("circle", "Circle",
              "Class 1 inside, class 0 around it. Three hidden units, or the inputs x₁² and x₂², are enough.",
              clusters.circle, noise=0.05),
    Generator("spiral", "Spiral", "Two arms wound about each other: hard for a small network, easy for a deeper one.",
              spirals.arms, extent=(-3.0, 3.0), noise=0.05, parameters=(_TURNS,)),
    Generator("moons", "Moons", "Two half circles that reach into each other.",
              spirals.moons, extent=(-1.5, 1.5), noise=0.1),
    Generator("blobs", "Blobs", "Two round clouds. A straight line, so no hidden layer, is enough.",
              clusters.blobs, extent=(-1.5, 1.5)),
    Generator("checkerboard", "Checker", "Sixteen unit squares of alternating class: XOR over and over.",
              clusters.checkerboard, extent=(-2.0, 2.0)),
    Generator("three_arms", "3 arms", "Three arms, one class each.",
              spirals.three_arms, n_classes=3, extent=(-3.0, 3.0), noise=0.05,
              parameters=(Parameter("turns", "Turns", 0.75, 0.25, 3.0, description=_TURNS.description),)),
    Generator("plane", "Plane", "Regression: the value is y = (x₁ + x₂) / 2. A linear network learns it exactly.",
              curves.plane, n_classes=0),
    _truth_table("and", "AND", (0, 0, 0, 1), _ONE_LINE),
    _truth_table("or", "OR", (0, 1, 1, 1), _ONE_LINE),
    _truth_table("nand", "NAND", (1, 1, 1, 0), _ONE_LINE),
    _truth_table("nor", "NOR", (1, 0, 0, 0), _ONE_LINE),
    _truth_table("xor_table", "XOR 0/1", (0, 1, 1, 0), "No straight line can split it; two hidden units can."),
    Generator("rings", "Rings", "k rings about the origin, one class each, the innermost a disc.",
              clusters.rings, n_classes=3, extent=(-2.0, 2.0), noise=0.02, parameters=(_CLASSES,)),
    Generator("k_blobs", "k blobs", "k round clouds on a circle, one class each.",
              clusters.k_blobs, n_classes=4, extent=(-3.0, 3.0),
              parameters=(Parameter("classes", "Classes", 4, 2, 10, integer=True, description=_CLASSES.description),)),
    Generator("sine", "Sine", "Class 1 above the curve x₂ = sin(π·x₁), class 0 below it.",
              boundaries.sine, extent=(-2.0, 2.0)),
    Generator("cubic", "Cubic", "Class 1 above the curve x₂ = x₁³/3 − x₁, class 0 below it.",
              boundaries.cubic, extent=(-2.0, 2.0)),
    Generator("curve", "Curve", "Regression with one input: the value is y = sin(2·x₁) / (1 + x₁²/4).",
              curves.curve, n_classes=0, extent=(-3.0, 3.0), n_features=1),
    Generator("multi_gauss", "Hills", "Regression: three hills and three hollows of height 1 on the plane.",
              curves.multi_gauss, n_classes=0, extent=(-3.0, 3.0)),
    Generator("function", "Function",
              "Class 1 above the curve x₂ = f(x₁) of the function that you type, class 0 below it.",
              function_boundary.function, extent=(-2.0, 2.0), takes_curve=True),
    Generator("digits", "Digits",
              "Handwritten digits, 8 × 8 pixels of ink 0 … 1: 64 inputs, ten classes. "
              "With no hidden layer each class has one template.",
              digits.digits, n_classes=digits.N_CLASSES, extent=(0.0, 1.0), n_features=digits.N_PIXELS,
              available=digits.N_AVAILABLE, class_names=tuple(str(digit) for digit in range(digits.N_CLASSES)),
              credit=digits.CREDIT),
)  # fmt: skip

#: Every generator by name, in the order of the gallery.
GENERATORS: Mapping[str, Generator] = MappingProxyType({entry.name: entry for entry in _ALL})


def generator(name: str) -> Generator:
    """Return the generator called `name`, or raise ``ValueError`` that lists the names there are."""
    if name not in GENERATORS:
        raise ValueError(
            message("dataset: expected one of {names}, got {name!r}", names=", ".join(GENERATORS), name=name)
        )
    return GENERATORS[name]


def make(
    name: str,
    *,
    points: int = DEFAULT_POINTS,
    noise: float | None = None,
    seed: int = 0,
    parameters: Mapping[str, float] | None = None,
    curve: Callable[[Floats], Floats] | None = None,
) -> Dataset:
    """Return points of the kind `name`: the same arguments, the same bits.

    Parameters
    ----------
    name : str
        A key of ``GENERATORS``.
    points : int
        How many, 2 to 1,000,000; classes differ by one point at most, but in a truth table, whose rows repeat.
    noise : float, optional
        Standard deviation of the normal displacement of each coordinate, in the data's own
        coordinates, 0 to 2; the generator's own when None.
    seed : int
        From 0.
    parameters : mapping, optional
        Settings of this generator; see ``Generator.parameters``.
    curve : callable, optional
        x₁ (n,) to x₂ (n,), for a kind that takes one; its own when None.

    Raises
    ------
    ValueError
        On an unknown name or setting, or a value outside its limits; the message names it.
    """
    entry = generator(name)
    n = integer("points", points, MIN_POINTS, MAX_POINTS)
    require(
        n <= entry.most_points,
        "points: {label} has {most} examples, got {n}; choose fewer",
        label=entry.label,
        most=entry.most_points,
        n=n,
    )
    require(curve is None or entry.takes_curve, "curve: {name} takes none; choose function", name=entry.name)
    spread = number("noise", entry.noise if noise is None else noise, 0.0, MAX_NOISE)
    seed = integer("seed", seed, 0, MAX_SEED)
    settings = entry.settings(parameters or {})
    chosen = {} if curve is None else {"curve": curve}
    placed, targets = entry.place(np.random.default_rng([seed, 0]), n, **settings, **chosen)
    if spread:
        placed += spread * np.random.default_rng([seed, 1]).standard_normal(placed.shape)
    n_classes = int(settings.get("classes", entry.n_classes))
    return Dataset(placed, targets, n_classes, extent=entry.extent, class_names=entry.class_names)
