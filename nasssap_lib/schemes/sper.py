"""The expenditure and performance review of a country: every ratio that its schemes' figures carry, and its money line by line."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.targets import persons_in
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.schemes.accounts import INCOME, OUTGO, OWED, is_whole, scheme_accounts
from nasssap_lib.schemes.contributions_and_benefits import contribution_rates
from nasssap_lib.schemes.inventory import standing_schemes
from nasssap_lib.schemes.ratios import (
    APART,
    RATIO_COLUMNS,
    RATIOS,
    Ratio,
    lacking_ratios,
    matched_ratios,
    newest_of,
    on_product,
    parts_of_receipts,
    ratio_of,
    residuals,
)
from nasssap_lib.schemes.recipients import recipient_counts


@once_a_pack
def sper_ratios(pack: Pack) -> pd.DataFrame:
    """Every ratio of the review that the figures of a scheme carry, year by year.

    Returns
    -------
    table : scheme (id), short_name, ratio (a code of ``RATIO_NAMES``), detail, branch (of a part), covers (ids of the schemes that it is
        of), kind (outturn, budget), year, value, unit (share, persons, years, lcu, lcu_billion), above, above_value, above_year, below,
        below_value, below_year (the two figures, money in billions), newest (True: the one to show of an account and ratio), quality,
        source, reason (why value is NaN, or what to know of it)

    Notes
    -----
    Both figures are at most a year apart, of the same scheme or the same account, an outturn before a budget. A fund ratio sets
    reserves at the beginning (opening) or the end (closing) of a year against that year's benefits. A year's money stands on
    the GDP and the population of the same year; a fiscal year's on the mean of its two calendar years. Where a scheme has one
    figure and not the other, a row without a value says which lacks.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> ratios = sper_ratios(read_pack("SEN")).query("newest and scheme == 'ipres'").set_index("ratio")["value"]
    >>> round(float(ratios["cost_ratio"]), 3), round(float(ratios["expenditure_gdp"]), 5)
    (0.901, 0.0077)
    """
    accounts, schemes = scheme_accounts(pack), standing_schemes(pack)
    heads = recipient_counts(accounts, schemes)
    tables = [matched_ratios(heads if ratio.heads else accounts, ratio) for ratio in RATIOS]
    tables += [
        parts_of_receipts(accounts),
        on_product(accounts, *yearly_bases(pack)),
        residuals(accounts),
        implied_cost_rates(pack),
    ]
    known = (
        pd.concat([table for table in tables if len(table)], ignore_index=True)
        if any(map(len, tables))
        else _no_ratios()
    )
    known = known.drop(columns=["short_name"], errors="ignore")
    names = schemes.set_index("id")["short_name"]
    lacking = lacking_ratios(accounts, heads, schemes, known)
    table = pd.concat([known, lacking], ignore_index=True) if len(lacking) else known
    table = table.assign(short_name=table["scheme"].map(names), newest=newest_of(table))
    return table.reindex(columns=RATIO_COLUMNS).astype(
        {"year": "Int64", "above_year": "Int64", "below_year": "Int64", "value": "float64", "newest": bool}
    )


def _no_ratios() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=object) for name in RATIO_COLUMNS})


@once_a_pack
def yearly_bases(pack: Pack) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What a year's money is set against: GDP in both currencies (billion), and the population.

    Returns
    -------
    two tables : year, value, unit, quality, source; of GDP, and of persons
    """
    gdp = pd.concat(
        [
            pack.series(name).assign(unit=unit)
            for name, unit in (("gdp_current", "lcu_billion"), ("gdp_current_usd", "usd_billion"))
        ]
    )
    gdp = gdp[gdp["value"] > 0][["year", "value", "unit", "quality", "source"]]
    years = sorted({int(year) for year in gdp["year"]})
    persons = persons_in(pack, years) if len(pack.population) and years else pd.DataFrame()
    persons = persons.rename(columns={"persons": "value"}).assign(unit="lcu_billion") if len(persons) else gdp.iloc[:0]
    return gdp, persons[persons["value"] > 0][["year", "value", "unit", "quality", "source"]]


def implied_cost_rate(rate: float, outgo: float, receipts: float) -> float:
    """The contribution rate at which a scheme's receipts would equal what it pays: rate × outgo ÷ receipts.

    Parameters
    ----------
    rate : contribution rate, share of earnings
    outgo, receipts : of one year, in one unit; receipts from contributions at that rate

    Returns
    -------
    share of earnings

    Examples
    --------
    >>> round(implied_cost_rate(0.14, 153.246846, 170) * 100, 2)
    12.62
    """
    return float(rate * ratio_of(outgo, receipts))


@once_a_pack
def implied_cost_rates(pack: Pack) -> pd.DataFrame:
    """Pay-as-you-go cost rates that contribution rates and accounts imply, where rate and account are at most a year apart.

    Returns
    -------
    rows with columns of :func:`sper_ratios`: cost_rate_expenditure (all that is paid: an upper reading), cost_rate_benefits. Receipts are
        contributions, or else all income, which the reason says; none where receipts are those of several schemes
    """
    accounts, rates = scheme_accounts(pack), whole_rates(contribution_rates(pack))
    found = []
    for code, item in (("cost_rate_expenditure", "expenditure"), ("cost_rate_benefits", "benefits")):
        ratio = Ratio(code, (item,), ("contributions", "income"), apart=0)
        rows = matched_ratios(accounts, ratio)
        rows = rows[rows["covers"] == rows["scheme"]].merge(rates, on="scheme", suffixes=("", "_rate"))
        rows = rows[(rows["year"] - rows["year_rate"]).abs() <= APART]
        told = [
            join_reasons(
                cell,
                reason("at_rate", rate=round(float(rate), 2), year=int(year)),
                reason("receipts_as_contributions") if all_income else "",
            )
            for cell, rate, year, all_income in zip(
                rows["reason"], rows["rate"] * 100, rows["year_rate"], rows["below"] == "income", strict=True
            )
        ]
        quality = [weakest([*cells, "estimated"]) for cells in zip(rows["quality"], rows["quality_rate"], strict=True)]
        source = [join_sources(*cells) for cells in zip(rows["source"], rows["source_rate"], strict=True)]
        found.append(rows.assign(value=rows["value"] * rows["rate"], reason=told, quality=quality, source=source))
    return pd.concat(found, ignore_index=True).drop(columns=["rate", "year_rate", "quality_rate", "source_rate"])


def whole_rates(rates: pd.DataFrame) -> pd.DataFrame:
    """The whole contribution rate of each scheme that states it: of employers and workers and the State, each one rate.

    Parameters
    ----------
    rates : result of ``contribution_rates``

    Returns
    -------
    table : scheme, rate (share of earnings), year (the oldest of its parts), quality, source; none where a payer has several rates
    """
    used = rates[
        rates["payer"].isin(["employer", "worker", "state", "total"]) & rates["low"].notna() & rates["reason"].eq("")
    ]
    used = used.assign(single=used["low"] == used["high"])
    rows = [
        {
            "scheme": scheme, "rate": part["low"].sum() / 100, "year": int(part["year"].min()), "quality": weakest(part["quality"]),
            "source": join_sources(*part["source"]),
        }
        for scheme, part in used.groupby("scheme", sort=False)
        if part["single"].all() and (part["payer"].eq("total").all() or {"employer", "worker"} <= set(part["payer"]))
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["scheme", "rate", "year", "quality", "source"]).astype({"rate": float})


def money_lines(pack: Pack) -> pd.DataFrame:
    """The newest income, outgo, reserves and debts of each scheme, one line each, with their share of the year's GDP.

    Returns
    -------
    table : scheme, short_name, group (income, outgo, owed, reserves), item, detail, branch, covers, kind, year, amount (billion),
        unit, share (of GDP, 0–1), note, quality, source, reason; debts of the State and of employers are lines of their own
    """
    accounts, ratios = scheme_accounts(pack), sper_ratios(pack)
    groups = dict.fromkeys(OUTGO, "outgo") | dict.fromkeys(INCOME, "income")
    groups |= dict.fromkeys(OWED, "owed") | {"assets": "reserves", "surplus": "income"}
    rows = accounts[accounts["item"].isin(groups)].sort_values("year", kind="stable")
    rows = rows.drop_duplicates(["scheme", "item", "kind", "detail", "branch", "covers"], keep="last")
    rows = rows.assign(group=rows["item"].map(groups), amount=rows["value"], share_of=rows["item"] + "_gdp")
    key = ["scheme", "covers", "kind", "detail", "branch", "year"]
    shares = ratios.assign(year=ratios["year"].astype("float"))[[*key, "ratio", "value", "quality", "source", "reason"]]
    shares = shares.replace({"kind": {"outturn": ""}}).drop_duplicates([*key, "ratio"])
    joined = rows.assign(year=rows["year"].astype(float), kind=rows["kind"].where(rows["kind"] == "budget", "")).merge(
        shares, left_on=[*key, "share_of"], right_on=[*key, "ratio"], how="left", suffixes=("", "_share")
    )
    known = joined["value_share"].notna()
    joined = joined.assign(
        kind=rows["kind"].to_numpy(), share=joined["value_share"], year=joined["year"].astype("Int64"),
        quality=joined["quality_share"].where(known, joined["quality"]), source=joined["source_share"].where(known, joined["source"]),
        reason=joined["reason_share"].where(known, joined["reason"]),
    )  # fmt: skip
    order = {name: place for place, name in enumerate(("income", "outgo", "owed", "reserves"))}
    joined = joined.assign(_group=joined["group"].map(order)).sort_values(
        ["short_name", "_group", "item", "year"], kind="stable"
    )
    columns = [
        "scheme", "short_name", "group", "item", "detail", "branch", "covers", "kind", "year", "amount", "unit", "share", "note",
        "quality", "source", "reason",
    ]  # fmt: skip
    return joined[columns].reset_index(drop=True)


def spending_accounts(spending: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """What each scheme spends by itself, and below it what accounts of several schemes spend: those are of none of them alone.

    Parameters
    ----------
    spending : result of ``spending.scheme_spending``
    lines : result of :func:`money_lines`

    Returns
    -------
    table with the columns of ``spending.scheme_spending`` : its rows, n/a where a scheme stands in an account of several alone; then of
        each account the newest outturn, and a budget that is newer: covers names its schemes (ids, ";"), short_name all of them (";")

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> from nasssap_lib.schemes.spending import scheme_spending
    >>> found = spending_accounts(scheme_spending(read_pack("HND")), money_lines(read_pack("HND"))).query("covers != ''")
    >>> found[["short_name", "kind", "year"]].values.tolist()
    [['IHSS EM;IHSS IVM', 'outturn', 2013], ['IHSS EM;IHSS IVM', 'budget', 2024]]
    """
    shared = spending["covers"].ne("")
    own = spending.assign(covers="", reason=spending["reason"].mask(shared, "of_several_schemes"))
    own.loc[shared, ["amount", "gdp", "share"]] = float("nan")
    names = dict(zip(spending["scheme"], spending["short_name"], strict=True))
    joint = joint_spending(lines)
    joint = joint.assign(
        short_name=[";".join(names.get(code, code) for code in covers.split(";")) for covers in joint["covers"]],
        reason=[join_reasons("of_several_schemes", cell) for cell in joint["reason"]],
    )
    if joint.empty:
        return own
    both = pd.concat([own, joint.reindex(columns=spending.columns)], ignore_index=True).astype(dict(spending.dtypes))
    return both.fillna({"type": "", "financing": ""})


def joint_spending(lines: pd.DataFrame) -> pd.DataFrame:
    """Of each account of several schemes the newest outturn of spending, and a budget that is newer.

    Parameters
    ----------
    lines : result of :func:`money_lines`

    Returns
    -------
    rows of lines, with measure (expenditure, or else benefits)
    """
    spent = lines[lines["covers"].str.contains(";").astype(bool) & lines["item"].isin(("expenditure", "benefits"))]
    spent = spent[is_whole(spent) & spent["amount"].notna()]
    spent = spent.assign(measure=spent["item"], part=spent["item"].eq("benefits"), budget=spent["kind"].eq("budget"))
    spent = spent.sort_values(["covers", "budget", "part", "year"], ascending=[True, True, True, False], kind="stable")
    newest = spent.drop_duplicates(["covers", "budget"])
    outturns = newest[~newest["budget"]].set_index("covers")["year"].astype(float)
    late = newest["year"].astype(float) > newest["covers"].map(outturns).astype(float).fillna(-1.0)
    return newest[late | ~newest["budget"]]
