"""A table is found wherever it stands, and read with its cells in their columns."""

import json

import pandas as pd
import pytest

from nasssap_lib.exchange.found_tables import bare_text, html_tables, json_tables, text_tables

TABLE = pd.DataFrame(
    {"region": ["Dakar", "Matam", "Kolda"], "q2": ["77 123 45 67", "76 234 56 78", "70 345 67 89"], "n": [412, 3, 55]}
)
UPRIGHT, DASHED = "\N{BOX DRAWINGS LIGHT VERTICAL}", " \N{BOX DRAWINGS LIGHT TRIPLE DASH VERTICAL} "
LINES = [list(TABLE.columns), *TABLE.astype(str).to_numpy().tolist()]
TEXTS = {
    "printed": TABLE.to_string(),
    "printed without an index": TABLE.to_string(index=False),
    "to the left": "\n".join("  ".join(cell.ljust(16) for cell in line).rstrip() for line in LINES),
    "commas": f"first rows:\n{TABLE.to_csv(index=False)}",
    "semicolons": TABLE.to_csv(index=False, sep=";"),
    "tabs": TABLE.to_csv(index=False, sep="\t"),
    "markdown": "\n".join(f"| {line} |" for line in [" | ".join(LINES[0]), "--- | --- | --:", *map(" | ".join, LINES[1:])]),
    "LaTeX": "\\toprule\n" + "\n\\midrule\n".join(f"{' & '.join(line)} \\\\" for line in LINES),
    "a frame of lines": "\n".join(f"{UPRIGHT} {DASHED.join(line)} {UPRIGHT}" for line in LINES),
    "JSON": f"result: {TABLE.to_json(orient='records')}",
    "JSON, an object a line": TABLE.to_json(orient="records", lines=True),
    "JSON of columns": TABLE.to_json(),
    "JSON, header and rows": TABLE.to_json(orient="split"),
    "a list of Python": str(TABLE.to_dict("records")),
    "a dictionary a line": "\n".join(map(str, TABLE.to_dict("records"))),
    "names in each line": "\n".join(f"region: {a}; q2: {b}; n: {c}" for a, b, c in LINES[1:]),
}  # fmt: skip


@pytest.mark.parametrize("kind", TEXTS)
def test_a_table_in_a_text_is_read_with_its_header(kind):
    found = [table for table in text_tables(TEXTS[kind]) if "q2" in table.header]
    assert any(table.column(table.header.index("q2")) == TABLE["q2"].tolist() for table in found)
    assert any(table.column(table.header.index("n")) == ["412", "3", "55"] for table in found if "n" in table.header)


def test_tuples_without_a_header_are_rows():
    text = "\n".join(map(str, TABLE.itertuples(index=False, name=None)))
    assert any(["Kolda", "70 345 67 89", "55"] in table.rows for table in text_tables(text))


def test_a_table_inside_a_drawing_of_the_web_is_found_at_any_depth():
    drawing = {"data": {"values": json.loads(TABLE.to_json(orient="records"))}, "mark": "point"}
    assert any(table.header == ["region", "q2", "n"] and len(table.rows) == 3 for table in json_tables(drawing))
    nested: list = []
    for _ in range(2_000):
        nested = [nested]
    assert list(json_tables(nested)) == []


def test_tables_of_a_page_and_what_stands_between_them():
    page = f"<p>before</p>{TABLE.to_html()}<pre>a;b\n1;2\n3;4</pre><script>var x = 1</script>"
    assert html_tables(page)[0].header == ["", "region", "q2", "n"]
    assert bare_text(page).split() == ["before", "a;b", "1;2", "3;4"]
    assert html_tables("<p>none</p>") == []


@pytest.mark.parametrize(
    "text", ["", "a", "{", "[" * 5_000, "(" * 5_000, "x" * 100_000, "a,b\n" * 3, "\\" * 50, "|\n|\n", "1,2\n3"]
)
def test_no_text_is_too_odd(text):
    assert all(len(row) >= 0 for table in text_tables(text) for row in table.rows)


def test_a_row_of_figures_is_no_header():
    printed = "\n".join(f"{i}  fsg  per household  20{i:02}  household" for i in range(3))
    assert {name for table in text_tables(printed) for name in table.header} == {""}


SINGLE = {
    "telephone": ["77 123 45 67", "76 234 56 78", "70 345 67 89"],
    "N° CNSS": ["104512", "230877", "551203"],
    "x": ["MENSAH AKOSUA", "OWUSU YAW", "ASANTE KOFI"],
    "carte": ["GHA-721345678-1", "GHA-831345678-2", "GHA-941345678-9"],
    "d": ["12/05/61", "30/11/87", "01/02/99"],
}


@pytest.mark.parametrize("name", SINGLE)
@pytest.mark.parametrize("index", [True, False])
def test_the_first_column_is_whole_with_and_without_an_index(name, index):
    for frame in (pd.DataFrame({name: SINGLE[name]}), pd.DataFrame({name: SINGLE[name], "y": [-10, 20, 30]})):
        found = text_tables(f"shown:\n{frame.to_string(index=index)}\n\nend")
        columns = [table.column(i) for table in found for i, head in enumerate(table.header) if head == name]
        assert SINGLE[name] in columns


def test_figures_below_zero_keep_no_index():
    printed = pd.DataFrame({"x": [-17.44, -16.93], "y": [1, 2]}).to_string()
    assert any(table.rows == [["-17.44", "1"], ["-16.93", "2"]] for table in text_tables(printed))


def test_a_word_above_sentences_is_no_column():
    assert not any(
        table.header == ["Adresse"] for table in text_tables("Adresse\nwhere it is\nand what it is\nthe end")
    )


def rows_read(text):
    return sum(len(table.rows) for table in text_tables(text))


@pytest.mark.parametrize("line", ["a a a\n", "x\nx y\n", "ab  cd\n", "a;b\n"])
def test_twice_the_text_is_twice_the_work(line):
    assert 0 < rows_read(line * 2_000) <= 2.1 * rows_read(line * 1_000)


def test_a_text_whose_every_line_may_head_all_that_follow_is_named_and_not_read_to_its_end():
    made = "\n".join("a " * (2 + i % 60) for i in range(20_000))
    found = text_tables(made)
    assert [table.unread for table in found].count(True) == 1
    assert rows_read(made) < 500_000  # of 20,000 × 20,000 / 2
    assert not any(table.unread for table in text_tables("region  n\n" + "North   3\n" * 3_000))


def test_the_true_header_below_titles_of_the_same_width_is_found():
    printed = "the north\nand south\nareas   n\nKolda   3\nMatam  12\n"
    assert any(table.header == ["areas", "n"] and table.rows[0][-1] == "3" for table in text_tables(printed))


def test_what_is_never_closed_hides_nothing_and_a_script_hides_no_table_behind_it():
    assert "n = 3" in bare_text("<p>a</p><table><tr><td>n = 3")
    assert bare_text("<script>'<table>'</script>n = 3<table><tr><td>4</table>").split() == ["n", "=", "3"]
    assert bare_text("a<style>b</style>c<TABLE>d</table >e").split() == ["a", "c", "e"]
