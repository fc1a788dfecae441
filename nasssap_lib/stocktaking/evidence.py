"""Evidence: how old the figures of each subject are, from which edition, and what is missing; read from the pack by rules."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import is_legal_zero, join_sources, strongest_grade, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.schemes.inventory import standing_schemes

PARTS = {  # subject -> what it consists of: code of what is lacking -> indicator, group, sex, breakdown
    "economy": {
        "lacks_gdp": ("gdp_current",),
        "lacks_gdp_per_head": ("gdp_per_head",),
        "lacks_revenue": ("government_revenue_gdp",),
        "lacks_expenditure": ("government_expenditure_gdp",),
        "lacks_debt": ("government_debt_gdp",),
    },
    "work": {
        "lacks_employment": ("employment_to_population_ratio",),
        "lacks_wage_workers": ("wage_and_salaried_share",),
        "lacks_family_workers": ("contributing_family_share",),
        "lacks_family_workers_by_sex": ("contributing_family_share", "total", "female"),
        "lacks_informal_employment": ("informal_employment_share",),
        "lacks_unemployment": ("unemployment_rate",),
    },
    "poverty": {
        "lacks_headcount": ("poverty_headcount", "total", "total", "line=national"),
        "lacks_national_line": ("national_poverty_line",),
        "lacks_gini": ("gini",),
    },
    "at_least_one": {"lacks_rate": ("effective_coverage", "at_least_one")},
    "coverage": {
        reason("lacks_people", people=group): ("effective_coverage", group, terms.sex_of(group))
        for group in terms.PEOPLE
    },
    "coverage_by_sex": {
        "lacks_older_women": ("effective_coverage", "older_persons", "female"),
        "lacks_older_men": ("effective_coverage", "older_persons", "male"),
        "lacks_employed_women": ("effective_coverage", "employment_injury", "female"),
        "lacks_employed_men": ("effective_coverage", "employment_injury", "male"),
    },
    "coverage_by_fifth": {
        f"lacks_{fifth}": ("aspire_coverage_social_assistance", "total", "total", fifth) for fifth in terms.QUINTILES
    },
    "health": {
        "lacks_service_index": ("uhc_service_coverage_index",),
        "lacks_out_of_pocket": ("out_of_pocket_share",),
        "lacks_catastrophic_spending": ("catastrophic_health_spending",),
        "lacks_government_spending": ("government_health_expenditure_gdp",),
        "lacks_external_share": ("external_health_share",),
    },
    "spending": {"lacks_share_of_gdp": ("social_protection_expenditure_gdp",)},
}
COLUMNS = ["subject", "newest", "oldest", "age", "edition", "missing", "grade", "quality", "source", "reason"]


def evidence_by_subject(pack: Pack) -> pd.DataFrame:
    """How old the newest figures of each subject are, from which edition, and what is missing.

    Returns
    -------
    table : subject (a code of ``words.SUBJECTS``), newest (year of the newest observation up to the reference year; a legal zero
        counts only where nothing was measured), oldest (of the newest figures, the oldest), age (years from ``newest`` to the
        reference year), edition (short names of its sources, ";"),
        missing (a reason cell), grade (of its sources the strongest, a code of ``terms.SOURCE_GRADES``), quality (the weakest), source,
        reason (where the subject has no figure at all)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> evidence_by_subject(read_pack("SEN")).set_index("subject").loc["coverage", "missing"]
    'lacks_people {"people": "severe_disability"}'
    """
    rows = [_people(pack), *(_subject(pack, name, parts) for name, parts in PARTS.items()), *_of_schemes(pack)]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"newest": "Int64", "oldest": "Int64", "age": "Int64"})


def _evidence(pack: Pack, subject: str, years, rows: pd.DataFrame, missing: str) -> dict:
    years = [int(year) for year in years]
    source = join_sources(*rows["source"])
    return {
        "subject": subject,
        "newest": max(years, default=pd.NA),
        "oldest": min(years, default=pd.NA),
        "age": pack.settings.reference_year - max(years) if years else pd.NA,
        "edition": _editions(pack, source),
        "missing": missing,
        "grade": strongest_grade(source, pack.grades),
        "quality": weakest(filter(None, rows["quality"])) if rows["quality"].any() else "",
        "source": source,
        "reason": "" if years else "not_found",
    }


def _editions(pack: Pack, source: str) -> str:
    """The sources of a subject as a caption names them."""
    known = pack.sources.set_index("id")
    rows = [known.loc[name] for name in source.split(";") if name in known.index]
    return ";".join(dict.fromkeys((row["short"] or row["publisher"]).replace(";", ",") for row in rows))


def _people(pack: Pack) -> dict:
    people = pack.used_population
    years = people.loc[people["year"] <= pack.settings.reference_year, "year"].unique()
    births = pack.latest("births", year=pack.settings.reference_year)
    missing = join_reasons("lacks_population" if people.empty else "", "lacks_births" if births.empty else "")
    known = pd.concat([people[["quality", "source"]].drop_duplicates(), births[["quality", "source"]]])
    return _evidence(pack, "population", [*years[-1:], *births["year"]], known, missing)


def _subject(pack: Pack, name: str, parts: dict[str, tuple]) -> dict:
    facts = {lacking: pack.latest(*key, year=pack.settings.reference_year) for lacking, key in parts.items()}
    rows, missing = pd.concat(facts.values()), join_reasons(*(lacking for lacking, fact in facts.items() if fact.empty))
    budget = pack.latest("social_protection_budget") if name == "spending" and rows.empty else rows.head(0)
    missing = join_reasons(missing, *(reason("only_a_budget", year=year) for year in budget["year"]))
    zero = [is_legal_zero(value, note) for value, note in zip(rows["value"], rows["note"], strict=True)]
    measured = rows[~np.array(zero, dtype=bool)]  # that a law is absent makes no figure of others newer
    return _evidence(pack, name, (measured if len(measured) else rows)["year"], rows, missing)


def _of_schemes(pack: Pack) -> list[dict]:
    figures, standing = pack.scheme_figures, set(standing_schemes(pack)["id"])
    figures = figures[figures["year"] <= pack.settings.reference_year]
    rates = figures[figures["measure"].str.startswith("rate_")]
    contributory = set(pack.schemes.loc[pack.schemes["type"].isin(terms.CONTRIBUTORY_TYPES), "id"]) & standing
    persons = figures[figures["counted_in"].isin(["persons", "households", "families", "subscribers"])]
    return [
        _scheme_evidence(pack, "scheme_persons", persons, standing, "schemes_without_count"),
        _money_evidence(pack, figures, standing),
        _scheme_evidence(pack, "scheme_rates", rates, contributory, "schemes_without_rate"),
        _evidence(
            pack,
            "pensionable_ages",
            pack.pensionable_ages["year"].dropna(),
            pack.pensionable_ages.assign(quality=""),
            "",
        ),
    ]


def _money_evidence(pack: Pack, figures: pd.DataFrame, schemes: set[str]) -> dict:
    """A budget is no outturn: it makes no figure newer, but it is said that there is one."""
    money = figures[figures["measure"].isin(["expenditure", "income", "administration"])]
    evidence = _scheme_evidence(pack, "scheme_money", money, schemes, "schemes_without_money")
    budgets = set(figures[figures["measure"] == "expenditure_budget"]["scheme"]) & schemes - set(money["scheme"])
    told = reason("budgets_of_schemes", n=len(budgets)) if budgets else ""
    return evidence | {"missing": join_reasons(evidence["missing"], told)}


def _scheme_evidence(pack: Pack, subject: str, figures: pd.DataFrame, schemes: set[str], lacking: str) -> dict:
    newest = figures.sort_values("year").drop_duplicates("scheme", keep="last")
    without = len(schemes - set(figures["scheme"]))
    missing = reason(lacking, n=without, all=len(schemes)) if without else ""
    return _evidence(pack, subject, newest["year"], newest, missing)
