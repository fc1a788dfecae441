"""A wrong table at the door of a room: the message names function, column, and where such a table comes from."""

import re
import sys

import pandas as pd
import pytest

from nasssap_lib import coverage, needs, priorities
from nasssap_lib.display.style import Caption
from nasssap_lib.errors import NasssapError
from nasssap_lib.faces import UNASKED, explained, unasked_left_out

EMPTY = pd.DataFrame({"option": ["pension"]})
WRONG = {
    "coverage.plot_headline": lambda: coverage.plot_headline(EMPTY, Caption("Testland", "S")),
    "coverage.gap_sentence": lambda: coverage.gap_sentence(EMPTY),
    "coverage.gap_table": lambda: coverage.gap_table(EMPTY),
    "needs.poverty_table": lambda: needs.poverty_table(EMPTY),
    "priorities.criteria_matrix": lambda: priorities.criteria_matrix(EMPTY),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_table_is_named_with_the_function_and_the_missing_column(name):
    with pytest.raises(
        NasssapError,
        match=rf"^{re.escape(name)}: no column '\w+' in \w+ \(has option\); expected as \w+: .*result (of|table)",
    ) as caught:
        WRONG[name]()
    assert isinstance(caught.value.__cause__, KeyError | AttributeError)


def test_another_error_stays_what_it_is():
    def broken(table):
        return {"a": 1}["b"]

    with pytest.raises(KeyError, match="^'b'$"):
        explained(broken, "room")(pd.DataFrame({"b": [1]}))


def test_a_function_of_a_face_keeps_its_name_and_documentation():
    assert coverage.coverage_gaps.__name__ == "coverage_gaps"
    assert "Returns" in coverage.coverage_gaps.__doc__


def test_a_code_given_for_a_pack_is_named():
    with pytest.raises(
        NasssapError, match=r"coverage.coverage_gaps: pack: expected a country pack, got 'XTC'; nasssap_lib.read_pack"
    ):
        coverage.coverage_gaps("XTC")


def test_the_table_that_was_read_is_blamed_and_no_other():
    def total(left, right):
        return right["persons"].sum()

    with pytest.raises(NasssapError, match="no column 'persons' in right .has b.;"):
        explained(total, "room")(pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]}))


def test_a_missing_row_is_no_missing_column():
    def row_of(table):
        return table.set_index("group").loc["total"]

    with pytest.raises(KeyError, match="total"):
        explained(row_of, "room")(pd.DataFrame({"group": ["poor"], "persons": [1]}))


def test_a_column_that_is_missing_where_rows_are_grouped_is_named():
    def grouped(table):
        return table.groupby("group").size()

    with pytest.raises(NasssapError, match=r"room.grouped: no column 'group' in table \(has option\)"):
        explained(grouped, "room")(EMPTY)


def test_what_is_not_worth_its_import_is_left_out_there_alone(monkeypatch):
    for name in UNASKED:
        monkeypatch.delitem(sys.modules, name, raising=False)
    with unasked_left_out("tabnanny"):
        with unasked_left_out():
            pass
        for name in (*UNASKED, "tabnanny"):
            with pytest.raises(ImportError):
                __import__(name)
    assert not {*UNASKED} & {*sys.modules}
    __import__("tabnanny")
    known = object()
    monkeypatch.setitem(sys.modules, UNASKED[0], known)
    with unasked_left_out():
        assert sys.modules[UNASKED[0]] is known
