"""A pack in memory: which edition and year of a figure is used."""

from dataclasses import fields, is_dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from small_pack import edit
from stories import ALL

from nasssap_lib import budget, costing, coverage, financing, priorities, schemes
from nasssap_lib.pack.model import Pack, in_edition_order, once_a_pack
from nasssap_lib.pack.reader import read_pack


def test_the_newest_edition_is_used_and_editions_are_never_chained(pack_folder):
    pack = read_pack("XTS", pack_folder.parent)
    assert pack.latest("effective_coverage", "at_least_one")["value"].tolist() == [25]
    assert pack.latest("effective_coverage", "at_least_one", year=2021)["value"].tolist() == [14.5]
    assert pack.latest("effective_coverage", "at_least_one", year=2017).empty
    assert pack.series("effective_coverage", "at_least_one")["year"].tolist() == [2018, 2022]


def test_a_figure_whose_source_is_not_listed_has_no_edition_and_ends_nothing(pack_folder):
    """Whether a pack is sound is asked of all its tables at once: one may cite what another lost."""
    pack = read_pack("XTS", pack_folder.parent)
    ordered = in_edition_order(pack.facts.assign(source="NOWHERE;ELSEWHERE"), pack.sources)
    assert set(ordered["edition"]) == {""} and len(ordered) == len(pack.facts)


def test_every_group_sex_and_breakdown_gives_one_row_a_series(pack_folder):
    pack = read_pack("XTS", pack_folder.parent)
    found = pack.latest("effective_coverage", group=None, sex=None)
    assert found["group"].tolist() == sorted(found["group"], key=found["group"].tolist().index)
    assert dict(zip(found["group"], found["value"], strict=True)) == {
        "at_least_one": 25, "mothers": 10, "unemployed": 0, "severe_disability": 12,
    }  # fmt: skip
    assert pack.latest("weather").empty and pack.latest("weather").columns.tolist() == found.columns.tolist()


def test_of_two_sources_of_one_rank_and_year_the_one_published_later_is_used(pack_folder):
    """POP ranks 0 and OLD 1: the rank decides first, then the year, and only then when it was published."""
    with (pack_folder / "indicators.csv").open("a", encoding="utf-8") as file:
        file.write("XTS,,births,total,total,,2019,40,thousand_persons,,estimated,OLD,\n")
    assert read_pack("XTS", pack_folder.parent).latest("births")["value"].tolist() == [40]
    edit(pack_folder / "sources.csv", "OLD,,Statistics,Coverage,first,1,2023", "OLD,,Statistics,Coverage,first,0,2023")
    edit(pack_folder / "indicators.csv", "total,,2019,40", "total,,2020,40")
    assert read_pack("XTS", pack_folder.parent).latest("births")["value"].tolist() == [50]  # published 2024


def test_figures_of_a_region_are_no_national_ones(pack_folder):
    with (pack_folder / "indicators.csv").open("a", encoding="utf-8") as file:
        file.write("XTS,north,effective_coverage,at_least_one,total,,2025,99,percent,,observed,NEW,\n")
    pack = read_pack("XTS", pack_folder.parent)
    assert len(pack.facts) == 8
    assert pack.latest("effective_coverage", "at_least_one")["value"].tolist() == [25]


def test_of_two_editions_of_a_population_one_is_used_and_nobody_counted_twice(pack_folder):
    path = pack_folder / "population.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    newer = [row.replace("POP", "NEW").replace(",1000,", ",1500,") for row in rows[1:] if row.startswith("2020")]
    path.write_text("\n".join([*rows, *newer]) + "\n", encoding="utf-8")
    used = read_pack("XTS", pack_folder.parent).used_population
    assert used.loc[used["year"] == 2020, "persons"].sum() == 42 * 1500  # two sexes, 21 age groups
    assert not used.duplicated(["year", "sex", "age_group"]).any()


def test_a_clause_of_a_note_is_found_alone_where_its_translation_has_as_many(pack_folder):
    """Tables join the notes of several figures clause by clause; a translation that does not follow them is left whole."""
    path = pack_folder / "indicators.csv"
    head, first, second, *rest = path.read_text(encoding="utf-8").splitlines()
    noted = [f"{first}about; year inferred,environ\u00a0; année déduite", f"{second}old; rounded,vieux et arrondi"]
    assert first.endswith(",") and second.endswith(",")  # their notes were empty
    path.write_text("\n".join([f"{head},note_fr", *noted, *(f"{row}," for row in rest)]) + "\n", encoding="utf-8")
    french = read_pack("XTS", pack_folder.parent).translations("fr")
    assert french["about; year inferred"] == "environ\u00a0; année déduite"
    assert (french["about"], french["year inferred"]) == ("environ", "année déduite")
    assert french["old; rounded"] == "vieux et arrondi" and "old" not in french


def test_names_of_a_pack_written_in_french_are_not_called_english(pack_folder):
    assert read_pack("XTS", pack_folder.parent).untranslated("fr")
    settings = pack_folder / "country.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + 'prose = "fr"\n', encoding="utf-8")
    assert (
        read_pack("XTS", pack_folder.parent).untranslated("fr")
        == read_pack("XTS", pack_folder.parent).untranslated("es")
        == frozenset()
    )


def test_an_answer_is_worked_out_once_a_pack_and_handed_out_as_a_copy(pack_folder):
    worked = []

    @once_a_pack
    def asked(pack, years, sex="total"):
        worked.append((pack.country, tuple(years), sex))
        return [pd.DataFrame({"year": list(years)})]

    pack, other = (read_pack("XTS", pack_folder.parent) for _ in range(2))
    first = asked(pack, iter([2020, 2021]))
    first[0].loc[:, "year"] = 0
    assert asked(pack, [2020, 2021])[0]["year"].tolist() == [2020, 2021]
    asked(pack, [2020, 2021], sex="female")
    asked(other, [2020, 2021])
    assert worked == [("XTS", (2020, 2021), "total"), ("XTS", (2020, 2021), "female"), ("XTS", (2020, 2021), "total")]


def test_a_changed_answer_of_a_pack_changes_no_later_one(pack_folder):
    pack = read_pack("XTS", pack_folder.parent)
    for ask in (pack.latest, pack.series):
        found = ask("effective_coverage", "at_least_one")
        kept = found.copy()
        found["value"] = -1.0
        pd.testing.assert_frame_equal(ask("effective_coverage", "at_least_one"), kept)


def test_an_answer_that_is_a_row_of_arrays_is_a_copy_too():
    class Answer(NamedTuple):
        values: np.ndarray
        rows: dict

    @once_a_pack
    def asked(pack, row):
        return Answer(np.arange(2), {"values": np.arange(2)})

    pack, row = read_pack("SEN"), {"id": "x", "missing": float("nan")}
    asked(pack, row).values[0] = 9
    asked(pack, row).rows["values"][0] = 9
    again = asked(pack, {"id": "x", "missing": np.nan})
    assert again.values.tolist() == again.rows["values"].tolist() == [0, 1]
    assert len([question for question in pack._answers if getattr(question[0], "__name__", "") == "asked"]) == 1


def test_another_value_of_a_row_is_another_question():
    answers = once_a_pack(lambda pack, row: row["id"])
    assert [answers(read_pack("SEN"), {"id": name}) for name in "ab"] == ["a", "b"]


@once_a_pack
def newest_births(pack):
    """Asks the pack in a way that reads facts and sources and nothing else."""
    return pack.latest("births")


@once_a_pack
def births_and_options(pack):
    return pd.concat([newest_births(pack), pack.measures])


@once_a_pack
def options_elsewhere(pack):
    return pack.with_tables(facts=pack.facts.head(0)).measures


@once_a_pack
def options_or_none(pack):
    try:
        return newest_of_measures(pack)
    except ZeroDivisionError:
        return 0


@once_a_pack
def newest_of_measures(pack):
    return 1 // len(pack.measures)


@once_a_pack
def people(pack):
    return pack.used_population["persons"].sum()


def read_by(pack, function) -> frozenset[str]:
    (answer,) = [answer for question, answer in pack._answers.items() if question == (function.__wrapped__,)]
    return answer.read


def test_what_was_read_for_an_answer_is_known_however_it_was_read(pack_folder):
    pack = read_pack("XTS", pack_folder.parent)
    newest_births(pack), people(pack)  # known before what needs them is asked
    whole = pack.with_tables(measures=pack.measures.head(0))
    for known in (pack, whole):
        births_and_options(known), options_elsewhere(known), options_or_none(known)
    assert read_by(pack, newest_births) == read_by(whole, newest_births) == {"facts", "sources"}
    assert read_by(pack, births_and_options) == {"facts", "sources", "measures"}
    assert read_by(pack, people) == {"population", "sources"}
    assert read_by(pack, options_elsewhere) == {field.name for field in fields(Pack)}
    assert read_by(whole, options_or_none) == {"measures"}  # though it was read on the way to an error


def test_a_pack_with_another_table_knows_what_did_not_read_it_and_asks_again_what_did(pack_folder, monkeypatch):
    pack = read_pack("XTS", pack_folder.parent)
    options = pack.measures if len(pack.measures) else pd.DataFrame({"id": ["a"]})
    before, other, later = (pack.with_tables(measures=options.head(rows)) for rows in (1, 0, 1))
    births = newest_births(before)  # the first to ask is one with another table
    monkeypatch.setattr(Pack, "_figures", None)  # whoever asks it cannot know
    for known in (pack, other, later, other.with_tables(schemes=pack.schemes.head(0))):
        pd.testing.assert_frame_equal(newest_births(known), births)
    assert [len(births_and_options(known)) - len(births) for known in (before, other, later)] == [1, 0, 1]
    with pytest.raises(TypeError):
        newest_births(pack.with_tables(facts=pack.facts.head(1)))
    with pytest.raises(TypeError):  # read through the tables that are made of it
        newest_births(other.with_tables(sources=pack.sources.copy()))


class NotToBeRead:
    """A table that whoever looks into it is told of."""

    def __getattribute__(self, name):
        raise AssertionError(f"{name} of a table that no answer says it has read")

    __len__ = __getitem__ = __iter__ = lambda self, *_: object.__getattribute__(self, "_")


def same(one, other) -> bool:
    """Whether two answers are equal to the last digit, in all their parts."""
    if isinstance(one, pd.DataFrame | pd.Series):
        return one.equals(other) and list(one.axes[-1]) == list(other.axes[-1])
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if is_dataclass(one):
        told = [part.name for part in fields(one) if not part.name.startswith("_")]  # others are what it was asked
        return all(same(getattr(one, name), getattr(other, name)) for name in told)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one is other or one == other or (one != one and other != other)


def asked_of(pack, monkeypatch) -> list:
    """All that a country's chapters ask of a pack, as (function, arguments, named arguments)."""
    asked, ask = {}, Pack._ask

    def noted(self, question, work):
        if self is pack and work.args and work.args[0] is pack:
            asked.setdefault(question, (work.func, work.args[1:], work.keywords))
        return ask(self, question, work)

    with monkeypatch.context() as patch:
        patch.setattr(Pack, "_ask", noted)
        costing.cost_package(pack)
        costing.model_against_outturn(pack), costing.guarantee_costs(pack)
        financing.negotiation_of(pack), financing.labour_cost(pack)
        budget.review_schemes(pack), budget.project_system(pack)
        priorities.assess_readiness(pack), schemes.sper_matrix(pack), schemes.benefit_yardsticks(pack)
        coverage.reconcile_coverage(pack)
    return [(question, *call) for question, call in asked.items()]


@pytest.mark.parametrize(
    "country", ["SEN", *(pytest.param(code, marks=pytest.mark.soak) for code in ALL if code != "SEN")]
)
def test_no_answer_reads_a_table_that_it_does_not_say(country, monkeypatch):
    """Worked out again where every other table refuses to be looked into, it is the same."""
    pack = read_pack(country).copy()
    asked = asked_of(pack, monkeypatch)
    bare, kept = {}, 0
    for question, function, args, named in asked:
        answer = pack._answers[question]
        if answer.read not in bare:
            others = {part.name for part in fields(Pack)} - answer.read
            bare[answer.read] = replace(pack, **dict.fromkeys(others, NotToBeRead()))
        assert same(function(bare[answer.read], *args, **named), answer.given), question
        kept += "measures" not in answer.read
    assert 50 < kept < len(asked)
