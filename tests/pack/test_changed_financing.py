"""What a scenario changes of who pays."""

from stories import pack_of

from nasssap_lib.pack.changed_financing import with_changes

NEW = {"name": "Aid", "option": 4, "kind": "recurrent", "value_central": 0.3, "from_year": 2027}


def test_a_changed_row_keeps_the_rest_and_a_new_one_comes_last():
    pack = pack_of("XTC")
    table = with_changes(pack.financing, {"fuel": {"value_central": 0.4}, "aid": NEW}).set_index("id")
    assert table.loc["fuel", ["value_central", "from_year", "kind"]].tolist() == [0.4, 2027, "recurrent"]
    assert table.index[-1] == "aid" and table.loc["aid", ["value_low", "value_high", "quality"]].tolist() == [
        0.3,
        0.3,
        "assumed",
    ]
    assert table.dtypes.equals(pack.financing.set_index("id").dtypes)


def test_without_changes_the_table_is_the_same_one():
    pack = pack_of("XTC")
    assert with_changes(pack.financing, {}) is pack.financing
