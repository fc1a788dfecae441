"""A pack in memory: which edition and year of a figure is used."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from small_pack import edit

from nasssap_lib.pack.model import once_a_pack
from nasssap_lib.pack.reader import read_pack


def test_the_newest_edition_is_used_and_editions_are_never_chained(pack_folder):
    pack = read_pack("XTS", pack_folder.parent)
    assert pack.latest("effective_coverage", "at_least_one")["value"].tolist() == [25]
    assert pack.latest("effective_coverage", "at_least_one", year=2021)["value"].tolist() == [14.5]
    assert pack.latest("effective_coverage", "at_least_one", year=2017).empty
    assert pack.series("effective_coverage", "at_least_one")["year"].tolist() == [2018, 2022]


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
    assert len([question for question in pack._answers if question[0].__name__ == "asked"]) == 1


def test_another_value_of_a_row_is_another_question():
    answers = once_a_pack(lambda pack, row: row["id"])
    assert [answers(read_pack("SEN"), {"id": name}) for name in "ab"] == ["a", "b"]
