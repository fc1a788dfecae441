"""What tables say of each other: references, complete age groups, and no illustration in a real country."""

import re

import pandas as pd
import pytest
from small_pack import edit, problems, write_small_pack

from nasssap_lib.pack import schema
from nasssap_lib.pack.cells import Cells
from nasssap_lib.pack.relations import reference_problems

ALL = (*schema.TABLES, schema.CODEBOOK)


REFERENCES = [(table, column) for table in ALL for column in table.columns if column.references]


def named(pairs):
    return [f"{table.name}.{column.name}" for table, column in pairs]


def test_a_missing_age_group_is_named_for_it_would_lower_the_count(pack_folder):
    edit(pack_folder / "population.csv", "2025,male,100+,2000,estimated,POP,\n", "")
    (problem,) = problems(pack_folder)
    assert problem.value == "2025 male"
    assert "100+" in problem.hint


@pytest.mark.parametrize("file", ["indicators.csv", "population.csv"])
def test_an_illustration_is_refused_in_a_real_country_in_whichever_table(tmp_path, file):
    folder = write_small_pack(tmp_path, "SEN")
    edit(folder / "country.toml", "fictional = true", "fictional = false")
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text.replace(",estimated,", ",illustrative,", 1), encoding="utf-8")
    (problem,) = problems(folder)
    assert (problem.file, problem.value) == (f"SEN/{file}", "illustrative")


@pytest.mark.parametrize(("table", "column"), REFERENCES, ids=named(REFERENCES))
def test_one_reference_broken_is_named_with_file_line_column_value_and_the_nearest_id(training, table, column):
    cells = training[table.name]
    name, values = column.where
    rows = [i for i, value in enumerate(cells.frame[column.name]) if not name or cells.frame[name].iat[i] in values]
    i = next((i for i in rows if cells.frame[column.name].iat[i]), rows[0])
    target, _, key = column.references.partition(".")
    nearest = cells.frame[column.name].iat[i].split(";")[0] or training[target].frame[key].iat[0]
    broken = cells.frame.copy()
    broken.iloc[i, broken.columns.get_loc(column.name)] = f"{nearest}x"
    (problem,) = reference_problems(training | {table.name: Cells(cells.file, broken, cells.lines)})
    assert (problem.file, problem.row, problem.column) == (table.file, cells.lines[i], column.name)
    assert problem.value == f"{nearest}x" and problem.expected.endswith(f" of {target}.csv")
    assert problem.hint.startswith("did you mean")


FIGURES = {  # the first figure of each kind, as its row of the training country names it
    "indicators": "adult_literacy, total, total, 2022",
    "scheme_figures": "chm, administration, 2017, lcu_billion",
    "targets": "r1",
    "financing": "contributions",
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_source_that_is_taken_away_is_missed_by_the_figure_that_stood_on_it(training, name):
    cells, sources = training[name], training["sources"]
    alone = cells.frame.assign(source=["ALONE", *cells.frame["source"].iloc[1:]])
    kept = pd.concat([sources.frame, sources.frame.head(1).assign(id="ALONE")], ignore_index=True)
    texts = training | {name: Cells(cells.file, alone, cells.lines)}
    whole = Cells(sources.file, kept, [*sources.lines, sources.lines[-1] + 1])
    assert list(reference_problems(texts | {"sources": whole})) == []
    (problem,) = reference_problems(texts)
    assert (problem.file, problem.row, problem.value, problem.of) == (f"{name}.csv", 2, "ALONE", FIGURES[name])
    assert str(problem).startswith(f"{name}.csv:2 source: 'ALONE' of {FIGURES[name]} — expected an id of sources.csv")


def test_every_table_with_references_names_its_broken_one_when_the_pack_is_read(training_folder):
    broken = {}
    for table, column in REFERENCES:
        path = training_folder / table.file
        if table.name not in broken and column.name == "source" and table.name != "sources":
            edit(path, "XTC-TRAINING", "XTC-TRAINNIG")
            broken[table.name] = f"XTC/{table.file}"
    assert {problem.file for problem in problems(training_folder)} == set(broken.values())
    assert len(broken) == len(schema.TABLES) - 1


def test_an_id_of_a_table_that_the_pack_does_without_is_named(training_folder):
    (training_folder / "measures.csv").unlink()
    assert (
        "XTC/activities.csv:2 measure: 'child_benefit' — expected an id of measures.csv; add it to measures.csv"
        in map(str, problems(training_folder))
    )


@pytest.mark.parametrize("how", ["without rows", "with zeros"])
def test_a_population_without_women_is_named_where_it_stands(pack_folder, how):
    path = pack_folder / "population.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if ",female," not in row]
    zeros = [re.sub(r"^(\d+,female,[^,]+,)[^,]+", r"\g<1>0", row) for row in rows]
    path.write_text("\n".join([header, *(kept if how == "without rows" else zeros)]) + "\n", encoding="utf-8")
    found = [
        problem for problem in problems(pack_folder) if problem.file == "XTS/population.csv" and problem.column == "sex"
    ]
    assert found and all("women of" in problem.expected for problem in found)


def test_a_formula_behind_a_sign_at_which_a_spreadsheet_splits_is_named(training_folder):
    edit(
        training_folder / "measures.csv",
        "Benefit for every child under five",
        "Benefit for every child under five;=HYPERLINK(1)",
    )
    assert {(problem.file, problem.expected) for problem in problems(training_folder)} == {
        ("XTC/measures.csv", "text, not a formula")
    }


def test_a_circle_of_activities_is_named_with_its_way(training_folder):
    path = training_folder / "activities.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    at = header.split(",").index("depends_on")
    first = rows[0].split(",")
    first[at] = first[0]
    path.write_text("\n".join([header, ",".join(first), *rows[1:]]) + "\n", encoding="utf-8")
    (problem,) = problems(training_folder)
    assert (problem.column, problem.expected) == ("depends_on", "no circle of activities")
    assert f"{first[0]} → {first[0]}" in problem.hint
