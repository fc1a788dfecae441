"""Rankings against the literature, another library, and what must hold for every ranking."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from small_matrices import CHILD, MATRIX, OBJECTIVES, WEIGHTS, matrices, noisy

from nasssap_lib.errors import MissingEvidence, NasssapError
from nasssap_lib.priorities.ranking import rank_options, vikor_measures
from tests.reference_numbers import reference


def mcda_case(name):
    case = next(case for case in reference("mcda.json")["cases"] if case["id"].startswith(name))
    matrix = pd.DataFrame(case["matrix"])
    weights = pd.Series(case.get("weights", [1.0] * matrix.shape[1]))
    objectives = pd.Series(case.get("types", [1] * matrix.shape[1])).map({1: "max", -1: "min"})
    return matrix, weights, objectives, case["expected"], case["tol"]


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


@pytest.mark.parametrize("method", ["weighted_sum", "topsis", "vikor", "promethee2"])
@pytest.mark.parametrize("size", [1.0, 1e-13, 1e9])
def test_two_options_that_only_a_sum_tells_apart_share_their_rank(method, size):
    """A and b: 0.3 and 5, once as 0.1 + 0.2; c: more of x, less of y."""
    matrix = pd.DataFrame({"x": [0.1 + 0.2, 0.3, 0.9], "y": [5.0, 5.0, 1.0]}, index=list("abc")) * size
    found = rank_options(matrix, {"x": 0.5, "y": 0.5}, {"x": "max", "y": "max"}, method=method).table
    assert found["rank"][0] == found["rank"][1]
    if method == "promethee2":  # on x behind c, on y ahead of it
        assert found["score"].tolist() == [0, 0, 0] and found["rank"].tolist() == [1, 1, 1]


@given(matrices(), st.sampled_from([1.0, 1e-13, 1e9]))
def test_noise_changes_no_rank_of_any_method_at_any_size(problem, size):
    matrix, weights, objectives = problem
    for method in ("weighted_sum", "topsis", "vikor", "promethee2"):
        whole, blurred = (
            rank_options(table, weights, objectives, method).table["rank"].tolist()
            for table in (matrix, noisy(matrix) * size)
        )
        assert whole == blurred
