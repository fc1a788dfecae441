"""Yardsticks: benefits against what people live on and earn, and what a country has beside its own money: aid and external debt."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.targets import value_at
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.schemes.contributions_and_benefits import benefit_levels
from nasssap_lib.schemes.gdp_per_head import gdp_per_head
from nasssap_lib.schemes.ratios import APART

YARDSTICKS = ("gdp_per_head", "poverty_line", "minimum_wage", "average_earnings", "ceiling")
WAGE_UNITS = (("minimum_wage_monthly", 12), ("minimum_wage_daily", 260), ("minimum_wage_hourly", 2080))
BESIDE = (  # indicator, what it is set against, times
    ("aid_social_protection", "gdp_current_usd", 1e-3), ("aid_total", "gdp_current_usd", 1e-3), ("external_debt", "gdp_current_usd", 1e-9),
    ("external_debt_service_exports", "", 0.01), ("external_debt_present_value_gni", "", 0.01), ("tax_revenue_gdp", "", 0.01),
    ("tax_and_contributions_gdp", "", 0.01), ("tax_structure", "", 0.01), ("average_earnings", "gdp_per_head_ppp_2021", 12.0),
)  # fmt: skip
LACKS = {"average_earnings": "no_product_in_dollars"}  # why it stands on nothing, where that is not GDP


@once_a_pack
def benefit_yardsticks(pack: Pack) -> pd.DataFrame:
    """What benefits are worth against GDP per head, the poverty line, minimum wage, average earnings, and the scheme's own ceiling.

    Returns
    -------
    table : scheme (id), short_name, measure, detail, year, recipient, yardstick (a code of ``YARDSTICKS``), share (0–1, of a year's
        yardstick), yardstick_year, quality, source, reason (why share is NaN); a row a benefit that is paid by time and yardstick

    Notes
    -----
    Benefit and yardstick are at most a year apart. A minimum wage of a day is 260 days, of an hour 2,080 hours a year. Average earnings
    that are published in international dollars only are taken as their share of GDP per head in the same dollars; whether the series is
    deflated was not read. A benefit of a household is set against a yardstick of one person: it is marked, not divided.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> rows = benefit_yardsticks(read_pack("ZMB")).query("scheme == 'sct' and detail == '' and yardstick == 'average_earnings'")
    >>> rows[["year", "yardstick_year"]].values.tolist()
    [[2021, 2021]]
    """
    levels = benefit_levels(pack)
    paid = levels[levels["payments"].notna() & ~levels["unit"].str.startswith("usd")].reset_index(drop=True)
    a_year = paid["value"] * paid["payments"].astype(float)
    heads = paid["gdp_per_head"].to_numpy(float)
    found = {
        "gdp_per_head": _yardstick(gdp_per_head(pack), paid["year"], 1.0, 0),
        "poverty_line": _yardstick(pack.series("national_poverty_line"), paid["year"], 1.0),
        "minimum_wage": minimum_wage_of(pack, paid["year"]),
        "average_earnings": _earnings(pack, paid["year"], heads),
        "ceiling": _ceilings(pack, paid),
    }
    tables = [
        paid[["scheme", "short_name", "measure", "detail", "year", "recipient"]].assign(
            yardstick=name,
            share=a_year.to_numpy() / table["value"].to_numpy(float),
            yardstick_year=table["year_used"].to_numpy(),
            quality=[weakest(filter(None, cells)) for cells in zip(paid["quality"], table["quality"], strict=True)],
            source=[join_sources(*filter(None, cells)) for cells in zip(paid["source"], table["source"], strict=True)],
            reason=[
                "" if pd.notna(value) else why
                for value, why in zip(table["value"], _why_none(pack, name, paid["year"]), strict=True)
            ],
        )
        for name, table in found.items()
    ]
    return pd.concat(tables, ignore_index=True).astype({"yardstick_year": "Int64"})


def _yardstick(series: pd.DataFrame, years: pd.Series, times: float, apart: int = APART) -> pd.DataFrame:
    """A yardstick a year near each year; NaN where the nearest is further away."""
    at = value_at(series, years)
    near = (at["year_used"].astype(float) - years.to_numpy(float)).abs() <= apart
    return at.assign(
        value=(at["value"].astype(float) * times).where(near & (at["value"] > 0)), year_used=at["year_used"].astype("Float64").where(near),
        quality=at["quality"].where(near, ""), source=at["source"].where(near, ""),
    )  # fmt: skip


def minimum_wage_of(pack: Pack, years: pd.Series) -> pd.DataFrame:
    """The general minimum wage a year near each year: by the month, else by the day or the hour.

    Returns
    -------
    table : value (national currency a year), year_used, quality, source
    """
    tables = [_yardstick(pack.series(name), years, times) for name, times in WAGE_UNITS]
    return tables[0].combine_first(tables[1]).combine_first(tables[2]) if len(years) else tables[0]


def _earnings(pack: Pack, years: pd.Series, heads: np.ndarray) -> pd.DataFrame:
    """Average earnings a year in national currency: as published, else by their share of GDP per head in international dollars."""
    own = _yardstick(pack.series("national_average_earnings"), years, 12.0)
    ratio = earnings_to_product(pack).query("sex == 'total'").rename(columns={"share": "value"})
    shares = _yardstick(ratio, years, 1.0)
    return own.combine_first(
        shares.assign(value=shares["value"] * heads, quality=shares["quality"].replace("observed", "estimated"))
    )


def _why_none(pack: Pack, yardstick: str, years: pd.Series) -> list[str]:
    """Why a yardstick has no value near each year: none was published, or earnings have no GDP per head in the same dollars."""
    published = pack.series("average_earnings")["year"] if yardstick == "average_earnings" else pd.Series(dtype=int)
    near = [published[(published - year).abs() <= APART] for year in years]
    return [reason("no_product_in_dollars", year=int(found.max())) if len(found) else "no_yardstick" for found in near]


def _ceilings(pack: Pack, paid: pd.DataFrame) -> pd.DataFrame:
    """The ceiling of a scheme's own contributory earnings a year, near each benefit's year."""
    figures = pack.scheme_figures[pack.scheme_figures["measure"].eq("ceiling") & pack.scheme_figures["detail"].eq("")]
    times = figures["unit"].map({"lcu_per_month": 12.0, "lcu_per_year": 1.0})
    figures = figures.assign(value=figures["value"] * times)[times.notna()]
    tables = [
        _yardstick(figures[figures["scheme"] == row.scheme], pd.Series([row.year]), 1.0) for row in paid.itertuples()
    ]
    return pd.concat(tables, ignore_index=True) if tables else _yardstick(figures.iloc[:0], paid["year"], 1.0)


@once_a_pack
def earnings_to_product(pack: Pack) -> pd.DataFrame:
    """Average earnings of employees as a share of GDP per head, both in international dollars of 2021, by sex and year.

    Returns
    -------
    table : sex, year, share (a year's earnings ÷ GDP per head of the same year), earnings (a month), quality, source

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> found = earnings_to_product(read_pack("ZMB")).query("sex == 'total' and year == 2023")
    >>> round(float(found["share"].iloc[0]), 2)
    1.56
    """
    heads = pack.series("gdp_per_head_ppp_2021")[["year", "value", "quality", "source"]]
    tables = [pack.series("average_earnings", sex=sex).assign(sex=sex) for sex in ("total", "female", "male")]
    both = pd.concat(tables, ignore_index=True).merge(heads, on="year", suffixes=("", "_head"))
    both = both[both["value_head"] > 0]
    return both.assign(
        share=both["value"] * 12 / both["value_head"], earnings=both["value"],
        quality=[weakest(cells) for cells in zip(both["quality"], both["quality_head"], strict=True)],
        source=[join_sources(*cells) for cells in zip(both["source"], both["source_head"], strict=True)],
    )[["sex", "year", "share", "earnings", "quality", "source"]]  # fmt: skip


@once_a_pack
def money_beside(pack: Pack) -> pd.DataFrame:
    """What stands beside a country's own money: aid, external debt and its service, taxes and where they come from, earnings.

    Returns
    -------
    table : what (indicator), part (breakdown, or a sex), year, value (as published), unit, share (0–1: of GDP, of exports, of gross
        national income, of all taxes; of earnings: of GDP per head), of_aid (share of all aid), quality, source, reason; the newest
        year of each up to the reference year, a row for each indicator also where nothing was published

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> aid = money_beside(read_pack("ZMB")).query("what == 'aid_social_protection'").iloc[0]
    >>> int(aid["year"]), round(float(aid["share"]) * 100, 3)
    (2022, 0.304)
    """
    now = pack.settings.reference_year
    rows = [row for what, base, times in BESIDE for row in _beside(pack, what, base, times, now)]
    table = pd.DataFrame(rows)
    whole = table.loc[table["what"].eq("aid_total")].set_index("year")["value"]
    mine = table["what"].eq("aid_social_protection") & table["value"].notna()
    of_aid = (table["value"] / table["year"].map(whole).astype(float)).where(mine)
    return table.assign(of_aid=of_aid).astype({"year": "Int64", "value": "float64", "share": "float64"})[
        ["what", "part", "year", "value", "unit", "share", "of_aid", "quality", "source", "reason"]
    ]


def _beside(pack: Pack, what: str, base: str, times: float, now: int) -> list[dict]:
    sex = None if what == "average_earnings" else "total"
    found = pack.latest(what, sex=sex, breakdown=None if what == "tax_structure" else "", year=now)
    if found.empty:
        nothing = {"part": "", "year": pd.NA, "value": np.nan, "unit": "", "share": np.nan, "quality": "", "source": ""}
        return [nothing | {"what": what, "reason": "not_found"}]
    series = pack.series(base).set_index("year") if base else pd.DataFrame()
    return [_beside_row(row, what, series, times, bool(base)) for _, row in found.iterrows()]


def _beside_row(row: pd.Series, what: str, series: pd.DataFrame, times: float, based: bool) -> dict:
    known = not based or (row["year"] in series.index and series.loc[row["year"], "value"] > 0)
    below = [series.loc[row["year"]]] if based and known else []
    share = row["value"] * times / (below[0]["value"] if below else 1.0)
    quality = weakest([row["quality"], *(cell["quality"] for cell in below)])
    part = row["sex"] if what == "average_earnings" else row["breakdown"]
    return {
        "what": what, "part": part, "year": row["year"], "value": row["value"], "unit": row["unit"],
        "share": share if known else np.nan, "quality": quality,
        "source": join_sources(row["source"], *(cell["source"] for cell in below)),
        "reason": "" if known else reason(LACKS.get(what, "no_gdp"), year=int(row["year"])),
    }  # fmt: skip


def ratio_of_year(pack: Pack, indicator: str, base: str, year: int, times: float = 1.0) -> float:
    """One indicator of a year over another one of the same year; NaN where either lacks.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> round(ratio_of_year(read_pack("RWA"), "aid_social_protection", "gdp_current_usd", 2022, 1e-3) * 100, 3)
    0.724
    """
    first, second = (pack.series(name).set_index("year")["value"] for name in (indicator, base))
    known = year in first.index and year in second.index and second[year] > 0
    return float(first[year] * times / second[year]) if known else float("nan")
