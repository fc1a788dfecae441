"""What must not travel is named with notebook and cell, and nothing is written; what a country publishes is not hit."""

import json
import random
import re

import nbformat
import pandas as pd
import pytest
from bundle_tools import NOTEBOOK, copy_run, own
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from stories import DRAWN_THEN_ALL

from nasssap_lib.commands.cli import main
from nasssap_lib.exchange.disclosure import DisclosureError, find_in_files, merged
from nasssap_lib.exchange.traces import Machine, this_machine
from nasssap_lib.exchange.verify import open_bundle
from nasssap_lib.pack.folders import countries, data_root

PERSONS = pd.DataFrame(
    {"household_id": range(1000, 1060), "weight": 1.5, "age": 30, "income": [i * 7.0 for i in range(60)]}
)


FEW = pd.DataFrame({"region": ["Dakar", "Kédougou"], "estimate": [0.4, 0.1], "n": [412, 3]})


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


@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_the_reports_of_a_country_hold_nothing_that_must_not_travel(batch_of_all, country):
    folders = [batch_of_all / "reports" / country, batch_of_all / "data" / "processed" / country]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".json"]
    files = {str(path.relative_to(batch_of_all)): path.read_bytes() for path in paths}
    assert {path.suffix for path in paths} == {".html", ".ipynb", ".csv"}
    assert find_in_files(files, Machine()) == []


def test_what_cannot_be_read_cannot_be_sent():
    for data in (b"\x80", b"\xff\xfeA", b"a" * 200_000):  # no text; half a letter of UTF-16; a cell longer than any
        assert "cannot be checked" in str(find_in_files({"x.csv": data}, Machine())[0])


def test_a_text_made_to_be_read_for_hours_is_left_to_a_person():
    made = "\n".join("a " * (2 + i % 60) for i in range(20_000))
    notebook = new_notebook(cells=[new_code_cell("1", outputs=[output(text=made)])])
    found = find_in_files({"a.ipynb": json.dumps(notebook).encode()}, Machine())
    assert any("a person must look at them" in finding.what and finding.code for finding in found)


def test_findings_of_one_kind_are_one_line():
    rows = [f"Region {i},{1 + i % 4}" for i in range(60)] + ["=1+1,20", "=2+2;x,30", "see /home/awa/x,40"]
    found = find_in_files(
        {"a.csv": "\n".join(["region,persons", *rows]).encode(), "b.csv": b"region,persons\nx,3\n"}, Machine()
    )
    lines = [str(finding) for finding in merged(found)]
    assert len(found) == 64 and len(lines) == 4
    assert "(60 such, also in lines 3, 4, 5, 6, 7, 8, 9, 10, …)" in "".join(lines)
    assert "(2 such, also in row 63)" in "".join(lines)
    assert {finding.code for finding in merged(found)} == {finding.code for finding in found}
    assert len(str(DisclosureError(found)).splitlines()) == 4


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


ROSTER = pd.DataFrame(
    {"q1": ["Awa Diop", "Mamadou Fall", "Fatou Sow"], "q2": ["77 123 45 67", "76 234 56 78", "70 345 67 89"]}
)


@pytest.mark.parametrize(
    "data",
    [
        {"text/html": ROSTER.to_html()}, {"text/html": f"<pre>{ROSTER.to_string()}</pre>"}, {"text/plain": ROSTER.to_string()},
        {"text/markdown": "q1 | q2\n--|--\n" + "\n".join(map(" | ".join, ROSTER.to_numpy()))},
        {"text/latex": "\n".join(f"{' & '.join(row)} \\\\" for row in ROSTER.to_numpy())},
        {"application/json": json.loads(ROSTER.to_json())}, {"text/csv": ROSTER.to_csv()},
        {"application/vnd.vegalite.v5+json": {"data": {"values": json.loads(ROSTER.to_json(orient="records"))}}},
    ],
)  # fmt: skip
def test_rows_of_persons_are_found_in_outputs_of_every_kind(data):
    notebook = new_notebook(cells=[new_code_cell("1", execution_count=7, outputs=[new_output("display_data", data)])])
    (finding, *_) = find_in_files({"a.ipynb": json.dumps(notebook).encode()}, Machine())
    assert finding.where == "a.ipynb, cell 1 [7]" and "a person-level table" in finding.what and finding.code


def test_persons_are_found_in_prose_pages_and_attachments_too():
    table = "q1;q2\n" + "\n".join(map(";".join, ROSTER.to_numpy()))
    notebook = new_notebook(cells=[new_markdown_cell(table)])
    assert find_in_files({"a.ipynb": json.dumps(notebook).encode()}, Machine())
    assert find_in_files({"a.html": f"<p>x</p><pre>{table}</pre>".encode()}, Machine())
    notebook = new_notebook(cells=[new_markdown_cell("see", attachments={"roster.png": {"image/png": "AAAA"}})])
    assert "roster.png, which cannot be checked" in str(
        find_in_files({"a.ipynb": json.dumps(notebook).encode()}, Machine())[0]
    )
    notebook = new_notebook(
        cells=[new_code_cell("1", outputs=[new_output("display_data", {"application/pdf": "AAAA"})])]
    )
    assert "application/pdf, which cannot be checked" in str(
        find_in_files({"a.ipynb": json.dumps(notebook).encode()}, Machine())[0]
    )


def test_a_formula_in_a_table_of_the_pack_does_not_travel():
    found = find_in_files({"data/raw/SEN/measures.csv": b"id,name\na,Benefit;=HYPERLINK(1)\nb,-5.2\n"}, Machine())
    assert [finding.where for finding in found] == ["data/raw/SEN/measures.csv, row 2"]
    assert not found[0].code, "nobody says yes to that"


def semicolons(csv):
    """A table as Excel saves it in French: semicolons, decimal commas."""
    return csv.replace(",", ";").replace(".", ",").encode("utf-8-sig")


def test_a_table_that_a_french_spreadsheet_saved_travels_as_the_same_table_with_commas():
    balances = "indicator,year,value,source\n" + "".join(f"balance,{year},-3.7,A\n" for year in range(1700, 1950))
    assert [find_in_files({"a.csv": text}, Machine()) for text in (balances.encode(), semicolons(balances))] == [[], []]
    few = "region,estimate,n\nNorth,0.4,3\n"
    found = [
        find_in_files({"a.csv": text}, Machine())
        for text in (few.encode(), semicolons(few), b"sep=;\n" + semicolons(few)[3:])
    ]
    assert [[(one.where, one.what[:22]) for one in findings] for findings in found] == [
        [("a.csv, line 2", "a figure from 3 sample")],
        [("a.csv, line 2", "a figure from 3 sample")],
        [("a.csv, line 3", "a figure from 3 sample")],
    ]


def test_what_excel_calls_unicode_text_is_looked_at_as_a_pack_reads_it():
    """UTF-16 with its mark, and tabs: check calls such a table sound."""
    tabs = "region\testimate\tn\nNorth\t0,4\t{}\n"
    few, many = ({"a.csv": tabs.format(count).encode("utf-16")} for count in (3, 300))
    assert [finding.where for finding in find_in_files(few, Machine())] == ["a.csv, line 2"]
    assert find_in_files(many, Machine()) == []


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "Benefit,=HYPERLINK(1)", "Benefit|=1+1"])
def test_a_formula_between_semicolons_does_not_travel_by_whatever_sign_a_spreadsheet_splits(cell):
    found = find_in_files({"a.csv": f"id;name;value\na;{cell};-3,7\n".encode()}, Machine())
    assert [finding.where for finding in found] == ["a.csv, row 2"]


def test_a_person_who_has_looked_may_say_yes_and_the_manifest_and_the_receiver_are_told(senegal, tmp_path):
    out = copy_run(senegal, tmp_path)
    path = out / "reports" / "SEN" / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(new_code_cell("by_region", execution_count=101, outputs=[output(FEW)]))
    nbformat.write(notebook, path)
    own(path)

    def share(*options):
        return CliRunner().invoke(main, ["share", "SEN", "--notebook", NOTEBOOK, "--out", str(out), *options])

    refused = share()
    (code,) = set(re.findall(r"--accept ([0-9a-f]{8})", refused.output))
    assert refused.exit_code == 1 and f"[{code}]" in refused.output
    wrong = share("--accept", "00000000")
    assert wrong.exit_code == 1 and f"those of now are {code}" in wrong.output
    assert share("--accept", code).exit_code == share("--accept", "all").exit_code == 0
    bundle = open_bundle(out / "reports" / "SEN.zip")
    decision, *same = bundle.manifest["accepted"]
    assert decision["code"] == code and "[101]" in decision["where"] and "3 sampled persons" in decision["what"]
    assert {one["where"] for one in same} == {decision["where"]}
    told = CliRunner().invoke(main, ["verify", str(out / "reports" / "SEN.zip")])
    assert "The sender looked at this and sent it:" in told.output and decision["what"] in told.output
    notebook.cells[-1].outputs = [output(FEW.assign(n=[412, 2]))]
    nbformat.write(notebook, path)
    own(path)
    assert share("--accept", code).exit_code == 1, "what is changed must be looked at again"


def drawn(count, **columns):
    """A table of rows of persons whose cells are drawn by chance, the same ones each time."""
    chance = random.Random(1)
    return pd.DataFrame({name: [chance.choice(range(*cells) if isinstance(cells, tuple) else cells) for _ in range(count)]
                         for name, cells in columns.items()})  # fmt: skip


VILLAGES, DECIDED = list("ABCDEFGH"), ["oui", "non"]
WITHOUT_NAMES = {
    "answers": drawn(60, q01=(1, 6), q02=(1, 3), q03=(1, 8), q04=(0, 2)),
    "scores and decisions": drawn(50, score=[f"{i * 7919 % 9973 / 100}" for i in range(99)], decision=DECIDED),
    "births": drawn(40, annee=(1940, 2005), village=VILLAGES, sexe=list("MF")),
    "incomes": drawn(15, municipio=list("ABC"), edad=(18, 80), ingreso=(1000, 99_000, 1000)),
    "households": drawn(15, taille_menage=(1, 12), toit=["tôle", "paille"], score_pmt=(1, 100)),
    "wages": drawn(30, **{"Matr.": (100_000, 999_999), "Sal.": (50_000, 500_000, 1000)}),
    "insured": drawn(30, **{"N° CNSS": (100_000, 999_999)}),
    "metres": drawn(10, e=(230_000, 240_000), n=(1_620_000, 1_630_000)),
    "degrees": drawn(10, x=[14.7 + i / 977 for i in range(99)], y=[-17.4 - i / 983 for i in range(99)]),
    "names": drawn(
        10, libelle=["Tsegaye Alemu", "Hirut Girma", "Yohannes Haile", "Bethlehem Bekele"], montant=(5000, 5001)
    ),
    "telephones": drawn(10, contact=["77 123 45 67", "76 234 56 78", "70 345 67 89", "78 111 22 33"]),
    "capitals": drawn(8, x=["MENSAH AKOSUA", "OWUSU YAW", "ASANTE KOFI", "BOATENG AMA"], y=(0, 80)),
    "cards": drawn(10, carte=[f"GHA-{721_345_678 + i * 7919}-{i % 10}" for i in range(99)]),
    "dates": drawn(10, d=[f"{1 + i % 28:02}/{1 + i % 12:02}/{50 + i % 49}" for i in range(99)]),
    "cases": pd.DataFrame({"commune": list("ABC"), "cas": [2, 120, 40]}),
    "albinism": pd.DataFrame({"district": list("ABC"), "persons with albinism": [1, 120, 40]}),
    "men and women": pd.DataFrame({"district": list("ABC"), "M": [1, 120, 40], "F": [2, 99, 33]}),
    "handicapped": pd.DataFrame({"commune": list("ABC"), "bénéficiaires handicapés": [2, 120, 40]}),
}


def files_of(frame):
    page = nbformat.writes(new_notebook(cells=[new_code_cell("x", outputs=[output(frame)])]))
    printed = [new_notebook(cells=[new_code_cell("x", outputs=[output(text=frame.to_string(index=index))])])
               for index in (True, False)]  # fmt: skip
    return {
        "a.csv": frame.to_csv(index=False).encode(),
        "page.ipynb": page.encode(),
        "text.ipynb": nbformat.writes(printed[0]).encode(),
        "bare.ipynb": nbformat.writes(printed[1]).encode(),
    }


@pytest.mark.parametrize("kind", WITHOUT_NAMES)
def test_rows_and_counts_of_persons_are_found_in_tables_pages_and_print(kind):
    files = files_of(WITHOUT_NAMES[kind])
    assert {finding.where.split(",")[0] for finding in find_in_files(files, Machine())} == set(files)


REGIONS = [f"Region {letter}" for letter in "ABCDEFGHIJKLMN"]
RESULTS = {
    "ages and incomes of regions": drawn(14, age=(20, 30), income=(100, 900)).assign(region=REGIONS),
    "persons by sex and age": pd.DataFrame({"sexe": ["M"] * 20 + ["F"] * 20, "age": [*range(0, 100, 5)] * 2, "persons": range(1000, 1040)}),
    "men and women by age": pd.DataFrame({"age": range(20), "M": range(1020, 1000, -1), "F": range(2020, 2000, -1)}),
    "shares of men and women": pd.DataFrame({"district": ["a", "b"], "M": [1.5, 3.25], "F": [1.25, 9.5]}),
    "deciles": drawn(10, households=(150_000, 160_000), persons=(1_500_000, 1_600_000)).assign(decile=range(1, 11)),
    "years of laws": drawn(14, annee=(1960, 2020)).assign(law=REGIONS),
    "answers of groups": drawn(24, q1=(1, 6), q2=(1, 6), q3=(1, 6)).assign(group=["Union", "Women"] * 12),
    "points of options": drawn(24, c1=(1, 6), c2=(1, 6), c3=(1, 6)).assign(option=[f"Option {i}" for i in range(24)]),
    "amounts by region": pd.DataFrame({"region": REGIONS * 2, "statut": ["actif"] * 14 + ["inactif"] * 14, "montant": range(28)}),
}  # fmt: skip


@pytest.mark.parametrize("kind", RESULTS)
def test_results_of_the_same_columns_are_no_rows_of_persons(kind):
    assert find_in_files(files_of(RESULTS[kind]), Machine()) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ours.\n\nIn Kédougou 40 % (n = 3) are covered.", "SEN/text/gaps.md, line 3: a figure from 3 sampled persons"),
        ("Call +221 77 123 45 67.", "a telephone number"),
        ("Write to a.diouf@example.org.", "an e-mail address"),
        ("See /home/adiouf/survey.dta.", "a home directory"),
        ("| region | n |\n| --- | --- |\n| Dakar | 412 |\n| Kédougou | 3 |\n", "a figure from 3 sampled persons (row"),
    ],
)
def test_a_ministrys_prose_is_looked_at_like_a_page(text, words):
    assert words in "\n".join(map(str, find_in_files({"SEN/text/gaps.md": text.encode()}, Machine())))
    assert find_in_files({"SEN/text/gaps.md": b"By 2040 nobody falls below a floor."}, Machine()) == []
