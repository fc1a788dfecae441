"""Stocktaking: the country's own process, the country at a glance, its people and work, and what the strategy must fit.

Schemes and their money are in the room ``schemes``, what is missing in ``evidence``, what clashes in ``consistency``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack
from nasssap_lib.population.by_age import of_both_sexes, population_by_age
from nasssap_lib.population.targets import persons_in
from nasssap_lib.provenance import join_sources

PROFILE = {  # indicator -> a code of PANEL_UNITS: with three lines on the population at most fifteen, each with its year
    "gdp_per_head_usd": "usd",
    "gdp_growth": "percent",
    "government_revenue_gdp": "percent_of_gdp",
    "government_expenditure_gdp": "percent_of_gdp",
    "government_debt_gdp": "percent_of_gdp",
    "urban_share": "percent_of_population",
    "life_expectancy": "years",
    "employment_to_population_ratio": "percent_of_population_15",
    "wage_and_salaried_share": "percent_of_employment",
    "unemployment_rate": "percent_of_labour_force",
    "poverty_headcount": "percent_of_population",
    "out_of_pocket_share": "percent_of_health_expenditure",
}
CORE_CONVENTION = "C102"  # Social Security (Minimum Standards) Convention: every strategy is asked about it
PERIOD = r"\d{4}\s*[-–/]\s*(\d{4})\s*$"  # "2018-2022"; "2016-" has no end, "draft 2022" is no period
OF_WOMEN = {"life_expectancy"}
BREAKDOWN = {"poverty_headcount": "line=national"}


def country_profile(pack: Pack) -> pd.DataFrame:
    """The country at a glance: at most fifteen lines, each with its own year and source.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table : item (a code of ``words.PROFILE_NAMES``), value, unit (a code of ``terms.PANEL_UNITS``), year, quality, source, reason; NaN
        with a reason where nothing was published up to the reference year

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> country_profile(read_pack("SEN"))["item"].iloc[0]
    'population'
    """
    year = pack.settings.reference_year
    people = persons_in(pack, [year]).iloc[0]
    older = persons_in(pack, [year], 65).iloc[0]
    children = persons_in(pack, [year], 0, 14).iloc[0]
    rows = [
        _line("population", people["persons"], "persons", year, people),
        _line("aged_0_to_14", children["persons"] / people["persons"] * 100, "percent_of_population", year, children),
        _line("aged_65_and_over", older["persons"] / people["persons"] * 100, "percent_of_population", year, older),
        *(_fact_line(pack, *item) for item in PROFILE.items()),
    ]
    return pd.DataFrame(rows)


def _line(item: str, value: float, unit: str, year: int, count: Mapping) -> dict:
    told = {"item": item, "value": value, "unit": unit, "year": year, "quality": count["quality"]}
    return told | {"source": count["source"], "reason": "" if value == value else "no_population_of_year"}


def _fact_line(pack: Pack, indicator: str, unit: str) -> dict:
    sex = "female" if indicator in OF_WOMEN else "total"
    fact = pack.latest(indicator, sex=sex, breakdown=BREAKDOWN.get(indicator, ""), year=pack.settings.reference_year)
    if len(fact):
        row = fact.iloc[0]
        return _line(indicator, row["value"], unit, int(row["year"]), row)
    missing = _line(indicator, float("nan"), unit, pd.NA, {"quality": "", "source": ""})
    return missing | {"reason": "not_published"}


def age_structure(pack: Pack, years: Iterable[int] = (2025, 2050)) -> pd.DataFrame:
    """Persons by five-year age group and sex in the years of the age pyramid for which both sexes were published.

    Returns
    -------
    table : year, sex, age_group, persons, quality, source

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> len(age_structure(read_pack("SEN")))
    84
    """
    return population_by_age(of_both_sexes(pack.used_population), years)


def work_status(pack: Pack) -> pd.DataFrame:
    """Who works for a wage, on own account, or in the family's enterprise: shares of the employed, by sex.

    Returns
    -------
    table : sex, status (wage, own_account, family, self_employed), share (0–1, of the employed of that sex), year, quality, source,
        reason. ``self_employed`` is own account and family together; it is split only where family workers are published for
        the sex. The year is the newest, up to the reference year, in which the whole group is published.

    Notes
    -----
    The published self-employed share already includes contributing family workers (ILO): own account = self-employed − family.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = work_status(read_pack("SEN")).set_index(["sex", "status"])["share"]
    >>> round(float(table["total", "own_account"] + table["total", "family"] + table["total", "wage"]), 6)
    1.0
    """
    found = pack.latest("self_employed_share", sex="total", year=pack.settings.reference_year)
    year = int(found["year"].iat[0]) if len(found) else None
    rows = [row for sex in terms.SEXES for row in _work_of(pack, sex, year)]
    return pd.DataFrame(rows)


def _work_of(pack: Pack, sex: str, year: int | None) -> list[dict]:
    self_employed, family = (
        _share_in(pack, name, sex, year) for name in ("self_employed_share", "contributing_family_share")
    )
    missing = "" if self_employed["share"] == self_employed["share"] else "not_published"
    none = "no_family_workers" if sex == "total" else "no_family_workers_by_sex"
    apart = "" if family["share"] == family["share"] else none
    if family["share"] > self_employed["share"]:
        apart = "family_above_self_employed"
    both = self_employed | {"source": join_sources(self_employed["source"], family["source"] if not apart else "")}
    shares = {
        "wage": (self_employed | {"share": 1 - self_employed["share"]}, missing),
        "own_account": (both | {"share": self_employed["share"] - family["share"]}, missing or apart),
        "family": (family, missing or apart),
        "self_employed": (self_employed, missing),
    }
    return [
        {"sex": sex, "status": status, **row, "share": float("nan") if reason else row["share"], "reason": reason}
        for status, (row, reason) in shares.items()
    ]


def _share_in(pack: Pack, indicator: str, sex: str, year: int | None) -> dict:
    series = pack.series(indicator, sex=sex)
    at = series[series["year"] == year] if year else series.head(0)
    if at.empty:
        return {"share": float("nan"), "year": year or pd.NA, "quality": "", "source": ""}
    row = at.iloc[0]
    return {"share": row["value"] / 100, "year": year, "quality": row["quality"], "source": row["source"]}


def process_state(pack: Pack) -> pd.DataFrame:
    """The state of the country's own process, step by step: every event that was read, and the steps of which nothing was found.

    Returns
    -------
    table : step (1–8), state (a code of ``terms.STEP_STATUSES``), date, initiator, evidence, newest (True for the event that gives
        the step its state: the last dated one), events (number of events of the step), source, reason; at least one row a step

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> process_state(read_pack("SEN")).query("newest")["state"].tolist()
    ['done', 'done', 'not_found', 'not_found', 'under_way', 'not_found', 'under_way', 'under_way']
    """
    return pd.concat([_step_events(pack.process, step) for step in terms.STEPS], ignore_index=True)


def _step_events(process: pd.DataFrame, step: int) -> pd.DataFrame:
    events = process[process["step"].astype("str") == str(step)].sort_values("date", kind="stable")
    if events.empty:
        events = pd.DataFrame([dict.fromkeys(process.columns, "") | {"status": "not_found"}])
    rows = events.rename(columns={"status": "state"}).assign(
        step=step, events=int((events["status"] != "not_found").sum())
    )
    rows["newest"] = [False] * (len(rows) - 1) + [True]
    rows["reason"] = rows["state"].map(lambda state: "nothing_found" if state == "not_found" else "")
    columns = ["step", "state", "date", "initiator", "evidence", "newest", "events", "source", "reason"]
    return rows[columns]


def past_extensions(pack: Pack) -> pd.DataFrame:
    """Past extensions and reforms, oldest first.

    Returns
    -------
    table : year, reform, what_happened, outcome, source, reason (where the outcome was not read)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> int(past_extensions(read_pack("SEN"))["year"].iat[0])
    1975
    """
    rows = pack.history.sort_values(["year", "reform"], kind="stable").reset_index(drop=True)
    return rows.assign(reason=rows["outcome"].map(lambda text: "" if text else "outcome_not_read"))


def plans_and_laws(pack: Pack) -> pd.DataFrame:
    """The plans, programmes, policies and laws that the strategy must fit, newest first within their kind.

    Returns
    -------
    table : kind, title, title_en, period, year, content, until (last year of the period; n/a where it names none), state ("ended" where
        that year lies before the reference year, else ""), source, reason (where title and year alone were read)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> "Sénégal 2050 : Agenda national de transformation" in set(plans_and_laws(read_pack("SEN"))["title"])
    True
    """
    rows = pack.links.sort_values(["kind", "year"], ascending=[True, False], kind="stable").reset_index(drop=True)
    until = pd.to_numeric(rows["period"].str.extract(PERIOD)[0]).astype("Int64")
    ended = (until < pack.settings.reference_year).fillna(False)
    reasons = rows["content"].map(lambda text: "" if text else "content_not_read")
    return rows.assign(until=until, state=ended.map({True: "ended", False: ""}), reason=reasons)


def conventions(pack: Pack) -> pd.DataFrame:
    """The ILO social security Conventions: what was read on ratification, and what is to be checked in NORMLEX.

    Returns
    -------
    table : convention, status, year, parts_accepted, replaces (Parts of Convention No. 102 in whose place it stands, where ratified;
        ";"), note, check (True: to be checked in NORMLEX), source, reason. Convention No. 102
        has a row also where no source named it: without status, and with a reason.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> conventions(read_pack("TZA"))["convention"].iat[0]
    'C102'
    """
    rows = pack.conventions.sort_values("convention", kind="stable").assign(reason="")
    if not rows["convention"].str.contains(CORE_CONVENTION, regex=False).any():
        absent = dict.fromkeys(rows.columns, "") | {"convention": CORE_CONVENTION, "year": pd.NA}
        absent |= {"reason": "nothing_found"}
        rows = pd.concat([pd.DataFrame([absent]), rows], ignore_index=True) if len(rows) else pd.DataFrame([absent])
    rows["check"] = rows["status"].str.contains("NORMLEX") | (rows["status"] == "")
    parts = rows["convention"].str.findall(r"\bC\d+\b").map(lambda names: [*chain(*map(_replaced_by, names))])
    rows["replaces"] = parts.str.join(";").where(rows["status"] == "ratified", "")
    columns = ["convention", "status", "year", "parts_accepted", "replaces", "note", "check", "source", "reason"]
    return rows[columns].reset_index(drop=True)


def _replaced_by(convention: str) -> tuple[str, ...]:
    return terms.REPLACING_CONVENTIONS.get(convention, ())
