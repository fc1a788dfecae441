"""The schema says everything once: references, units, dates and prose follow from it, and so does the page of tables."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_pack import edit, problems

from nasssap_lib import terms
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack import schema
from nasssap_lib.pack.reader import read_pack

PROJECT = Path(__file__).parents[2]


ALL = (*schema.TABLES, schema.CODEBOOK)


REFERENCES = [(table, column) for table in ALL for column in table.columns if column.references]


NUMBERS = [(table, column) for table in ALL for column in table.columns if column.kind in ("number", "integer", "year")]


def named(pairs):
    return [f"{table.name}.{column.name}" for table, column in pairs]


def translated(pack_folder, column, cell, file="schemes.csv"):
    """The small pack with a further column in its only row."""
    path = pack_folder / file
    header, row = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{header},{column}\n{row},{cell}\n", encoding="utf-8")
    return path


NEW_TABLE = """
BENEFITS = Table(
    "benefits",
    "A benefit of a scheme.",
    (_id(), _one_of("schemes.id", "scheme", "id of schemes.csv", True), _prose("name", "name"), SOURCE),
    ("id",),
)
TABLES = (*TABLES, BENEFITS)
"""


def test_the_references_of_the_field_are_all_there():
    assert {
        "activities.measure", "activities.depends_on", "targets.indicator", "indicators.indicator", "judgements.option",
        "stakeholders.item", "scheme_figures.scheme", "pensionable_ages.scheme", "schemes.related_scheme",
        "measures.related_scheme",
    } <= set(named(REFERENCES))  # fmt: skip
    for table in schema.TABLES:
        for column in table.columns:
            assert column.name != "source" or column.references == "sources.id", table.name


@pytest.mark.parametrize(("table", "column"), NUMBERS, ids=named(NUMBERS))
def test_every_number_says_in_what_it_counts(table, column):
    by = column.unit.removeprefix("by ")
    assert column.unit in {**terms.UNITS, **schema.COLUMN_UNITS} or (column.unit != by and by in table.names)


def test_what_has_a_range_is_a_unit():
    assert set(schema.RANGES) <= {*terms.UNITS, *schema.COLUMN_UNITS}


def test_every_statement_of_a_group_has_words():
    assert list(schema.SAID) == list(terms.STATEMENTS)


BEYOND = [  # an indicator, a value of one of its rows, and what is expected of it
    ("poverty_headcount", "137.8", "at most 100, as codebook.csv says"),
    ("poverty_headcount", "-4", "at least 0, as codebook.csv says"),
    ("effective_coverage", "-1", "at least 0, as codebook.csv says"),
    ("effective_coverage", "101", ""),
    ("gdp_growth", "-8.9", ""),
    ("births", "-3", "at least 0, as codebook.csv says"),
]


def test_a_share_of_persons_lies_between_0_and_100_growth_does_not(training_folder):
    path, named = training_folder / "indicators.csv", []
    lines = path.read_text(encoding="utf-8").splitlines()
    left = dict(enumerate(lines[1:], 2))
    for indicator, value, expected in BEYOND:
        number = next(number for number, line in left.items() if line.startswith(f"XTC,,{indicator},"))
        *before, _value, rest = left.pop(number).split(",", 8)
        lines[number - 1] = ",".join([*before, value, rest])
        named += [(number, value, expected)] if expected else []
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    found = [(one.row, one.value, one.expected) for one in problems(training_folder) if one.column == "value"]
    assert found == sorted(named)


def test_a_target_is_in_the_unit_of_its_indicator(training_folder):
    edit(training_folder / "targets.csv", "percent", "persons")
    assert [problem.expected for problem in problems(training_folder)] == ["'percent', as codebook.csv says"]


@pytest.mark.parametrize("column", ["name_fr", "name_sw", "note_ar", "who_by_law_wo", "short_name_es"])
def test_a_translation_in_any_language_asks_for_no_change_of_the_schema(pack_folder, column):
    translated(pack_folder, column, "mots")
    schemes = read_pack("XTS", pack_folder.parent).schemes
    assert schemes[column].tolist() == ["mots"]
    assert [name for name in schemes if name != column] == schema.SCHEMES.names


@pytest.mark.parametrize("column", ["name_rf", "name_fra", "tier_fr", "nom_fr", "id_fr"])
def test_a_column_of_no_language_or_of_no_prose_is_named(pack_folder, column):
    translated(pack_folder, column, "mots")
    assert [(problem.row, problem.column) for problem in problems(pack_folder)] == [(1, column)]


def test_a_translation_is_checked_as_its_prose_is(pack_folder):
    translated(pack_folder, "name_fr", "=HYPERLINK(1)")
    (problem,) = problems(pack_folder)
    assert (problem.column, problem.expected) == ("name_fr", "text, not a formula")


def test_translations_are_those_of_names_prose_country_and_codebook(pack_folder):
    translated(pack_folder, "who_by_law_fr", "salariés")
    pack = read_pack("XTS", pack_folder.parent)
    french = pack.translations("fr")
    assert french["employees"] == "salariés"
    assert french["Testland"] == french["Testlandia"] == "Testlande"
    assert french["Births"] == "Naissances"
    assert "Fund" not in french  # the pack's language is English: nobody said that Caisse is French
    assert pack.translations("en")["Caisse"] == "Fund"
    assert pack.translations("fr") is french
    assert pack.translations("qps") == {}


def test_prose_in_the_country_s_own_language_is_itself_a_translation(pack_folder):
    edit(pack_folder / "country.toml", 'language = "en"', 'language = "fr"')
    edit(pack_folder / "schemes.csv", "Caisse,Fund,Fund,", "Caisse,Fund,FND,")  # a short name is not translated
    translated(pack_folder, "name_es", "Caja")
    pack = read_pack("XTS", pack_folder.parent)
    assert pack.translations("fr")["Fund"] == pack.translations("fr")["Caja"] == "Caisse"
    assert pack.translations("es")["Caisse"] == pack.translations("es")["Fund"] == "Caja"


def test_the_country_s_name_in_a_further_language(pack_folder):
    edit(pack_folder / "country.toml", "currency", 'name_pt = "Testolândia"\ncurrency')
    pack = read_pack("XTS", pack_folder.parent)
    assert pack.translations("pt")["Testland"] == "Testolândia"
    edit(pack_folder / "country.toml", "name_pt", "name_zz")
    assert [problem.column for problem in problems(pack_folder)] == ["name_zz"]


def test_options_of_the_shipped_packs_have_their_names_in_three_languages():
    for country in ("SEN", "XTC"):
        pack = read_pack(country)
        for language in ("fr", "es"):
            assert set(pack.measures["name"]) <= set(pack.translations(language))


def test_frames_of_a_pack_are_the_tables_of_the_schema(pack_folder):
    pack = read_pack("XTS", pack_folder.parent)
    for table in ALL:
        assert getattr(pack, table.attribute).columns.is_unique, table.name
    assert " ".join(pack.facts) == "country area indicator group sex breakdown year value unit se quality source note"
    assert " ".join(pack.population) == "year sex age_group persons quality source note"
    assert " ".join(pack.stakeholders) == "stakeholder name kind influence about item value reason quality source"
    assert pack.measures.empty and pack.measures["amount_low"].dtype == "float64"


def test_docs_tables_md_is_what_the_schema_says(monkeypatch):
    monkeypatch.syspath_prepend(PROJECT / "tools")
    import list_tables

    page = (PROJECT / "docs" / "tables.md").read_text(encoding="utf-8")
    assert page == list_tables.compose_page(), "python3 tasks.py tables writes it anew"
    for table in ALL:
        assert f"## {table.file}" in page
        assert all(f"| `{name}`" in page for name in table.names)


def test_a_new_table_is_a_change_of_the_schema_and_a_csv_file(pack_folder, tmp_path):
    library = tmp_path / "library"
    shutil.copytree(PROJECT / "nasssap_lib", library / "nasssap_lib", ignore=shutil.ignore_patterns("__pycache__"))
    with (library / "nasssap_lib" / "pack" / "schema.py").open("a", encoding="utf-8") as file:
        file.write(NEW_TABLE)
    (pack_folder / "benefits.csv").write_text("id,scheme,name,name_fr,source\na,fund,Pension,Rente,OLD\n")
    code = "from nasssap_lib.pack.reader import read_pack; pack = read_pack('XTS', '.'); print(*pack.benefits.name_fr)"
    code += (
        "; print(pack.translations('fr')['Pension'], 'benefits' in dir(pack), pack.digest); from pathlib import Path"
    )
    code += "; file = Path('XTS/benefits.csv'); file.write_text(file.read_text().replace('fund', 'funds')); read_pack('XTS', '.')"
    read = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(library)}, capture_output=True, text=True
    )
    assert read.stdout.split()[:3] == ["Rente", "Rente", "True"], read.stderr
    assert "XTS/benefits.csv:2 scheme: 'funds' — expected an id of schemes.csv; did you mean 'fund'?" in read.stderr


WRONG = {
    "reference": (
        {"columns": (schema.Column("scheme", "code", "id", references="shemes.id"),)},
        "refers to 'shemes.id'",
    ),
    "unit": ({"columns": (schema.Column("value", "number", "value", unit="bananas"),)}, "unknown unit 'bananas'"),
    "unit by a column": (
        {"columns": (schema.Column("value", "number", "value", unit="by unit"),)},
        "unknown unit 'by unit'",
    ),
    "key": ({"key": ("idd",)}, "no column 'idd' for its key"),
    "frame": ({"name": "settings"}, "a Pack has 'settings' already"),
    "twice": ({"name": "schemes"}, "a Pack has 'schemes' already"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_table_that_does_not_fit_fails_when_the_library_is_imported(what):
    given, words = WRONG[what]
    table = schema.Table(**({"name": "delivery", "meaning": "a row", "columns": (), "key": ()} | given))
    with pytest.raises(NasssapError, match=f"pack/schema.py: .*{words}"):
        schema.check_schema((*schema.TABLES, table))
