"""No politics are invented: every name that the chapters on plan and monitoring show of a real country stands in its pack."""

import re
from pathlib import Path

import pandas as pd
import pytest
from stories import REAL

from nasssap_lib.pack.folders import codebook_path, data_root, table_files

CHAPTERS = ("05_action_plan", "06_monitoring")
NAMES = {
    "name", "names", "institution", "responsible", "support", "finance_source", "title", "title_en", "found", "frequency", "text",
    "content", "article", "expertise", "risk", "definition",
}  # fmt: skip
PARTS = re.compile(r"[;()]|, ")
MONTH = re.compile(r"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])\b")
EMPTY = {"activities.csv", "targets.csv", "judgements.csv", "stakeholders.csv"}  # what only the country can say


def texts_of(country: str) -> str:
    """Every cell of a country's pack and of the codebook, one under the other."""
    root = data_root("")
    files = [*table_files(root / country), codebook_path(root)]
    cells = [
        value
        for file in files
        for row in pd.read_csv(file, dtype=str, keep_default_na=False).to_numpy()
        for value in row
    ]
    return "\n".join(cells)


def strangers(folder: Path, known: str) -> dict[str, str]:
    """What the result tables of a chapter name that does not stand in the pack, and months, by place."""
    found = {}
    for file in sorted(folder.glob("*.csv")):
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        for column in table.columns.difference(["source", "reason"]):
            for value in table[column].unique():
                new = (
                    [part.strip() for part in PARTS.split(value) if part.strip() and part.strip() not in known]
                    if column in NAMES
                    else []
                )
                if new or (MONTH.search(value) and file.name != "sources.csv"):
                    found[f"{file.name}:{column}"] = value
    return found


@pytest.mark.parametrize("country", REAL)
def test_every_name_of_plan_and_monitoring_stands_in_the_pack_and_no_month_is_planned(batch_of_all, country):
    known = texts_of(country)
    for chapter in CHAPTERS:
        folder = batch_of_all / "data" / "processed" / country / chapter
        assert len(list(folder.glob("*.csv"))) > 5
        assert strangers(folder, known) == {}


@pytest.mark.parametrize("country", REAL)
def test_what_only_the_country_can_say_is_empty(country):
    for name in EMPTY:
        file = data_root("") / country / name
        assert not file.exists() or pd.read_csv(file, dtype=str).empty


def test_an_invented_institution_and_an_invented_month_are_found(tmp_path):
    pd.DataFrame(
        {"name": ["Child benefit, ages 0 to 4"], "institution": ["Ministry of Invented Affairs"], "start": ["2027-03"]}
    ).to_csv(tmp_path / "plan.csv", index=False)
    assert strangers(tmp_path, texts_of("SEN")) == {
        "plan.csv:institution": "Ministry of Invented Affairs",
        "plan.csv:start": "2027-03",
    }
