"""One figure that is odd by itself, and how figures are named."""

import dataclasses
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from small_pack import write_small_pack
from stories import one, pack_of

from nasssap_lib.display.texts import reason_words
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.reasons import reason
from nasssap_lib.stocktaking.consistency import contradictions
from nasssap_lib.stocktaking.doubts import marked_figures, odd_figures, published_figure, zero_though_listed


def test_a_zero_in_law_beside_a_scheme_and_a_printed_error_are_named():
    found = contradictions(pack_of("LKA"))
    assert "Gratuity" in one(found, kind="zero_though_listed")["explanation"]
    assert "printed error" in one(found, kind="marked", subject="Public pens.")["explanation"]


@pytest.fixture
def pack(tmp_path):
    """The small pack: no programme for the unemployed in law, and one scheme, for old age."""
    return read_pack("XTS", write_small_pack(tmp_path).parent)


def test_a_zero_in_law_is_a_doubt_only_beside_a_scheme_of_its_branch(pack):
    assert zero_though_listed(pack) == []
    beside = pack.with_tables(schemes=pack.schemes.assign(branches="unemployment;old_age"))
    (row,) = zero_though_listed(beside)
    assert (row["subject"], row["first"], row["years"], row["source"]) == ("unemployment", 0.0, "2020", "OLD")
    assert "Fund" in row["explanation"]
    planned = dataclasses.replace(beside, schemes=beside.schemes.assign(status="planned"))
    assert zero_though_listed(planned) == []


@pytest.mark.parametrize(
    ("note", "doubted"),
    [("a misprint: 14 for 41", True), ("the table prints 5,000", True), ("Do not plot", True), ("the press says 12 %", True),
     ("", False), ("rounded", False), ("printed by the ministry", False), ("see another pressing need", False)],
)  # fmt: skip
def test_a_figure_is_marked_where_its_note_says_that_something_is_wrong(pack, note, doubted):
    facts = pack.facts.assign(note=[note, *[""] * (len(pack.facts) - 1)])
    found = marked_figures(pack.with_tables(facts=facts))
    assert len(found) == doubted
    if found:
        assert found[0]["first"] == 20 and found[0]["what_to_do"] == "read_original" and note in found[0]["explanation"]


def test_counts_that_compete_are_said_once_not_as_doubts_too(pack):
    row = {"scheme": "fund", "measure": "contributors", "detail": "", "year": 2020, "unit": "persons", "value": 5.0, "kind": "outturn",
           "counted_in": "persons", "quality": "observed", "source": "OLD", "note": "another source says 7"}  # fmt: skip
    figures = pack.scheme_figures.iloc[:0]
    alone = pd.concat([figures, pd.DataFrame([row])]).fillna(
        {name: "" for name in figures if figures[name].dtype == "str"}
    )
    assert len(marked_figures(pack.with_tables(scheme_figures=alone))) == 1
    both = pd.concat([alone, alone.assign(value=7.0, source="NEW")], ignore_index=True)
    assert marked_figures(pack.with_tables(scheme_figures=both)) == []


def test_a_figure_is_named_by_what_the_codebook_calls_it_and_by_its_people(pack):
    mothers = pack.facts[pack.facts["group"] == "mothers"].iloc[0]
    assert reason_words(published_figure(pack, mothers)).startswith("Effective coverage")
    assert "female" not in published_figure(pack, mothers)  # mothers are women
    fifth = published_figure(pack, mothers.replace({"mothers": "total", "female": "male"}).replace("", "q1"))
    assert "of_fifth" in fifth and "of_sex" in fifth and "of_group" not in fifth
    line = mothers.copy()
    line["breakdown"] = "line=3.00_ppp2021"
    assert 'of_line {"line": "3.00 ppp2021"}' in published_figure(pack, line)


def test_a_doubt_is_told_with_its_figure_or_with_its_place(tmp_path):
    """A cell without a unit of its own is no figure: it is named by file, line, column and value."""
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    folder = Path(shutil.copytree(data_root() / "SEN", tmp_path / "SEN"))
    path = folder / "welfare.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.loc[0, "gini"] = "20"
    table.to_csv(path, index=False)
    (row,) = odd_figures(read_pack("SEN", tmp_path))
    assert row["figure"] == reason("line_of_file", file="SEN/welfare.csv", row=2, column="gini", value="20")
    assert np.isnan(row["first"]) and row["unit"] == ""
    assert row["explanation"].startswith("gini_of_shares") and row["source"] != ""
