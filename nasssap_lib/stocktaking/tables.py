"""Tables of the stocktaking for readers: process, evidence, country, people, plans and laws."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_number, format_persons
from nasssap_lib.display.tables import ReportTable, View, write_share, write_text, write_year
from nasssap_lib.display.words import amount_words
from nasssap_lib.stocktaking.doubts import KINDS
from nasssap_lib.terms import SEXES, STEP_STATUSES

NO_BREAK_HYPHEN = "\N{NON-BREAKING HYPHEN}"
WORK_WORDS = {
    "wage": "Wage and salaried workers",
    "self_employed": "Self-employed, family workers included",
    "own_account": "of whom on own account",
    "family": "of whom contributing family workers",
}


def process_table(process: pd.DataFrame) -> ReportTable:
    """The state of the eight steps, event by event.

    Parameters
    ----------
    process : result of ``stocktaking.process_state``
    """
    shown = process.assign(
        step_words=process["step"].astype("str") + " · " + process["name"],
        state_words=process["state"].map(STEP_STATUSES),
        day=process["date"].str.replace("-", NO_BREAK_HYPHEN),
    )
    views = {
        "step_words": View("Step"),
        "state_words": View("State"),
        "day": View("Date"),
        "initiator": View("Who initiated it"),
        "evidence": View("What was read", long=True),
    }
    return ReportTable(process, "The eight steps in the country: what the sources tell", views, shown)


def evidence_table(evidence: pd.DataFrame) -> ReportTable:
    """How old the evidence is, subject by subject.

    Parameters
    ----------
    evidence : result of ``evidence.evidence_by_subject``
    """
    shown = evidence.assign(years=[_years(row) for row in evidence.itertuples()])
    shown["lacking"] = (
        shown["missing"].where(shown["reason"] == "", shown["reason"] + ": " + shown["missing"]).str.rstrip(": ")
    )
    views = {
        "subject": View("Subject"),
        "years": View("Newest figure", write_text, "quality", True),
        "age": View("Years old", write_year, numeric=True),
        "edition": View("Edition", long=True),
        "lacking": View("What is missing", long=True),
    }
    return ReportTable(evidence, "What the figures rest on, subject by subject", views, shown)


def _years(row) -> str:
    if pd.isna(row.newest):
        return "n/a"
    return str(row.newest) if row.newest == row.oldest else f"{row.oldest}–{row.newest}"


def contradiction_table(contradictions: pd.DataFrame, currency: str = "") -> ReportTable:
    """Figures that cannot stand side by side, and what to do about it.

    Parameters
    ----------
    contradictions : result of ``stocktaking.contradictions``
    currency : code of the national currency
    """
    shown = contradictions.assign(kind_words=contradictions["kind"].map(KINDS))
    shown["values"] = [_values(row, currency) for row in contradictions.itertuples()]
    views = {
        "figure": View("Figure", detail="kind_words"),
        "years": View("Years"),
        "values": View("First and second"),
        "explanation": View("What is odd", long=True),
        "what_to_do": View("What to do", long=True),
    }
    return ReportTable(contradictions, "Contradictions that the figures show by themselves", views, shown)


def _values(row, currency: str) -> str:
    """Both figures: an arrow from the older to the newer one, "and" between figures that stand side by side."""
    first, second = (amount_words(value, row.unit, currency) for value in (row.first, row.second))
    if pd.isna(row.second):
        return first
    first = first.split(" ")[0]  # the unit stands once, behind the second
    return f"{first} {'→' if row.kind in ('revised', 'jump') else 'and'} {second}"


def collection_table(wanted: pd.DataFrame) -> ReportTable:
    """The figures to collect, in the order of what they would change.

    Parameters
    ----------
    wanted : result of ``collection.figures_to_collect``
    """
    shown = wanted.assign(people=[format_persons(value) if value == value else "" for value in wanted["persons"]])
    shown["what"] = wanted["rank"].astype("str") + " · " + wanted["figure"]
    views = {
        "what": View("Figure"),
        "missing": View("What is missing", long=True),
        "people": View("Persons concerned", write_text, "quality", True),
        "aim": View("What it would change", long=True),
    }
    return ReportTable(wanted, "Figures to collect, in the order of what they would change", views, shown)


def profile_table(profile: pd.DataFrame) -> ReportTable:
    """The country at a glance.

    Parameters
    ----------
    profile : result of ``stocktaking.country_profile``
    """
    shown = profile.copy()
    shown["text"] = [
        format_persons(value) if unit == "persons" else format_number(value, 0 if abs(value) >= 1000 else 1)
        for value, unit in zip(shown["value"], shown["unit"], strict=True)
    ]
    views = {
        "item": View("Figure"),
        "text": View("Value", write_text, "quality", True),
        "unit": View("Unit"),
        "year": View("Year", write_year, numeric=True),
        "reason": View("Why missing"),
    }
    if not profile["reason"].any():
        views.pop("reason")
    return ReportTable(profile, "The country at a glance", views, shown)


def work_table(work: pd.DataFrame) -> ReportTable:
    """Wage, own account and family work by sex; n/a where family workers were not published for the sex.

    Parameters
    ----------
    work : result of ``stocktaking.work_status``
    """
    wide = work.pivot(index="status", columns="sex", values="share").reindex(WORK_WORDS).reset_index()
    reasons = work[work["reason"] != ""].groupby("status")["reason"].agg(lambda words: "; ".join(dict.fromkeys(words)))
    shown = wide.assign(words=wide["status"].map(WORK_WORDS), why=wide["status"].map(reasons).fillna(""))
    shown["quality"] = next(iter(work.loc[work["quality"] != "", "quality"]), "")
    year = work["year"].dropna()
    title = "Employed persons by status" + (f", {int(year.iloc[0])}" if len(year) else "")
    views = {
        "words": View("Status"),
        **{sex: View(SEXES[sex].capitalize(), write_share, "quality", True) for sex in SEXES},
        "why": View("Why missing"),
    }
    return ReportTable(work, title, views, shown)


def history_table(history: pd.DataFrame) -> ReportTable:
    """Past extensions and reforms, oldest first.

    Parameters
    ----------
    history : result of ``stocktaking.past_extensions``
    """
    shown = history.assign(result=history["outcome"].where(history["outcome"] != "", history["reason"]))
    views = {
        "reform": View("Reform"),
        "year": View("Year", write_year, numeric=True),
        "what_happened": View("What happened", long=True),
        "result": View("Outcome", long=True),
    }
    return ReportTable(history, "Past extensions and reforms", views, shown)


def links_table(links: pd.DataFrame) -> ReportTable:
    """The plans, programmes, policies and laws that the strategy must fit.

    Parameters
    ----------
    links : result of ``stocktaking.plans_and_laws``
    """
    other = links["title_en"].where(links["title_en"] != links["title"], "")
    shown = links.assign(english=other, says=links["content"].where(links["content"] != "", links["reason"]))
    shown["when"] = links["period"].where(links["period"] != "", links["year"].map(lambda year: write_year(year)))
    views = {
        "title": View("Document", detail="english"),
        "kind": View("Kind"),
        "when": View("Period"),
        "says": View("What it says on social protection", long=True),
    }
    return ReportTable(links, "Plans, programmes, policies and laws that the strategy must fit", views, shown)


def conventions_table(conventions: pd.DataFrame) -> ReportTable:
    """What was read on the ratification of the social security Conventions.

    Parameters
    ----------
    conventions : result of ``stocktaking.conventions``
    """
    parts = conventions["parts_accepted"].map(lambda text: f"parts accepted: {text}" if text else "")
    shown = conventions.assign(
        says=[
            "; ".join(filter(None, row)) for row in zip(parts, conventions["note"], conventions["reason"], strict=True)
        ]
    )
    views = {
        "convention": View("Convention"),
        "status": View("State, as far as was read"),
        "year": View("Year", write_year, numeric=True),
        "says": View("Note", long=True),
    }
    return ReportTable(conventions, "Social security Conventions and their ratification", views, shown)


def source_table(sources: pd.DataFrame) -> ReportTable:
    """The sources that a chapter used.

    Parameters
    ----------
    sources : rows of a pack's ``sources``
    """
    views = {
        "id": View("Source"),
        "publisher": View("Publisher"),
        "title": View("Title", long=True),
        "edition": View("Edition"),
        "year": View("Year", write_year, numeric=True),
        "licence": View("Terms"),
    }
    return ReportTable(sources, "Sources of this chapter", views)
