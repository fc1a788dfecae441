"""Sentences on coverage and gaps, and the words of this room's codes."""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.coverage.gaps import DOUBTFUL, is_too_old, whole_groups
from nasssap_lib.display.numbers import format_persons, format_share, people_in_words
from nasssap_lib.display.texts import N_, _, join_clauses, join_sentences, label, named, ngettext, reason_words
from nasssap_lib.display.words import as_sentence, capital, counted, join_words
from nasssap_lib.provenance import OLD_AFTER, is_old
from nasssap_lib.reasons import join_reasons, reason, split_reasons

READINGS = {"constant_number": N_("number covered stays"), "constant_rate": N_("rate stays")}
LAW_STATES = {
    "mandatory": N_("compulsory"),
    "programme": N_("named by a tax-financed programme"),
    "act_only": N_("named by an Act, no scheme in force found"),
    "voluntary": N_("voluntary: not covered by law"),
    "excluded": N_("excluded by name"),
    "none_found": N_("none found"),
}
LAW_AND_FACT = {
    "in_fact": N_("covered in fact"),
    "by_law_only": N_("named by the law, not covered in fact"),
    "not_by_law": N_("not named by the law"),
}
LAW_AND_FACT_BOUNDS = {  # where it is not known how many of the employees the law names
    "in_fact": N_("covered in fact"),
    "by_law_only": N_("employees not covered in fact; how many of them the law names is not known"),
    "not_by_law": N_("not employees: not named by the law"),
}
BOUND = {
    "ratified": N_("ratified, {year}"),
    "accepted": N_("ratified, {year}; Part accepted"),
    "parts_not_read": N_("ratified, {year}; accepted Parts not read"),
    "not_accepted": N_("ratified, {year}; Part not accepted"),
    "not_ratified": N_("not ratified"),
    "not_read": N_("ratification not found: check NORMLEX"),
}
QUINTILES = {**terms.QUINTILES, "total": N_("Whole population")}

SOCIAL_ASSISTANCE = "aspire_coverage_social_assistance"


def _row(gaps: pd.DataFrame, group: str) -> pd.Series:
    rows = gaps[(gaps["group"] == group) & (gaps["sex"] == terms.sex_of(group)) & gaps["primary"]]
    return rows.iloc[0]


def _each_group(gaps: pd.DataFrame) -> pd.DataFrame:
    """One row a group: its own denominator, both sexes, women for mothers."""
    return whole_groups(gaps[gaps["primary"]])


def group_list(groups) -> str:
    """Groups as a list inside a sentence.

    Examples
    --------
    >>> group_list(["poor", "employment_injury"])
    'poor persons and employed persons'
    """
    return join_words([label(terms.GROUPS_IN_TEXT, group) for group in groups])


def headline_title(gaps: pd.DataFrame, country_name: str) -> str:
    """Title of the headline bar.

    Parameters
    ----------
    gaps : result of ``coverage.coverage_gaps``
    country_name : name of the country
    """
    row = _row(gaps, "at_least_one")
    if pd.isna(row["gap_share"]):
        return _("For {country} no rate of persons with at least one benefit was published", country=country_name)
    people = people_in_words(row["gap_share"], _("people"))
    if is_too_old(row.to_frame().T, row["nowcast_year"]).iat[0]:
        past = N_("{people} in {country} neither received a cash benefit nor contributed to a scheme in {year}")
        return capital(_(past, people=people, country=country_name, year=row["coverage_year"]))
    now = N_("{people} in {country} neither receive a cash benefit nor contribute to a scheme")
    return capital(_(now, people=people, country=country_name))


def headline_sentence(gaps: pd.DataFrame, country_name: str) -> str:
    """One sentence on at least one benefit: persons, share, year, and what is not counted."""
    row = _row(gaps, "at_least_one")
    if pd.isna(row["effective_coverage"]):
        return _("For {country} no rate of persons with at least one benefit was published.", country=country_name)
    observed = _(
        "In {year}, {share} of the population of {country} received at least one cash benefit or contributed to a scheme; "
        "{gap} people did not.",
        year=str(row["coverage_year"]),
        share=format_share(row["effective_coverage"], 1),
        country=country_name,
        gap=format_persons(row["gap"]),
    )
    kept = _(
        "If the rate has stayed as it was, {gap} people are without in {year} (estimated).",
        gap=format_persons(row["gap_nowcast"]),
        year=str(row["nowcast_year"]),
    )
    counted_as = _("Contributors count as covered, whether or not they receive anything; health care is not counted.")
    return join_sentences([observed, counted_as, kept])


def trend_sentence(trend: pd.DataFrame) -> str:
    """At least one benefit in the years of one edition, in a row; "" where there is one year only.

    Parameters
    ----------
    trend : result of ``coverage.coverage_trend``
    """
    if trend.empty:
        return ""
    years = [
        _("{share} in {year}", share=format_share(row.effective_coverage), year=row.year) for row in trend.itertuples()
    ]
    return _("In this one edition the rate was {rates}.", rates=join_words(years))


def evidence_sentence(gaps: pd.DataFrame, this_year: int) -> str:
    """How old the rates are and for how many groups the gap is unknown: what the chapter can and cannot say."""
    rows = _each_group(gaps)
    known = rows["effective_coverage"].notna()
    old = sum(is_old(year, this_year) for year in rows.loc[known, "coverage_year"])
    count = {
        "old": int(old),
        "no_rate": int((~known).sum()),
        "no_gap": int(rows["gap"].isna().sum()),
        "verify": int(rows["flag"].isin(DOUBTFUL).sum()),
    }
    about = {"groups": len(rows)}
    told = {
        "old": ngettext(
            "one of {groups} groups rests on an observation older than five years",
            "{n} of {groups} groups rest on observations older than five years",
            count["old"],
            n=count["old"],
            **about,
        ),
        "no_rate": counted(count["no_rate"], "one group has no published rate", "{n} groups have no published rate"),
        "no_gap": counted(
            count["no_gap"],
            "of one group the gap in persons is not known",
            "of {n} groups the gap in persons is not known",
        ),
        "verify": counted(count["verify"], "one rate is to be verified", "{n} rates are to be verified"),
    }
    parts = [told[name] for name, n in count.items() if n]
    if not parts:
        return _("All {groups} groups have a recent rate and a gap in persons.", **about)
    return capital(_("{findings}.", findings=join_words(parts)))


def key_figures(gaps: pd.DataFrame) -> list[tuple[str, str]]:
    """Two or three figures that matter, each with its words: persons without any benefit, the rate, mothers or older persons."""
    row = _row(gaps, "at_least_one")
    if pd.isna(row["effective_coverage"]):
        return []
    figures = [
        (
            format_persons(row["gap"]),
            _("people neither received a cash benefit nor contributed, {year}", year=row["coverage_year"]),
        ),
        _rate(row, N_("received at least one cash benefit or contributed, {year}")),
    ]
    texts = {
        "mothers": N_("of women giving birth received a maternity benefit, {year}"),
        "older_persons": N_("of older persons received a pension, {year}"),
    }
    further = [(_row(gaps, group), text) for group, text in texts.items()]
    sound = [(row, text) for row, text in further if pd.notna(row["effective_coverage"]) and not row["flag"]]
    return [*figures, *(_rate(row, text) for row, text in sound[:1])]


def _rate(row: pd.Series, text: str) -> tuple[str, str]:
    """A rate and what it says of which year."""
    return format_share(row["effective_coverage"], 1), _(text, year=row["coverage_year"])


def coverage_title(gaps: pd.DataFrame, country_name: str) -> str:
    """Title of the dot plot: which group was reached most, of those observed within five years where there are any."""
    every = _each_group(gaps)
    flags = [*DOUBTFUL, "legal_zero"]
    rows = every[every["effective_coverage"].notna() & ~every["flag"].isin(flags) & (every["group"] != "at_least_one")]
    if rows.empty:
        return _("No coverage by group was published for {country}", country=country_name)
    this_year = int(rows["nowcast_year"].iloc[0])
    recent = rows[~is_too_old(rows, this_year)]
    known = recent if len(recent) else rows
    best = known.loc[known["effective_coverage"].idxmax()]
    drawn = every[(every["group"] != "at_least_one") & (every["flag"] != "to_verify")]
    higher = drawn[drawn["effective_coverage"] > best["effective_coverage"]]
    text = N_("{country} reached {group} most, at {share} in {year}")
    if len(higher):  # the picture shows them too
        text = N_("Of the rates that nothing contradicts, {country} reached {group} most, at {share} in {year}")
    if is_too_old(higher[~higher["flag"].isin(flags)], this_year).any():
        text = N_("Of the groups observed since {since}, {country} reached {group} most, at {share} in {year}")
    most = _(
        text,
        country=country_name,
        since=this_year - OLD_AFTER,
        year=best["coverage_year"],
        group=label(terms.GROUPS_IN_TEXT, best["group"]),
        share=format_share(best["effective_coverage"]),
    )
    without = every.loc[(every["flag"] == "legal_zero") & (every["group"] == "unemployed"), "coverage_year"]
    if without.empty:
        return most
    return join_clauses([most, _("in {year} the unemployed had no scheme in law", year=without.iloc[0])])


def gap_sentence(gaps: pd.DataFrame) -> str:
    """How many groups have a gap in persons, and for which it cannot be given."""
    rows = _each_group(gaps)
    known = rows["gap"].notna()
    given = _("A gap in persons can be given for {n} of {groups} groups.", n=int(known.sum()), groups=len(rows))
    missing = group_list(rows.loc[~known, "group"])
    return join_sentences([given, missing and _("It cannot for {groups}: the table says why.", groups=missing)])


def projection_title(projection: pd.DataFrame, country_name: str) -> str:
    """Title of the status quo projection."""
    known = known_projection(projection)
    if known.empty:
        return _("No projection of the gap can be made for {country}", country=country_name)
    return _(
        "Without any extension, {low} to {high} people in {country} would not be covered in {year}",
        low=format_persons(known.iloc[-1].min()),
        high=format_persons(known.iloc[-1].max()),
        country=country_name,
        year=known.index[-1],
    )


def known_projection(projection: pd.DataFrame) -> pd.DataFrame:
    """The gap of "at least one benefit" in the years in which both readings are known: a column a reading, two years at least.

    Parameters
    ----------
    projection : result of ``coverage.project_status_quo``

    Returns
    -------
    persons by year (index) and reading (columns constant_rate, constant_number); no row where only one year is known: a point is
    no projection
    """
    rows = projection[(projection["group"] == "at_least_one") & (projection["sex"] == "total")]
    rows = rows.drop_duplicates(["year", "reading"])
    known = rows.pivot(index="year", columns="reading", values="gap").dropna()
    return known if len(known) > 1 else known.iloc[:0]


def by_sex(gaps: pd.DataFrame) -> pd.DataFrame:
    """Rates of women and men of groups that have both, a zero in law left out.

    Returns
    -------
    table : index group; female, male (shares), year; both sexes of one year and edition
    """
    both = gaps["group"].map(terms.sex_of) == "total"
    rows = gaps[gaps["primary"] & gaps["sex"].isin(["female", "male"]) & both]
    rows = rows[(rows["flag"] != "legal_zero") & rows["effective_coverage"].notna()]
    wide = rows.pivot_table(index="group", columns="sex", values="effective_coverage").reindex(
        columns=["female", "male"]
    )
    observed = rows.groupby("group").agg(
        year=("coverage_year", "min"), last=("coverage_year", "max"), editions=("edition", "nunique")
    )
    together = observed[(observed["year"] == observed["last"]) & (observed["editions"] == 1)]
    wide = wide.join(together["year"]).dropna()
    return wide.reindex([group for group in terms.COVERAGE_GROUPS if group in wide.index])


def _as_people(groups) -> list[str]:
    """Groups of persons: who has at least one benefit is counted among all."""
    return ["total" if group == "at_least_one" else group for group in groups]


def sex_title(gaps: pd.DataFrame, country_name: str) -> str:
    """Title of the picture of women and men."""
    wide = by_sex(gaps)
    if wide.empty:
        return _("No coverage of women and men was published for {country}", country=country_name)
    if (wide["female"] == wide["male"]).all():
        return _("Published rates of women and men do not differ in {country}", country=country_name)
    less = wide.index[wide["female"] < wide["male"]]
    if len(less) == 0:
        return _("{country}: women were reached at least as often as men", country=country_name)
    grown = _as_people([group for group in less if group != "children"])
    clauses = [
        grown
        and _(
            "{country}: women were reached less than men among {groups}", country=country_name, groups=group_list(grown)
        ),
        len(grown) < len(less)
        and (
            _("girls less than boys")
            if grown
            else _("{country}: girls were reached less than boys", country=country_name)
        ),
    ]
    return join_clauses([clause for clause in clauses if clause])


def sex_sentence(gaps: pd.DataFrame, country_name: str) -> str:
    """Whether rates of women and men were published, and for which groups."""
    wide = by_sex(gaps)
    if wide.empty:
        return _(
            "For {country} no separate rates of women and men were published; a zero in law is the same for both.",
            country=country_name,
        )
    return _("Rates of women and men were published for {groups}.", groups=group_list(_as_people(wide.index)))


def shares_to_draw(parts: pd.DataFrame) -> pd.Series | None:
    """The shares of the three parts as they are drawn, bounds where the law is not known; None where they cannot be given.

    Parameters
    ----------
    parts : result of ``coverage.employment_injury_law_and_fact``
    """
    bounds = (parts["basis"] == "bounds").any()
    share = parts["share"].fillna(parts["share_high"].where(parts["status"] == "by_law_only", parts["share_low"]))
    return None if share.isna().any() or (not bounds and parts["share"].isna().any()) else share


def law_and_fact_title(parts: pd.DataFrame, country_name: str) -> str:
    """Title of the bar of employment injury by law and fact.

    Parameters
    ----------
    parts : result of ``coverage.employment_injury_law_and_fact``
    country_name : name of the country
    """
    rows = parts.set_index("status")
    if (rows["basis"] == "bounds").any():
        return _(
            "{country}: at least {share} of employed persons are not named by the law on employment injury",
            country=country_name,
            share=format_share(rows.at["not_by_law", "share_low"]),
        )
    share = rows["share"]
    largest = share.idxmax()
    titles = {
        "in_fact": N_("{people} in {country} are covered against employment injury"),
        "by_law_only": N_("{people} in {country} are named by the law on employment injury and not covered in fact"),
        "not_by_law": N_("{people} in {country} are not named by the law on employment injury"),
    }
    people = people_in_words(share[largest], _("employed persons"))
    return capital(_(titles[largest], people=people, country=country_name))


def law_and_fact_sentence(parts: pd.DataFrame) -> str:
    """The three parts in words and what the part of the law rests on, or why they cannot be given.

    Parameters
    ----------
    parts : result of ``coverage.employment_injury_law_and_fact``
    """
    rows = parts.set_index("status")
    share, why = rows["share"], reason_words(join_reasons(*dict.fromkeys(rows["reason"])))
    if (rows["basis"] == "bounds").any() and rows["share_high"].notna().all():
        return _(
            "Of all employed persons, at least {outside} are not named by the law, and at most {not_in_fact} are named and not "
            "covered in fact: {reason}.",
            outside=format_share(rows.at["not_by_law", "share_low"]),
            not_in_fact=format_share(rows.at["by_law_only", "share_high"]),
            reason=why,
        )
    if share.isna().any():
        head = _("The decomposition cannot be given in full.")
        cells = dict.fromkeys(reason(code, **values) for row in rows["reason"] for code, values in split_reasons(row))
        return join_sentences([head, *(as_sentence(capital(reason_words(cell))) for cell in cells)])
    known = _(
        "Of all employed persons, {outside} are not named by the law, and {not_in_fact} are named but not covered in fact: the "
        "first is a question of legislation, the second of compliance.",
        outside=format_share(share["not_by_law"]),
        not_in_fact=format_share(share["by_law_only"]),
    )
    return join_sentences([known, why and _("The size of both is {reason}.", reason=why)])


def c102_sentence(comparison: pd.DataFrame, country_name: str) -> str:
    """Employment injury beside the Convention that binds the country, or beside Part VI of Convention No. 102, as an indication.

    Parameters
    ----------
    comparison : result of ``coverage.compare_with_c102``
    country_name : name of the country
    """
    row = comparison.set_index("branch").loc["employment_injury"]
    why = reason_words(row["reason"])
    if pd.isna(row["covered"]):
        return _(
            "For {country} no part of Convention No. 102 can be set beside a published rate: {reason}.",
            country=country_name,
            reason=why,
        )
    indication = _(
        "As an indication only: persons covered against employment injury were {share} of all employees in {year}.",
        share=format_share(row["covered"]),
        year=row["year"],
    )
    return join_sentences([indication, _standard_sentence(row), why and _("To know: {reason}.", reason=why)])


def _standard_sentence(row: pd.Series) -> str:
    """What the Convention asks for, and whether it binds the country."""
    if row["bound"] == "ratified":
        return _(
            "{convention} ({state}) replaces Part VI of Convention No. 102 and asks for {minimum}.",
            convention=row["convention"],
            state=bound_words(row["bound"], row["ratified"]),
            minimum=format_share(row["minimum"]),
        )
    return _(
        "Part VI of Convention No. 102 asks for {minimum} ({state}).",
        minimum=format_share(row["minimum"]),
        state=bound_words(row["bound"], row["ratified"]),
    )


def bound_words(bound: str, year: object) -> str:
    """Whether a Convention binds the country, as far as was read.

    Examples
    --------
    >>> bound_words("ratified", 1966), bound_words("not_ratified", pd.NA)
    ('ratified, 1966', 'not ratified')
    """
    return _(BOUND[bound], year=_("year not read") if pd.isna(year) else int(year))


def quintile_title(quintiles: pd.DataFrame, country_name: str) -> str:
    """Title of the bars by quintile."""
    share = quintiles.set_index("quintile")["coverage"]
    years = sorted(quintiles.loc[quintiles["quintile"].isin(["q1", "q5"]), "year"].dropna().unique())
    if pd.isna(share["q1"]) or pd.isna(share["q5"]):
        return _(
            "Coverage of social assistance by quintile is not published in full for {country}", country=country_name
        )
    decimals = 0 if min(share["q1"], share["q5"]) >= 0.02 else 1  # 0.6 is not 1 where 2.4 is 2
    return _(
        "In {country}, social assistance reached {poorest} of the poorest fifth and {richest} of the richest in {years}",
        country=country_name,
        years=join_words([str(int(year)) for year in years]),
        poorest=format_share(share["q1"], decimals),
        richest=format_share(share["q5"], decimals),
    )


def register_sentence(grown: pd.DataFrame) -> str:
    """Which registers have outgrown the survey of social assistance; "" where none has.

    Parameters
    ----------
    grown : result of ``schemes.outgrown_rates``
    """
    grown = grown[grown["indicator"] == SOCIAL_ASSISTANCE]
    if grown.empty:
        return ""
    parts = [
        _(
            "{scheme} from {then} {counted} in {year_then} to {now} in {year_now}",
            scheme=named(row.short_name),
            then=format_persons(row.first),
            now=format_persons(row.last),
            counted=label(terms.COUNTED_IN, row.counted_in),
            year_then=row.first_year,
            year_now=row.last_year,
        )
        for row in grown.itertuples()
    ]
    grew = _(
        "Since the survey of {year}, registers have grown: {schemes}.",
        year=grown["rate_year"].iat[0],
        schemes=join_words(parts),
    )
    return join_sentences([grew, _("Its rates tell how it was then; they are doubtful for today.")])
