"""Sentences of the workbench."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.combined import ALL
from nasssap_lib.costing.words import rule_words
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_persons, format_share
from nasssap_lib.display.texts import N_, _, join_beside, join_clauses, label, named, reason_words
from nasssap_lib.display.words import join_words, small_first, small_share
from nasssap_lib.rows import as_records
from nasssap_lib.terms import GROUPS_IN_TEXT, QUALITIES

GAP_PARTS = {
    "covered": N_("covered today"),
    "to_reach": N_("to be reached"),
    "gap_at_target": N_("still not covered"),
}
GAP_RULES = {
    "covered": N_("rate of coverage × target population"),
    "to_reach": N_("target coverage × target population − covered today"),
    "gap_at_target": N_("target population − covered today − to be reached"),
}
COST_RULE = N_(
    "persons reached × benefit × months ÷ 12 × (1 + administration) ÷ GDP; persons reached = target population × take-up"
)
BENEFITS = {
    "gdp_per_head": N_("benefit {amount} % of GDP per head, {growth}"),
    "lcu_per_month": N_("benefit {amount} national currency a month, {growth}"),
    "poverty_line": N_("benefit {amount} % of the poverty line, {growth}"),
    "minimum_wage": N_("benefit {amount} % of the minimum wage, {growth}"),
    "average_earnings": N_("benefit {amount} % of average earnings, {growth}"),
}
INDEXINGS = {
    "gdp_per_head": N_("grows with GDP per head"),
    "prices": N_("grows with prices"),
    "wages": N_("grows with wages"),
    "none": N_("stays as it is"),
    "": N_("stays as it is"),
}
SLIDERS = {
    "amount_central": N_("benefit"),
    "take_up_central": N_("take-up"),
    "start_year": N_("first year"),
    "full_year": N_("year of full take-up"),
}


def target_title(gap: pd.DataFrame, country_name: str) -> str:
    """Title of the bar of a coverage one aims at.

    Parameters
    ----------
    gap : result of ``costing.explore_gap``
    country_name : name of the country
    """
    row = gap.iloc[0]
    people = _("the population") if row["group"] == "at_least_one" else label(GROUPS_IN_TEXT, row["group"])
    values = {"country": country_name, "people": people, "share": format_share(row["target_coverage"], 0)}
    if pd.isna(row["gap"]):
        return _("{country}: the gap of {people} cannot be given", country=country_name, people=people)
    if not row["to_reach"] > 0:
        return _("{country}: {share} of {people} are covered already", **values)
    persons = format_persons(row["to_reach"])
    return _("{country}: covering {share} of {people} means reaching {persons} more", persons=persons, **values)


def gap_words(gap: pd.DataFrame, cited: str) -> str:
    """The gap before and after, in one line, with the year of its rate, the rule of its denominator and its sources."""
    row, why = gap.iloc[0], reason_words(gap["reason"].iat[0])
    if pd.isna(row["gap"]):
        return _("Gap: n/a ({reason})", reason=why)
    text = _(
        "Gap: {before} persons at the rate kept, {after} at the target · rate of {year} · {rule} · {sources}",
        before=format_persons(row["gap"]),
        after=format_persons(row["gap_at_target"]),
        year=row["coverage_year"],
        rule=reason_words(row["denominator_rule"]),
        sources=cited,
    )
    return _("{text} · {reason}", text=text, reason=why) if why else text


def cost_title(costs: pd.DataFrame, country_name: str) -> str:
    """Title of the lines of cost by year.

    Parameters
    ----------
    costs : result of ``costing.explore_measures``
    country_name : name of the country
    """
    known = costs[costs["share_of_gdp"].notna()]
    if known.empty:
        return _("{country}: no measure with a known cost is chosen", country=country_name)
    last = known[known["year"] == known["year"].max()]
    values = {
        "country": country_name,
        "total": format_share(last["share_of_gdp"].sum(), 2),
        "year": last["year"].iat[0],
    }
    if len(last) > 2:
        return _("{country}: the {n} measures drawn would cost {total} of GDP in {year}", n=len(last), **values)
    names = join_words([small_first(named(name)) for name in last["name"]])
    return _("{country}: {names} would cost {total} of GDP in {year}", names=names, **values)


def unknown_costs(costs: pd.DataFrame) -> str:
    """The measures whose cost is not known, each with the reason; "" where all are known.

    Examples
    --------
    >>> unknown_costs(pd.DataFrame({"name": ["A", "B"], "share_of_gdp": [0.1, float("nan")], "reason": ["", "no_births"]}))
    'n/a: B (no births were published for the year)'
    """
    known = costs.groupby("name", sort=False)["share_of_gdp"].transform(lambda values: values.notna().any())
    rows = costs[~known.astype(bool)].drop_duplicates("name")
    parts = [
        _("{name} ({reason})", name=named(row["name"]), reason=reason_words(row["reason"])) for row in as_records(rows)
    ]
    return _("n/a: {measures}", measures=join_clauses(parts)) if parts else ""


def cost_words(costs: pd.DataFrame, year: int) -> str:
    """Persons reached and cost of each measure in a year, in one line."""
    parts = [_cost_of(row) for row in as_records(costs[costs["year"] == year])]
    if not parts:
        return _("No measure is chosen")
    return _("In {year}: {measures}", year=year, measures=join_clauses(parts))


def package_words(package: pd.DataFrame, year: int) -> str:
    """What the measures chosen cost together in a year, each person paid once, gross and net, in one line.

    Parameters
    ----------
    package : result of ``exploration.explore_package``
    year : the same calendar year
    """
    if package.empty:
        return ""
    row = package[(package["option"] == ALL) & (package["sex"] == "total")].iloc[0]
    if pd.isna(row["share_of_gdp"]):
        return _("Together in {year}: n/a ({reason})", year=year, reason=reason_words(row["reason"]))
    if package["option"].nunique() == 2:  # one measure and the sum of it
        return _("In {year}: {net}", year=year, net=join_beside([_net_words(row), reason_words(row["reason"])]))
    low, high = (small_share(row[end]) for end in ("share_low", "share_high"))
    share = small_share(row["share_of_gdp"])
    return join_beside([
        _("Together in {year}, each person paid once, by what was added first: {share} of GDP", year=year, share=share),
        _("{low} to {high}, for who is reached by two is not known", low=low, high=high) if low != high else "",
        _net_words(row),
        reason_words(row["reason"]),
    ])  # fmt: skip


def _net_words(row: pd.Series) -> str:
    if pd.isna(row["net_share_of_gdp"]):
        return _("net cost not known")
    if not row["replaced"]:
        return _("nothing of today's spending is replaced")
    return _("net of what it replaces {share}", share=small_share(row["net_share_of_gdp"]))


def _cost_of(row: dict) -> str:
    name = named(row["name"])
    if pd.isna(row["share_of_gdp"]):
        return _("{name}: n/a ({reason})", name=name, reason=reason_words(row["reason"]))
    if row["persons"] == 0:
        return _("{name}: not paid yet", name=name)
    persons, share = format_persons(row["persons"]), small_share(row["share_of_gdp"])
    return _("{name}: {persons} persons reached, {share} of GDP", name=name, persons=persons, share=share)


def part_words(part: dict) -> str:
    """What a part of a picture is called.

    Examples
    --------
    >>> part_words({"part": "covered", "name": ""}), part_words({"part": "pension", "name": "A pension"})
    ('covered today', 'A pension')
    """
    return named(part["name"]) or label(GAP_PARTS, part["part"])


def part_facts(part: dict, cited: str) -> list[tuple[str, str]]:
    """What is known of a part of a picture, as pairs of a term and its words.

    Parameters
    ----------
    part : a row of ``exploration.gap_parts`` or ``exploration.cost_parts``
    cited : its sources by name

    Returns
    -------
    pairs: value, year, rule (of the denominator), formula, assumptions, edition, quality, source; the value is n/a with its
        reason where it is not known
    """
    facts = _gap_facts(part) if part["picture"] == "target_gap" else _cost_facts(part)
    return [*facts, (_("Quality"), _quality(part["quality"])), (_("Source"), cited or _(NOT_AVAILABLE))]


def _quality(code: str) -> str:
    if code not in QUALITIES:
        return _(NOT_AVAILABLE)
    if code == "observed":
        return _("observed: published statistic")
    return _("estimated: modelled by its publisher, or by us") if code == "estimated" else label(QUALITIES, code)


def _unknown(part: dict) -> str:
    return _("n/a ({reason})", reason=reason_words(part["reason"]))


def _gap_facts(part: dict) -> list[tuple[str, str]]:
    value = _(
        "{persons} persons, {share} of {whole}",
        persons=format_persons(part["value"]),
        share=format_share(part["share"], 1),
        whole=format_persons(part["target_population"]),
    )
    year = str(part["year"])
    if pd.notna(part["coverage_year"]):
        year = _("{year}; rate of {observed} kept", year=year, observed=part["coverage_year"])
    rate, aim = (format_share(part[name], 2) for name in ("effective_coverage", "target_coverage"))
    return [
        (_("Value"), _unknown(part) if pd.isna(part["value"]) else value),
        (_("Year"), year),
        (_("Rule"), _("denominator: {rule}", rule=reason_words(part["rule"]))),
        (_("Formula"), _(GAP_RULES[part["part"]])),
        (_("Rates"), _("published {rate}, target {target} (chosen on the slider)", rate=rate, target=aim)),
        (_("Edition"), named(part["edition"]) or _(NOT_AVAILABLE)),
    ]


def _cost_facts(part: dict) -> list[tuple[str, str]]:
    share, persons = small_share(part["value"]), format_persons(part["persons"])
    value = _("{share} of GDP, {persons} persons reached", share=share, persons=persons)
    if part["persons"] == 0:
        value = _("not paid before {year}", year=int(part["start_year"]))
    target = _("target population: n/a")
    if pd.notna(part["target_population"]):
        whole = format_persons(part["target_population"])
        target = _("target population: {persons}, {rule}", persons=whole, rule=rule_words(part["rule"]))
    facts = [
        (_("Value"), _unknown(part) if pd.isna(part["value"]) else value),
        (_("Year"), str(part["year"])),
        (_("Rule"), target),
        (_("Formula"), _(COST_RULE)),
        (_("Assumptions"), join_clauses(_assumptions(part))),
    ]
    moved = [_(SLIDERS[name]) for name in part["changed"].split(";") if name]
    return [*facts, (_("Not as in the pack"), join_words(moved))] if moved else facts


def _assumptions(part: dict) -> list[str]:
    amount, growth = format_number(part["amount_central"], 2), label(INDEXINGS, part["indexing"])
    take_up = {
        "full": format_share(part["take_up_central"], 0),
        "full_year": int(part["full_year"]),
        "start": int(part["start_year"]),
    }
    months = _("{months} months a year", months=format_number(part["months"], 1))
    rate = format_share(part["admin_rate"], 1)
    return [
        _(BENEFITS[part["amount_basis"]], amount=amount, growth=growth),
        months,
        _("take-up {full} from {full_year} on, first payment {start}", **take_up)
        if pd.isna(part["share"])
        else _(
            "take-up {now} in {year}, {full} from {full_year} on, first payment {start}",
            now=format_share(part["share"], 0),
            year=part["year"],
            **take_up,
        ),
        _("administration {rate} of benefits", rate=rate)
        if part["admin_base"] == "benefits"
        else _("administration {rate} of gross expenditure", rate=rate),
    ]
