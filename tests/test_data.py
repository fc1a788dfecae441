"""The shipped packs: sound, each figure joined to its source, nothing of the published figures lost on the way."""

import csv
import functools
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from command_line import call

from nasssap_lib import pack as packs
from nasssap_lib.pack.folders import countries
from nasssap_lib.pack.schema import TABLES

PROJECT = Path(__file__).parents[1]
DATA = PROJECT / "data" / "raw"
FIGURES = Path(os.environ.get("NASSSAP_FIGURES") or PROJECT.parent / "shared" / "figures")
MAPPING = PROJECT / "tools" / "mapping"
REAL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB"]

TITLES = {
    "Couverture sanitaire universelle (CSU) in place of CMU": "Couverture sanitaire universelle (CSU)"
}  # half English
needs_figures = pytest.mark.skipif(not FIGURES.is_dir(), reason=f"the published figures are not there: {FIGURES}")


def rows_of(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file, spaces and line ends within a cell as one space."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return [{name: " ".join((cell or "").split()) for name, cell in row.items()} for row in csv.DictReader(handle)]


@functools.cache
def pack_of(country: str):
    """The pack of a country, read once."""
    return packs.read_pack(country, DATA)


def pack_rows(country: str, table: str) -> list[dict[str, str]]:
    """Rows of a table of a pack, as text."""
    return rows_of(DATA / country / f"{table}.csv")


def figure_rows(country: str, table: str) -> list[dict[str, str]]:
    """Rows of a country in a table of the figures."""
    return [row for row in rows_of(FIGURES / f"{table}.csv") if row["country"] == country]


def test_the_eight_countries_are_shipped():
    assert set(REAL) <= set(countries(DATA))


@pytest.mark.parametrize("country", countries(DATA))
def test_a_pack_is_sound(country):
    pack = pack_of(country)
    assert len(pack.facts) and len(pack.population)


def test_check_of_the_shipped_packs_is_sound():
    """All packs of the folder are checked where none is named; a gap in one of them must not wait for a longer run."""
    result = call("check")
    assert result.exit_code == 0, result.output
    assert result.output.count(": sound") == len(countries(DATA)) > len(REAL)


@pytest.mark.parametrize("country", countries(DATA))
def test_every_fact_joins_to_its_sources_and_no_source_is_left_over(country):
    named = Counter()
    for table in TABLES:
        path = DATA / country / table.file
        if table.name != "sources" and "source" in table.names and path.is_file():
            named.update(name for row in rows_of(path) for name in row["source"].split(";"))
    assert "" not in named
    assert set(named) == {row["id"] for row in pack_rows(country, "sources")}


@pytest.mark.parametrize("country", countries(DATA))
def test_a_caption_names_a_source_in_at_most_40_letters(country):
    for row in pack_rows(country, "sources"):
        assert len(row["short"] or ", ".join(filter(None, (row["publisher"], row["year"])))) <= 40, row["id"]


def test_files_of_one_publication_are_named_once_in_a_caption():
    sources = pack_of("SEN").sources.set_index("id")["short"]
    assert sources[sources.index.str.startswith("WPP2024")].unique().tolist() == ["UN WPP 2024"]
    assert sources[sources.index.str.startswith("WDI_ASPIRE")].unique().tolist() == ["World Bank ASPIRE, WDI 2024"]


@pytest.mark.parametrize("country", countries(DATA))
def test_files_are_utf8_with_plain_line_ends(country):
    for path in (DATA / country).glob("*.csv"):
        content = path.read_bytes()
        content.decode("utf-8")
        assert b"\r" not in content and content.endswith(b"\n") and not content.startswith(b"\xef\xbb\xbf"), path.name


@pytest.mark.parametrize("country", REAL)
def test_no_politics_are_invented_for_a_real_country(country):
    for table in ("judgements", "stakeholders", "activities"):
        assert pack_rows(country, table) == [], table
    assert not pack_of(country).settings.fictional


@pytest.mark.parametrize("country", REAL)
def test_one_pensionable_age_a_sex_is_the_denominator(country):
    sexes = sorted(row["sex"] for row in pack_rows(country, "pensionable_ages") if row["denominator"] == "yes")
    assert sexes in (["total"], ["female", "male"])


@pytest.mark.parametrize("country", countries(DATA))
def test_names_of_schemes_fit_a_chart_cell(country):
    assert [row["short_name"] for row in pack_rows(country, "schemes") if len(row["short_name"]) > 12] == []


@pytest.mark.parametrize("country", REAL)
def test_a_legal_zero_says_that_there_is_no_programme_in_law(country):
    facts = pack_of(country).facts
    zero = facts[
        (facts["indicator"] == "effective_coverage") & (facts["group"] == "unemployed") & (facts["value"] == 0)
    ]
    assert zero["note"].str.contains("No unemployment protection programme anchored in national legislation").all()
    assert (zero["quality"] == "observed").all()


@pytest.mark.parametrize("country", REAL)
def test_the_later_edition_of_an_observation_is_used(country):
    used = pack_of(country).latest("effective_coverage", "at_least_one")
    assert used["source"].tolist() == ["OWID_SDG131_202510"]


def test_contradictions_of_the_figures_stand_side_by_side():
    at_least_one = pack_of("TZA").facts.query("group == 'at_least_one' and year == 2019")
    assert sorted(at_least_one["value"]) == [4, 14]
    poor = pack_of("LKA").facts.query("group == 'poor'").set_index("year")["value"]
    assert poor.to_dict() == {2016: 51.5, 2018: 100}
    aspire = pack_of("BFA").facts.query("indicator == 'aspire_coverage_all' and source == 'WDI_ASPIRE_ON'")
    assert aspire.set_index("year")["value"].round().to_dict() == {2014: 4, 2018: 18, 2021: 43}
    older = pack_of("RWA").facts.query("group == 'older_persons'").set_index("year")["value"]
    assert (older[2017], older[2020]) == (6.5, 3.1)
    lines = pack_of("RWA").facts.query("indicator == 'national_poverty_line'").set_index("breakdown")["value"]
    assert lines.to_dict() == {"": 560127, "extreme": 356432}
    figures = pack_of("SEN").scheme_figures.query("scheme == 'ipres' and measure == 'contributors'")
    assert sorted(figures["value"]) == [430436, 567103, 577171]


def test_every_indicator_has_a_name_in_three_languages_and_a_definition():
    codebook = rows_of(DATA / "codebook.csv")
    assert [row["id"] for row in codebook] == sorted({row["id"] for row in codebook})
    for row in codebook:
        assert all(row[name] for name in ("name_en", "name_fr", "name_es", "definition")), row["id"]


def test_every_definition_is_whole_in_three_languages():
    """Each has its fraction and its numbers again; a thousand is a word, for its sign differs from country to country."""
    for row in rows_of(DATA / "codebook.csv"):
        english = row["definition"].replace("1,000", "")
        for language in ("definition_fr", "definition_es"):
            said = row[language]
            assert said.count("÷") == english.count("÷"), (row["id"], language)
            assert Counter(re.findall(r"\d+", said)) == Counter(re.findall(r"\d+", english)), (row["id"], language)
    french = pack_of("SEN").translations("fr")
    assert french["GDP at current prices ÷ population"] == "PIB à prix courants ÷ population"


def test_the_terms_of_every_publisher_are_listed():
    page = (PROJECT / "DATA-LICENCES.md").read_text(encoding="utf-8")
    for country in REAL:
        for row in pack_rows(country, "sources"):
            assert f"| {row['publisher']} | {row['licence']} |" in page, (country, row["id"])


# the figures, where their folder is present ------------------------------------------------------------------------


def stands(value: str) -> Decimal:
    """A number without regard to how it is written."""
    return Decimal(value).normalize()


def left_out_on_purpose() -> set[tuple[str, str]]:
    """Figures that the mapping gives to no indicator, with a reason."""
    rules = rows_of(MAPPING / "indicators.csv")
    assert all(rule["note"] for rule in rules if not rule["indicator"])
    return {(rule["file"], rule["figure"]) for rule in rules if not rule["indicator"]}


@needs_figures
@pytest.mark.parametrize("country", REAL)
@pytest.mark.parametrize("table", ["macro", "coverage", "other_indicators", "extra_facts"])
def test_no_figure_is_lost(country, table):
    kept = Counter()
    for row in pack_rows(country, "indicators") + pack_rows(country, "scheme_figures"):
        kept[row["year"], stands(row["value"]), row["source"]] += 1
    without = left_out_on_purpose()
    wanted = Counter(
        (row["year"], stands(row["value"]), row["source_id"])
        for row in figure_rows(country, table)
        if (table, row["indicator"]) not in without
    )
    assert not wanted - kept


@needs_figures
@pytest.mark.parametrize("country", REAL)
def test_no_figure_on_money_is_lost_or_changed(country):
    """Earnings, taxes, aid, debt, disability and accounts of funds; what is left out says why in the mapping."""
    kept = Counter(
        (stands(row["value"]), row["source"])
        for table in ("indicators", "scheme_figures")
        for row in pack_rows(country, table)
    )
    key = ("indicator", "group", "year")
    accounts = {tuple(row[name] for name in (*key, "source")): row for row in rows_of(MAPPING / "accounts.csv")}
    series = {row["figure"] for row in rows_of(MAPPING / "money_indicators.csv")}
    wanted = Counter()
    for row in figure_rows(country, "money_and_households"):
        account = accounts.get((*(row[name] for name in key), row["source_id"]), {})
        assert not account or account["scheme"] or account["note"], row  # left out: why
        if account.get("scheme"):
            source = {"REDSOL-2023": "REDSOL-HN-2023"}.get(row["source_id"], row["source_id"])
            wanted[(Decimal(row["value"]) * Decimal(account["times"] or 1)).normalize(), source] += 1
        elif row["indicator"] in series and row["group"] not in ("rural", "urban"):
            wanted[stands(row["value"]), row["source_id"]] += 1
    assert not wanted - kept


@needs_figures
@pytest.mark.parametrize("country", REAL)
def test_population_is_conserved_to_the_person(country):
    persons = Counter()
    for row in pack_rows(country, "population"):
        persons[row["year"], row["sex"], row["age_group"], row["source"]] += Decimal(row["persons"])
    sexes = {"F": "female", "M": "male"}
    for row in figure_rows(country, "population"):
        key = (row["year"], sexes[row["sex"]], row["age_group"], row["source_id"])
        persons[key] -= Decimal(row["persons_thousands"]) * 1000
    assert set(persons.values()) == {0}


@needs_figures
@pytest.mark.parametrize("country", REAL)
def test_demography_is_conserved_and_thousands_are_persons(country):
    sexes = {"both": "total", "female": "female", "male": "male"}
    kept = Counter(
        (sexes.get(row["sex"], row["sex"]), row["period"], stands(row["value"]), row["source"])
        for row in pack_rows(country, "demography")
    )
    wanted = Counter(
        (
            sexes[row["sex"]],
            row["year"],
            stands(row["value"]) * (1000 if row["unit"] == "thousands" else 1),
            row["source_id"],
        )
        for row in figure_rows(country, "demography")
    )
    assert kept == Counter({(*key[:2], stands(str(key[2])), key[3]): count for key, count in wanted.items()})
    persons = {row["indicator"] for row in pack_rows(country, "demography") if row["unit"] == "persons"}
    assert persons == {"net_migrants", "population_total"}


@needs_figures
@pytest.mark.parametrize("country", REAL)
def test_poverty_and_distribution_are_conserved(country):
    facts = Counter(
        (row["indicator"], row["year"], row["value"], row["source"]) for row in pack_rows(country, "indicators")
    )
    vintages = {(row["year"], row["source"]) for row in pack_rows(country, "welfare")}
    for row in figure_rows(country, "poverty"):
        for indicator, column in (("headcount", "headcount"), ("gap", "gap"), ("severity", "severity")):
            assert not row[column] or facts[f"poverty_{indicator}", row["survey_year"], row[column], row["source_id"]]
        assert not row["gini"] or facts["gini", row["survey_year"], row["gini"], row["source_id"]]
        assert not row["quintile1"] or (row["survey_year"], row["source_id"]) in vintages
    assert len(vintages) == len(pack_rows(country, "welfare"))


@needs_figures
@pytest.mark.parametrize("country", REAL)
def test_schemes_and_their_figures_are_conserved(country):
    named = {row["canonical_scheme"] for row in figure_rows(country, "schemes") if row["row_kind"] != "aggregate"}
    schemes = {row["name"]: row for row in pack_rows(country, "schemes")}
    assert named <= set(schemes)
    # a share of all schemes together stands among the indicators
    kept = Counter(
        (row["year"], stands(row["value"]), row["source"])
        for table in ("scheme_figures", "indicators")
        for row in pack_rows(country, table)
    )
    wanted = Counter(
        (row["year"], stands(row["value"]), row["source_id"]) for row in figure_rows(country, "scheme_facts")
    )
    assert not wanted - kept
    for row in figure_rows(country, "schemes"):
        if row["row_kind"] != "aggregate":
            assert set(row["source_id"].split(";")) <= set(schemes[row["canonical_scheme"]]["source"].split(";"))


@needs_figures
@pytest.mark.parametrize("country", REAL)
@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("links", {"title": "title", "source_id": "source"}),
        ("history", {"year": "year", "reform": "reform", "source_id": "source"}),
        ("conventions", {"convention": "convention", "source_id": "source"}),
        ("pensionable_ages", {"scheme": "scheme_name", "source_id": "source"}),
        ("process", {"step": "step", "initiator": "initiator", "source_id": "source"}),
    ],
)
def test_context_is_conserved(country, table, columns):
    kept = Counter(tuple(row[name] for name in columns.values()) for row in pack_rows(country, table))
    wanted = Counter(tuple(TITLES.get(row[name], row[name]) for name in columns) for row in figure_rows(country, table))
    assert not wanted - kept


@needs_figures
@pytest.mark.parametrize("country", REAL)
def test_what_was_only_inferred_is_not_called_a_status(country):
    for row in pack_rows(country, "conventions"):
        assert "inferred" not in row["status"]
        assert not row["note"].startswith("not ratified") or row["status"] == "not found, check NORMLEX"


@needs_figures
def test_the_conversion_keeps_what_people_wrote(tmp_path):
    measures = tmp_path / "SEN" / "measures.csv"
    measures.parent.mkdir()
    header = (DATA / "SEN" / "measures.csv").read_text(encoding="utf-8").splitlines()[0]
    row = {"id": "kept", "source": "GESS-NASSSAP-2009"}
    measures.write_text(header + "\n" + ",".join(row.get(name, "") for name in header.split(",")) + "\n")
    before = measures.read_bytes()
    command = [sys.executable, PROJECT / "tools" / "convert_figures.py", "--figures", FIGURES, "SEN", "--out"]
    subprocess.run([*command, tmp_path], check=True, capture_output=True)
    assert measures.read_bytes() == before
    assert "GESS-NASSSAP-2009" in {row["id"] for row in rows_of(tmp_path / "SEN" / "sources.csv")}


@needs_figures
def test_the_conversion_gives_the_same_bytes_twice(tmp_path):
    command = [sys.executable, PROJECT / "tools" / "convert_figures.py", "--figures", FIGURES, "SEN", "--out"]
    for name in ("one", "two"):
        subprocess.run([*command, tmp_path / name], check=True, capture_output=True)
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name / "SEN").iterdir()} for name in ("one", "two")
    )
    assert first == second


def test_the_mapping_tables_name_each_thing_once():
    keys = {
        "schemes": ("country", "id"),
        "indicators": ("file", "figure", "group_contains"),
        "units": ("figures_unit",),
        "sources": ("id",),
        "publishers": ("publisher",),
        "pensionable_ages": ("country", "figures_scheme"),
    }
    for name, key in keys.items():
        counts = Counter(tuple(row[column] for column in key) for row in rows_of(MAPPING / f"{name}.csv"))
        assert max(counts.values()) == 1, name


def test_settings_hold_plans_that_the_links_name():
    for country in REAL:
        settings = tomllib.loads((DATA / country / "country.toml").read_text(encoding="utf-8"))
        assert set(settings["plans"]) <= {row["title"] for row in pack_rows(country, "links")}
        assert re.fullmatch(r"[A-Z]{3}", settings["currency"])


def test_every_source_of_a_shipped_pack_is_graded_by_its_publisher():
    grades = {row["publisher"]: row["grade"] for row in rows_of(MAPPING / "publishers.csv")}
    for path in sorted(DATA.glob("[A-Z][A-Z][A-Z]/sources.csv")):
        for row in rows_of(path):
            assert row["grade"] == grades.get(row["id"], grades[row["publisher"]]), row["id"]
    # by hand: a weekly, a labour statistics office, a paper of a journal
    assert (grades["Afrique Magazine"], grades["NISR Rwanda"]) == ("press", "official")
    assert grades["Pan African Medical Journal"] == "research"


@pytest.mark.parametrize("path", sorted(DATA.glob("???/*.csv")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_translations_stand_behind_the_columns_that_everybody_fills(path):
    """So that a row that is typed or pasted without them still fits: empty cells at the end may be left out."""
    header = path.read_text(encoding="utf-8-sig").split("\n", 1)[0].split(",")
    (known,) = (table.names for table in TABLES if table.file == path.name)
    beside = {"name_fr", "name_es"} if path.stem == "measures" else set()  # as they have always stood
    places = [i for i, name in enumerate(header) if name not in {*known, *beside}]
    assert places == list(range(len(header) - len(places), len(header))), header
