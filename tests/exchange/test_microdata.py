"""Tables of persons and figures from few of them are told from results."""

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from nasssap_lib.exchange.disclosure import find_in_files
from nasssap_lib.exchange.microdata import FEWEST_PERSONS, TextTable, find_disclosures, text_tables
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
