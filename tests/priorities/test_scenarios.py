"""Scenarios beside the baseline, by hand."""

import pandas as pd
import pytest
from stories import drawn_first, pack_of
from versions import of, scenario

from nasssap_lib.costing.options import assess_options
from nasssap_lib.priorities.scenarios import compare_versions


def test_figures_of_each_version_by_hand(versions):
    # level × 2: cost × 2, persons as before; take-up ÷ 2 (0.85 → 0.425): persons and cost ÷ 2
    before, double, half = (of(versions, name, "social_pension") for name in ("baseline", "double", "half"))
    assert before["cost"] == pytest.approx(0.00325, abs=5e-6)
    assert double["cost"] == pytest.approx(2 * before["cost"])
    assert double["persons"] == before["persons"]
    assert half["cost"] == pytest.approx(before["cost"] / 2)
    assert half["persons"] == pytest.approx(before["persons"] / 2)
    assert half["newly_covered"] == pytest.approx(before["newly_covered"] / 2)
    assert half["gap_closed"] == pytest.approx(before["gap_closed"] / 2)


def test_what_differs_is_marked_and_the_baseline_differs_from_nothing(versions):
    differs = versions[versions["figures_differ"]]
    assert set(zip(differs["version"], differs["option"], strict=True)) == {
        ("double", "social_pension"), ("half", "social_pension"), ("half", "child_benefit"),
    }  # fmt: skip
    assert not versions.loc[versions["version"] == "baseline", ["figures_differ", "rank_differs"]].any(axis=None)


def test_ranks_are_those_of_each_version_alone(pack):
    """With cost alone an option is surely behind all those of its list whose highest cost is below its lowest."""
    dear = dict.fromkeys(("amount_low", "amount_central", "amount_high"), 90.0)
    versions = {"baseline": pack, "dear": scenario(pack, social_pension=dear)}
    found = compare_versions(versions, weights="cost=1")
    for version, rows in found.groupby("version"):
        options = assess_options(versions[version]).set_index("option")
        for row in rows.dropna(subset="rank_best").itertuples():
            mine = options.loc[row.option]
            others = options[(options["kind"] == mine["kind"]) & options["cost_central"].notna()].drop(index=row.option)
            assert row.rank_best == 1 + (others["cost_high"] < mine["cost_low"]).sum(), (version, row.option)
            assert row.rank_worst == 1 + (others["cost_low"] < mine["cost_high"]).sum(), (version, row.option)
    moved = found[found["rank_differs"]]
    assert set(moved["version"]) == {"dear"}
    assert "social_pension" in set(moved["option"])


def test_a_stated_order_ranks_every_version(pack):
    """Of one criterion in an order of three, cost weighs (1 + 1/2 + 1/3) ÷ 3 = 11/18 and each other one 7/36: as stated weights of the
    same size do, and other than equal ones.
    """
    rest = "newly_covered=3.5,readiness=3.5"
    ordered, given, equal = (
        compare_versions({"baseline": pack, "same": pack}, **stated)[["option", "rank_best", "rank_worst"]]
        for stated in ({"order": "cost"}, {"weights": f"cost=11,{rest}"}, {})
    )
    pd.testing.assert_frame_equal(ordered, given)
    assert not ordered.equals(equal)


def test_what_is_not_known_stays_so_in_every_version(versions):
    rows = versions[versions["option"] == "disability_benefit"]
    assert rows[["persons", "newly_covered", "cost", "gap_closed", "rank_best"]].isna().all(axis=None)
    assert (rows["reason"] != "").all()
    assert not rows[["figures_differ", "rank_differs"]].any(axis=None)


@pytest.mark.parametrize("code", drawn_first("XTC", "HND", "LKA"))
def test_every_country_can_be_compared(code):
    pack = pack_of(code)
    option = pack.measures["id"].iat[0]
    found = compare_versions({"baseline": pack, "s": scenario(pack, **{option: {"months": 6.0}})})
    assert found.loc[found["figures_differ"], "option"].tolist() == [option]
    assert (found["source"] != "").all()
