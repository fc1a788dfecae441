"""Law and fact: whom the law names, and who is covered in fact.

Legal old-age coverage is about workers who must contribute, effective coverage about older persons who receive: different
people, so the two are never subtracted. Only employment injury has both sides on one denominator.
"""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack
from nasssap_lib.population.targets import target_populations, value_at
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason

NO_LAW = "none_found"
STATES = (
    "mandatory",
    "programme",
    "act_only",
    "voluntary",
    "excluded",
    NO_LAW,
)  # a cell shows the strongest that any active scheme gives
EMPLOYEES = ("private_employees", "public_servants")
BASES = ("law", "law_in_part", "bounds", "no_text")
LAW_AND_FACT = ("in_fact", "by_law_only", "not_by_law")


def employment_injury_law_and_fact(pack: Pack) -> pd.DataFrame:
    """Employed persons by law and fact of employment injury coverage, all on one denominator.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table : status (in_fact: covered; by_law_only: named by the law, not covered in fact; not_by_law), share (of employed persons,
        0–1), share_low, share_high (ends where the share is not known), persons, year (of the published rate), basis (one of
        ``BASES``), quality, source, reason

    Notes
    -----
    Whom the law names is read from :func:`law_table`. The share of wage and salaried workers only says how many they are:

    * law: compulsory for private employees and public servants, so for all employees: named, not covered = wage share − rate
    * law_in_part: compulsory for one of the two, nothing read on the other: the same figure, an estimate, and it says so
    * bounds: some employees are excluded by name, or an Act names them and no scheme in force was found: how many is not known, so
      between none and wage share − rate are named and not covered, and between 1 − wage share and 1 − rate are not named
    * no_text: nothing was read of the law: the wage share stands for it, an estimate, and it says so

    Where the rate is above the wage share the second part cannot be given.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> employment_injury_law_and_fact(read_pack("BFA"))["share"].round(3).tolist()
    [0.082, 0.158, 0.76]
    >>> employment_injury_law_and_fact(read_pack("ZMB"))[["share_low", "share_high"]].round(3).values.tolist()
    [[0.122, 0.122], [0.0, 0.144], [0.734, 0.878]]
    """
    rate, wage = injury_rate_and_wage_share(pack)
    if rate is None or pd.isna(wage["value"]):
        empty = dict.fromkeys(["share", "share_low", "share_high", "persons"], float("nan"))
        table = pd.DataFrame({"status": LAW_AND_FACT}).assign(**empty, year=pd.NA, basis="", quality="", source="")
        return table.assign(reason=reason("no_rate" if rate is None else "no_wage_share"))
    fact, employees = rate["value"] / 100, wage["value"] / 100
    basis, why, text_sources = _basis(law_table(pack))
    employed = target_populations(pack, "employment_injury", [int(rate["year"])])[0].iloc[0]
    table = _shares(fact, employees, basis)
    above = reason("rate_above_wage_share", employees=round(wage["value"], 1)) if employees < fact else ""
    return table.assign(
        persons=table["share"] * employed["persons"],
        year=int(rate["year"]),
        basis=basis,
        quality=weakest(filter(None, [rate["quality"], wage["quality"], employed["quality"]])),
        source=join_sources(rate["source"], wage["source"], employed["source"], text_sources),
        reason=["", above or why, why],
    )


def _shares(fact: float, employees: float, basis: str) -> pd.DataFrame:
    """The three parts with the ends between which each lies."""
    ends = [(fact, fact), (0.0, employees - fact), (1 - employees, 1 - fact)]
    shares = [fact, employees - fact, 1 - employees]
    if basis == "bounds":
        shares[1:] = [float("nan")] * 2
    else:
        ends = [(share, share) for share in shares]
    if employees < fact:
        shares[1], ends[1] = float("nan"), (float("nan"),) * 2
    low, high = zip(*ends, strict=True)
    return pd.DataFrame({"status": LAW_AND_FACT, "share": shares, "share_low": low, "share_high": high})


def _basis(law: pd.DataFrame) -> tuple[str, str, str]:
    """What the size of the part that the law names rests on, why, and the sources of the text."""
    rows = law[(law["branch"] == "employment_injury") & law["category"].isin(EMPLOYEES)].set_index("category")
    state, sources = rows["state"], join_sources(*rows["source"])
    excluded, acts, silent = (list(rows.index[state == name]) for name in ("excluded", "act_only", NO_LAW))
    if excluded:
        named = rows.loc[excluded, "schemes"].items()
        why = (reason("employees_excluded", category=category, scheme=schemes) for category, schemes in named)
        return "bounds", join_reasons(*why), sources
    if acts:
        return "bounds", reason("act_without_scheme", act="; ".join(rows.loc[acts, "schemes"])), sources
    if not (state == "mandatory").any():
        return "no_text", reason("no_text_of_law"), sources
    if silent:
        return "law_in_part", join_reasons(*(reason("law_silent_on", category=one) for one in silent)), sources
    return "law", "", sources


def injury_rate_and_wage_share(pack: Pack) -> tuple[pd.Series | None, pd.Series]:
    """The newest rate of employment injury (None: not published), and the wage share of its year (value NaN: not published)."""
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
        Voluntary is not legally covered. act_only: an Act names them (of the pack's links, or the legal basis of a planned
        scheme), and no active scheme was found; schemes then holds the title of the Act. none_found means: in the sources read.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = law_table(read_pack("SEN")).set_index(["branch", "category"])
    >>> table.loc[("old_age", "private_employees"), "state"]
    'mandatory'
    """
    named = pd.concat([_named_by_law(pack.schemes[pack.schemes["status"] == "active"]), _named_by_acts(pack)])
    rows = []
    for branch in terms.C102_PARTS:
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
    return _one_row_each(pd.concat(frames, ignore_index=True))


def _named_by_acts(pack: Pack) -> pd.DataFrame:
    """The same of Acts that no active scheme applies: legal bases of planned schemes, and laws whose branches were read."""
    planned = pack.schemes[(pack.schemes["status"] == "planned") & (pack.schemes["legal_basis"] != "")]
    planned = planned.assign(short_name=planned["legal_basis"], category=planned["mandatory_for"])
    read = pack.links.assign(short_name=pack.links["title"], category=pack.links["mandatory_for"])
    columns = ["short_name", "branches", "source", "category"]
    return _one_row_each(pd.concat([planned[columns], read[columns]], ignore_index=True).assign(state="act_only"))


def _one_row_each(named: pd.DataFrame) -> pd.DataFrame:
    named = named.assign(branch=named["branches"].str.split(";"), category=named["category"].str.split(";"))
    named = named.explode("branch").explode("category")
    return named[named["category"].fillna("") != ""]


def texts_of_law(pack: Pack, branch: str = "employment_injury") -> pd.DataFrame:
    """What the pack says of the law on a branch, scheme by scheme and Act by Act: the words on which legal coverage rests.

    Parameters
    ----------
    pack : the country
    branch : code of ``terms.BRANCHES``

    Returns
    -------
    table : scheme (short name; "" for an Act without a scheme), legal_basis, who_by_law (prose of the pack), mandatory_for,
        voluntary_for, excluded (";" lists of categories), note, source. No row where nothing was read.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> texts_of_law(read_pack("ZMB"))[["scheme", "who_by_law", "excluded"]].values.tolist()
    [['WCFCB', 'All employers other than the State', 'public_servants']]
    """
    schemes = pack.schemes[pack.schemes["status"].isin(["active", "planned"])]
    schemes = schemes[_has(schemes["branches"], branch)].rename(columns={"short_name": "scheme"})
    acts = pack.links[_has(pack.links["branches"], branch)]
    acts = acts.assign(
        scheme="", legal_basis=acts["title"], who_by_law=acts["content"], voluntary_for="", excluded="", note=""
    )
    columns = ["scheme", "legal_basis", "who_by_law", "mandatory_for", "voluntary_for", "excluded", "note", "source"]
    return pd.concat([schemes[columns], acts[columns]], ignore_index=True)


def _has(lists: pd.Series, code: str) -> pd.Series:
    return (";" + lists + ";").str.contains(f";{code};", regex=False)
