"""Sentences on coverage and gaps."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_persons, format_share, people_in_words
from nasssap_lib.display.words import capital, counted, join_words
from nasssap_lib.terms import COVERAGE_GROUPS

NO_RATE = "for {place} no rate of persons with at least one benefit was published"


def _row(gaps: pd.DataFrame, group: str, sex: str = "total") -> pd.Series:
    rows = gaps[(gaps["group"] == group) & (gaps["sex"] == sex) & gaps["primary"]]
    return rows.iloc[0]


def headline_title(gaps: pd.DataFrame, place: str) -> str:
    """Title of the headline bar.

    Parameters
    ----------
    gaps : result of ``coverage.coverage_gaps``
    place : name of the country
    """
    row = _row(gaps, "at_least_one")
    if pd.isna(row["gap_share"]):
        return capital(NO_RATE.format(place=place))
    return f"{capital(people_in_words(row['gap_share'], f'people in {place}'))} have no cash benefit at all"


def headline_sentence(gaps: pd.DataFrame, place: str) -> str:
    """One sentence on at least one benefit: persons, share, year, and what is not counted."""
    row = _row(gaps, "at_least_one")
    if pd.isna(row["effective_coverage"]):
        return f"{capital(NO_RATE.format(place=place))}."
    covered = format_share(row["effective_coverage"], 1)
    gap, now = format_persons(row["gap"]), format_persons(row["gap_nowcast"])
    return (
        f"In {row['coverage_year']}, {covered} of the population of {place} received at least one cash benefit or contributed to a "
        f"scheme; {gap} people did not. If the rate has stayed as it was, {now} people are without in {row['nowcast_year']} (estimated)."
    )


def evidence_sentence(gaps: pd.DataFrame, this_year: int) -> str:
    """How old the rates are and for how many groups the gap is unknown: what the chapter can and cannot say."""
    rows = gaps[gaps["primary"] & ((gaps["sex"] == "total") | (gaps["group"] == "mothers"))]
    known = rows["effective_coverage"].notna()
    old = int((rows.loc[known, "coverage_year"].astype("int64") < this_year - 5).sum())
    parts = [
        f"{old} of {len(rows)} groups {'rests' if old == 1 else 'rest'} on observations older than five years",
        counted(int((~known).sum()), "{n} has no published rate", "{n} have no published rate"),
        counted(int(rows["gap"].isna().sum()), "{n} has no gap in persons", "{n} have no gap in persons"),
    ]
    verify = int(rows["flag"].isin(["to_verify", "over_100"]).sum())
    parts += [f"{verify} to be verified"] if verify else []
    return f"What this chapter can and cannot say: {join_words(parts)}."


def key_figures(gaps: pd.DataFrame) -> list[tuple[str, str]]:
    """Two or three figures that matter, each with its words: persons without any benefit, the rate, mothers or older persons."""
    row = _row(gaps, "at_least_one")
    if pd.isna(row["effective_coverage"]):
        return []
    figures = [
        (format_persons(row["gap"]), f"people without any cash benefit, {row['coverage_year']}"),
        (
            format_share(row["effective_coverage"], 1),
            f"have at least one cash benefit or contribute, {row['coverage_year']}",
        ),
    ]
    words = {
        "mothers": "of women giving birth receive a maternity benefit",
        "older_persons": "of older persons receive a pension",
    }
    for group, sex in (("mothers", "female"), ("older_persons", "total")):
        further = _row(gaps, group, sex)
        if not pd.isna(further["effective_coverage"]) and not further["flag"] and len(figures) < 3:
            figures.append(
                (
                    format_share(further["effective_coverage"], 1),
                    f"{words[group]}, {further['coverage_year']}",
                )
            )
    return figures


def coverage_title(gaps: pd.DataFrame, place: str) -> str:
    """Title of the dot plot: which groups are reached most and least among those that can be drawn."""
    drawn = gaps[gaps["primary"] & gaps["effective_coverage"].notna() & ~gaps["flag"].isin(["to_verify", "over_100"])]
    drawn = drawn[(drawn["group"] != "at_least_one") & ((drawn["sex"] == "total") | (drawn["group"] == "mothers"))]
    if drawn.empty:
        return f"No coverage by group was published for {place}"
    best = drawn.loc[drawn["effective_coverage"].idxmax()]
    name = COVERAGE_GROUPS[best["group"]].split(",")[0].lower()
    share = format_share(best["effective_coverage"])
    zero = drawn[drawn["flag"] == "legal_zero"]
    tail = "; the unemployed have no scheme in law" if "unemployed" in set(zero["group"]) else ""
    return f"{place} reaches {name} most, at {share}{tail}"


def gap_sentence(gaps: pd.DataFrame) -> str:
    """How many groups have a gap in persons, and for which it cannot be given."""
    rows = gaps[gaps["primary"] & ((gaps["sex"] == "total") | (gaps["group"] == "mothers"))]
    known = rows["gap"].notna()
    missing = [COVERAGE_GROUPS[group].split(",")[0].lower() for group in rows.loc[~known, "group"]]
    text = f"A gap in persons can be given for {int(known.sum())} of {len(rows)} groups."
    return text + (f" It cannot for {join_words(missing)}: the table says why." if missing else "")


def projection_title(projection: pd.DataFrame, place: str) -> str:
    """Title of the status quo projection."""
    rows = projection[(projection["group"] == "at_least_one") & (projection["sex"] == "total")]
    last = rows[rows["year"] == rows["year"].max()]["gap"]
    if last.isna().any() or last.empty:
        return f"No projection of the gap can be made for {place}"
    low, high = format_persons(last.min()), format_persons(last.max())
    return f"Without any extension, {low} to {high} people in {place} are not covered in {rows['year'].max()}"


def by_sex(gaps: pd.DataFrame) -> pd.DataFrame:
    """Rates of women and men of groups that have both, a zero in law left out.

    Returns
    -------
    table : index group; female, male (shares), year
    """
    rows = gaps[gaps["primary"] & gaps["sex"].isin(["female", "male"]) & (gaps["group"] != "mothers")]
    rows = rows[(rows["flag"] != "legal_zero") & rows["effective_coverage"].notna()]
    wide = rows.pivot_table(index="group", columns="sex", values="effective_coverage").reindex(
        columns=["female", "male"]
    )
    years = rows.groupby("group")["coverage_year"].agg(["min", "max"])
    wide = wide.join(years[years["min"] == years["max"]]["min"].rename("year")).dropna()
    return wide.reindex([group for group in COVERAGE_GROUPS if group in wide.index])


def sex_title(gaps: pd.DataFrame, place: str) -> str:
    """Title of the picture of women and men."""
    wide = by_sex(gaps)
    if wide.empty:
        return f"No coverage of women and men was published for {place}"
    names = [COVERAGE_GROUPS[group].split(",")[0].lower() for group in wide.index[wide["female"] < wide["male"]]]
    if (wide["female"] == wide["male"]).all():
        return f"Published rates of women and men do not differ in {place}"
    return (
        f"{place}: women are reached less than men among {join_words(names)}"
        if names
        else f"{place}: women are reached at least as often as men"
    )


def sex_sentence(gaps: pd.DataFrame, place: str) -> str:
    """Whether rates of women and men were published, and for which groups."""
    wide = by_sex(gaps)
    if wide.empty:
        return f"For {place} no rate of women and men was published except where no scheme exists in law."
    names = [COVERAGE_GROUPS[group].split(",")[0].lower() for group in wide.index]
    return f"Rates of women and men were published for {join_words(names)}."


def law_and_fact_title(parts: pd.DataFrame, place: str) -> str:
    """Title of the bar of employment injury by law and fact."""
    share = parts.set_index("status")["share"]
    largest = share.idxmax()
    words = {
        "covered in fact": "are covered against employment injury",
        "covered by law, not in fact": "are covered against employment injury by law, not in fact",
        "not covered by law": "are outside the law on employment injury",
    }
    return f"{capital(people_in_words(share[largest], f'employed persons in {place}'))} {words[largest]}"


def law_and_fact_sentence(parts: pd.DataFrame) -> str:
    """The three parts in words, or why they cannot be given."""
    reasons = [reason for reason in parts["reason"].unique() if reason]
    if reasons:
        return f"The decomposition cannot be given in full: {reasons[0]}."
    share = parts.set_index("status")["share"]
    return (
        f"Of all employed persons, {format_share(share['not covered by law'])} work outside the law, and "
        f"{format_share(share['covered by law, not in fact'])} are named by the law but not covered in fact: the first is a question of "
        "legislation, the second of compliance."
    )


def c102_sentence(comparison: pd.DataFrame, place: str) -> str:
    """Employment injury beside Part VI of Convention No. 102, as an indication."""
    row = comparison.set_index("branch").loc["employment_injury"]
    if pd.isna(row["covered"]):
        return f"For {place} no part of Convention No. 102 can be set beside a published rate: {row['reason']}."
    text = (
        f"As an indication only: persons covered against employment injury were {format_share(row['covered'])} of all employees in "
        f"{row['year']}; Part VI asks for {format_share(row['minimum'])}."
    )
    return text + (f" The figure is {row['reason']}." if row["reason"] else "")


def quintile_title(quintiles: pd.DataFrame, place: str) -> str:
    """Title of the bars by quintile."""
    share = quintiles.set_index("quintile")["coverage"]
    if pd.isna(share["q1"]) or pd.isna(share["q5"]):
        return f"Coverage of social assistance by quintile is not published in full for {place}"
    poorest, richest = format_share(share["q1"], 0), format_share(share["q5"], 0)
    return f"{place}: social assistance reaches {poorest} of the poorest fifth and {richest} of the richest"
