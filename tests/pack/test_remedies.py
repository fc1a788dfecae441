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


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("sources.csv", "first,1,2023", "first,1.5,2023", "without decimals"),
        ("sources.csv", "first,1,2023", "first,1.0,2023", "write 1"),
        ("sources.csv", "first,1,2023", "first,1,1800", "is it a year?"),
        ("sources.csv", "NEW,,Statistics", "OLD,,Statistics", "give it an id of its own"),
        ("indicators.csv", "total,,2022,", "total,,2022.0,", "write 2022"),
        ("indicators.csv", "total,,2022,", "total,,FY2022,", "write 2022 alone"),
        ("indicators.csv", "total,,2022,", "total,,2022/23,", "two years carries the first: write 2022"),
        ("indicators.csv", "total,,2022,", "total,,22,", "four digits"),
        ("population.csv", "2020,female,0-4,1000", "2020,female,0-4,-1000", "take the sign away where it is a dash"),
        ("indicators.csv", "2019,20,percent", "2019,20,%", "did you mean 'percent'?"),
        ("indicators.csv", "mothers,female", "mothers,F", "did you mean 'female'?"),
        ("indicators.csv", "mothers,female", "mothers,femmes", "did you mean 'female'?"),
        ("indicators.csv", "mothers,female", "mothers,M", "did you mean 'male'?"),
        ("indicators.csv", "mothers,female", "mothers,both sexes", "did you mean 'total'?"),
        ("population.csv", "2020,female,0-4", "2020,both,0-4", "leave rows of totals out"),
        ("population.csv", "2020,female,0-4", "2020,female,total", "leave rows of totals out"),
        ("population.csv", "age_group,persons", "age_group,Population", "did you mean 'persons'?"),
        ("population.csv", "age_group,persons", "age_group,xyz", "is it 'persons' by another name?"),
        ("indicators.csv", "observed,OLD,\n", 'observed,"OLD, NEW",\n', "write OLD;NEW"),
        ("schemes.csv", "old_age;survivors", '"old_age, survivors"', "write old_age;survivors"),
        ("schemes.csv", "old_age;survivors", "old_age;survivor", "did you mean 'survivors'?"),
        ("country.toml", 'code = "XTS"', 'code = "GHA"', 'write code = "XTS", or rename the folder GHA'),
        ("indicators.csv", "births,total", "1.3.1,total", "did you mean 'effective_coverage'?"),
    ],
)
def test_each_slip_has_the_remedy_that_fits(pack_folder, file, old, new, words):
    edit(pack_folder / file, old, new)
    found = [problem.hint for problem in problems(pack_folder)]
    assert any(words in hint for hint in found), found
    assert not any("decimals with a point" in hint or "another source" in hint for hint in found)


def test_an_unknown_id_leads_to_those_that_hold_it_or_to_their_table():
    near = Hints({*(f"S{i}" for i in range(30)), "UN_WPP_2024", "WPP2022", "SWPPING"})
    assert near("WPP") == "did you mean 'WPP2022' or 'UN_WPP_2024'?"
    assert near("CENSUS") == ""
