"""Consistency: contradictions that the figures show by themselves, found by rules over the pack, never typed in for a country.

A contradiction is no error of the country: it is a place where the report must not draw a trend, add, or compare before somebody has asked.
"""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack, in_edition_order
from nasssap_lib.population.targets import persons_in
from nasssap_lib.provenance import join_sources
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.schemes.registers import outgrown_rates
from nasssap_lib.schemes.spending import PRINTED_TOTAL, national_spending, parts_differ
from nasssap_lib.stocktaking.doubts import (
    SCHEME_FIGURE_KEY,
    marked_figures,
    odd_figures,
    published_figure,
    scheme_figure,
    subject_of,
    with_origin,
    zero_though_listed,
)

KINDS = (
    "revised",
    "jump",
    "above_employees",
    "competing",
    "outgrown",
    "parts",
    "poverty_line",
    "zero_though_listed",
    "marked",
    "odd",
)
COLUMNS = [
    "kind", "subject", "figure", "first", "second", "unit", "years", "explanation", "what_to_do", "quality", "source",
]  # fmt: skip

REVISION_SHARE, REVISION_POINTS = 0.03, 1.0  # two sources differ by more than 3 % and by more than one percentage point
JUMP_YEARS, JUMP_FACTOR, JUMP_FACTOR_POINTS, JUMP_POINTS = 5, 2.0, 3.0, 20.0
LINE_SHARE = 0.1
SERIES = {  # series in which a jump would be read as progress or loss
    "effective_coverage": None, "aspire_coverage_all": "total", "aspire_coverage_social_assistance": "total",
    "aspire_coverage_social_insurance": "total", "health_insurance_coverage": "total", "poverty_headcount": "total",
}  # fmt: skip


def contradictions(pack: Pack) -> pd.DataFrame:
    """Figures of one subject that cannot stand side by side without a question to their publisher.

    Returns
    -------
    table : kind (a code of ``KINDS``), subject (code of a group, branch or subject, or the short name of a scheme), figure (a reason
        cell), first, second (in ``unit``; second NaN where one figure is in doubt by itself), unit, years ("" where not dated),
        explanation, what_to_do (reason cells), quality, source

    * revised: one observation (indicator, group, sex, breakdown, year), two sources, values that differ by more than 3 % and by more
      than one percentage point; ``second`` is the one that is used (the newer edition)
    * jump: two observations of one edition at most five years apart that differ by 20 points, or by a factor of 2 and 3 points
    * above_employees: rate × employed persons is more than employed persons × wage share; both in persons
    * competing: one scheme, measure, detail and year, and two values
    * outgrown: a rate, and a register of its branch that has grown by more than half since, see ``schemes.outgrown_rates``; first and
      second are the counts of the register
    * parts: a printed share of GDP against its printed parts ÷ GDP of the year, more than 3 % and more than rounding apart
    * poverty_line: the official line against the one derived from the line in international dollars (× purchasing power parity × consumer
      prices × 365), more than 10 % apart; or two official lines of one year
    * zero_though_listed: 0 % in law, and an active scheme of the branch in the inventory
    * odd: what ``nasssap check`` doubts in a figure by itself, see ``pack.plausible``; figures of one kind are one row
    * marked: the note of the figure itself says misprint, another figure, not to be drawn

    Notes
    -----
    A jump is no proof: economies change too. What is asked is whether survey, method or definition changed in between.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> contradictions(read_pack("TZA"))[["kind", "first", "second", "years"]].values.tolist()[0]
    ['revised', 4.0, 14.0, '2019']
    """
    rules = (
        _revised, _jumps, _above_employees, _competing_counts, _outgrown, _parts, _poverty_lines, zero_though_listed,
        marked_figures, odd_figures,
    )  # fmt: skip
    rows = [row for rule in rules for row in rule(pack)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _about(kind: str, pack: Pack, row: pd.Series, first: float, second: float) -> dict:
    """The columns of a contradiction that follow from the figure that is used."""
    return {
        "kind": kind,
        "subject": subject_of(row),
        "figure": published_figure(pack, row),
        "first": float(first),
        "second": float(second),
        "unit": row["unit"],
        "years": str(row["year"]),
    }


def _revised(pack: Pack) -> list[dict]:
    facts = pack.facts[pack.facts["area"] == ""]
    key = [*terms.SERIES_KEY, "year"]
    several = facts[facts.duplicated(key, keep=False)]
    groups = in_edition_order(several, pack.sources).groupby(key, sort=False)
    return [_revised_row(pack, same) for _, same in groups if _differ(*_ends(same))]


def _ends(same: pd.DataFrame) -> tuple[float, float, bool]:
    return same["value"].iat[0], same["value"].iat[-1], same["unit"].iat[0] == "percent"


def _revised_row(pack: Pack, same: pd.DataFrame) -> dict:
    old, used = same.iloc[0], same.iloc[-1]
    names = pack.sources.set_index("id")
    first, second = (names.loc[row["source"].split(";")[0]] for row in (old, used))
    about = _about("revised", pack, used, old["value"], used["value"]) | {
        "explanation": reason(
            "two_figures",
            first_source=first["short"] or first["publisher"],
            first=_rounded(old["value"], 4),
            second_source=second["short"] or second["publisher"],
            second=_rounded(used["value"], 4),
        ),
        "what_to_do": "ask_method",
    }
    return with_origin(about, same)


def _rounded(value: float, digits: int) -> float:
    """A number for an explanation."""
    return float(f"{value:.{digits}g}")


def _differ(first: float, second: float, percent: bool) -> bool:
    """Whether two readings of one observation differ by more than rounding.

    Examples
    --------
    >>> _differ(4, 14, True), _differ(49.9, 49.88, True), _differ(2.7, 3.3, True)
    (True, False, False)
    """
    apart, largest = abs(first - second), max(abs(first), abs(second))
    return apart > REVISION_SHARE * largest and (apart > REVISION_POINTS or not percent)


def is_jump(before: float, after: float, years: int) -> bool:
    """Whether a share in percent moved more in so few years than a scheme or an economy usually does.

    Examples
    --------
    >>> is_jump(51.5, 100, 2), is_jump(6.5, 3.1, 3), is_jump(14, 11.4, 2), is_jump(10, 40, 12)
    (True, True, False, False)
    """
    low, high = sorted((before, after))
    far = high - low >= JUMP_POINTS or (high >= JUMP_FACTOR * low and high - low >= JUMP_FACTOR_POINTS)
    return 0 < years <= JUMP_YEARS and bool(far)


def _jumps(pack: Pack) -> list[dict]:
    rows = []
    for indicator, group in SERIES.items():
        breakdown = "line=national" if indicator == "poverty_headcount" else ""
        for newest in pack.latest(indicator, group, None, breakdown).itertuples():
            rows += _jumps_in(pack, pack.series(indicator, newest.group, newest.sex, breakdown))
    return rows


def _jumps_in(pack: Pack, series: pd.DataFrame) -> list[dict]:
    pairs = [series.iloc[at - 1 : at + 1] for at in range(1, len(series))]
    return [_jump_row(pack, pair) for pair in pairs if is_jump(*pair["value"], int(pair["year"].diff().iat[1]))]


def _jump_row(pack: Pack, pair: pd.DataFrame) -> dict:
    before, after = pair.iloc[0], pair.iloc[1]
    change, everybody = after["value"] - before["value"], after["value"] == 100
    points, years = float(f"{abs(change):.3g}"), int(after["year"] - before["year"])
    moved = reason("points_more" if change > 0 else "points_less", points=points, years=years)
    about = _about("jump", pack, after, before["value"], after["value"]) | {
        "years": f"{before['year']}, {after['year']}",
        "explanation": join_reasons(moved, "full_coverage" if everybody else ""),
        "what_to_do": "ask_survey_draw_no_100" if everybody else "ask_survey",
    }
    return with_origin(about, pair)


def _above_employees(pack: Pack) -> list[dict]:
    """Employment injury: covered = rate × employed; employees = employed × wage share, of the same year."""
    rate = pack.latest("effective_coverage", "employment_injury")
    year = int(rate["year"].iat[0]) if len(rate) else 0
    ratio, wage = (_in_year(pack, name, year) for name in ("employment_to_population_ratio", "wage_and_salaried_share"))
    adults = persons_in(pack, [year], 15)
    if rate.empty or ratio.empty or wage.empty or adults["persons"].isna().any():
        return []
    covered_share, wage_share = rate["value"].iat[0], wage["value"].iat[0]
    employed = adults["persons"].iat[0] * ratio["value"].iat[0] / 100
    if not 0 < wage_share < covered_share:
        return []
    about = _about(
        "above_employees", pack, rate.iloc[0], employed * covered_share / 100, employed * wage_share / 100
    ) | {
        "figure": "injury_and_employees",
        "unit": "persons",
        "explanation": reason(
            "above_employees",
            covered=_rounded(covered_share, 6),
            employees=_rounded(wage_share, 3),
            percent=_rounded(covered_share / wage_share * 100, 4),
        ),
        "what_to_do": "ask_who_is_counted",
    }
    return [with_origin(about, pd.concat([rate, ratio, wage, adults]))]


def _in_year(pack: Pack, indicator: str, year: int) -> pd.DataFrame:
    series = pack.series(indicator)
    return series[series["year"] == year]


def _competing_counts(pack: Pack) -> list[dict]:
    """Two values of one scheme, measure, detail and year; counts of the years beside it stand in the explanation."""
    groups = pack.scheme_figures.groupby(SCHEME_FIGURE_KEY, sort=False)
    return [_competing(pack, same) for _, same in groups if same["value"].nunique() > 1]


def _competing(pack: Pack, same: pd.DataFrame) -> dict:
    first, figures = same.iloc[0], pack.scheme_figures
    about = ["scheme", "measure", "detail", "unit"]
    series = figures[(figures[about] == first[about]).all(axis=1)]
    near = series[(series["year"] - first["year"]).abs() == 1]
    counts = same.drop_duplicates("value")
    subject, figure = scheme_figure(pack, first)
    told = pd.concat([counts, near]).itertuples()
    row = {
        "kind": "competing",
        "subject": subject,
        "figure": figure,
        "first": counts["value"].iat[0],
        "second": counts["value"].iat[1],
        "unit": first["unit"],
        "years": str(first["year"]),
        "explanation": join_reasons(*(reason("count_of_year", count=float(x.value), year=x.year) for x in told)),
        "what_to_do": "ask_register",
    }
    return with_origin(row, pd.concat([same, near]))


def _outgrown(pack: Pack) -> list[dict]:
    return [_outgrown_row(pack, row) for _, row in outgrown_rates(pack).iterrows()]


def _outgrown_row(pack: Pack, row: pd.Series) -> dict:
    fact = pack.latest(
        row["indicator"], row["group"], terms.sex_of(row["group"]), year=pack.settings.reference_year
    ).iloc[0]
    counts = {name: row[name] for name in ("first", "last", "first_year", "last_year")}
    return _about("outgrown", pack, fact, row["first"], row["last"]) | {
        "unit": row["counted_in"] if row["counted_in"] in terms.UNITS else "persons",
        "explanation": join_reasons(
            reason("register_outgrew", rate=_rounded(row["rate"], 3), scheme=row["short_name"], **counts),
            reason("its_note", note=row["note"]) if row["note"] else "",
        ),
        "what_to_do": "use_register",
        "quality": row["quality"],
        "source": row["source"],
    }


def _parts(pack: Pack) -> list[dict]:
    """A printed share of GDP, and the parts that its source prints beside it."""
    told = national_spending(pack).set_index("what")
    both = [name for name in (PRINTED_TOTAL, "sum_of_parts") if name in told.index]
    if len(both) < 2 or told["year"][both].nunique() > 1:
        return []
    printed, summed = (told.loc[name] for name in both)
    first, second = printed["share"] * 100, summed["share"] * 100
    if not parts_differ(printed["share"], summed["share"]):
        return []
    fact = pack.latest(PRINTED_TOTAL, year=pack.settings.reference_year).iloc[0]
    about = _about("parts", pack, fact, first, second) | {
        "explanation": reason(
            "parts_of_gdp",
            parts=[float(part) for part in summed["parts"].split(" + ")],
            gdp=_rounded(summed["gdp"], 5),
            percent=_rounded(second, 3),
        ),
        "what_to_do": "ask_parts",
    }
    return [with_origin(about, pd.DataFrame([printed, summed]))]


def _poverty_lines(pack: Pack) -> list[dict]:
    official = pack.latest("national_poverty_line", breakdown=None)
    main, others = official[official["breakdown"] == ""], official[official["breakdown"] != ""]
    derived = [row for _, line in main.iterrows() if (row := _derived_line(pack, line))]
    both = main.merge(others[["year", "breakdown", "value", "source"]], on="year", suffixes=("", "_other"))
    return derived + [_second_line(pack, row) for _, row in both.iterrows()]


def _second_line(pack: Pack, row: pd.Series) -> dict:
    about = _about("poverty_line", pack, row, row["value"], row["value_other"]) | {
        "figure": "poverty_lines",
        "explanation": reason("two_lines", line=row["breakdown_other"]),
        "what_to_do": "name_line",
    }
    return about | {"quality": row["quality"], "source": join_sources(row["source"], row["source_other"])}


def _derived_line(pack: Pack, line: pd.Series) -> dict | None:
    """The official line beside the one derived from international dollars of 2017, in national currency of its year."""
    names = ("national_poverty_line_harmonised", "ppp_factor_2017", "consumer_price_index")
    parts = [pack.series(name) for name in names]
    prices = parts[2].set_index("year")["value"]
    if any(part.empty for part in parts) or not {2017, line["year"]} <= set(prices[prices > 0].index):
        return None
    dollars, parity = (part["value"].iat[-1] for part in parts[:2])
    derived = dollars * parity * 365 * prices[line["year"]] / prices[2017]
    if abs(derived - line["value"]) <= LINE_SHARE * line["value"]:
        return None
    about = _about("poverty_line", pack, line, line["value"], derived) | {
        "figure": "poverty_line_derived",
        "explanation": reason("line_from_dollars", dollars=_rounded(dollars, 6), parity=_rounded(parity, 4)),
        "what_to_do": "use_published_line",
    }
    return with_origin(about, pd.concat([line.to_frame().T, *(part.tail(1) for part in parts)]))
