"""One cell against the kind of its column: what is right passes, and what is wrong is told with what to do."""

import pytest

from nasssap_lib.pack.kinds import cell_faults
from nasssap_lib.pack.schema import Column

PLAIN = Column("c", "text", "what it means")


def column(kind, **further):
    return Column("c", kind, "what it means", **further)


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("text", ["Caisse", "-5 %", "- 3", "a = b"], ["=A1", "@x", "+cmd", "-cmd|'x'"]),
        ("code", ["MAR-1", "OLD", "a.b_c"], ["a b", "-x", "01-Mar", "x" * 81]),
        ("codes", ["OLD", "OLD;NEW", "OLD ; NEW"], ["OLD,NEW", "OLD;", "OLD and NEW"]),
        ("number", ["1", "-1.5", ".5", "1e9", "5."], ["1,5", "inf", "nan", "1e999", "0x1", "1" * 41, "٣"]),
        ("integer", ["1", "-20"], ["1.0", "1e3", "1234567890"]),
        ("year", ["1850", "2150"], ["1849", "2151", "20", "2019.0"]),
        ("date", ["2028", "2028-02-29"], ["2027-02-29", "05-Sep", "1-1-2027"]),
    ],
)
def test_a_cell_is_of_its_kind_or_is_told_what_it_should_be(kind, right, wrong):
    faults = cell_faults([*right, *wrong, ""], column(kind))
    assert list(faults) == wrong
    assert all(expected for expected, _ in faults.values())


def test_an_empty_cell_is_a_fault_only_where_a_value_is_needed():
    assert cell_faults(["", "x"], PLAIN) == {}
    assert cell_faults(["", "x"], column("text", required=True))[""][0] == "a value"


def test_a_cell_has_one_fault_the_first_that_a_reader_must_mend():
    most = column("number", low=0.0, high=1.0)
    assert cell_faults(["2", "-1", "0.5"], most) == {
        "2": ("at most 1", ""),
        "-1": ("at least 0", cell_faults(["-1"], most)["-1"][1]),
    }
    hidden = cell_faults(["1\u200b"], most)["1\u200b"]
    assert "U+200B" in hidden[0], "letters before numbers"
    long = cell_faults(["=" * 30_000], PLAIN)
    assert [expected for expected, _ in long.values()] == ["at most 2,000 letters"]


def test_choices_are_listed_where_they_are_few_and_the_nearest_is_named():
    sex = column("choice", codes=dict.fromkeys(("female", "male", "total"), ""))
    assert cell_faults(["femme"], sex) == {"femme": ("one of female, male, total", "did you mean 'female'?")}
    many = column("choices", codes={f"code_{i}": "" for i in range(30)})
    assert cell_faults(["code_1;code_2"], many) == {}
    assert set(cell_faults(["code_1;code_99", "code_1;"], many)) == {"code_1;code_99", "code_1;"}
