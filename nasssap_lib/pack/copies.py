"""Packs with the figures of another country: a folder that was copied, renamed, and never filled."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import pandas as pd

from nasssap_lib.errors import Problem
from nasssap_lib.pack.folders import countries
from nasssap_lib.pack.toml_files import toml_values
from nasssap_lib.reasons import english, reason

ALIKE = 0.5  # of the rows stand in the other pack too
COMPARED = {  # file -> columns that a row is known by
    "indicators.csv": ("indicator", "group", "sex", "breakdown", "year", "value"),
    "population.csv": ("year", "sex", "age_group", "persons"),
    "scheme_figures.csv": ("measure", "detail", "year", "value", "unit"),
    "welfare.csv": ("year", "ppp_year", "mean", "gini"),
}
FEWEST = {"welfare.csv": 2, "scheme_figures.csv": 20}  # rows of which a share says something; of other tables:
FEW = 50
PROSE = ("sources.csv", "schemes.csv", "links.csv", "history.csv")
NAME = re.compile(r"name_[a-z]{2}")  # of a country, in country.toml


def copy_problems(country: str, root: Path, frames: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
    """A table most of whose rows stand in another pack of the same data folder.

    Parameters
    ----------
    country : code of the pack
    root : data folder
    frames : tables of the pack by their name in it

    Notes
    -----
    A pack whose texts (sources, schemes, plans, history) name the other country as often as its own is the copy: an error. Else nobody
    can say which of the two is, and it is a doubt in both.
    """
    tables = {file: frames["facts" if file == "indicators.csv" else file.removesuffix(".csv")] for file in COMPARED}
    rows = {file: _rows_of(table, COMPARED[file]) for file, table in tables.items()}
    for other in countries(root) if any(rows.values()) else ():
        for file in [file for file, found in rows.items() if other != country and _alike(found, root / other / file)]:
            sure = not _names_itself(country, other, root)
            odd, what_to_do = reason("figures_of_another", country=country, other=other), "which_is_copied"
            doubt = () if sure else (odd, what_to_do)
            yield Problem(f"{country}/{file}", 0, "", "", english(odd), english(what_to_do), doubt=doubt)


def _alike(own: frozenset, path: Path) -> bool:
    if len(own) < FEWEST.get(path.name, FEW) or not path.is_file():
        return False
    try:
        stat = path.stat()
        return len(own & _rows_of_file(path, stat.st_mtime_ns, stat.st_size)) > ALIKE * len(own)
    except (OSError, ValueError, csv.Error):  # a broken pack is told of where it is read
        return False


def _rows_of(table: pd.DataFrame, columns: tuple[str, ...]) -> frozenset:
    """Rows of a typed table as tuples of text and rounded numbers; figures of 0 and 100 are alike everywhere."""
    return frozenset(zip(*(_key(table[name].tolist()) for name in columns), strict=True))


def _key(values: list) -> list:
    return ["" if value != value else f"{value:.6g}" if isinstance(value, int | float) else value for value in values]


@lru_cache(maxsize=1024)
def _rows_of_file(path: Path, _changed: int, _size: int) -> frozenset:
    """The same of a file; read once as long as it does not change."""
    columns = COMPARED[path.name]
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return frozenset(tuple(_number_or_text(row.get(name) or "") for name in columns) for row in reader)


def _number_or_text(cell: str) -> str:
    try:
        return f"{float(cell):.6g}"
    except ValueError:
        return cell


def _names_itself(country: str, other: str, root: Path) -> bool:
    """Whether the texts of a pack name its own country more often than the other one, or both folders are of one country's name."""
    own, others = (_names(root / code / "country.toml") for code in (country, other))
    text = "".join(_text(root / country / name) for name in PROSE).casefold()
    counts = [sum(text.count(name.casefold()) for name in names) for names in (own, others - own)]
    return others <= own or counts[0] > counts[1]


def _names(path: Path) -> set[str]:
    """The names of a country in its settings; none where they cannot be read, which is told elsewhere."""
    settings, _problems = toml_values(_text(path), path.name)
    named = {value for key, value in (settings or {}).items() if NAME.fullmatch(key) and isinstance(value, str)}
    return {name for name in named if 3 <= len(name) <= 80}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""
