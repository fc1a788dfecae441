"""What must not travel is named with notebook and cell, and nothing is written; what a country publishes is not hit."""

import getpass
import json

import nbformat
import pandas as pd
import pytest
from bundle_tools import NOTEBOOK, copy_run
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_notebook, new_output

from nasssap_lib.commands.cli import main
from nasssap_lib.exchange.disclosure import find_in_files
from nasssap_lib.exchange.microdata import FEWEST_PERSONS, TextTable, find_disclosures, text_tables
from nasssap_lib.exchange.traces import Machine, find_traces, this_machine
from nasssap_lib.pack.reader import countries, data_root

PERSONS = pd.DataFrame(
    {"household_id": range(1000, 1060), "weight": 1.5, "age": 30, "income": [i * 7.0 for i in range(60)]}
)
FEW = pd.DataFrame({"region": ["Dakar", "Kédougou"], "estimate": [0.4, 0.1], "n": [412, 3]})
HERE = Machine(frozenset({"adiouf", "budget-pc"}), frozenset({"/strategy"}))


def output(frame=None, text=None):
    if text is not None:
        return new_output("stream", name="stdout", text=text)
    return new_output("display_data", {"text/html": frame.to_html(), "text/plain": frame.to_string()})


def test_a_planted_table_path_and_three_person_cell_are_all_named_and_nothing_is_written(senegal, tmp_path):
    out = copy_run(senegal, tmp_path)
    path = out / "reports" / "SEN" / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["papermill"] = {
        "input_path": "/home/adiouf/x.ipynb"
    }  # metadata are cleaned, not complained about
    for count, (source, shown) in enumerate(
        [
            ("survey.head(60)", output(PERSONS)),
            ("survey = read('/home/adiouf/ehcvm.dta')", None),
            ("by_region", output(FEW)),
        ],
        101,
    ):
        notebook.cells.append(new_code_cell(source, execution_count=count, outputs=[shown] if shown else []))
    nbformat.write(notebook, path)
    result = CliRunner().invoke(main, ["share", "SEN", "--notebook", NOTEBOOK, "--out", str(out)])
    assert result.exit_code == 1, result.output
    number = len(notebook.cells)
    where = f"reports/{NOTEBOOK}.ipynb, cell"
    assert f"{where} {number - 2} [101]: a person-level table (60 rows, column household_id)" in result.output
    assert f"{where} {number - 1} [102]: a home directory, '/home/adiouf'" in result.output
    assert f"{where} {number} [103]: a figure from 3 sampled persons (row" in result.output
    assert "nothing was written" in result.output
    assert not list(out.rglob("*.zip"))
    assert not list(out.rglob(".SEN*"))


def test_the_shipped_packs_hold_nothing_that_must_not_travel():
    root = data_root()
    files = {f"{path.parent.name}/{path.name}": path.read_bytes() for path in root.rglob("*.csv")}
    assert len(files) > len(countries(root))
    assert find_in_files(files, this_machine(root)) == []


@pytest.mark.parametrize("country", countries(data_root()))
def test_the_reports_of_a_country_hold_nothing_that_must_not_travel(batch_of_all, country):
    folders = [batch_of_all / "reports" / country, batch_of_all / "data" / "processed" / country]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".json"]
    files = {str(path.relative_to(batch_of_all)): path.read_bytes() for path in paths}
    assert {path.suffix for path in paths} == {".html", ".ipynb", ".csv"}
    assert find_in_files(files, Machine()) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("df = read('/home/awa/data.csv')", "a home directory"),
        ("/Users/awa/x", "a home directory"),
        ("in /root", "a home directory"),
        (r"C:\Users\Awa\data.csv", "a home directory"),
        (r"D:\survey\data.csv", "an absolute path"),
        (r"\\server01\share$", "an absolute path"),
        ("file:///x", "an absolute path"),
        ("/mnt/disk/survey.dta", "an absolute path"),
        ("http://localhost:8888/lab", "an address of this machine"),
        ("write to awa.diop@ministere.gouv.sn", "an e-mail address"),
        ("https://awa:secret@example.org/x", "a password in an address"),
        ("kept in /strategy today", "a folder of this machine"),
        ("run by adiouf", "the name of this machine or its user"),
        ("on budget-pc", "the name of this machine or its user"),
    ],
)
def test_traces_of_a_machine_are_found(text, kind):
    assert [found[:2] for found in find_traces(f"first line\n{text}", HERE)] == [(2, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.org/home/a/b.pdf and ftp://host/data/x",
        "of 3/4 persons, and/or 01/02/2020, km/h, GDP / head",
        '<img src="x"/></td></tr>',
        "data/raw/SEN/indicators.csv",
        "../index.html",
        "Adioufs and adioufsky",
        "ratio 1:2, see p. 4: all",
        "LCU / person / month",
        "-//W3C//DTD SVG 1.1//EN",
    ],
)
def test_ordinary_text_is_no_trace(text):
    assert list(find_traces(text, HERE)) == []


def test_a_picture_inside_a_page_is_looked_into():
    import base64

    for text in ("/home/awa/x", "saved in /mnt/disk/x"):
        picture = base64.b64encode(f"<svg><text>{text}</text>\n</svg>".encode()).decode()
        page = f'<p>\n<img src="data:image/svg+xml;base64,{picture}">'
        assert [line for line, *_ in find_traces(page, Machine())] == [2]


def test_names_that_are_words_are_not_looked_for():
    names = this_machine().names
    assert not names & {"root", "data", "user"}
    user = getpass.getuser()
    assert user in names or len(user) < 4 or user in {"root", "runner", "admin", "user"}


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


def test_what_cannot_be_read_cannot_be_sent():
    assert "cannot be checked" in str(find_in_files({"x.csv": b"\xff\xfe"}, Machine())[0])


def test_every_place_of_a_notebook_is_looked_at():
    path = "see /home/awa/x"
    error = new_output("error", ename="E", evalue="", traceback=[path])
    picture = new_output("display_data", {"image/svg+xml": f"<svg>{path}</svg>"})
    picked = new_output("display_data", {"text/plain": "a"}, metadata={"where": path})
    for outputs in ([error], [picture], [picked], [output(text=path)]):
        notebook = new_notebook(cells=[new_code_cell("1", outputs=outputs)])
        assert len(find_in_files({"a.ipynb": json.dumps(notebook).encode()}, Machine())) == 1
    notebook = new_notebook(metadata={"made": path})
    assert "metadata" in find_in_files({"a.ipynb": json.dumps(notebook).encode()}, Machine())[0].where
