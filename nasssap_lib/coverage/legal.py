"""Law and fact: whom the law names, who is covered in fact, and Convention No. 102 as an indication.

Legal old-age coverage is about workers who must contribute, effective coverage about older persons who receive: different
people, so the two are never subtracted. Only employment injury has both sides on one denominator.
"""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack
from nasssap_lib.population.targets import target_populations, value_at
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import reason

NO_LAW = "none_found"
STATES = (
    "mandatory",
    "programme",
    "voluntary",
    "excluded",
    NO_LAW,
)  # a cell shows the strongest that any active scheme gives
LAW_AND_FACT = ("in_fact", "by_law_only", "not_by_law")

# Convention No. 102, Part VI (employment injury), Article 33: at least half of all employees
C102_EMPLOYEES = 0.5
C102_PARTS = {
    "medical_care": "II", "sickness": "III", "unemployment": "IV", "old_age": "V", "employment_injury": "VI", "family": "VII",
    "maternity": "VIII", "invalidity": "IX", "survivors": "X",
}  # fmt: skip


def employment_injury_law_and_fact(pack: Pack) -> pd.DataFrame:
    """Employed persons by law and fact of employment injury coverage, all on one denominator.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table : status (in_fact: covered; by_law_only: covered by law, not in fact; not_by_law), share (of employed persons, 0–1),
        persons, year (of the published rate), quality, source, reason. Not covered by law ≈ the self-employed share;
        covered by law, not in fact = wage share − rate. Where the rate is above the wage share the second part cannot be given.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> employment_injury_law_and_fact(read_pack("SEN"))["share"].round(3).tolist()
    [0.1, 0.243, 0.657]
    """
    rate, wage = _rate_and_wage_share(pack)
    if rate is None or pd.isna(wage["value"]):
        table = pd.DataFrame({"status": LAW_AND_FACT, "share": float("nan"), "persons": float("nan"), "year": pd.NA})
        return table.assign(quality="", source="", reason=reason("no_rate" if rate is None else "no_wage_share"))
    fact, employees = rate["value"] / 100, wage["value"] / 100
    employed = target_populations(pack, "employment_injury", [int(rate["year"])])[0].iloc[0]
    shares = [fact, employees - fact if employees >= fact else float("nan"), 1 - employees]
    table = pd.DataFrame({"status": LAW_AND_FACT, "share": shares})
    table["persons"] = table["share"] * employed["persons"]
    above = reason("rate_above_wage_share", employees=round(wage["value"], 1))
    return table.assign(
        year=int(rate["year"]),
        quality=weakest(filter(None, [rate["quality"], wage["quality"], employed["quality"]])),
        source=join_sources(rate["source"], wage["source"], employed["source"]),
        reason=table["share"].isna().map({True: above, False: ""}),
    )


def _rate_and_wage_share(pack: Pack) -> tuple[pd.Series | None, pd.Series]:
    rate = pack.latest("effective_coverage", "employment_injury")
    if rate.empty:
        return None, pd.Series({"value": float("nan")})
    year = int(rate["year"].iat[0])
    return rate.iloc[0], value_at(pack.series("wage_and_salaried_share"), [year]).iloc[0]


def law_table(pack: Pack) -> pd.DataFrame:
    """Who the law names, branch by category of the population: compulsory, voluntary, excluded, or no law found.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table : branch, category, state (one of ``STATES``), schemes (short names, "; "), source; one row a branch and category.
        Voluntary is not legally covered. none_found means: in the sources read.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = law_table(read_pack("SEN")).set_index(["branch", "category"])
    >>> table.loc[("old_age", "private_employees"), "state"]
    'mandatory'
    """
    named = _named_by_law(pack.schemes[pack.schemes["status"] == "active"])
    rows = []
    for branch in C102_PARTS:
        for category in terms.POPULATION_CATEGORIES:
            cell = named[(named["branch"] == branch) & (named["category"] == category)]
            state = min(cell["state"], key=STATES.index, default=NO_LAW)
            best = cell[cell["state"] == state]
            rows.append(
                {"branch": branch, "category": category, "state": state, "schemes": "; ".join(dict.fromkeys(best["short_name"])),
                 "source": join_sources(*best["source"])}
            )  # fmt: skip
    return pd.DataFrame(rows)


def _named_by_law(schemes: pd.DataFrame) -> pd.DataFrame:
    """One row a scheme, branch, category and state that its row names."""
    paid_by_taxes = schemes["type"].isin(["universal", "social_assistance", "fee_waiver"])
    lists = {
        "mandatory": schemes["mandatory_for"],
        "voluntary": schemes["voluntary_for"],
        "excluded": schemes["excluded"],
        "programme": schemes["population_category"].where(paid_by_taxes, ""),
    }
    frames = [
        schemes[["short_name", "branches", "source"]].assign(state=state, category=given)
        for state, given in lists.items()
    ]
    named = pd.concat(frames, ignore_index=True)
    named = named.assign(branch=named["branches"].str.split(";"), category=named["category"].str.split(";"))
    named = named.explode("branch").explode("category")
    return named[named["category"].fillna("") != ""]


def compare_with_c102(pack: Pack) -> pd.DataFrame:
    """Convention No. 102, part by part: only employment injury can be set beside a published rate, as an indication.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table : part, branch, minimum (share of employees, 0–1), covered (covered persons ÷ employees of the same year, raw, also
        above 1), year, flag ("over_100" or ""), quality, source, reason

    Notes
    -----
    The Convention asks for shares of protected classes, published rates count recipients: the other parts are n/a. Replacement
    rates are n/a, for no reference wage was published. The minimum of Part VI is that of Article 33 (half of all employees).

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> float(compare_with_c102(read_pack("SEN")).set_index("branch")["covered"].round(3)["employment_injury"])
    0.291
    """
    table = pd.DataFrame({"part": C102_PARTS.values(), "branch": C102_PARTS.keys(), "minimum": float("nan")})
    table = table.assign(
        covered=float("nan"), year=pd.NA, flag="", quality="", source="", reason=reason("protected_classes")
    )
    at = table.index[table["branch"] == "employment_injury"][0]
    table.loc[at, "minimum"] = C102_EMPLOYEES
    rate, wage = _rate_and_wage_share(pack)
    if rate is None or pd.isna(wage["value"]):
        table.loc[at, "reason"] = reason("no_rate_or_wage_share")
        return table
    covered = rate["value"] / wage["value"]
    flag, above = ("over_100", reason("above_all_employees")) if covered > 1 else ("", "")
    table.loc[at, ["covered", "flag", "reason"]] = [covered, flag, above]
    table.loc[at, ["quality", "source"]] = [
        weakest([rate["quality"], wage["quality"]]),
        join_sources(rate["source"], wage["source"]),
    ]
    table.loc[at, "year"] = int(rate["year"])
    return table
