"""Rows as pandas gives them, of every kind of column that packs and results have."""

import numpy as np
import pandas as pd
import pytest
from stories import pack_of

from nasssap_lib.costing import cost_package
from nasssap_lib.pack.schema import TABLES
from nasssap_lib.rows import as_records


def same(table: pd.DataFrame) -> bool:
    ours, theirs = as_records(table), table.to_dict("records")
    kinds = [[(name, type(value)) for name, value in row.items()] for row in ours]
    return kinds == [[(name, type(value)) for name, value in row.items()] for row in theirs] and pd.DataFrame(
        ours
    ).equals(pd.DataFrame(theirs))


@pytest.mark.parametrize("country", ["SEN", "XTC"])
def test_rows_of_every_table_of_a_pack_are_those_of_pandas(country):
    pack = pack_of(country)
    assert [table.name for table in TABLES if not same(getattr(pack, table.attribute))] == []


def test_so_are_those_of_a_result_and_of_nothing():
    costs = cost_package(pack_of("SEN"), [2030])
    assert same(costs) and as_records(costs.head(0)) == [] and as_records(pd.DataFrame()) == []


def test_values_of_columns_of_any_kind_are_those_of_python():
    mixed = pd.Series(
        [1, pd.NA, None, "a", float("nan"), np.float64(2), np.int64(3), pd.Timestamp("2026-01-01")], dtype=object
    )
    table = pd.DataFrame(
        {"mixed": mixed, "whole": pd.array([*range(7), None], "Int64"), "name": ["a", None] * 4, "is": [True] * 8}
    )
    assert same(table)
    assert as_records(table)[7]["whole"] is None and type(as_records(table)[5]["mixed"]) is float


def test_a_row_that_is_changed_changes_no_table():
    table = pd.DataFrame({"year": [2022]})
    as_records(table)[0]["year"] = 0
    assert table["year"].tolist() == [2022]
