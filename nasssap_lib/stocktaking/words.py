"""Sentences of the stocktaking: the process, the evidence, the people, what the strategy must fit."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_persons, format_share, people_in_words
from nasssap_lib.display.words import capital, counted, join_words
from nasssap_lib.stocktaking.doubts import KINDS
from nasssap_lib.terms import STEPS

OLD_AFTER = 5  # years
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def count_words(number: int) -> str:
    """A small number in words.

    Examples
    --------
    >>> count_words(3), count_words(12)
    ('three', '12')
    """
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def process_title(process: pd.DataFrame, place: str) -> str:
    """Title of the picture of the eight steps: how many are done or under way, and of which nothing was found.

    Parameters
    ----------
    process : result of ``stocktaking.process_state``
    place : name of the country
    """
    state = process[process["newest"]].set_index("step")["state"]
    silent = [str(step) for step in state.index[state == "not_found"]]
    if len(silent) == len(STEPS):
        return f"Of the eight steps of a national strategy, nothing was found for {place}"
    shown = f"{capital(count_words(len(STEPS) - len(silent)))} of the eight steps left a trace in {place}"
    return shown + (
        f"; nothing was found on step{'s' if len(silent) > 1 else ''} {join_words(silent)}" if silent else ""
    )


def subjects_sentence(evidence: pd.DataFrame, place: str) -> str:
    """What the report can and cannot say: how many subjects rest on recent figures, on old ones, on none."""
    old = evidence[evidence["age"] > OLD_AFTER]["subject"].str.lower().tolist()
    none = evidence[evidence["newest"].isna()]["subject"].str.lower().tolist()
    recent = len(evidence) - len(old) - len(none)
    text = f"Of {len(evidence)} subjects, {recent} rest on figures of the last five years for {place}."
    text += f" Older: {join_words(old)}." if old else ""
    return text + (f" Without any figure: {join_words(none)}." if none else "")


def contradiction_sentence(contradictions: pd.DataFrame) -> str:
    """How many contradictions the rules found, of which kinds."""
    if contradictions.empty:
        return "The rules found no contradiction; that is no proof that there is none."
    kinds = contradictions["kind"].value_counts().reindex(KINDS).dropna().astype(int)
    words = ", ".join(f"{KINDS[kind][0].lower()}{KINDS[kind][1:]} ({count})" for kind, count in kinds.items())
    number = f"{len(contradictions)} place{'s' if len(contradictions) > 1 else ''}"
    return f"The figures contradict each other, or a note doubts them, in {number}: {words}. None is corrected here."


def collection_sentence(wanted: pd.DataFrame) -> str:
    """How many figures are to be collected, and which come first."""
    if wanted.empty:
        return "The rules found no figure that is missing."
    first = wanted.iloc[0]
    persons = (
        f", for it is about {format_persons(first['persons'])} people" if first["persons"] == first["persons"] else ""
    )
    be = "are" if len(wanted) > 1 else "is"
    count = counted(len(wanted), "{n} figure, or set of figures,", "{n} figures, or sets of figures,")
    return f"{count} {be} to be collected. First: {first['figure'].lower()}{persons}."


def work_title(work: pd.DataFrame, place: str) -> str:
    """Title of the picture of work: which share of the employed has no wage.

    Parameters
    ----------
    work : result of ``stocktaking.work_status``
    """
    share = work.set_index(["sex", "status"])["share"].get(("total", "self_employed"), float("nan"))
    if share != share:
        return f"How people work was not published for {place}"
    return f"{capital(people_in_words(share, f'workers in {place}'))} have no employer who could contribute for them"


def pyramid_title(ages: pd.DataFrame, place: str) -> str:
    """Title of the age pyramid: what happens to the number of persons of 65 and over between the first and the last year."""
    if ages.empty:
        return f"The population of {place} by age and sex was not published"
    first, last = int(ages["year"].min()), int(ages["year"].max())
    start = ages["age_group"].str.extract(r"(\d+)")[0].astype(int)
    older = ages[start >= 65].groupby("year")["persons"].sum()
    if first == last or older.get(first, 0) == 0:
        return f"{place} by age and sex"
    times = older[last] / older[first]
    words = "more than double" if 2 < times < 2.9 else "almost double" if 1.8 <= times <= 2 else ""
    words = words or (f"grow {times:.1f}-fold" if times >= 1.05 else "hardly grow" if times > 0.95 else "fall")
    verb = {"hardly grow": "will hardly grow", "fall": "will fall"}.get(words, f"will {words}")
    return f"{place}'s population of 65 and over {verb} by {last}"


def history_title(history: pd.DataFrame, place: str) -> str:
    """Title of the time line: how many extensions and reforms were read, since when.

    Parameters
    ----------
    history : result of ``stocktaking.past_extensions``
    """
    if history.empty:
        return f"No past extension was found for {place} in the sources read"
    first, last = int(history["year"].min()), int(history["year"].max())
    unread = int((history["outcome"] == "").sum())
    tail = f"; the outcome of {count_words(unread)} was not read" if unread else ""
    return f"{capital(count_words(len(history)))} extensions and reforms in {place} from {first} to {last}{tail}"


def links_sentence(links: pd.DataFrame) -> str:
    """How many plans and laws the strategy must fit, and how many were not read beyond their title."""
    if links.empty:
        return "No plan, programme, policy or law was found in the sources read."
    unread = int((links["content"] == "").sum())
    return f"The strategy stands inside {len(links)} plans, programmes, policies and laws; of {unread}, title and year alone were read."


def conventions_sentence(conventions: pd.DataFrame) -> str:
    """Which Conventions are ratified as far as was read, and which are to be checked."""
    ratified = conventions[conventions["status"] == "ratified"]["convention"].tolist()
    check = conventions[conventions["check"]]["convention"].tolist()
    text = f"Ratified, as far as was read: {join_words(ratified)}." if ratified else "No ratification was read."
    return text + (f" To be checked in NORMLEX: {join_words(check)}." if check else "")


def stocktaking_figures(schemes: pd.DataFrame, matrix: pd.DataFrame, sper: pd.DataFrame) -> list[tuple[str, str]]:
    """Three figures that matter, each with its words: schemes, branches with a scheme, figures found of those that a review needs."""
    if schemes.empty:
        return []
    listed = matrix.groupby("branch")["state"].agg(lambda states: (states == "listed").any())
    asked = sper[sper["state"] != "by_design"]
    found = len(asked) - int((asked["state"] == "missing").sum())
    return [
        (str(len(schemes)), "schemes in the inventory, formal and informal"),
        (f"{int(listed.sum())} of {len(listed)}", "branches of social security with at least one scheme listed"),
        (
            format_share(found / len(asked), 0),
            f"of the figures that an expenditure review asks for were found ({found} of {len(asked)})",
        ),
    ]
