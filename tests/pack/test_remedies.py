"""Each way to spoil a number, an id or a code has its own remedy."""

import pytest
from small_pack import edit, problems

from nasssap_lib.pack import remedies
from nasssap_lib.pack.remedies import Hints

REMEDIES = {
    "12.5%": "percent sign", "1 234": "thousands separators", "1.234.567": "thousands separators", "1'234": "thousands separators",
    "١٢": "digits as 0 to 9", "１２": "digits as 0 to 9", "½": "digits as 0 to 9", "n/a": "leave out rows", "..": "leave out rows",
    "-": "leave out rows", "–": "leave out rows", "N.D.": "leave out rows", "…": "leave out rows", "#DIV/0!": "a formula's error",
    "#¡DIV/0!": "a formula's error", "#N/A": "a formula's error", "#VALEUR!": "a formula's error", "#NAME?": "a formula's error",
    "#####": "too narrow", "05-Sep": "format the column as Text", "5/9/2025": "format the column as Text", "USD 5": "the number alone",
    "<5": "the number alone", "5 million": "the number alone", "--5": "decimals with a point", "1e400": "so many digits",
    "9" * 41: "decimals with a point",
}  # fmt: skip


@pytest.mark.parametrize(("cell", "words"), REMEDIES.items())
def test_each_number_that_is_none_is_named_with_its_own_remedy(pack_folder, cell, words):
    edit(pack_folder / "indicators.csv", "2019,20,percent", f"2019,{cell},percent")
    (problem,) = problems(pack_folder)
    assert (problem.row, problem.column, problem.expected) == (2, "value", "a number") and words in problem.hint


def test_an_id_that_became_a_date_is_named_and_one_that_looks_like_one_is_not(pack_folder):
    edit(pack_folder / "sources.csv", "OLD,", "01-Mar,")
    named = [problem for problem in problems(pack_folder) if problem.column == "id"]
    assert [(problem.row, "as Text" in problem.hint) for problem in named] == [(2, True)]
    edit(pack_folder / "sources.csv", "01-Mar,", "MAR-1,")
    assert not [problem for problem in problems(pack_folder) if problem.column == "id"]


def test_the_nearest_word_is_looked_for_once_and_not_for_ever(monkeypatch):
    asked = []
    monkeypatch.setattr(remedies, "did_you_mean", lambda word, known: asked.append(word) or word)
    near = Hints(["ILO", "IMF"])
    assert near("ilo") == "did you mean 'ILO'?"
    for word in range(1000):
        near(f"w{word}"), near(f"w{word}")
    assert len(asked) < 300 and near("w999") == ""
