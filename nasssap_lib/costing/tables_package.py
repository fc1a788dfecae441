"""Tables of a package of options for readers: persons, cost gross and net, levels, stress cases."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from nasssap_lib.costing.combined import ALL, DISABLED_PENSIONERS
from nasssap_lib.costing.milestones import Milestones, options_in_year
from nasssap_lib.costing.ranges import TOTAL
from nasssap_lib.costing.stress import KEEPS, TYPED
from nasssap_lib.costing.tables import format_money, range_words, write_fine_share
from nasssap_lib.costing.words import write_level
from nasssap_lib.costing.words_package import signed_share
from nasssap_lib.costing.words_ranges import ASSUMPTIONS, CASES, UNITS, value_words
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_persons, format_share
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    write_code,
    write_name,
    write_persons,
    write_reason,
    write_text,
    write_year,
)
from nasssap_lib.display.texts import N_, _, reason_words
from nasssap_lib.reasons import join_reasons, reason, split_reasons
from nasssap_lib.rows import as_records

EXACT = {"months": "months_a_year", "start_year": "year", "full_year": "year"}  # columns of a pack's options → units
EXACT_NAMES = {"months": N_("Paid for"), "start_year": N_("First payment in"), "full_year": N_("Full take-up in")}
EXACT_UNITS = {"months_a_year": N_("months a year"), "year": N_("year")}
MILLION = 1e6
MONEY_ALONE = (
    "no_gdp",
    "no_gdp_per_head_to_state",
)  # reasons that concern money, and neither persons nor shares of GDP


def assumptions_table(assumptions: pd.DataFrame, measures: pd.DataFrame) -> ReportTable:
    """Every assumption of the package with its low, central and high value; months and years of each option, which are exact.

    Parameters
    ----------
    assumptions : result of ``costing.assumptions_of``
    measures : a pack's options
    """
    ends = ["low", "central", "high"]
    rows = assumptions[assumptions[ends].ne(0).any(axis=1) | (assumptions["option"] == "")]  # others assume nothing
    shown = rows.assign(
        **{end: [value_words(*pair) for pair in zip(rows["unit"], rows[end], strict=True)] for end in ends}
    )
    unknown = rows["unit"].eq("between_bounds") & rows["low"].eq(rows["high"])
    shown.loc[unknown, ["low", "high", "unit"]] = "", "", "without_bounds"
    shown["name"] = shown["name"].where(shown["option"] != "", _("All options"))
    exact = measures[measures["id"].isin(assumptions["option"])].rename(columns={"id": "option"})
    parts = [
        exact[["option", "name", "quality"]].assign(
            assumption=name, central=exact[name].map(_plain), unit=unit, low="", high=""
        )
        for name, unit in EXACT.items()
    ]
    order = {code: place for place, code in enumerate(assumptions["option"].unique())}
    shown = pd.concat([shown, *parts]).sort_values("option", key=lambda codes: codes.map(order), kind="stable")
    views = {
        "name": View(_("Option"), write_name),
        "assumption": View(_("Assumption"), write_code(ASSUMPTIONS | EXACT_NAMES)),
        "low": View(_("Low"), numeric=True),
        "central": View(_("Central"), write_text, "quality", True),
        "high": View(_("High"), numeric=True),
        "unit": View(_("In"), write_code(UNITS | EXACT_UNITS)),
    }
    return ReportTable(assumptions, _("What the costs assume"), views, shown)


def package_table(costs: pd.DataFrame, at: Milestones | None) -> ReportTable:
    """Persons and cost of each option when all have grown up and in the last year, gross and net; all years in its CSV.

    Parameters
    ----------
    costs : result of ``costing.cost_package``
    at : result of ``costing.milestones_of``; None: no years
    """
    if at is None:
        return ReportTable(costs, _("Persons and cost by year"))
    shown = options_in_year(costs, at.mature).copy()
    last, first = options_in_year(costs, at.last), options_in_year(costs, at.first)
    women, men = (options_in_year(costs, at.mature, sex)["persons"] for sex in ("female", "male"))
    shown["by_sex"] = [_women_and_men(*pair) for pair in zip(women, men, strict=True)]
    shown["instead"] = [
        _("replaces {share}", share=write_fine_share(value)) if value > 0 else "" for value in shown["replaced"]
    ]
    shown["twice"] = [
        _("{share} still under the old rules in {year}", share=write_fine_share(value), year=at.first)
        if value > 0
        else ""
        for value in first["double_payment"].reindex(shown.index)
    ]
    shown["reason"] = [_but_money(cell) for cell in shown["reason"]]
    for name in ("persons", "share_of_gdp", "net_share_of_gdp"):
        shown[f"last_{name}"] = last[name].reindex(shown.index)
    shown["last_net"] = [
        "" if net == gross or pd.isna(gross) else _("net {share}", share=write_fine_share(net))
        for net, gross in zip(shown["last_net_share_of_gdp"], shown["last_share_of_gdp"], strict=True)
    ]
    views = {
        "name": View(_("Option"), write_name),
        "persons": View(_("Persons in {year}", year=at.mature), write_persons, "quality", True, "by_sex"),
        "share_of_gdp": View(_("Cost in {year}, % of GDP", year=at.mature), write_fine_share, "quality", True, "twice"),
        "net_share_of_gdp": View(_("Net"), write_fine_share, "quality", True, "instead"),
    }
    if at.last > at.mature:
        views |= {
            "last_persons": View(_("Persons in {year}", year=at.last), write_persons, "quality", True),
            "last_share_of_gdp": View(
                _("Cost in {year}, % of GDP", year=at.last), write_fine_share, "quality", True, "last_net"
            ),
        }
    views["reason"] = View(_("What must be known"), write_reason, long=True)
    return ReportTable(costs, _("Persons and cost of each option, gross and net (options overlap: no total)"), views, shown)  # fmt: skip


def _plain(value: float) -> str:
    return f"{value:g}"


def _but_money(cell: str) -> str:
    """What must be known of persons and shares of GDP: why there is no money of a year stands with the money."""
    return join_reasons(*(reason(code, **values) for code, values in split_reasons(cell) if code not in MONEY_ALONE))


def _women_and_men(women: float, men: float) -> str:
    if pd.isna(women) or pd.isna(men) or not women or not men:
        return ""
    return _("female {women}, male {men}", women=format_persons(women), men=format_persons(men))


def money_table(costs: pd.DataFrame, at: Milestones | None, currency: str) -> ReportTable:
    """What each option costs in money in the last year whose economy was published, and in % of revenue.

    Parameters
    ----------
    costs : result of ``costing.cost_package``
    at : result of ``costing.milestones_of``
    currency : code of the national currency
    """
    known = costs[(costs["sex"] == "total") & costs["total"].notna()]
    if at is None or known.empty:
        return ReportTable(known[["option", "year", "total", "source"]], _("Cost in money"))
    year = int(known["year"].max())
    shown = options_in_year(costs, year).copy()
    for name in ("benefits", "administration", "total", "constant_prices", "usd"):
        shown[f"{name}_m"] = shown[name] / MILLION
    views = {
        "name": View(_("Option"), write_name),
        "benefits_m": View(_("Benefits"), format_money, numeric=True),
        "administration_m": View(_("Administration"), format_money, numeric=True),
        "total_m": View(_("Together, million {currency}", currency=currency), format_money, "quality", True),
        "constant_prices_m": View(_("at prices of the reference year"), format_money, numeric=True),
        "usd_m": View(_("million US$"), format_money, numeric=True),
        "share_of_revenue": View(_("% of government revenue"), write_fine_share, numeric=True),
    }
    return ReportTable(shown, _("Cost in money, {year}: the last year of the economy's source", year=year), views, shown)  # fmt: skip


def persons_table(costs: pd.DataFrame, years: Iterable[int]) -> ReportTable:
    """Persons reached by year, women and men apart.

    Parameters
    ----------
    costs : result of ``costing.cost_package``
    years : years that are shown, those of the costs among them
    """
    rows = costs[costs["year"].isin(list(years))]
    wide = rows.pivot(index="option", columns=["year", "sex"], values="persons").reindex(rows["option"].unique())
    shown = pd.DataFrame({"name": rows.drop_duplicates("option")["name"].to_numpy()})
    views = {"name": View(_("Option"), write_name)}
    for year in sorted(rows["year"].unique()):
        shown[f"all_{year}"] = wide[(year, "total")].to_numpy()
        shown[f"quality_{year}"] = options_in_year(rows, year)["quality"].to_numpy()
        shown[f"sexes_{year}"] = [
            _women_and_men(*pair) for pair in zip(wide[(year, "female")], wide[(year, "male")], strict=True)
        ]
        views[f"all_{year}"] = View(str(year), write_persons, f"quality_{year}", True, f"sexes_{year}")
    data = costs[["option", "name", "year", "sex", "persons", "quality", "source", "reason"]]
    return ReportTable(data, _("Persons reached by year"), views, shown)


def together_table(combined: pd.DataFrame, at: Milestones | None) -> ReportTable:
    """What options cost together, each person paid once by the first that reaches her; all years in its CSV.

    Parameters
    ----------
    combined : result of ``costing.combine_options``
    at : result of ``costing.milestones_of``
    """
    if at is None or combined.empty:
        return ReportTable(combined, _("Together, each person paid once"))
    shown = options_in_year(combined, at.mature).copy()
    shown["reason"] = [_but_money(cell) for cell in shown["reason"]]
    names = {ALL: _("Together"), DISABLED_PENSIONERS: _("Persons with disabilities at pension age, in both")}
    shown["name"] = [names.get(code, name) for code, name in zip(shown["option"], shown["name"], strict=True)]
    for name, ends, write in (
        ("persons", ("persons_low", "persons_high"), format_persons),
        ("share", ("share_low", "share_high"), write_fine_share),
    ):
        shown[f"{name}_range"] = [
            range_words(low, high, write) for low, high in zip(*(shown[end] for end in ends), strict=True)
        ]
    shown["paid"] = [
        "" if option == ALL else format_persons(value)  # persons of different options are no sum
        for option, value in zip(shown["option"], shown["persons"], strict=True)
    ]
    shown["paid_quality"] = shown["quality"].where(shown["paid"] != "", "")
    views = {
        "name": View(_("Who pays first stands first"), write_name),
        "paid": View(_("Persons in {year}", year=at.mature), write_text, "paid_quality", True, "persons_range"),
        "share_of_gdp": View(_("Cost, % of GDP"), write_fine_share, "quality", True, "share_range"),
        "net_share_of_gdp": View(_("Net"), write_fine_share, "quality", True),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(combined, _("Together, each person paid once"), views, shown)


def level_table(levels: pd.DataFrame, currency: str) -> ReportTable:
    """Levels beside GDP per head, the poverty line, the minimum wage and earnings of the same year.

    Parameters
    ----------
    levels : result of ``costing.level_checks``; a later year without money, in which a level is what it was, is in its CSV alone
    currency : code of the national currency
    """
    level = levels["level"].astype(float)  # of an empty table too
    moved = ~np.isclose(level, level.groupby(levels["option"]).transform("first"))
    shown = levels[levels["month"].notna() | moved | ~levels["option"].duplicated()]
    shown = shown.assign(
        high=[
            _("{level} (above 30 %, unusually high)", level=write_level(level)) if flag else write_level(level)
            for level, flag in zip(shown["level"], shown["flag"], strict=True)
        ]
    )
    views = {
        "name": View(_("Option"), write_name),
        "year": View(_("Year"), write_year, numeric=True),
        "high": View(_("Level, % of GDP per head"), write_text, "quality", True),
        "month": View(_("{currency} a month", currency=currency), format_money, numeric=True),
        "of_poverty_line": View(_("of the poverty line"), _write_worth, numeric=True),
        "of_minimum_wage": View(_("of the minimum wage"), _write_worth, numeric=True),
        "of_average_earnings": View(_("of average earnings"), _write_worth, numeric=True),
    }
    return ReportTable(levels, _("Is the level adequate, and can it be paid?"), views, shown)


def _write_worth(share) -> str:
    """A share as a whole percentage, below a tenth with one decimal."""
    return format_share(share, 1 if abs(share) < 0.1 else 0)


def stress_table(stress: pd.DataFrame, at: Milestones | None) -> ReportTable:
    """What each case does to the sum of the options; by option and year in its CSV.

    Parameters
    ----------
    stress : result of ``costing.stress_cases``
    at : result of ``costing.milestones_of``
    """
    if at is None or stress.empty:
        return ReportTable(stress, _("Cases that a ministry of finance asks for"))
    money = stress[stress["total"].notna()]
    year = int(min(at.mature, money["year"].max())) if len(money) else at.mature
    views = {"case": View(_("Case"), write_code(CASES))}
    sums = pd.DataFrame({"case": list(dict.fromkeys(stress["case"]))})
    for when in dict.fromkeys((at.first, year)):
        rows = stress[stress["year"] == when].groupby("case", sort=False)
        share, usd = (rows[name].sum(min_count=1) for name in ("share_of_gdp", "usd"))
        sums[f"share_{when}"], sums[f"usd_{when}"] = sums["case"].map(share), sums["case"].map(usd / MILLION)
        views |= {
            f"share_{when}": View(_("{year}, % of GDP", year=when), write_fine_share, numeric=True),
            f"usd_{when}": View(_("{year}, million US$", year=when), format_money, numeric=True),
        }
    typed = sums.set_index("case").loc[TYPED]
    sums["moves"] = ["" if row["case"] == TYPED else _moves(row, typed) for row in as_records(sums)]
    sums["keeps"] = [_keeps(stress.loc[stress["case"] == case, "reason"]) for case in sums["case"]]
    views |= {"moves": View(_("Against as assumed")), "keeps": View(_("What the case keeps"), long=True)}
    return ReportTable(stress, _("Cases that a ministry of finance asks for: all options that can be costed"), views, sums)  # fmt: skip


def _keeps(reasons: pd.Series) -> str:
    """Which drivers of the economy a case leaves as they are."""
    codes = [code for cell in reasons.unique() for code, _values in split_reasons(cell) if code in KEEPS.values()]
    return reason_words(join_reasons(*dict.fromkeys(codes)))


def _moves(row: dict, typed: pd.Series) -> str:
    """Whether the case moves the share of GDP, the money, or nothing that is shown."""
    moved = {
        name
        for name, value in row.items()
        if isinstance(value, float) and abs(value - typed[name]) > 1e-9 * abs(typed[name])
    }
    if any(name.startswith("share") for name in moved):
        return _("moves the share of GDP")
    return _("moves the money, not the share of GDP") if moved else _("moves nothing that is shown")


def bands_table(bands: pd.DataFrame, at: Milestones | None) -> ReportTable:
    """Between which ends nine of ten draws of each option lie, gross and net; all years in its CSV.

    Parameters
    ----------
    bands : result of ``costing.bands``
    at : result of ``costing.milestones_of``
    """
    if at is None:
        return ReportTable(bands, _("Nine of ten draws"))
    shown = bands[bands["year"].isin([at.mature, at.last])].copy()
    shown["name"] = [
        _("All that can be costed") if code == TOTAL else name
        for code, name in zip(shown["option"], shown["name"], strict=True)
    ]
    for name, low, high in (("gross", "low", "high"), ("net", "net_low", "net_high")):
        shown[name] = [
            range_words(*pair, write_fine_share) or write_fine_share(pair[0])
            for pair in zip(shown[low], shown[high], strict=True)
        ]
    shown["middle"] = [
        _("median {share}", share=write_fine_share(value)) if pd.notna(value) else "" for value in shown["central"]
    ]
    views = {
        "name": View(_("Option"), write_name),
        "year": View(_("Year"), write_year, numeric=True),
        "typed": View(_("At the central values, % of GDP"), write_fine_share, numeric=True),
        "gross": View(_("Nine of ten draws"), numeric=True, detail="middle"),
        "net": View(_("Net"), numeric=True),
    }
    return ReportTable(bands, _("Nine of ten draws within the assumed ranges: no probability"), views, shown)


def base_year_table(base: pd.DataFrame) -> ReportTable:
    """Today's members at the level of the option beside what the scheme was published to spend.

    Parameters
    ----------
    base : result of ``costing.base_year_against_outturn``
    """
    shown = base.assign(
        apart=[signed_share(value) if pd.notna(value) else _(NOT_AVAILABLE) for value in base["difference"]],
        spent_in=[write_year(year) for year in base["spent_year"]],
    )
    views = {
        "name": View(_("Option"), write_name),
        "persons": View(_("Members today"), write_persons, "quality", True),
        "projected": View(_("Their cost at the option's level, % of GDP"), write_fine_share, numeric=True),
        "spent": View(_("Published spending, % of GDP"), write_fine_share, numeric=True, detail="spent_in"),
        "apart": View(_("Model against published"), numeric=True),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(base, _("Does the base year meet what is spent?"), views, shown)
