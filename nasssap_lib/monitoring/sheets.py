"""Indicator sheets: by what the plan is judged, where it stands today and how old that is, and who measures it how often."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from nasssap_lib.monitoring.yearly import seen_by, yearly_targets
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import is_old, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.terms import LESS_IS_BETTER, OUTPUTS, TARGET_STANDINGS, sex_of

SHEET_COLUMNS = [
    "kind", "indicator", "name", "group", "sex", "options", "definition", "official_code", "sdg", "unit", "baseline", "baseline_year",
    "age", "responsible", "frequency", "quality", "source", "reason",
]  # fmt: skip
TYPED_COLUMNS = [
    "id", "indicator", "name", "group", "sex", "year", "value", "unit", "baseline", "baseline_year", "low", "high", "standing",
    "responsible", "frequency", "quality", "source", "reason",
]  # fmt: skip
SDG = re.compile(r"\(SDG (\d+\.\w+\.\w+)\)")
SERIES = ("indicator", "group", "sex")
POVERTY = ("poverty_headcount", "total", "total")
UNDEFINED = {"definition": "", "official_code": "", "unit": ""}  # what a codebook of a country's own does not say
PERCENT = 100


def indicator_sheets(pack: Pack) -> pd.DataFrame:
    """By what the plan is judged: outputs of each option, the coverage that they move, poverty, and what its targets name.

    Returns
    -------
    table, an indicator and group a row; outputs first

    * kind: output (what an institution does: persons paid, newly registered) or outcome (coverage, poverty)
    * indicator: id of the codebook, or a code of ``terms.OUTPUTS`` · name: of the indicator, or of the option
    * group, sex · options: ids that move it, with ";" between
    * definition, official_code, sdg (as in 1.3.1; "" where the codebook names none), unit: of the codebook
    * baseline, baseline_year: newest figure published, in its unit · age: years before the reference year
    * responsible, frequency: as ``targets.csv``, or of an output the option's institution; "" where nobody is named
    * quality, source (of the baseline), reason (codes): what is missing, or that it is more than five years old

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = indicator_sheets(read_pack("SEN"))
    >>> row = table[table["group"].eq("older_persons") & table["kind"].eq("outcome")].iloc[0]
    >>> row["sdg"], int(row["baseline_year"]), row["reason"].split("; ")[0]
    ('1.3.1', 2019, 'remeasure_first {"year": 2019}')
    """
    moved = _moved(pack)
    typed = _targets(pack)
    asked = dict.fromkeys([*moved, POVERTY, *(tuple(row[name] for name in SERIES) for row in typed)])
    rows = [*_outputs(pack), *(_outcome(pack, key, moved.get(key, []), typed) for key in asked)]
    table = pd.DataFrame(rows, columns=SHEET_COLUMNS)
    return table.astype({"baseline_year": "Int64", "age": "Int64"})


def _moved(pack: Pack) -> dict[tuple[str, str, str], list[str]]:
    """Coverage by which options are seen, and their ids."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in as_records(pack.measures):
        found.setdefault(seen_by(row), []).append(row["id"])
    return found


def _targets(pack: Pack) -> list[dict]:
    table = pack.targets[(pack.targets["kind"] == "target") & (pack.targets["indicator"] != "")]
    return as_records(table)


def _outputs(pack: Pack):
    for row in as_records(pack.measures):
        named = "" if row["institution"] else reason("nobody_named_to_measure")
        for output in OUTPUTS:
            yield {
                "kind": "output", "indicator": output, "name": row["name"], "group": row["group"], "sex": row["sex"],
                "options": row["id"], "definition": "", "official_code": "", "sdg": "", "unit": "persons", "baseline": np.nan,
                "baseline_year": pd.NA, "age": pd.NA, "responsible": row["institution"], "frequency": "", "quality": "", "source": "",
                "reason": join_reasons(reason("counted_once_paid"), named),
            }  # fmt: skip


def _outcome(pack: Pack, key: tuple[str, str, str], options: list[str], typed: list[dict]) -> dict:
    indicator, group, sex = key
    defined = pack.codebook[pack.codebook["id"] == indicator]
    book = defined.iloc[0] if len(defined) else {**UNDEFINED, "name_en": indicator}
    mine = [row for row in typed if tuple(row[name] for name in SERIES) == key]
    asked = {
        name: "; ".join(dict.fromkeys(row[name] for row in mine if row[name])) for name in ("responsible", "frequency")
    }
    known = _baseline(pack, indicator, group, sex)
    told = [known.pop("reason"), "" if asked["responsible"] else reason("nobody_named_to_measure")]
    sdg = SDG.search(book["definition"])
    return asked | known | {
        "kind": "outcome", "indicator": indicator, "name": book["name_en"], "group": group, "sex": sex, "options": ";".join(options),
        "definition": book["definition"], "official_code": book["official_code"], "sdg": sdg[1] if sdg else "", "unit": book["unit"],
        "reason": join_reasons(*told),
    }  # fmt: skip


def _baseline(pack: Pack, indicator: str, group: str, sex: str) -> dict:
    """The newest figure up to the reference year, how old it is, and what that means for a target."""
    now = pack.settings.reference_year
    breakdown = "line=national" if indicator.startswith("poverty_") else ""
    row = pack.latest(indicator, group, sex, breakdown, year=now)
    if row.empty:
        empty = {"baseline": np.nan, "baseline_year": pd.NA, "age": pd.NA, "quality": "", "source": ""}
        return empty | {"reason": reason("no_baseline")}
    year = int(row["year"].iat[0])
    taken = {name: row[name].iat[0] for name in ("quality", "source")}
    told = reason("remeasure_first", year=year) if is_old(year, now) else ""
    return taken | {"baseline": float(row["value"].iat[0]), "baseline_year": year, "age": now - year, "reason": told}


def typed_targets(pack: Pack, starts: Mapping[str, int] | None = None) -> pd.DataFrame:
    """Targets that the plan has written down, beside the interval that follows from its options.

    Parameters
    ----------
    pack : the country
    starts : first year by option, see ``yearly.starts_of``

    Returns
    -------
    table, a target a row: id, indicator, name, group, sex, year, value, unit (as ``targets.csv``), baseline, baseline_year (newest
    figure, in the unit), low, high (ours of that year, in the unit; NaN where none follows from the options), standing (a code of
    ``terms.TARGET_STANDINGS``; "" where there is no interval), responsible, frequency, quality, source, reason (codes)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = typed_targets(read_pack("XTC")).set_index("id")
    >>> table.loc["t3", "standing"], table.loc["t9", "reason"]
    ('below', 'not_of_options')
    """
    typed = _targets(pack)
    years = sorted({int(row["year"]) for row in typed if not pd.isna(row["year"])})
    ours = yearly_targets(pack, starts, years) if years else pd.DataFrame()
    rows = [_beside(pack, row, ours) for row in typed]
    return pd.DataFrame(rows, columns=TYPED_COLUMNS).astype({"year": "Int64", "baseline_year": "Int64"})


def _beside(pack: Pack, row: Mapping, ours: pd.DataFrame) -> dict:
    known = _baseline(pack, row["indicator"], row["group"], row["sex"])
    names = pack.codebook.set_index("id")["name_en"]
    taken = {
        name: row[name]
        for name in ("id", "indicator", "group", "sex", "year", "value", "unit", "responsible", "frequency", "source")
    }
    low, high, why = _interval(row, ours)
    standing = "" if np.isnan(low) or pd.isna(row["value"]) else _standing(row["value"], low, high)
    return taken | {
        "name": names[row["indicator"]], "baseline": known["baseline"], "baseline_year": known["baseline_year"], "low": low, "high": high,
        "standing": standing, "quality": weakest([row["quality"], *filter(None, [known["quality"]])]),
        "reason": join_reasons(known["reason"], why),
    }  # fmt: skip


def _interval(row: Mapping, ours: pd.DataFrame) -> tuple[float, float, str]:
    """Ours of the target's series and year in percent, and why there is none."""
    if ours.empty or row["indicator"] not in set(ours["indicator"]):
        poor = row["indicator"] in LESS_IS_BETTER and row["indicator"].startswith("poverty")
        return np.nan, np.nan, reason("poverty_needs_survey" if poor else "not_of_options")
    same = (ours[["indicator", "group"]] == [row["indicator"], row["group"]]).all(axis=1)
    found = ours[same & (ours["year"] == row["year"])]
    if found.empty or row["sex"] != sex_of(row["group"]):
        return np.nan, np.nan, reason("no_option_for_group" if found.empty else "not_of_options")
    return PERCENT * found["low"].iat[0], PERCENT * found["high"].iat[0], ""


def _standing(value: float, low: float, high: float) -> str:
    within, below, above = TARGET_STANDINGS
    return below if value < low else above if value > high else within
