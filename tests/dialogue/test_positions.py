"""What groups say of the options, by hand: three groups, three options, two criteria."""

import numpy as np
import pandas as pd
import pytest

from nasssap_lib.dialogue.positions import (
    _burden,
    assess_positions,
    find_compromise,
    group_weights,
    measure_agreement,
    named_criteria,
    points_to_discuss,
    rank_table,
    summarise_support,
)
from nasssap_lib.dialogue.words import agreement_title
from nasssap_lib.priorities.matrix import Matrix

VALUES = pd.DataFrame({"persons": [900.0, 300.0, 600.0], "cost": [3.0, 1.0, 2.5]}, index=["child", "pension", "works"])
NOTHING = pd.DataFrame(columns=["option", "name", "reason"])
OPTIONS = pd.DataFrame({"option": ["child", "pension", "works"], "cost_central": [0.005, 0.002, np.nan], "admin_rate": 0.25,
                        "quality": "assumed"})  # fmt: skip
NAMES = {"child": "Child benefit", "pension": "Pension", "works": "Works"}


def matrix(values=VALUES, low=None, high=None, left_out=NOTHING):
    low, high = values if low is None else low, values if high is None else high
    return Matrix(values, low, high, {"persons": "max", "cost": "min"}, NAMES, left_out)


def positions_of(matrix, stakeholders):
    return assess_positions(matrix, stakeholders, OPTIONS)


def said(group, weights=(), positions=(), burdens=(), influence=0.5, shares=()):
    rows = [(group, "weight", *row) for row in weights] + [(group, "position", *row) for row in positions]
    rows += [(group, "burden", *row) for row in burdens]
    rows += [
        (group, about, item, value)
        for item, *two in shares
        for about, value in zip(("pays", "receives"), two, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["stakeholder", "about", "item", "value"])
    return table.assign(
        name=group.title(), kind="workers", influence=influence, reason="", quality="observed", source=group
    )


TABLE = pd.concat([
    said("unions", [("persons", 80.0), ("cost", 20.0)], [("child", 1.0), ("pension", -1.0)], [("child", -0.2)], 0.6),
    said("treasury", [("persons", 10.0), ("cost", 90.0)], [("child", -1.0), ("pension", 0.5)], [("child", 0.3)], 0.3),
    said("women", [("persons", 100.0)], [("child", 1.0), ("pension", 0.0), ("works", 1.0)], (), 0.1),
])  # fmt: skip


def test_each_group_ranks_by_its_own_weights():
    """Scaled: persons 1, 0, ½; cost 0, 1, ¼. Unions 0.8, 0.2, 0.45; treasury 0.1, 0.9, 0.275; women 1, 0, 0.5."""
    ranks = rank_table(positions_of(matrix(), TABLE))
    assert ranks.to_dict("list") == {"Unions": [1, 3, 2], "Treasury": [3, 1, 2], "Women": [1, 3, 2]}


def test_agreement_by_hand():
    """Rank sums 5, 7, 6; S = 1 + 1 + 0 = 2; W = 12 × 2 / (9 × 24) = 1/9; unions and treasury are opposite."""
    agreement, tau = measure_agreement(rank_table(positions_of(matrix(), TABLE)))
    assert agreement.w == pytest.approx(1 / 9)
    assert np.isnan(agreement.p)  # three groups
    assert (tau.loc["Unions", "Women"], tau.loc["Unions", "Treasury"]) == (1, -1)


def test_p_is_shown_for_seven_groups_only():
    seven = pd.DataFrame({f"g{n}": [1, 2, 3] for n in range(7)}, index=list("abc"))
    assert measure_agreement(seven)[0].p < 0.01
    assert np.isnan(measure_agreement(seven.iloc[:, :6])[0].p)
    many_options = pd.DataFrame({"a": range(9), "b": range(9)})
    assert np.isnan(measure_agreement(many_options)[0].p)


def test_compromise_by_hand():
    """Medians 1, 3, 2; Borda: child 2 + 0 + 2, pension 0 + 2 + 0, works 1 + 1 + 1."""
    found = find_compromise(positions_of(matrix(), TABLE)).set_index("option")
    assert found["median"].to_dict() == {"child": 1, "works": 2, "pension": 3}
    assert found["points"].to_dict() == {"child": 4, "works": 3, "pension": 2}
    assert found.loc["child", ["best", "worst"]].tolist() == [1, 3]
    assert found["nobody_opposes"].to_dict() == {"child": False, "works": True, "pension": False}


def test_support_is_weighted_by_influence_and_silence_is_no_consent():
    found = summarise_support(positions_of(matrix(), TABLE)).set_index("option")
    columns = ["support", "doubt", "oppose", "no_answer"]
    assert found.loc["child", columns].tolist() == pytest.approx([0.7, 0, 0.3, 0])
    assert found.loc["pension", columns].tolist() == pytest.approx([0.3, 0.1, 0.6, 0])
    assert found.loc["works", columns].tolist() == pytest.approx([0.1, 0, 0, 0.9])
    assert found.loc["pension", "opposed_by"] == "Unions"
    assert found["weighting"].unique().tolist() == ["influence"]


def test_where_the_influence_of_one_group_is_not_stated_all_count_the_same():
    table = TABLE.assign(influence=TABLE["influence"].where(TABLE["stakeholder"] != "women"))
    found = summarise_support(positions_of(matrix(), table)).set_index("option")
    assert found["weighting"].unique().tolist() == ["equal"]
    assert found.loc["child", "support"] == pytest.approx(2 / 3)


def test_an_option_that_nobody_answered_on_is_not_one_that_nobody_opposes():
    nobody = TABLE[TABLE["item"] != "works"]
    found = summarise_support(positions_of(matrix(), nobody)).set_index("option")
    assert not found.loc["works", "nobody_opposes"]
    assert found.loc["works", "no_answer"] == 1


def test_a_missing_value_gives_an_interval_and_keeps_the_option_out_of_the_agreement():
    values = VALUES.copy()
    values.loc["works", "persons"] = np.nan
    low, high = values.fillna(0.0), values.fillna(2000.0)
    groups = positions_of(matrix(values, low, high), TABLE)
    works = groups[(groups["stakeholder"] == "women") & (groups["option"] == "works")].iloc[0]
    assert (works["rank_best"], works["rank_worst"]) == (1, 3)
    assert np.isnan(works["rank"])
    assert rank_table(groups).index.tolist() == ["child", "pension"]
    compromise = find_compromise(groups).set_index("option")
    assert np.isnan(compromise.loc["works", "median"])
    assert compromise.loc["works", "reason"] != ""


def test_an_option_without_a_cost_keeps_its_positions():
    left_out = pd.DataFrame({"option": ["disability"], "name": ["Disability"], "reason": ["no prevalence"]})
    table = pd.concat([TABLE, said("unions", positions=[("disability", 1.0)], influence=0.6)])
    groups = positions_of(matrix(left_out=left_out), table)
    row = groups[(groups["stakeholder"] == "unions") & (groups["option"] == "disability")].iloc[0]
    assert row["position"] == 1
    assert np.isnan(row["rank_best"])


def test_a_group_without_weights_has_no_order_and_does_not_stop_the_others():
    groups = positions_of(matrix(), pd.concat([TABLE, said("church", positions=[("child", 1.0)])]))
    assert groups.loc[groups["stakeholder"] == "church", ["rank", "rank_best"]].isna().all(axis=None)
    assert rank_table(groups).columns.tolist() == ["Unions", "Treasury", "Women"]


def test_two_groups_of_one_name_stay_two():
    table = TABLE.assign(name="Federation")
    assert rank_table(positions_of(matrix(), table)).shape == (3, 3)


def test_weights_are_shares_of_what_the_group_gave():
    order = pd.DataFrame({"criterion": ["persons", "cost"]})
    found = group_weights(TABLE.assign(value=TABLE["value"] * 3), order)
    assert found.groupby("group")["weight"].sum().tolist() == pytest.approx([1, 1, 1])
    assert found["criterion"].tolist() == ["persons"] * 3 + ["cost"] * 2


def test_what_does_not_fit_is_a_question():
    """The treasury opposes nothing that it puts first; make it oppose the pension, and let it gain from it."""
    table = pd.concat([TABLE[TABLE["stakeholder"] != "treasury"],
                       said("treasury", [("cost", 1.0)], [("pension", -1.0)], [("pension", -0.1)])])  # fmt: skip
    found = points_to_discuss(positions_of(matrix(), table))
    assert set(zip(found["group"], found["option"], found["kind"], strict=True)) == {
        ("Treasury", "pension", "opposes_own_first"), ("Treasury", "pension", "opposes_though_gains"),
    }  # fmt: skip
    assert points_to_discuss(positions_of(matrix(), TABLE)).empty


def test_no_dialogue_gives_empty_tables():
    groups = positions_of(matrix(), TABLE.head(0))
    assert groups.empty
    assert summarise_support(groups).empty and find_compromise(groups).empty and points_to_discuss(groups).empty
    assert np.isnan(measure_agreement(rank_table(groups))[0].w)


def test_no_option_at_all_gives_no_ranks():
    none = Matrix(VALUES.head(0), VALUES.head(0), VALUES.head(0), {"persons": "max", "cost": "min"}, {}, NOTHING)
    assert positions_of(none, TABLE).empty


def test_what_a_group_pays_and_gains_follows_the_cost_of_the_option():
    """Cost 0.5 % of GDP with a quarter for administration: benefits 0.4 %. Pays 10 %, receives 30 %: 0.05 − 0.12."""
    table = pd.concat([TABLE, said("women", shares=[("child", 10.0, 30.0), ("works", 10.0, 0.0)], influence=0.1)])
    women = positions_of(matrix(), table).query("stakeholder == 'women'").set_index("option")
    assert women.loc["child", "burden"] == pytest.approx(-0.07)
    assert (women.loc["child", "pays"], women.loc["child", "receives"]) == (10, 30)
    assert np.isnan(women.loc["works", "burden"])  # no cost: its share of it is not known either
    assert set(women["burden_quality"]) == {"assumed"} and set(women["quality"]) == {"observed"}
    dearer = assess_positions(matrix(), table, OPTIONS.assign(cost_central=2 * OPTIONS["cost_central"]))
    assert dearer.query("stakeholder == 'women' and option == 'child'")["burden"].iat[0] == pytest.approx(-0.14)


def test_ranks_among_complete_options_keep_the_scale_of_all():
    """Works may have from 0 to 9,000 persons: on that scale child and pension differ by 0.067 in persons, and cost decides for both."""
    values = VALUES.copy()
    values.loc["works", "persons"] = np.nan
    low, high = values.fillna(0.0), values.fillna(9000.0)
    table = said("treasury", [("persons", 50.0), ("cost", 50.0)])
    groups = positions_of(matrix(values, low, high), table).set_index("option")
    assert groups["rank"].dropna().to_dict() == {"child": 2, "pension": 1}
    assert groups.loc["pension", "rank_best"] <= groups.loc["child", "rank_best"]


def test_of_two_groups_tau_says_what_w_cannot():
    two = pd.DataFrame({"Unions": [1, 2, 3], "Employers": [3, 2, 1]}, index=list("abc"))
    agreement, tau = measure_agreement(two)
    assert np.isnan(agreement.w) and tau.iloc[0, 1] == -1
    assert "rather opposed (tau = −1)" in agreement_title(agreement, "Testland", tau=tau)


def test_where_nobody_answered_no_share_is_zero():
    nobody = TABLE[TABLE["item"] != "works"]
    works = summarise_support(positions_of(matrix(), nobody)).set_index("option").loc["works"]
    assert np.isnan(works[["support", "doubt", "oppose"]].astype(float)).all() and works["no_answer"] == 1


def test_influence_of_nobody_counts_all_the_same():
    found = summarise_support(positions_of(matrix(), TABLE.assign(influence=0.0)))
    assert set(found["weighting"]) == {"equal"}


LISTS = {"child": "benefit", "pension": "benefit", "works": "benefit", "health": "subsidy", "injury": "subsidy"}


def two_lists() -> pd.DataFrame:
    """Three benefits as above, and two subsidies: more persons than any benefit for less, and fewer for more."""
    values = pd.concat(
        [VALUES, pd.DataFrame({"persons": [5000.0, 100.0], "cost": [0.5, 4.0]}, index=["health", "injury"])]
    )
    names = NAMES | {"health": "Health cover", "injury": "Injury cover"}
    left_out = pd.DataFrame({"option": ["savings"], "name": ["Savings"], "reason": ["no_rate"], "kind": ["subsidy"]})
    table = Matrix(values, values, values, {"persons": "max", "cost": "min"}, names, left_out, LISTS)
    return positions_of(table, TABLE)


def test_places_are_places_within_a_list():
    """The benefits keep the order and the scale that they have alone; the subsidies have their own first place."""
    groups = two_lists()
    ranks = groups.pivot(index="option", columns="group", values="rank")
    assert ranks.loc[["child", "pension", "works"]].to_dict("list") == {
        "Treasury": [3, 1, 2], "Unions": [1, 3, 2], "Women": [1, 3, 2],
    }  # fmt: skip
    assert ranks.loc[["health", "injury"]].to_dict("list") == {name: [1, 2] for name in ("Treasury", "Unions", "Women")}
    kinds = groups.drop_duplicates("option").set_index("option")["list"].to_dict()
    assert kinds == LISTS | {"savings": "subsidy"}
    assert groups.loc[groups["list"] == "subsidy", "rank_worst"].max() == 2


def test_agreement_is_told_over_the_benefits_wherever_they_stand_in_the_table():
    """W of the three benefits is 1/9; in the two subsidies all agree, W = 1."""
    groups = two_lists()
    last = pd.concat([groups[groups["list"] == "subsidy"], groups[groups["list"] == "benefit"]], ignore_index=True)
    for table in (groups, last):
        assert measure_agreement(rank_table(table))[0].w == pytest.approx(1 / 9)
        assert measure_agreement(rank_table(table, "subsidy"))[0].w == pytest.approx(1)
    only = rank_table(groups[groups["list"] == "subsidy"])
    assert sorted(only.index) == ["health", "injury"]


def test_a_compromise_is_sought_in_each_list():
    found = find_compromise(two_lists())
    assert found.dropna(subset=["median"]).groupby("list")["option"].agg(list).to_dict() == {
        "benefit": ["child", "works", "pension"], "subsidy": ["health", "injury"],
    }  # fmt: skip
    assert found.dropna(subset=["median"]).groupby("list")["median"].agg(list).to_dict() == {
        "benefit": [1, 2, 3],
        "subsidy": [1, 2],
    }
    assert found.set_index("option").loc["savings", "reason"] == "order_not_complete"


def test_the_first_third_of_an_order_is_that_of_its_list():
    """Of two subsidies no place lies in the first third; of three benefits the first one does."""
    against = pd.concat(
        [TABLE[TABLE["stakeholder"] != "women"], said("women", [("persons", 1.0)], [("child", -1.0), ("health", -1.0)])]
    )
    values = pd.concat(
        [VALUES, pd.DataFrame({"persons": [5000.0, 100.0], "cost": [0.5, 4.0]}, index=["health", "injury"])]
    )
    names = NAMES | {"health": "Health cover", "injury": "Injury cover"}
    table = Matrix(values, values, values, {"persons": "max", "cost": "min"}, names, NOTHING.assign(kind=""), LISTS)
    found = points_to_discuss(positions_of(table, against))
    assert found["option"].tolist() == ["child"]


def test_a_further_criterion_counts_where_a_group_gives_it_points():
    table = pd.concat([TABLE, said("church", [("equity", 60.0), ("unmet_need", 0.0), ("cost", 40.0)], influence=0.2)])
    assert named_criteria(table) == ["persons", "cost", "equity"]
    assert named_criteria(TABLE.head(0)) == []


def test_what_a_sum_leaves_is_no_gain_and_no_more_support():
    """Cost 1 % with 5 % administration: 20 % of the cost is as much as 21 % of the benefits."""
    burden = _burden(
        pd.Series(["a"]),
        {"pays": pd.Series([20.0]), "receives": pd.Series([21.0]), "burden": pd.Series([np.nan])},
        pd.DataFrame({"option": ["a"], "cost_central": [0.01], "admin_rate": [0.05]}),
    )
    assert burden.tolist() == [0]
    said = [
        (option, group, influence, position)
        for option, positions in (("a", (1, 1, -1)), ("b", (-1, -1, 1)))
        for group, influence, position in zip("xyz", (0.1, 0.2, 0.3), positions, strict=True)
    ]
    groups = pd.DataFrame(said, columns=["option", "group", "influence", "position"])
    groups = groups.assign(name=groups["option"], stakeholder=groups["group"], source="S")
    assert summarise_support(groups)["option"].tolist() == ["a", "b"]
    assert summarise_support(groups[::-1])["option"].tolist() == ["b", "a"]  # as much of each: the order given stays
