"""Tables of persons and figures from few of them are told from results."""

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from nasssap_lib.exchange.disclosure import find_in_files
from nasssap_lib.exchange.found_tables import TextTable, text_tables
from nasssap_lib.exchange.microdata import FEWEST_PERSONS, find_disclosures, find_in_prose
from nasssap_lib.exchange.traces import Machine

PERSONS = pd.DataFrame(
    {"household_id": range(1000, 1060), "weight": 1.5, "age": 30, "income": [i * 7.0 for i in range(60)]}
)


def output(frame=None, text=None):
    if text is not None:
        return new_output("stream", name="stdout", text=text)
    return new_output("display_data", {"text/html": frame.to_html(), "text/plain": frame.to_string()})


@pytest.mark.parametrize("name", ["n", "n_obs", "Observations", "sampled", "Sample size", "unweighted n", "effectif"])
def test_few_sampled_persons_are_found_under_every_name_of_the_column(name):
    def found(count):
        return list(find_disclosures(TextTable(["group", "share", name], [["mothers", "0.2", str(count)]])))

    assert len(found(FEWEST_PERSONS - 1)) == 1
    assert found(FEWEST_PERSONS) == []
    assert found("") == []
    assert found("n/a") == []


@pytest.mark.parametrize("name", ["N°", "N.º", "n°", "Nº"])
def test_the_number_of_a_line_is_no_number_of_persons(name):
    rows = [["1", "Rédiger la loi"], ["2", "Former les agents"]]
    assert list(find_disclosures(TextTable([name, "Activité"], rows))) == []


@pytest.mark.parametrize(
    ("table", "person_level"),
    [
        (PERSONS, True),
        (PERSONS.drop(columns="household_id"), True),
        (PERSONS[["income"]].assign(x=1).loc[list(range(60)) * 5], True),
        (pd.DataFrame({"person_id": ["a", "b"], "sex": ["f", "m"]}), True),
        (pd.DataFrame({"subject_id": ["a", "b"], "sex": ["f", "m"]}), True),
        (pd.DataFrame({"subject": ["Coverage", "Poverty"], "newest": [2022, 2021]}), False),
        (pd.DataFrame({"criterion": list("abcdefghijklmnopqrstuvwxyz"), "weight": 0.1}), False),
        (pd.DataFrame({"scheme": range(300), "income": range(300), "source": "A"}), False),
        (pd.DataFrame({"indicator": ["household"] * 3, "value": [1, 2, 3]}), False),
    ],
)
def test_rows_of_persons_are_told_from_results(table, person_level):
    files = {"t.csv": table.to_csv(index=False).encode(), "t.html": table.to_html().encode()}
    notebook = new_notebook(cells=[new_code_cell("x", outputs=[output(text=table.to_string())])])
    found = find_in_files({**files, "t.ipynb": nbformat.writes(notebook).encode()}, Machine())
    places = {finding.where.split(",")[0] for finding in found}
    assert places >= {"t.csv", "t.html"} if person_level else not places


def test_printed_tables_are_read_and_prose_is_not():
    wide = PERSONS.assign(note="")
    assert any(find_disclosures(table) for table in text_tables(f"head\n{wide.head(3).to_string()}\n\nend"))
    prose = "the person gets a benefit\nper household and month\nin which it is due"
    assert [words for table in text_tables(prose) for words in find_disclosures(table)] == []


@pytest.mark.parametrize(
    "name",
    ["Persons", "beneficiaries", "Number of households", "women", "deaths", "headcount", "Count", "Bénéficiaires",
    "Nombre d'enfants", "Ménages",
     "Femmes", "nb personnes", "Hogares", "Número de beneficiarios", "N.º de mujeres", "niños", "asegurados"],
)  # fmt: skip
def test_a_count_of_few_persons_is_found_in_three_languages(name):
    def found(*counts):
        rows = [[f"region {i}", count] for i, count in enumerate(counts)]
        return [words for _, words in find_disclosures(TextTable(["region", name], rows))]

    assert found("3", "412") == [f"a count of 3 (row region 0, column {name}); fewer than 5 persons are not shown"]
    assert found("5", "412") == found("0", "1 204") == found("n/a", "412") == []
    assert found("3.5", "412.1") == [], "no count"


@pytest.mark.parametrize(
    "name",
    [
        "children per household",
        "share of persons",
        "persons (thousands)",
        "taux de femmes",
        "mean age of women",
        "rank",
    ],
)
def test_rates_averages_and_thousands_of_persons_are_no_counts(name):
    assert list(find_disclosures(TextTable(["region", name], [["a", "3"], ["b", "41"]]))) == []


def test_points_of_a_checklist_and_published_projections_are_no_counts():
    assert list(find_disclosures(TextTable(["area", "children"], [["law", "1"], ["money", "2"]]))) == []
    published = TextTable(["age", "persons", "source"], [["100", "3", "WPP2024"], ["99", "412", "WPP2024"]])
    assert list(find_disclosures(published)) == []


def test_few_are_found_where_the_row_says_what_is_counted():
    by_unit = TextTable(["indicator", "unit", "value"], [["covered", "persons", "3"], ["cost", "percent", "3"]])
    assert [words[:12] for _, words in find_disclosures(by_unit)] == ["a count of 3"]
    by_name = TextTable(["", "2024"], [["Bénéficiaires", "3"], ["Coût", "3"]])
    assert len(list(find_disclosures(by_name))) == 1
    assert [words for _, words in find_in_prose("Matam: 40 % (n = 4); Dakar: 50 % (n = 412)")] == [
        "a figure from 4 sampled persons; fewer than 5 are not shown"
    ]
    assert list(find_in_prose("n = 40, n=4.5, N = 3,000, in = 3")) == []


def persons(rows=40):
    """A survey whose columns say nothing by their names."""
    return pd.DataFrame({
        "a": [1 + i * 7 % 2 for i in range(rows)], "b": [(i * 37) % 83 for i in range(rows)],
        "c": [("yes", "no", "yes")[i % 3] for i in range(rows)], "d": [1000 + (i * 7919) % 3571 for i in range(rows)],
    })  # fmt: skip


@pytest.mark.parametrize(
    ("table", "doubtful"),
    [
        (persons(), True),
        (persons(19), False),
        (persons()[["a", "b", "d"]], True),
        (pd.DataFrame({"age": range(101), "persons": range(10_000, 10_101), "share": 0.1}), False),
        (pd.DataFrame({"sex": ["f"] * 50 + ["m"] * 50, "age": [*range(50)] * 2, "persons": range(1000, 1100)}), False),
        (pd.DataFrame({"option": ["a", "b"] * 15, "criterion": [f"c{i // 2}" for i in range(30)], "value": range(30),
        "x": range(30)}), False),
        (pd.DataFrame({"year": range(1990, 2025), "cost": range(35, 70), "more": range(70, 35, -1)}), False),
    ],
)  # fmt: skip
def test_many_rows_that_only_figures_tell_apart_are_doubtful(table, doubtful):
    read = TextTable(list(table.columns), table.astype(str).to_numpy().tolist())
    assert ["rows of persons?" in words for _, words in find_disclosures(read)] == [True] * doubtful


def test_a_part_of_a_large_table_is_doubtful():
    assert [words for _, words in find_in_prose("[1,200 rows x 8 columns]\n[12 rows x 3 columns]")] == [
        "rows of a table of 1,200 rows: rows of a survey?"
    ]


def test_a_telephone_number_in_a_sentence_is_found_and_a_change_of_persons_is_none():
    assert [words for _, words in find_in_prose("call +221 77 123 45 67\n+1 234 567 persons; +5.2 %")] == [
        "a telephone number"
    ]
