"""Every generator keeps the same promises; each also places its points by its own law."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.dataset import Dataset
from datasets.generators.boundaries import divided
from datasets.generators.curves import HILLS
from datasets.generators.table import GENERATORS, generator, make

names = st.sampled_from(list(GENERATORS))
seeds = st.integers(0, 2**63 - 1)
sizes = st.integers(2, 300)
noises = st.floats(0.0, 2.0)
TABLES = [name for name, entry in GENERATORS.items() if entry.rows]
SCATTERED = [name for name in GENERATORS if name not in TABLES]
CLASSIFIERS = [name for name in SCATTERED if not GENERATORS[name].is_regression]


def radius(data: Dataset) -> np.ndarray:
    return np.hypot(data.points[:, 0], data.points[:, 1])


@given(names, sizes, noises, seeds)
def test_the_same_arguments_give_the_same_bits(name: str, n: int, noise: float, seed: int) -> None:
    first, second = (make(name, points=n, noise=noise, seed=seed) for _ in range(2))

    assert first.points.tobytes() == second.points.tobytes()
    assert first.targets.tobytes() == second.targets.tobytes()


@given(st.sampled_from(SCATTERED), seeds)
def test_another_seed_gives_other_points(name: str, seed: int) -> None:
    other = (seed + 1) % 2**63

    assert not np.array_equal(make(name, seed=seed).points, make(name, seed=other).points)


@given(names, sizes, noises, seeds)
def test_points_are_finite_and_shaped_as_the_data_set_says(name: str, n: int, noise: float, seed: int) -> None:
    data = make(name, points=n, noise=noise, seed=seed)

    assert data.points.shape == (n, data.n_features) == (n, GENERATORS[name].n_features)
    assert data.targets.shape == (n,)
    assert data.n_points == n
    assert np.isfinite(data.points).all()
    assert np.isfinite(data.targets).all()
    assert data.n_classes == GENERATORS[name].n_classes
    assert data.is_regression == GENERATORS[name].is_regression


@given(names, sizes, st.floats(0.001, 2.0), seeds)
def test_noise_moves_positions_and_no_target(name: str, n: int, noise: float, seed: int) -> None:
    clean, noisy = make(name, points=n, noise=0.0, seed=seed), make(name, points=n, noise=noise, seed=seed)

    assert np.array_equal(clean.targets, noisy.targets)
    assert (clean.points != noisy.points).any()


@given(names, seeds, st.floats(0.01, 0.5))
def test_twice_the_noise_moves_each_point_twice_as_far(name: str, seed: int, noise: float) -> None:
    clean, once, twice = (make(name, points=50, noise=share * noise, seed=seed).points for share in (0, 1, 2))

    np.testing.assert_allclose(twice - clean, 2 * (once - clean), rtol=0, atol=1e-12)


@pytest.mark.parametrize("name", GENERATORS)
def test_noise_is_the_standard_deviation_of_the_displacement(name: str) -> None:
    n = min(20_000, GENERATORS[name].most_points)
    clean, noisy = make(name, points=n, noise=0.0), make(name, points=n, noise=0.3)
    moved = noisy.points - clean.points

    assert abs(moved.std() - 0.3) < 0.01
    assert abs(moved.mean()) < 0.01


@given(names, sizes, sizes, seeds)
def test_more_points_keep_those_already_there(name: str, few: int, more: int, seed: int) -> None:
    few, more = sorted((few, more))
    small, large = make(name, points=few, noise=0.1, seed=seed), make(name, points=more, noise=0.1, seed=seed)

    assert np.array_equal(small.points, large.points[:few])
    assert np.array_equal(small.targets, large.targets[:few])


@given(st.sampled_from(CLASSIFIERS), sizes, seeds)
def test_classes_differ_by_one_point_at_most(name: str, n: int, seed: int) -> None:
    counts = make(name, points=n, seed=seed).counts()

    assert sum(counts) == n
    assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize("name", SCATTERED)
def test_clean_points_lie_in_the_stated_extent_and_use_it(name: str) -> None:
    data = make(name, points=min(20_000, GENERATORS[name].most_points), noise=0.0)
    low, high = data.extent
    outside = ((data.points < low) | (data.points > high)).any(axis=1).mean()

    assert data.extent == GENERATORS[name].extent
    assert outside <= 0.001
    assert np.abs(data.points).max() > 0.9 * high


@pytest.mark.parametrize("name", GENERATORS)
def test_every_entry_tells_people_what_it_is(name: str) -> None:
    entry = generator(name)

    assert entry.name == name
    assert entry.label
    assert entry.description.endswith(".")
    for parameter in entry.parameters:
        assert parameter.low <= parameter.default <= parameter.high
        assert parameter.label
        assert parameter.description


# ---- the law of each ---------------------------------------------------------------------------


def test_xor_is_one_where_exactly_one_coordinate_is_positive_with_a_gap_at_the_axes() -> None:
    data = make("xor", noise=0.0, points=1000)

    assert np.array_equal(data.targets, (data.points[:, 0] > 0) ^ (data.points[:, 1] > 0))
    assert np.abs(data.points).min() >= 0.25
    quadrants = 2 * (data.points[:, 0] > 0) + (data.points[:, 1] > 0)
    assert np.bincount(quadrants).tolist() == [250, 250, 250, 250]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("and", [0, 0, 0, 1]),
        ("or", [0, 1, 1, 1]),
        ("nand", [1, 1, 1, 0]),
        ("nor", [1, 0, 0, 0]),
        ("xor_table", [0, 1, 1, 0]),
    ],
)
def test_a_truth_table_has_its_four_rows_and_repeats_them(name: str, expected: list[int]) -> None:
    four, ten = make(name, points=4), make(name, points=10)

    assert four.points.tolist() == [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    assert four.targets.tolist() == expected
    assert ten.points.tolist() == (four.points.tolist() * 3)[:10]
    assert ten.targets.tolist() == (expected * 3)[:10]


def test_the_truth_tables_are_the_logical_functions_of_their_names() -> None:
    assert TABLES == ["and", "or", "nand", "nor", "xor_table"]
    for name, function in zip(
        TABLES,
        (np.logical_and, np.logical_or, lambda a, b: ~(a & b), lambda a, b: ~(a | b), np.logical_xor),
        strict=True,
    ):
        data = make(name, points=4)
        first, second = (data.points == 1.0).T
        assert np.array_equal(data.targets == 1, function(first, second))
        assert GENERATORS[name].noise == 0.0
        assert data.extent[0] < 0.0 < 1.0 < data.extent[1]


def test_the_circle_has_a_ring_of_empty_space_between_its_classes() -> None:
    data = make("circle", noise=0.0, points=2000)

    assert radius(data)[data.targets == 1].max() <= 0.5
    assert radius(data)[data.targets == 0].min() >= 0.7


def test_the_disc_of_the_circle_is_covered_evenly() -> None:
    data = make("circle", noise=0.0, points=20_000)
    inside = radius(data)[data.targets == 1]

    assert abs((inside < 0.25).mean() - 0.25) < 0.02


@pytest.mark.parametrize("classes", [2, 3, 7, 10])
def test_rings_stand_one_outside_the_other(classes: int) -> None:
    data = make("rings", noise=0.0, points=2000, parameters={"classes": classes})
    r = radius(data)

    assert data.n_classes == classes
    assert len(data.class_names) == classes
    for label in range(classes - 1):
        assert r[data.targets == label].max() < r[data.targets == label + 1].min()


@pytest.mark.parametrize(("name", "classes"), [("blobs", 2), ("k_blobs", 4), ("k_blobs", 10)])
def test_blobs_are_nearest_to_their_own_centre(name: str, classes: int) -> None:
    parameters = {"classes": classes} if name == "k_blobs" else {}
    data = make(name, noise=0.0, points=4000, parameters=parameters)
    centres = np.array([data.points[data.targets == label].mean(axis=0) for label in range(classes)])
    nearest = np.linalg.norm(data.points[:, None] - centres, axis=2).argmin(axis=1)

    assert (nearest == data.targets).mean() > 0.97


def test_the_checkerboard_alternates_over_sixteen_squares() -> None:
    data = make("checkerboard", noise=0.0, points=4000)
    column, row = np.floor(data.points).T

    assert np.array_equal(data.targets, (column + row) % 2)
    assert len(set(zip(column, row, strict=True))) == 16
    assert np.abs(data.points - np.round(data.points)).min() >= 0.07 - 1e-12


@pytest.mark.parametrize(
    ("name", "classes", "turns"), [("spiral", 2, 1.25), ("spiral", 2, 2.0), ("three_arms", 3, 0.75)]
)
def test_the_arms_of_a_spiral_are_one_arm_turned(name: str, classes: int, turns: float) -> None:
    data = make(name, noise=0.0, points=600, parameters={"turns": turns})
    angle = np.arctan2(data.points[:, 1], data.points[:, 0])
    expected = 2 * np.pi * (turns * radius(data) / 3 + data.targets / classes)

    np.testing.assert_allclose(np.cos(angle - expected), 1.0, atol=1e-12)
    assert radius(data).min() >= 0.3


def test_the_moons_are_half_circles_that_reach_into_each_other() -> None:
    data = make("moons", noise=0.0, points=600)
    for label, side in ((0, 1.0), (1, -1.0)):
        moon = side * data.points[data.targets == label] + [0.5, 0.25]
        np.testing.assert_allclose(np.hypot(*moon.T), 1.0, atol=1e-12)
        assert moon[:, 1].min() >= 0


@pytest.mark.parametrize(("name", "curve"), [("sine", lambda x: np.sin(np.pi * x)), ("cubic", lambda x: x**3 / 3 - x)])
def test_a_boundary_has_class_1_above_its_curve_and_a_gap(name: str, curve: object) -> None:
    data = make(name, noise=0.0, points=4000)
    above = data.points[:, 1] - curve(data.points[:, 0])  # type: ignore[operator]

    assert np.array_equal(data.targets, above > 0)
    assert np.abs(above).min() >= 0.1 - 1e-12


def test_a_curve_that_leaves_the_square_is_cut_at_its_edge() -> None:
    points, labels = divided(np.random.default_rng(0), 1000, lambda x: 50 * x)

    assert np.abs(points[:, 1]).max() <= 2.2 + 1e-12
    assert np.array_equal(labels, points[:, 1] > np.clip(50 * points[:, 0], -2, 2))


@pytest.mark.parametrize(
    ("curve", "message"),
    [
        (lambda x: x / 0.0, "not finite"),
        (lambda x: 1.0, "one value per point"),
        (lambda x: x[:2], "one value per point"),
    ],
)
def test_a_bad_curve_is_refused_with_the_cure(curve: object, message: str) -> None:
    with np.errstate(all="ignore"), pytest.raises(ValueError, match=message):
        divided(np.random.default_rng(0), 10, curve)  # type: ignore[arg-type]


def test_the_plane_is_the_mean_of_its_coordinates() -> None:
    data = make("plane", noise=0.0)

    np.testing.assert_allclose(data.targets, data.points.mean(axis=1), atol=1e-15)


def test_the_curve_has_one_input_and_follows_its_formula() -> None:
    data = make("curve", noise=0.0)
    x = data.points[:, 0]

    assert data.n_features == 1
    assert data.feature_names == ("x₁",)
    np.testing.assert_allclose(data.targets, np.sin(2 * x) * 4 / (4 + x * x), atol=1e-15)


def test_the_hills_reach_one_at_a_top_and_minus_one_in_a_hollow() -> None:
    data = make("multi_gauss", noise=0.0, points=50_000)

    tops = np.array([(x1, x2) for x1, x2, height in HILLS if height > 0])
    assert np.linalg.norm(tops - data.points[data.targets.argmax()], axis=1).min() < 0.2
    assert 0.98 < data.targets.max() < 1.02
    assert -1.02 < data.targets.min() < -0.98


# ---- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"name": "xorr"}, "dataset: expected one of xor, circle, .*, got 'xorr'"),
        ({"name": "xor", "points": 1}, "points: expected an integer from 2 to 1 000 000, got 1"),
        ({"name": "xor", "points": 2.0}, "points: expected an integer"),
        ({"name": "xor", "points": True}, "points: expected an integer"),
        ({"name": "xor", "noise": -0.1}, "noise: expected a number from 0 to 2, got -0.1"),
        ({"name": "xor", "noise": float("nan")}, "noise: expected a number"),
        ({"name": "xor", "noise": "much"}, "noise: expected a number .* got 'much'"),
        ({"name": "xor", "noise": True}, "noise: expected a number"),
        ({"name": "xor", "seed": -1}, "seed: expected an integer from 0"),
        ({"name": "xor", "parameters": {"turns": 1}}, "turns: xor has no such setting; it has none"),
        ({"name": "spiral", "parameters": {"classes": 3}}, "classes: spiral has no such setting; it has turns"),
        ({"name": "spiral", "parameters": {"turns": 9}}, "turns: expected a number from 0.25 to 3, got 9"),
        ({"name": "rings", "parameters": {"classes": 11}}, "classes: expected an integer from 2 to 10, got 11"),
        ({"name": "rings", "parameters": {"classes": 2.5}}, "classes: expected an integer"),
    ],
)
def test_a_wrong_argument_is_refused_by_name(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make(**arguments)  # type: ignore[arg-type]


def test_numpy_numbers_are_numbers() -> None:
    data = make("xor", points=np.int64(10), noise=np.float64(0.5), seed=np.int32(3))  # type: ignore[arg-type]

    assert np.array_equal(data.points, make("xor", points=10, noise=0.5, seed=3).points)


def test_the_first_noise_of_a_generator_is_its_own() -> None:
    assert np.array_equal(make("moons").points, make("moons", noise=GENERATORS["moons"].noise).points)


def test_the_table_cannot_be_changed_from_outside() -> None:
    with pytest.raises(TypeError):
        GENERATORS["mine"] = GENERATORS["xor"]  # type: ignore[index]
