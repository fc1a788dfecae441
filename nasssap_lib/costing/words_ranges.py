"""Sentences on ranges of cost: bands, what moves a cost most, and stress cases."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.costing.words import quoted
from nasssap_lib.display.numbers import format_number, format_share
from nasssap_lib.display.texts import N_, _, join_sentences, label, ngettext
from nasssap_lib.display.words import small_first, small_share

ASSUMPTIONS = {
    "amount": N_("Level of the benefit"),
    "take_up": N_("Take-up"),
    "start": N_("First payment"),
    "build_up": N_("Time to full take-up"),
    "inclusion_error": N_("Errors of inclusion"),
    "administration": N_("Administration"),
    "population": N_("Population"),
    "indexation": N_("Indexation"),
}
UNITS = {
    "gdp_per_head": N_("% of GDP per head"),
    "lcu_per_month": N_("national currency a month"),
    "poverty_line": N_("% of the poverty line"),
    "minimum_wage": N_("% of the minimum wage"),
    "average_earnings": N_("% of average earnings"),
    "share": N_("share"),
    "share_of_benefits": N_("share of benefits"),
    "share_of_gross": N_("share of gross expenditure"),
    "years": N_("years later or earlier"),
    "factor": N_("all persons, against the medium"),
    "between_bounds": N_("projection by its publisher"),
    "without_bounds": N_("projection: its publisher gives no bounds"),
    "share_a_year": N_("a year, beyond the index"),
}
# places of a population, see ``costing.assumptions_of``
BOUNDS = {-1.0: N_("lower bound"), 0.0: N_("medium variant"), 1.0: N_("upper bound")}
CASES = {
    "as_typed": N_("As assumed"),
    "growth_lower": N_("Growth two points a year lower"),
    "inflation_doubled": N_("Inflation doubled"),
    "currency_down": N_("Currency down by 30 %"),
    "take_up_at_once": N_("Full take-up at once"),
}
MINUS = "\N{MINUS SIGN}"


def fine_share(share: float, largest: float) -> str:
    """A share of GDP with as many decimals as the largest one beside it needs.

    Examples
    --------
    >>> fine_share(0.0123, 0.02), fine_share(0.00012, 0.0004), fine_share(0.000012, 0.00004)
    ('1.23\\xa0%', '0.012\\xa0%', '0.0012\\xa0%')
    """
    decimals = next((count for count, least in ((2, 1e-3), (3, 1e-4)) if largest >= least), 4)
    return format_share(share, decimals)


def value_words(unit: str, value: float) -> str:
    """A value of an assumption as it stands at the end of a bar.

    Examples
    --------
    >>> value_words("gdp_per_head", 7.0), value_words("share", 0.85), value_words("factor", 0.97), value_words("years", -2.0)
    ('7', '85\\xa0%', '−3\\xa0%', '−2')
    """
    if unit == "between_bounds" and value in BOUNDS:
        return label(BOUNDS, value)
    if unit in ("share", "share_of_benefits", "share_of_gross"):
        return format_share(value, 1)
    if unit in ("factor", "share_a_year"):
        share = value - 1 if unit == "factor" else value
        return _signed(format_share(abs(share), 1), share)
    if unit == "years":
        return _signed(format_number(abs(value), 0), value)
    return format_number(value, 2)


def _signed(words: str, value: float) -> str:
    return words if np.isclose(value, 0) else f"{'+' if value > 0 else MINUS}{words}"


def bands_title(bands: pd.DataFrame, country_name: str) -> str:
    """Title of the cost by year: between which ends it lies in the last year that is known.

    Parameters
    ----------
    bands : rows of one option, or of all together, of ``costing.bands``
    """
    known = bands.dropna(subset=["low"])
    if known.empty:
        return _("{country}: what it would cost is not known", country=country_name)
    row = known.iloc[-1]
    values = {
        "country": country_name,
        "year": int(row["year"]),
        "low": fine_share(row["low"], row["high"]),
        "high": fine_share(row["high"], row["high"]),
    }
    if row["option"] == "total":
        return _("{country}: all options together would cost {low} to {high} of GDP in {year}", **values)
    (name,) = quoted([row["name"]])
    return _("{country}: {name} would cost {low} to {high} of GDP in {year}", name=name, **values)  # fmt: skip


def tornado_title(tornado: pd.DataFrame) -> str:
    """Title of a tornado: what moves the cost most, and between which ends.

    Parameters
    ----------
    tornado : result of ``costing.tornado``
    """
    if tornado.empty:
        return _("No assumption moves the cost: none has a range, or the cost is not known")
    row = tornado.iloc[0]
    low, high = sorted([row["cost_low"], row["cost_high"]])
    (name,) = quoted([row["name"]])
    return _(
        "{name}: the assumption that weighs most is {assumption}: {low} to {high} of GDP",
        name=name, assumption=small_first(label(ASSUMPTIONS, row["assumption"])), low=fine_share(low, high), high=fine_share(high, high),
    )  # fmt: skip


def share_of_draws_sentence(share: float, at_most: float, year: int) -> str:
    """How many draws lie below a ceiling: under the typed ranges, and no probability.

    Examples
    --------
    >>> share_of_draws_sentence(0.873, 0.01, 2030)[:67]
    'In 2030, 87\\xa0% of the draws within the assumed ranges cost at most 1'
    """
    if pd.isna(share):
        return _("Which share of the draws lies below a ceiling is not known.")
    return _(
        "In {year}, {share} of the draws within the assumed ranges cost at most {ceiling} of GDP. This is no probability: the "
        "ranges are assumptions.",
        year=year, share=format_share(share, 0), ceiling=format_share(at_most, 2),
    )  # fmt: skip


def case_sentence(stress: pd.DataFrame, year: int) -> str:
    """Which case raises the cost of all options most in a year, and how many options' share of GDP no case of the economy moves.

    Parameters
    ----------
    stress : result of ``costing.stress_cases``
    """
    rows = stress[(stress["year"] == year) & stress["share_of_gdp"].notna()]
    if rows.empty:
        return _("What the cases change is not known: no option can be costed.")
    sums = rows.groupby("case", sort=False)["share_of_gdp"].sum()
    worst = sums.drop("as_typed").idxmax()
    still = rows[rows["case"].isin(["growth_lower", "inflation_doubled"])]
    still = still[still["unmoved"].str.split(";").map(lambda names: "share_of_gdp" in names)]
    kept = set(still["option"])
    first = _(
        "Of the cases, this one costs most in {year}: {case}, {share} of GDP instead of {typed}.",
        year=year, case=label(CASES, worst), share=small_share(sums[worst]), typed=small_share(sums["as_typed"]),
    )  # fmt: skip
    if small_share(sums[worst]) == small_share(sums["as_typed"]):
        first = _("No case raises the cost in % of GDP in {year} by as much as is shown.", year=year)
    second = ngettext(
        "The share of GDP of {n} option follows GDP per head: lower growth and inflation move its currency, not its share.",
        "The shares of GDP of {n} options follow GDP per head: lower growth and inflation move their currency, not their share.",
        len(kept),
        n=len(kept),
    )
    return join_sentences([first, second if kept else ""])
