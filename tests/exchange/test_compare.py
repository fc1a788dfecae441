"""Tables compared row by row: every figure that changed, by the columns that name it; what did not change is not printed."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.exchange.compare import compare_sets, compare_tables, natural_key


def lines(a, b, key=None):
    found = compare_tables(pd.DataFrame(a), pd.DataFrame(b), key)
    return found[["row", "column", "change", "before", "after"]].to_numpy().tolist()


def test_equal_tables_have_no_line_whatever_their_order_and_types():
    one = {"group": ["a", "b"], "value": [1.0, np.nan], "year": [2020, 2021]}
    other = {"year": ["2021", "2020"], "group": ["b", "a"], "value": ["", "1"]}
    assert lines(one, other) == []
    assert lines({"x": []}, {"x": []}) == []


def test_numbers_are_equal_within_the_tolerance_and_infinity_is_only_itself():
    assert lines({"g": ["a"], "v": [1e7]}, {"g": ["a"], "v": [1e7 + 1e-3]}, ["g"]) == []
    assert len(lines({"g": ["a"], "v": [1e7]}, {"g": ["a"], "v": [1e7 + 2e-2]}, ["g"])) == 1
    assert lines({"g": ["a"], "v": [0.5]}, {"g": ["a"], "v": [0.5 + 9e-10]}, ["g"]) == []
    assert len(lines({"g": ["a"], "v": [0.5]}, {"g": ["a"], "v": [0.5 + 2e-9]}, ["g"])) == 1
    assert lines({"g": ["a"], "v": [np.inf]}, {"g": ["a"], "v": [1.0]}, ["g"]) == [["a", "v", "changed", "inf", "1"]]
    assert lines({"g": ["a"], "v": [np.nan]}, {"g": ["a"], "v": [0.0]}, ["g"]) == [["a", "v", "changed", "", "0"]]


def test_rows_and_columns_that_come_and_go():
    one = {"group": ["a", "b"], "value": [1, 2]}
    other = {"group": ["b", "c"], "value": [2, 3], "note": ["new", ""]}
    assert lines(one, other, ["group"]) == [
        ["b", "note", "changed", "", "new"],
        ["c", "", "added", "", "value=3"],
        ["a", "", "removed", "value=1", ""],
    ]


def test_rows_of_one_name_are_compared_one_by_one():
    one = {"group": ["a", "a", "a"], "value": [1, 2, 3]}
    other = {"group": ["a", "a"], "value": [1, 5]}
    assert lines(one, other, ["group"]) == [["a", "value", "changed", "2", "5"], ["a", "", "removed", "value=3", ""]]


def test_a_figure_of_another_edition_is_one_line_with_both_sources():
    key = ["indicator", "year", "source"]
    one = pd.DataFrame({"indicator": ["cov", "cov"], "year": [2020, 2021], "value": [10, 11], "source": ["OLD", "OLD"]})
    replaced = one.assign(value=[12, 11], source=["NEW", "OLD"])
    found = compare_tables(one, replaced, key)
    assert found[["change", "before", "after", "source_before", "source_after"]].to_numpy().tolist() == [
        ["edition", "10", "12", "OLD", "NEW"]
    ]
    beside = pd.concat([one, pd.DataFrame([["cov", 2021, 14, "NEW"]], columns=one.columns)])
    assert compare_tables(one, beside, key)[["change", "before", "after"]].to_numpy().tolist() == [
        ["edition", "11", "14"]
    ]
    assert compare_tables(beside, one, key)["change"].tolist() == ["removed"]


def test_a_changed_source_alone_is_a_line_and_beside_a_value_is_not():
    one = {"g": ["a", "b"], "v": [1, 2], "source": ["S", "S"]}
    other = {"g": ["a", "b"], "v": [1, 3], "source": ["T", "T"]}
    assert [line[:2] for line in lines(one, other, ["g"])] == [["a", "source"], ["b", "v"]]


def test_the_key_is_the_fewest_columns_that_tell_rows_apart():
    frame = pd.DataFrame(
        {
            "quality": ["x", "x", "y", "y"], "group": ["a", "a", "b", "b"], "value": [1.5, 2.5, 3.5, 4.5],
            "sex": ["f", "m", "f", "m"], "year": [2020] * 4,
        }
    )  # fmt: skip
    assert natural_key(frame) == ["group", "sex"]
    assert natural_key(frame.assign(sex="f", group="a"))[-1] == "value"


@given(
    st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), st.floats(-1e6, 1e6), min_size=2),
    st.randoms(),
)
def test_a_table_in_another_order_is_the_same_and_swapping_sides_swaps_the_lines(figures, random):
    frame = pd.DataFrame([(*names, value) for names, value in figures.items()], columns=["g", "h", "v"])
    shuffled = frame.sample(frac=1, random_state=random.randrange(10**6))
    assert compare_tables(frame, shuffled, ["g", "h"]).empty
    fewer = frame.iloc[1:].assign(v=frame["v"].iloc[1:] + 1)
    there, back = compare_tables(frame, fewer, ["g", "h"]), compare_tables(fewer, frame, ["g", "h"])
    assert len(there) == len(back) == len(frame)
    assert sorted(there["before"]) == sorted(back["after"])


def test_a_table_that_only_one_side_has():
    found = compare_sets({"a": pd.DataFrame({"x": [1, 2]})}, {"b": pd.DataFrame({"x": [1]})})
    assert found[["table", "change", "before", "after"]].to_numpy().tolist() == [
        ["a", "removed", "2 rows", ""],
        ["b", "added", "", "1 rows"],
    ]
    assert " ".join(found) == "table row column change before after source_before source_after"
