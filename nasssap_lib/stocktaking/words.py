"""Sentences of the stocktaking: the process, the evidence, the people, what the strategy must fit."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_number, format_persons, format_share, people_in_words
from nasssap_lib.display.tables import rank_words
from nasssap_lib.display.texts import (
    N_,
    _,
    join_clauses,
    join_listed,
    join_sentences,
    label,
    named,
    ngettext,
    reason_words,
)
from nasssap_lib.display.words import capital, counted, join_words, small_first
from nasssap_lib.provenance import OLD_AFTER
from nasssap_lib.reasons import reason, split_reasons
from nasssap_lib.terms import STEPS

NUMBERS = [N_("no"), N_("one"), N_("two"), N_("three"), N_("four"), N_("five")]
NUMBERS += [N_("six"), N_("seven"), N_("eight"), N_("nine"), N_("ten")]
SUBJECTS = {
    "population": N_("Population and births"),
    "economy": N_("Economy and public finance"),
    "work": N_("Work"),
    "poverty": N_("Poverty"),
    "at_least_one": N_("At least one benefit"),
    "coverage": N_("Coverage by group"),
    "coverage_by_sex": N_("Coverage of women and men"),
    "coverage_by_fifth": N_("Social assistance by fifth of the population"),
    "health": N_("Health care"),
    "spending": N_("Spending on social protection, national total"),
    "scheme_persons": N_("Schemes: persons reached"),
    "scheme_money": N_("Schemes: expenditure and income"),
    "scheme_rates": N_("Schemes: contribution rates"),
    "pensionable_ages": N_("Pensionable ages"),
}
KIND_NAMES = {
    "revised": N_("Two editions or sources of one figure"),
    "jump": N_("Jump within one series"),
    "above_employees": N_("More covered than there are employees"),
    "competing": N_("Competing counts of one scheme"),
    "outgrown": N_("A rate that a newer register contradicts"),
    "parts": N_("A printed total that is not the sum of its parts"),
    "poverty_line": N_("Two poverty lines of one year"),
    "zero_though_listed": N_("Zero in law, though a scheme is listed"),
    "marked": N_("Doubted by its own note"),
    "odd": N_("Odd beside the other figures"),
}
AIM_NAMES = {
    "headline": N_("the headline: who neither receives a benefit nor contributes"),
    "groups": N_("who counts as not covered, group by group"),
    "spending": N_("what schemes spend, and what their administration costs"),
    "persons": N_("how many persons schemes reach"),
    "levels": N_("what benefits are worth, and who pays for them"),
    "inventory": N_("whether the inventory is complete"),
    "fit": N_("what the strategy must fit"),
}
PROFILE_NAMES = {
    "population": N_("Population"),
    "aged_0_to_14": N_("Aged 0 to 14"),
    "aged_65_and_over": N_("Aged 65 and over"),
    "gdp_per_head_usd": N_("Gross domestic product per head"),
    "gdp_growth": N_("Growth of gross domestic product"),
    "government_revenue_gdp": N_("Government revenue"),
    "government_expenditure_gdp": N_("Government expenditure"),
    "government_debt_gdp": N_("Government gross debt"),
    "urban_share": N_("Urban population"),
    "life_expectancy": N_("Life expectancy at birth, women"),
    "employment_to_population_ratio": N_("Employed, 15 and over"),
    "wage_and_salaried_share": N_("Wage and salaried workers"),
    "unemployment_rate": N_("Unemployment (ILO-modelled)"),
    "poverty_headcount": N_("Poor, national line"),
    "out_of_pocket_share": N_("Out-of-pocket payments"),
}


def count_words(number: int) -> str:
    """A small number in words.

    Examples
    --------
    >>> count_words(3), count_words(12)
    ('three', '12')
    """
    return _(NUMBERS[number]) if number < len(NUMBERS) else str(number)


def figure_name(figure: str) -> str:
    """The name of a figure of several parts: its indicator, then group, sex and part of the population.

    Examples
    --------
    >>> figure_name('indicator {"name": "Poverty headcount"}; of_sex {"sex": "female"}; of_fifth {"fifth": "q1"}')
    'Poverty headcount, women, poorest fifth'
    """
    return join_listed([reason_words(reason(code, **values)) for code, values in split_reasons(figure)])


def process_title(process: pd.DataFrame, country_name: str, by_name: bool = False) -> str:
    """Title of the picture of the eight steps: how many are done or under way, and of which nothing was found.

    Parameters
    ----------
    process : result of ``stocktaking.process_state``
    country_name : as it stands in a sentence
    by_name : True: steps of which nothing was found are named, where no picture stands beside the sentence
    """
    state = process[process["newest"]].set_index("step")["state"]
    silent = [str(step) for step in state.index[state == "not_found"]]
    if by_name:
        silent = [_("{step} ({name})", step=step, name=small_first(label(STEPS, int(step)))) for step in silent]
    known = len(STEPS) - len(silent)
    if not known:
        return _(
            "Of the eight steps of a national strategy, nothing was found for {country_name}", country_name=country_name
        )
    head = capital(
        ngettext(
            "{number} of the eight steps towards a strategy left a trace in {country_name}",
            "{number} of the eight steps towards a strategy left a trace in {country_name}",
            known,
            number=count_words(known),
            country_name=country_name,
        )
        if silent
        else _("All eight steps towards a strategy left a trace in {country_name}", country_name=country_name)
    )
    planned = int((state == "planned").sum())
    if planned:
        head = ngettext(
            "{head}; {number} is only planned",
            "{head}; {number} are only planned",
            planned,
            head=head,
            number=count_words(planned),
        )
    if not silent:
        return head
    return ngettext(
        "{head}; nothing was found on step {steps}",
        "{head}; nothing was found on steps {steps}",
        len(silent),
        head=head,
        steps=join_words(silent),
    )


def subjects_sentence(evidence: pd.DataFrame, country_name: str) -> str:
    """What the report can and cannot say: how many subjects rest on recent figures, on old ones, on none."""
    names = pd.Series([small_first(label(SUBJECTS, subject)) for subject in evidence["subject"]], evidence.index)
    old, none = names[(evidence["age"] > OLD_AFTER).fillna(False)], names[evidence["newest"].isna()]
    older = _("Older: {subjects}.", subjects=join_words(old)) if len(old) else ""
    press = names[evidence["grade"] == "press"]
    alone = _("On newspapers alone rest: {subjects}.", subjects=join_clauses(list(press))) if len(press) else ""
    return join_sentences(
        [
            recent_words(evidence, country_name),
            older,
            alone,
            _("Without any figure: {subjects}.", subjects=join_words(none)) if len(none) else "",
        ]
    )


def recent_words(evidence: pd.DataFrame, country_name: str) -> str:
    """How many subjects rest on figures of the last five years.

    Parameters
    ----------
    evidence : result of ``stocktaking.evidence_by_subject``
    country_name : as it stands in a sentence
    """
    recent = (evidence["age"] <= OLD_AFTER).fillna(False) & evidence["newest"].notna()
    return _(
        "Of {all} subjects, {n} rest on figures of the last five years for {country_name}.",
        all=len(evidence),
        n=int(recent.sum()),
        country_name=country_name,
    )


def contradiction_sentence(contradictions: pd.DataFrame) -> str:
    """How many contradictions the rules found, of which kinds."""
    if contradictions.empty:
        return _("The rules found no contradiction; that is no proof that there is none.")
    counts = contradictions["kind"].value_counts().reindex(KIND_NAMES).dropna().astype(int).items()
    kinds = [_("{kind} ({n})", kind=small_first(label(KIND_NAMES, kind)), n=n) for kind, n in counts]
    return ngettext(
        "The figures contradict each other, or a note doubts them, in {n} place: {kinds}. None is corrected here.",
        "The figures contradict each other, or a note doubts them, in {n} places: {kinds}. None is corrected here.",
        len(contradictions),
        n=len(contradictions),
        kinds=join_listed(kinds),
    )


def collection_sentence(wanted: pd.DataFrame) -> str:
    """How many figures are to be collected, and which come first.

    Parameters
    ----------
    wanted : result of ``stocktaking.figures_to_collect``
    """
    if wanted.empty:
        return _("The rules found no figure that is missing.")
    figure, persons = small_first(reason_words(wanted["figure"].iat[0])), wanted["persons"].iat[0]
    count = counted(
        len(wanted),
        "{n} figure, or set of figures, is to be collected.",
        "{n} figures, or sets of figures, are to be collected.",
    )
    about = _(
        "First: {figure}; the group counts about {persons} people.", figure=figure, persons=format_persons(persons)
    )
    return join_sentences([count, about if persons == persons else _("First: {figure}.", figure=figure)])


def aims_sentence(wanted: pd.DataFrame) -> str:
    """What the figures to collect would change, by their numbers in the table; "" where there are none.

    Parameters
    ----------
    wanted : result of ``stocktaking.figures_to_collect``

    Examples
    --------
    >>> aims_sentence(pd.DataFrame({"rank": [1, 2, 3], "aim": ["groups", "groups", "inventory"]}))
    'What they would change: who counts as not covered, group by group (1 to 2); whether the inventory is complete (3).'
    """
    ends = wanted.groupby("aim", sort=False)["rank"].agg(["min", "max"])
    parts = [
        _("{aim} ({numbers})", aim=label(AIM_NAMES, row.Index), numbers=rank_words(row.min, row.max))
        for row in ends.itertuples(name="Ends")
    ]
    return _("What they would change: {parts}.", parts=join_clauses(parts)) if parts else ""


def work_title(work: pd.DataFrame, country_name: str) -> str:
    """Title of the picture of work: which share of the employed has no wage.

    Parameters
    ----------
    work : result of ``stocktaking.work_status``
    """
    share = work.set_index(["sex", "status"])["share"].get(("total", "self_employed"), float("nan"))
    if share != share:
        return _("How people work was not published for {country_name}", country_name=country_name)
    people = people_in_words(share, _("working people"))
    return capital(
        _("{people} in {country} have no employer who could contribute for them", people=people, country=country_name)
    )


def pyramid_title(ages: pd.DataFrame, country_name: str) -> str:
    """Title of the age pyramid: what happens to the number of persons of 65 and over between the first and the last year."""
    about = {"country_name": country_name}
    if ages.empty:
        return _("The population of {country_name} by age and sex was not published", **about)
    first, last = int(ages["year"].min()), int(ages["year"].max())
    start = ages["age_group"].str.extract(r"(\d+)")[0].astype(int)
    older = ages[start >= 65].groupby("year")["persons"].sum()
    if first == last or older.get(first, 0) == 0:
        return _("{country_name} by age and sex", **about)
    times = older[last] / older[first]
    about |= {"year": last}
    if 2 < times < 2.9:
        return _("{country_name}'s population of 65 and over will more than double by {year}", **about)
    if 1.8 <= times <= 2:
        return _("{country_name}'s population of 65 and over will almost double by {year}", **about)
    if times >= 1.05:
        number = format_number(times, 1)
        return _("{country_name}'s population of 65 and over will grow {number}-fold by {year}", number=number, **about)
    if times > 0.95:
        return _("{country_name}'s population of 65 and over will hardly grow by {year}", **about)
    return _("{country_name}'s population of 65 and over will fall by {year}", **about)


def history_title(history: pd.DataFrame, country_name: str) -> str:
    """Title of the time line: how many extensions and reforms were read, since when.

    Parameters
    ----------
    history : result of ``stocktaking.past_extensions``
    """
    if history.empty:
        return _("No past extension was found for {country_name} in the sources read", country_name=country_name)
    number, unread = len(history), int((history["outcome"] == "").sum())
    head = capital(
        ngettext(
            "{number} extensions and reforms in {country_name} from {first} to {last}",
            "{number} extensions and reforms in {country_name} from {first} to {last}",
            number,
            number=count_words(number),
            country_name=country_name,
            first=int(history["year"].min()),
            last=int(history["year"].max()),
        )
    )
    return (
        _("{head}; for {number} no outcome was found in the sources", head=head, number=count_words(unread))
        if unread
        else head
    )


def links_sentence(links: pd.DataFrame) -> str:
    """How many plans and laws the strategy must fit, and how many were not read beyond their title."""
    if links.empty:
        return _("No plan, programme, policy or law was found in the sources read.")
    current, ended = links[links["state"] == ""], int((links["state"] == "ended").sum())
    n, unread = len(current), int((current["content"] == "").sum())
    count = ngettext(
        "The strategy stands inside {n} plan, programme, policy or law.",
        "The strategy stands inside {n} plans, programmes, policies and laws.",
        n,
        n=n,
    )
    titles = ngettext(
        "Of one document, only title and year were read.",
        "Of {n} documents, only title and year were read.",
        unread,
        n=unread,
    )
    over = ngettext("{n} more has ended.", "{n} more have ended.", ended, n=ended)
    return join_sentences([count, titles if unread else "", over if ended else ""])


def conventions_sentence(conventions: pd.DataFrame) -> str:
    """Which Conventions are ratified as far as was read, and which are to be checked."""
    names = conventions["convention"].map(named)
    ratified, check = names[conventions["status"] == "ratified"], names[conventions["check"]]
    known = _("Ratified, as far as was read: {conventions}.", conventions=join_clauses(list(ratified)))
    unknown = _("To be checked in NORMLEX: {conventions}.", conventions=join_clauses(list(check))) if len(check) else ""
    return join_sentences([known if len(ratified) else _("No ratification was read."), unknown])


def stocktaking_figures(schemes: pd.DataFrame, matrix: pd.DataFrame, sper: pd.DataFrame) -> list[tuple[str, str]]:
    """Three figures that matter, each with its words: schemes, branches with a scheme, figures found of those that a review needs.

    The third only where a scheme stands of which a review asks for any.
    """
    if schemes.empty:
        return []
    listed = matrix.groupby("branch")["state"].agg(lambda states: (states == "listed").any())
    asked = sper[sper["state"] != "by_design"]
    known = len(asked) - int((asked["state"] == "missing").sum())
    found = _("of the figures that an expenditure review asks for were found ({n} of {all})", n=known, all=len(asked))
    return [
        (str(len(schemes)), _("schemes in the inventory, formal and informal")),
        (
            _("{n} of {all}", n=int(listed.sum()), all=len(listed)),
            _("branches of social security with at least one scheme listed"),
        ),
        *([(format_share(known / len(asked), 0), found)] if len(asked) else []),
    ]
