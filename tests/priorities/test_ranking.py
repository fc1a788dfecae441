"""Rankings against the literature and another library; robustness against exact values, brute force and properties."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nasssap_lib.errors import MissingEvidence, NasssapError
from nasssap_lib.priorities.acceptability import Spread, _ordered_weights, acceptability_of_draws, rank_acceptability
from nasssap_lib.priorities.rank_intervals import rank_interval
from nasssap_lib.priorities.ranking import rank_options, vikor_measures
from tests.reference_numbers import reference, reference_path

CHILD, OLD_AGE, WORKS = "child benefit", "social pension", "public works"
MATRIX = pd.DataFrame(
    {"persons": [900, 300, 500], "cost": [1.5, 0.4, 0.6], "ready": [2, 4, 1]}, index=[CHILD, OLD_AGE, WORKS]
)
OBJECTIVES = {"persons": "max", "cost": "min", "ready": "max"}
WEIGHTS = {"persons": 0.6, "cost": 0.2, "ready": 0.2}


def matrices(options=(2, 6), criteria=(2, 4)):
    """Matrices of small whole numbers, all criteria to be maximised, and weights in whole numbers."""

    def of_size(size):
        rows = st.lists(
            st.lists(st.integers(0, 9), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
        )
        return st.tuples(rows, st.lists(st.integers(1, 9), min_size=size[1], max_size=size[1])).map(framed)

    return st.tuples(st.integers(*options), st.integers(*criteria)).flatmap(of_size)


def framed(drawn):
    rows, weights = drawn
    names = [f"c{number}" for number in range(len(weights))]
    frame = pd.DataFrame(rows, index=[f"o{number}" for number in range(len(rows))], columns=names, dtype=float)
    return frame, dict(zip(names, weights, strict=True)), dict.fromkeys(names, "max")


def mcda_case(name):
    case = next(case for case in reference("mcda.json")["cases"] if case["id"].startswith(name))
    matrix = pd.DataFrame(case["matrix"])
    weights = pd.Series(case.get("weights", [1.0] * matrix.shape[1]))
    objectives = pd.Series(case.get("types", [1] * matrix.shape[1])).map({1: "max", -1: "min"})
    return matrix, weights, objectives, case["expected"], case["tol"]


# ---- rank_options


def test_weighted_sum_by_hand():
    """Range scaled: child (1, 0, 1/3), pension (0, 1, 1), works (1/3, 9/11, 0); weights 0.6, 0.2, 0.2."""
    ranking = rank_options(MATRIX, WEIGHTS, OBJECTIVES)
    expected = [0.6 + 0.2 / 3, 0.4, 0.6 / 3 + 0.2 * 9 / 11]
    assert ranking.table["score"].tolist() == pytest.approx(expected)
    assert ranking.table["rank"].tolist() == [1, 2, 3]
    assert ranking.contributions.loc[CHILD].tolist() == pytest.approx([0.6, 0, 0.2 / 3])


@pytest.mark.reference
def test_weighted_sum_equals_kracka_2010():
    matrix, weights, objectives, expected, tolerance = mcda_case("WSM Kracka")
    found = rank_options(matrix, weights, objectives, normalisation="sum").table
    assert found["score"].tolist() == pytest.approx(expected["score"], abs=tolerance)
    assert found["rank"].tolist() == expected["rank"]


@pytest.mark.reference
def test_topsis_equals_tzeng_and_huang_2011():
    matrix, weights, objectives, expected, tolerance = mcda_case("TOPSIS")
    found = rank_options(matrix, weights, objectives, "topsis").table
    assert found["score"].tolist() == pytest.approx(expected["similarity"], abs=tolerance)
    assert found["rank"].tolist() == expected["rank"]


@pytest.mark.reference
def test_vikor_equals_opricovic_and_tzeng_2004():
    matrix, weights, objectives, expected, tolerance = mcda_case("VIKOR")
    found = rank_options(matrix, weights, objectives, "vikor").table
    measures = vikor_measures(matrix.to_numpy(float), weights.to_numpy(), np.array([-1.0, 1.0]))
    for name, values in zip("SRQ", measures, strict=True):
        assert values.tolist() == pytest.approx(expected[name], abs=tolerance)
    assert (1 - found["score"]).tolist() == pytest.approx(expected["Q"], abs=tolerance)
    assert found.index[found["rank"] == 1].tolist() == expected["compromise"]


@pytest.mark.reference
def test_promethee_equals_zhao_2013():
    matrix, weights, objectives, expected, tolerance = mcda_case("PROMETHEE II")
    found = rank_options(matrix, weights, objectives, "promethee2").table
    assert found["score"].tolist() == pytest.approx(expected["net_flow"], abs=tolerance)


def test_opricovic_and_tzeng_without_the_reference_folder():
    """Opricovic and Tzeng (2004), EJOR 156, the mountain climber: Q = 1, 0, 1; and Zhao et al. (2013): flows 0.1, −0.3, 0.2."""
    climber = pd.DataFrame({"risk": [1, 2, 5], "altitude": [3000, 3750, 4500]})
    found = rank_options(climber, {"risk": 1, "altitude": 1}, {"risk": "min", "altitude": "max"}, "vikor").table
    assert (1 - found["score"]).tolist() == [1, 0, 1]
    zhao = pd.DataFrame([[4, 3, 2], [3, 2, 4], [5, 1, 3]], columns=list("abc"))
    flows = rank_options(zhao, {"a": 0.5, "b": 0.3, "c": 0.2}, dict.fromkeys("abc", "max"), "promethee2").table["score"]
    assert flows.tolist() == pytest.approx([0.1, -0.3, 0.2])


@given(matrices(options=(3, 6)))
def test_scikit_criteria_agrees(problem):
    """scikit-criteria, the library that was not kept, on the same problem."""
    skc = pytest.importorskip("skcriteria")
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.agg.vikor import VIKOR
    from skcriteria.preprocessing.scalers import VectorScaler

    matrix, weights, objectives = problem
    assume((np.ptp(matrix.to_numpy(), axis=0) > 0).all())
    share = np.array(list(weights.values())) / sum(weights.values())
    theirs = skc.mkdm(matrix.to_numpy(), [max] * len(share), weights=share)
    ours = rank_options(matrix, weights, objectives, "topsis").table["score"]
    assert TOPSIS().evaluate(VectorScaler(target="matrix").transform(theirs)).e_.similarity == pytest.approx(
        ours, abs=1e-12
    )
    s, r, q = vikor_measures(matrix.to_numpy(), share, np.ones(len(share)))
    assume(np.ptp(s) > 1e-9 and np.ptp(r) > 1e-9)
    assert VIKOR().evaluate(theirs).e_.q_k == pytest.approx(q, abs=1e-9)


@given(matrices())
def test_contributions_add_up_to_the_score(problem):
    ranking = rank_options(*problem)
    assert ranking.contributions.sum(axis=1).to_numpy() == pytest.approx(ranking.table["score"].to_numpy())


@given(matrices(), st.integers(2, 1000))
def test_scale_of_weights_does_not_matter(problem, factor):
    matrix, weights, objectives = problem
    larger = {name: weight * factor for name, weight in weights.items()}
    for method in ("weighted_sum", "topsis", "vikor", "promethee2"):
        assert (
            rank_options(matrix, weights, objectives, method).table["rank"].tolist()
            == rank_options(matrix, larger, objectives, method).table["rank"].tolist()
        )


@given(matrices(), st.data())
def test_a_copy_changes_no_other_pair(problem, data):
    matrix, weights, objectives = problem
    copied = data.draw(st.sampled_from(list(matrix.index)))
    longer = pd.concat([matrix, matrix.loc[[copied]].rename(index={copied: "copy"})])
    before, after = (
        rank_options(table, weights, objectives).table.set_index("option")["rank"] for table in (matrix, longer)
    )
    assert after["copy"] == after[copied]
    original = after[matrix.index].to_numpy()
    assert (np.sign(original[:, None] - original) == np.sign(before.to_numpy()[:, None] - before.to_numpy())).all()


@given(matrices())
def test_turned_objectives_and_values_are_the_same_problem(problem):
    matrix, weights, objectives = problem
    turned = rank_options(-matrix, weights, dict.fromkeys(objectives, "min")).table
    pd.testing.assert_frame_equal(turned, rank_options(matrix, weights, objectives).table)


@pytest.mark.parametrize("method", ["weighted_sum", "topsis", "vikor", "promethee2"])
def test_equal_options_tie_and_a_flat_criterion_says_nothing(method):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        equal = rank_options(MATRIX * 0 + 3, WEIGHTS, OBJECTIVES, method)
        flat = rank_options(MATRIX.assign(ready=3), WEIGHTS, OBJECTIVES, method)
        without = rank_options(
            MATRIX.drop(columns="ready"), {"persons": 3, "cost": 1}, {"persons": "max", "cost": "min"}, method
        )
    assert equal.table["rank"].tolist() == [1, 1, 1]
    assert equal.indifferent == ("persons", "cost", "ready")
    assert flat.indifferent == ("ready",)
    assert flat.table["rank"].tolist() == without.table["rank"].tolist()
    assert np.isfinite(flat.table["score"]).all()


@pytest.mark.parametrize("method", ["weighted_sum", "topsis", "vikor", "promethee2"])
def test_two_options_that_each_lead_once_tie(method):
    matrix = pd.DataFrame({"x": [1, 0], "y": [0, 1]}, index=["a", "b"])
    table = rank_options(matrix, {"x": 1, "y": 1}, {"x": "max", "y": "max"}, method).table
    assert table["rank"].tolist() == [1, 1]


def test_rounding_noise_is_no_difference():
    """0.1 + 0.2 and 0.3 are equal values, not the worst and the best of a scale."""
    matrix = pd.DataFrame({"x": [0.1 + 0.2, 0.3], "y": [1, 2]}, index=["a", "b"])
    ranking = rank_options(matrix, {"x": 9, "y": 1}, {"x": "max", "y": "max"})
    assert ranking.indifferent == ("x",)
    assert ranking.table["rank"].tolist() == [2, 1]


def test_missing_values_are_named_not_filled():
    with pytest.raises(MissingEvidence, match="child benefit: cost, public works: ready"):
        rank_options(MATRIX.replace({"cost": {1.5: np.nan}, "ready": {1: np.nan}}), WEIGHTS, OBJECTIVES)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weights": {"persons": 1, "costs": 1, "ready": 1}}, r"missing \['cost'\], unknown \['costs'\]"),
        ({"weights": dict.fromkeys(OBJECTIVES, 0)}, "sum above 0"),
        ({"weights": {**WEIGHTS, "cost": -1}}, "at least 0"),
        ({"objectives": {**OBJECTIVES, "cost": "low"}}, "'cost': 'low'"),
        ({"method": "electre"}, "'electre'"),
        ({"normalisation": "sum", "matrix": MATRIX - 1}, "values above 0"),
        ({"matrix": MATRIX.astype(object).replace(900, "many")}, "not a number"),
        ({"matrix": MATRIX.replace(900, np.inf)}, "infinite"),
        ({"matrix": MATRIX.iloc[:0]}, "at least one option"),
        ({"matrix": pd.concat([MATRIX, MATRIX])}, "named once"),
    ],
)
def test_what_does_not_fit_is_said(change, sentence):
    with pytest.raises(NasssapError, match=sentence):
        rank_options(**{"matrix": MATRIX, "weights": WEIGHTS, "objectives": OBJECTIVES, **change})


# ---- what would turn the order


@given(matrices(options=(2, 5)), st.data())
def test_rank_interval_is_what_filling_in_finds(problem, data):
    """Brute force: every combination of lowest and highest known value in two missing cells."""
    matrix, weights, objectives = problem
    cells = [
        (data.draw(st.integers(0, len(matrix) - 1)), data.draw(st.integers(0, matrix.shape[1] - 1))) for _ in range(2)
    ]
    gaps = matrix.copy()
    for row, column in cells:
        gaps.iloc[row, column] = np.nan
    assume((gaps.max() > gaps.min()).iloc[[column for _, column in cells]].all())
    found = rank_interval(gaps, weights, objectives)
    seen = []
    for ends in np.ndindex(2, 2):
        filled = gaps.copy()
        for (row, column), end in zip(cells, ends, strict=True):
            filled.iloc[row, column] = (gaps.min(), gaps.max())[end].iloc[column]
        seen.append(rank_options(filled, weights, objectives).table["rank"])
    assert found["rank_best"].tolist() == np.min(seen, axis=0).tolist()
    assert found["rank_worst"].tolist() == np.max(seen, axis=0).tolist()


def test_rank_interval_names_the_cells_that_matter():
    gaps = MATRIX.astype(float)
    gaps.loc[CHILD, "cost"], gaps.loc[WORKS, "ready"] = np.nan, np.nan
    found = rank_interval(gaps, WEIGHTS, OBJECTIVES, ranges={"cost": (0.4, 1.5)}).set_index("option")
    assert found.loc[CHILD, ["rank_best", "rank_worst", "decisive"]].tolist() == [1, 1, ""]
    # with a cost of 0.6 for the child benefit, cost runs from 0.4 to 0.6: works get 0 for it and at most draw level, 0.2 + 0.2 = 0.4
    assert found.loc[OLD_AGE, ["rank_best", "rank_worst"]].tolist() == [2, 3]
    assert found.loc[OLD_AGE, "decisive"] == f"{CHILD}: cost; {WORKS}: ready"
    assert found["surely_behind"].to_dict() == {CHILD: "", OLD_AGE: CHILD, WORKS: CHILD}


@given(matrices(options=(2, 5)), st.data())
def test_no_filling_contradicts_the_interval(problem, data):
    """Missing values reach beyond the known ones, so that filling them in also moves the scale; the ranking of what was filled in
    stays within the interval, and whoever is surely ahead is ahead.
    """
    matrix, weights, objectives = problem
    objectives = {name: data.draw(st.sampled_from(["max", "min"])) for name in objectives}
    size = matrix.shape
    cells = data.draw(st.sets(st.tuples(*(st.integers(0, n - 1) for n in size)), min_size=1, max_size=4))
    low, high, gaps = matrix.copy(), matrix.copy(), matrix.copy()
    for cell in cells:
        first, second = sorted(data.draw(st.tuples(st.integers(-20, 30), st.integers(-20, 30))))
        low.iloc[cell], high.iloc[cell], gaps.iloc[cell] = first, second, np.nan
    found = rank_interval(gaps, weights, objectives, (low, high)).set_index("option")
    for _ in range(5):
        filled = gaps.copy()
        for cell in cells:
            filled.iloc[cell] = low.iloc[cell] + (high - low).iloc[cell] * data.draw(st.sampled_from([0, 0.3, 0.5, 1]))
        ranking = rank_options(filled, weights, objectives).table.set_index("option")
        assert (ranking["rank"] >= found["rank_best"]).all() and (ranking["rank"] <= found["rank_worst"]).all()
        for option, ahead in found["surely_behind"].items():
            assert all(ranking["score"][name] > ranking["score"][option] for name in ahead.split(";") if name)


def test_rank_interval_without_gaps_is_the_ranking():
    found = rank_interval(MATRIX, WEIGHTS, OBJECTIVES, ranges={"cost": (0, 100)})
    assert found["rank_best"].tolist() == found["rank_worst"].tolist() == [1, 2, 3]
    assert set(found["decisive"]) == {""}


def test_rank_interval_refuses_to_guess():
    unknown = MATRIX.assign(ready=[np.nan, 4, np.nan])
    with pytest.raises(MissingEvidence, match="ready"):
        rank_interval(unknown, WEIGHTS, OBJECTIVES)
    assert rank_interval(unknown, WEIGHTS, OBJECTIVES, ranges={"ready": (1, 4)})["rank_worst"].max() == 3
    with pytest.raises(NasssapError, match="above the high one"):
        rank_interval(unknown, WEIGHTS, OBJECTIVES, ranges={"ready": (4, 1)})
    with pytest.raises(NasssapError, match="unknown criteria"):
        rank_interval(unknown, WEIGHTS, OBJECTIVES, ranges={"reddy": (1, 4)})


# ---- rank_acceptability

CORNERS = pd.DataFrame({"x": [1, 0, 0.6], "y": [0, 1, 0.6]}, index=["a", "b", "c"])
BOTH = {"x": "max", "y": "max"}


def shares(found, place=1):
    return found.table[f"rank_{place}"].to_numpy()


@pytest.mark.parametrize("draws", [2_000, 50_000])
def test_two_criteria_against_the_exact_shares(draws):
    """With weight w on x, a leads for w > 0.6, b for w < 0.4, c between: 0.4, 0.4, 0.2. Central weights: 0.8, 0.2, 0.5."""
    found = rank_acceptability(CORNERS, BOTH, draws=draws, seed=3)
    exact = np.array([0.4, 0.4, 0.2])
    assert (abs(shares(found) - exact) < 4 * np.sqrt(exact * (1 - exact) / draws)).all()
    assert found.central_weights["x"].tolist() == pytest.approx([0.8, 0.2, 0.5], abs=0.03)
    assert found.table["confidence"].tolist() == [1, 1, 1]


def test_ordered_weights_against_the_exact_shares():
    """With x before y, w is between ½ and 1: a leads for w > 0.6, four fifths of it; y before x is the mirror image."""
    found = rank_acceptability(CORNERS, BOTH, 50_000, weights="ordered", order=["x", "y"])
    assert shares(found) == pytest.approx([0.8, 0, 0.2], abs=0.01)
    mirror = rank_acceptability(CORNERS, BOTH, 50_000, weights="ordered", order=["y", "x"])
    assert shares(mirror) == pytest.approx([0, 0.8, 0.2], abs=0.01)
    assert found.central_weights.loc["b"].isna().all()
    assert np.isnan(found.table["confidence"][1])


def test_an_order_that_names_one_of_three_criteria_against_the_exact_shares():
    """X weighs at least as much as y and as z: a third of all weights. a (x alone) leads where x weighs more than a half, a quarter
    of all weights and all within that third: three quarters. Mean weights of the third: 11/18 and 7/36 twice.
    """
    matrix = pd.DataFrame({"x": [1, 0], "y": [0, 1], "z": [0, 1]}, index=["a", "d"])
    objectives = dict.fromkeys("xyz", "max")
    found = rank_acceptability(matrix, objectives, 50_000, weights="ordered", order=["x"])
    assert shares(found) == pytest.approx([0.75, 0.25], abs=0.01)
    mean = (found.central_weights.mul(shares(found), axis=0)).sum()
    assert mean.tolist() == pytest.approx([11 / 18, 7 / 36, 7 / 36], abs=0.005)


def test_an_order_that_names_two_of_three_is_the_full_order():
    full, two = (
        rank_acceptability(MATRIX, OBJECTIVES, 3_000, weights="ordered", order=order)
        for order in (["ready", "cost", "persons"], ["ready", "cost"])
    )
    pd.testing.assert_frame_equal(full.table, two.table)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 9))
def test_every_draw_respects_the_order_and_none_is_thrown_away(criteria, named, seed):
    named = min(named, criteria)
    weights = _ordered_weights(np.random.default_rng(seed), 200, criteria, named)
    assert weights.shape == (200, criteria)
    assert weights.sum(axis=1) == pytest.approx(1)
    assert (np.diff(weights[:, :named], axis=1) <= 0).all()
    assert (weights[:, named:] <= weights[:, [named - 1]]).all()


def test_what_is_not_named_has_no_order_of_its_own():
    """Both orders of two criteria that are not named are equally often drawn."""
    weights = _ordered_weights(np.random.default_rng(0), 40_000, 4, 2)
    assert (weights[:, 2] > weights[:, 3]).mean() == pytest.approx(0.5, abs=0.01)


def test_uniform_and_triangular_values_against_the_exact_share():
    """The value of a lies in 0 … 1, likeliest 0.5, that of b is 0.75: a leads with 1/4 (uniform) or 2·¼² = 1/8 (triangle)."""
    matrix = pd.DataFrame({"x": [0.5, 0.75]}, index=["a", "b"])
    low, high = pd.DataFrame({"x": [0.0]}, index=["a"]), pd.DataFrame({"x": [1.0]}, index=["a"])
    for shape, exact in [("uniform", 1 / 4), ("triangular", 1 / 8)]:
        found = rank_acceptability(matrix, {"x": "max"}, 50_000, spread=Spread(low, high, shape))
        assert shares(found)[0] == pytest.approx(exact, abs=0.008)
        assert found.table["confidence"].tolist() == pytest.approx(shares(found).tolist())


def test_missing_value_is_drawn_from_its_range_or_refused():
    matrix = pd.DataFrame({"x": [np.nan, 0.75]}, index=["a", "b"])
    with pytest.raises(MissingEvidence, match="a: x"):
        rank_acceptability(matrix, {"x": "max"})
    spread = Spread(pd.DataFrame({"x": [0.0]}, index=["a"]), pd.DataFrame({"x": [1.0]}, index=["a"]), "triangular")
    assert shares(rank_acceptability(matrix, {"x": "max"}, 50_000, spread=spread))[0] == pytest.approx(0.25, abs=0.008)
    with pytest.raises(MissingEvidence, match="a: x"):
        rank_acceptability(matrix, {"x": "max"}, spread=Spread(spread.low, spread.high * np.nan))


@pytest.mark.reference
def test_thrombosis_example_of_rsmaa():
    """From rsmaa (G. van Valkenhoef), example output: deterministic, because the draws are given."""
    expected = reference("mcda.json")["smaa"][0]["expected"]
    data = pd.read_csv(reference_path("data/smaa_thrombo.csv.gz"))
    columns = [f"{drug}_{criterion}" for drug in ("hep", "enox") for criterion in ("prox", "dist", "bleed")]
    values = data[columns].to_numpy().reshape(-1, 2, 3)
    weights = data[["w_prox", "w_dist", "w_bleed"]].to_numpy()
    found = acceptability_of_draws(values, weights, list(expected["rank_acceptability"]), ["prox", "dist", "bleed"])
    for row in found.table.itertuples():
        assert [row.rank_1, row.rank_2] == pytest.approx(expected["rank_acceptability"][row.option], abs=1e-12)
        assert row.confidence == pytest.approx(expected["confidence_factor"][row.option], abs=1e-12)
        assert found.central_weights.loc[row.option].tolist() == pytest.approx(
            expected["central_weights"][row.option], abs=5e-7
        )
    fixed = acceptability_of_draws(
        values, np.tile([0.5, 0.2, 0.3], (len(values), 1)), ["Heparin", "Enoxaparin"], list("pdb")
    )
    assert fixed.table["rank_1"].tolist() == pytest.approx(list(expected["fixed_weights_05_02_03_rank1"].values()))


@given(matrices(options=(2, 5)), st.data())
def test_a_dominated_option_is_never_first(problem, data):
    matrix, _, objectives = problem
    better = data.draw(st.sampled_from(list(matrix.index)))
    worse = matrix.loc[[better]] - data.draw(
        st.lists(st.integers(0, 3), min_size=matrix.shape[1], max_size=matrix.shape[1])
    )
    assume((worse.to_numpy() != matrix.loc[[better]].to_numpy()).any())
    table = pd.concat([matrix, worse.rename(index={better: "dominated"})])
    found = rank_acceptability(table, objectives, draws=300)
    assert found.table.set_index("option").loc["dominated", "rank_1"] == 0
    assert found.central_weights.loc["dominated"].isna().all()


@given(matrices(), st.integers(0, 5))
def test_rows_add_up_and_the_seed_decides(problem, seed):
    matrix, _, objectives = problem
    spread = Spread(matrix - 1, matrix + 2)
    found, again = (rank_acceptability(matrix, objectives, draws=2_100, spread=spread, seed=seed) for _ in range(2))
    assert found.table.filter(like="rank_").sum(axis=1).to_numpy() == pytest.approx(1)
    pd.testing.assert_frame_equal(found.table, again.table)
    assert found.central_weights.dropna().sum(axis=1).to_numpy() == pytest.approx(1)
    assert found.table["confidence"].dropna().between(0, 1).all()


@given(matrices(options=(3, 5)))
def test_more_draws_give_the_same_shares_within_their_error(problem):
    matrix, _, objectives = problem
    few, many = (shares(rank_acceptability(matrix, objectives, draws=draws, seed=draws)) for draws in (2_000, 20_000))
    error = np.sqrt(np.maximum(many * (1 - many), 1e-3) * (1 / 2_000 + 1 / 20_000))
    assert (abs(few - many) < 5.5 * error).all()


def test_fixed_weights_give_the_ranking():
    found = rank_acceptability(MATRIX, OBJECTIVES, draws=10, weights=WEIGHTS)
    assert shares(found).tolist() == [1, 0, 0]
    assert found.central_weights.loc[CHILD].to_dict() == pytest.approx(WEIGHTS)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weights": "some"}, "expected weights"),
        ({"weights": "ordered"}, "expected weights"),
        ({"weights": "ordered", "order": ["persons", "persons"]}, "expected weights"),
        ({"weights": "ordered", "order": ["persons", "equity"]}, "expected weights"),
        ({"order": ["persons", "cost", "ready"]}, "expected weights"),
        ({"draws": 0}, "at least one draw"),
        ({"spread": Spread(MATRIX + 1, MATRIX + 2)}, "low ≤ value ≤ high"),
        ({"spread": Spread(MATRIX, MATRIX, "normal")}, "'normal'"),
        ({"spread": Spread(MATRIX.rename(columns={"cost": "costs"}), MATRIX)}, "costs"),
    ],
)
def test_views_that_make_no_sense_are_refused(change, sentence):
    with pytest.raises(NasssapError, match=sentence):
        rank_acceptability(MATRIX, OBJECTIVES, **change)


def test_draws_of_another_shape_are_refused():
    with pytest.raises(NasssapError, match="do not fit"):
        acceptability_of_draws(np.ones((5, 2, 3)), np.ones((4, 3)), ["a", "b"], ["x", "y", "z"])
