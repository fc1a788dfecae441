"""Tables of monitoring for readers: indicator sheets, yearly targets, persons paid, targets that were written down, terms of review."""

from __future__ import annotations

import re

import pandas as pd

from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    write_code,
    write_name,
    write_persons,
    write_reason,
    write_share,
    write_year,
)
from nasssap_lib.display.texts import _, join_clauses, label, named
from nasssap_lib.display.words import amount_words
from nasssap_lib.monitoring.words import COVERAGE, SHORT, series_words
from nasssap_lib.terms import OUTPUTS, TARGET_STANDINGS, UNITS

MOST_YEARS = 5  # columns of a table
PERCENT = 100
OURS = re.compile(r"(\w+)\.(\w+)=([\d.e-]+)–([\d.e-]+)")  # a series and its interval in a cell of ``existing_plans``


def targets_table(targets: pd.DataFrame) -> ReportTable:
    """Coverage to which the options commit in some of the years, with what it can be at most below.

    Parameters
    ----------
    targets : result of ``monitoring.yearly_targets``
    """
    years = _some(sorted(targets["year"].unique()))
    shown = targets.drop_duplicates(["indicator", "group", "sex"]).reset_index(drop=True)
    shown = shown.assign(
        whose=[series_words(row.indicator, "", row.group, row.sex) for row in shown.itertuples()],
        of=[write_year(year) for year in shown["baseline_year"]],
    )
    views = {"whose": View(_("Group")), "baseline": View(_("Today"), write_share, "baseline_quality", True, "of")}
    for year in years:
        own = targets[targets["year"] == year].reset_index(drop=True)
        shown = shown.assign(**{
            f"low_{year}": own["low"], f"high_{year}": _at_most(own), f"quality_{year}": _marked(own),
        })  # fmt: skip
        views[f"low_{year}"] = View(str(year), write_share, f"quality_{year}", True, f"high_{year}")
    last = targets[targets["year"] == targets["year"].max()].reset_index(drop=True)
    shown["reason"] = last["reason"]
    views["reason"] = View(_("What must be known"), write_reason, long=True)
    return ReportTable(
        targets, _("Coverage that follows from the options, by year: at least (below: at most)"), views, shown
    )


def _some(years: list[int]) -> list[int]:
    """At most so many years, evenly, the last among them."""
    step = -(-len(years) // MOST_YEARS)
    return [int(year) for year in years[::-1][:: step or 1]][::-1]


def _at_most(own: pd.DataFrame) -> list[str]:
    return [
        _("at most {share}", share=format_share(row.high)) if pd.notna(row.high) and row.high > row.low else ""
        for row in own.itertuples()
    ]


def _marked(own: pd.DataFrame) -> list[str]:
    """Only what an option adds stands on an assumption."""
    return ["assumed" if row.options and row.take_up_quality == "assumed" else row.quality for row in own.itertuples()]


def outputs_table(outputs: pd.DataFrame) -> ReportTable:
    """Persons paid and newly registered by each option: in the first year of payment, and in the last year shown.

    Parameters
    ----------
    outputs : result of ``monitoring.yearly_outputs``
    """
    paid = outputs[outputs["take_up"] > 0]
    first, last = (paid.groupby("option", sort=False).nth(place).set_index("option") for place in (0, -1))
    shown = first[["name", "year", "paid", "quality", "reason"]].rename(columns={"paid": "paid_first"}).assign(
        until=last["year"], take_up=last["take_up"], paid_last=last["paid"],
        registered=paid.groupby("option", sort=False)["registered"].max(),
    )  # fmt: skip
    views = {
        "name": View(_("Option"), write_name),
        "year": View(_("First payment"), write_year),
        "paid_first": View(_("Persons paid in that year"), write_persons, "quality", True),
        "registered": View(_("Most newly registered in a year"), write_persons, "quality", True),
        "until": View(_("Year"), write_year),
        "take_up": View(_("Take-up"), write_share, "quality", True),
        "paid_last": View(_("Persons paid at full take-up"), write_persons, "quality", True),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(outputs, _("Outputs: persons paid and registered"), views, shown.reset_index())


def sheets_table(sheets: pd.DataFrame) -> ReportTable:
    """Indicator sheets of outcomes: baseline with its year, who measures it, and what to do before a target is set.

    Parameters
    ----------
    sheets : result of ``monitoring.indicator_sheets``
    """
    rows = sheets[sheets["kind"] == "outcome"].reset_index(drop=True)
    shown = rows.assign(
        whose=[series_words(row.indicator, row.name, row.group, row.sex) for row in rows.itertuples(index=False)],
        what=[named(row.name) if row.indicator in (COVERAGE, *SHORT) else "" for row in rows.itertuples(index=False)],
        stands=[amount_words(row.baseline, row.unit) for row in rows.itertuples()],
        who=[named(name) or _("nobody named") for name in rows["responsible"]],
        often=[named(name) for name in rows["frequency"]],
        since=[write_year(year) for year in rows["baseline_year"]],
    )
    views = {
        "whose": View(_("Outcome"), detail="what"),
        "sdg": View(_("SDG")),
        "stands": View(_("Baseline"), quality="quality", numeric=True, detail="since"),
        "who": View(_("Who measures"), detail="often"),
        "reason": View(_("Before a target is set"), write_reason, long=True),
    }
    return ReportTable(sheets, _("Indicator sheets"), views, shown)


def definitions_table(sheets: pd.DataFrame) -> ReportTable:
    """How each indicator of an outcome is defined.

    Parameters
    ----------
    sheets : result of ``monitoring.indicator_sheets``
    """
    rows = sheets[sheets["kind"] == "outcome"].drop_duplicates("indicator")[
        ["indicator", "name", "definition", "official_code", "unit"]
    ]
    views = {
        "name": View(_("Indicator"), write_name),
        "definition": View(_("Definition"), write_name, long=True),
        "unit": View(_("Unit"), write_code(UNITS)),
        "official_code": View(_("Official code")),
    }
    return ReportTable(rows.reset_index(drop=True), _("Definitions"), views)


def output_sheets_table(sheets: pd.DataFrame) -> ReportTable:
    """Indicator sheets of outputs: what each option's institution counts.

    Parameters
    ----------
    sheets : result of ``monitoring.indicator_sheets``
    """
    rows = sheets[sheets["kind"] == "output"].reset_index(drop=True)
    shown = rows.assign(who=[named(name) or _("nobody named") for name in rows["responsible"]])
    views = {
        "name": View(_("Option"), write_name),
        "indicator": View(_("Output"), write_code(OUTPUTS)),
        "who": View(_("Who counts")),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(rows, _("Outputs that the options' institutions count"), views, shown)


def typed_targets_table(typed: pd.DataFrame) -> ReportTable:
    """Targets that were written down beside the interval that follows from the options.

    Parameters
    ----------
    typed : result of ``monitoring.typed_targets``
    """
    shown = typed.assign(
        whose=[series_words(row.indicator, row.name, row.group, row.sex) for row in typed.itertuples(index=False)],
        wanted=[amount_words(row.value, row.unit) for row in typed.itertuples()],
        stands=[amount_words(row.baseline, row.unit) for row in typed.itertuples()],
        since=[write_year(year) for year in typed["baseline_year"]],
        ours=[_interval(row.low / PERCENT, row.high / PERCENT) for row in typed.itertuples()],
        told=[label(TARGET_STANDINGS, code) if code else "" for code in typed["standing"]],
        who=[named(name) or _("nobody named") for name in typed["responsible"]],
        often=[named(name) for name in typed["frequency"]],
    )
    views = {
        "whose": View(_("Target")),
        "year": View(_("Year"), write_year),
        "wanted": View(_("Written down"), quality="quality", numeric=True),
        "stands": View(_("Baseline"), numeric=True, detail="since"),
        "ours": View(_("From the options"), numeric=True),
        "told": View(_("It stands"), detail=""),
        "who": View(_("Responsible"), detail="often"),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(typed, _("Targets that were written down, beside what follows from the options"), views, shown)


def _interval(low: float, high: float) -> str:
    """An interval of shares 0–1, one number where both ends are written alike."""
    if pd.isna(low):
        return _("n/a")
    ends = [format_share(end) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else _("{low} to {high}", low=ends[0], high=ends[1])


def review_terms_table(terms: pd.DataFrame) -> ReportTable:
    """The terms of the periodic review.

    Parameters
    ----------
    terms : result of ``monitoring.review_terms``
    """
    shown = terms.assign(who=[named(name) or _("nobody named") for name in terms["responsible"]])
    views = {
        "text": View(_("What was agreed"), write_name, "quality", long=True),
        "year": View(_("First in"), write_year),
        "frequency": View(_("How often"), write_name),
        "who": View(_("Responsible")),
        "reason": View(_("What must be known"), write_reason, long=True),
    }
    return ReportTable(terms, _("Terms of the periodic review"), views, shown)


def existing_plans_table(plans: pd.DataFrame) -> ReportTable:
    """What plans of the country say in figures or on an option, beside ours.

    Parameters
    ----------
    plans : result of ``monitoring.existing_plans``
    """
    rows = list(plans.itertuples())
    shown = plans.assign(
        when=[row.period or write_year(row.year) for row in rows],
        over=[_("ended") if row.state == "ended" else "" for row in rows],
        other=["" if named(row.title_en) == row.title else named(row.title_en) for row in rows],
        ours=[_ours_words(row.ours) for row in rows],
    )
    views = {
        "title": View(_("Document"), detail="other"),
        "when": View(_("Period"), detail="over"),
        "article": View(_("Place")),
        "content": View(_("What it says"), write_name, long=True),
        "ours": View(_("From the options, last year"), long=True),
    }
    return ReportTable(plans, _("What plans and laws of the country say, beside ours"), views, shown)


def _ours_words(cell: str) -> str:
    return join_clauses([
        _("{group}: {interval}", group=series_words(indicator, "", group), interval=_interval(float(low), float(high)))
        for indicator, group, low, high in OURS.findall(cell)
    ])  # fmt: skip
