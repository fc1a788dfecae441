"""Evidence: how old the figures of each subject are, from which edition, and what is missing; read from the pack by rules."""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.schemes.inventory import standing_schemes
from nasssap_lib.schemes.spending import NOT_FOUND

FIFTHS = tuple(f"q{number}" for number in range(1, 6))
SUBJECTS = (  # subject, what it consists of: words -> indicator, group, sex, breakdown
    ("Economy and public finance", {
        "GDP": ("gdp_current",), "GDP per head": ("gdp_per_head",), "revenue": ("government_revenue_gdp",),
        "expenditure": ("government_expenditure_gdp",), "debt": ("government_debt_gdp",),
    }),
    ("Work", {
        "employment": ("employment_to_population_ratio",), "wage workers": ("wage_and_salaried_share",),
        "family workers": ("contributing_family_share",), "family workers by sex": ("contributing_family_share", "total", "female"),
        "informal employment": ("informal_employment_share",), "unemployment": ("unemployment_rate",),
    }),
    ("Poverty", {
        "headcount at the national line": ("poverty_headcount", "total", "total", "line=national"),
        "national line in currency": ("national_poverty_line",), "Gini index": ("gini",),
    }),
    ("At least one benefit", {"rate": ("effective_coverage", "at_least_one")}),
    ("Coverage by group", {
        words.split(",")[0].lower(): ("effective_coverage", group, "female" if group == "mothers" else "total")
        for group, words in terms.COVERAGE_GROUPS.items() if group != "at_least_one"
    }),
    ("Coverage of women and men", {
        f"older {words}": ("effective_coverage", "older_persons", sex) for sex, words in list(terms.SEXES.items())[1:]
    } | {f"employed {words}, injury": ("effective_coverage", "employment_injury", sex) for sex, words in list(terms.SEXES.items())[1:]}),
    ("Social assistance by fifth of the population", {
        words: ("aspire_coverage_social_assistance", "total", "total", fifth)
        for fifth, words in zip(FIFTHS, ("poorest", "second", "third", "fourth", "richest"), strict=True)
    }),
    ("Health care", {
        "service index": ("uhc_service_coverage_index",), "out-of-pocket share": ("out_of_pocket_share",),
        "catastrophic spending": ("catastrophic_health_spending",), "government spending": ("government_health_expenditure_gdp",),
        "external share": ("external_health_share",),
    }),
    ("Spending on social protection, national total", {"share of GDP": ("social_protection_expenditure_gdp",)}),
)  # fmt: skip
COLUMNS = ["subject", "newest", "oldest", "age", "edition", "missing", "quality", "source", "reason"]


def evidence_by_subject(pack: Pack) -> pd.DataFrame:
    """How old the newest figures of each subject are, from which edition, and what is missing.

    Returns
    -------
    table : subject, newest (year of the newest observation up to the reference year), oldest (of the newest figures, the oldest), age
        (years from ``newest`` to the reference year), edition (words), missing (words, ";"), quality (the weakest), source, reason
        (where the subject has no figure at all)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> evidence_by_subject(read_pack("SEN")).set_index("subject").loc["Coverage by group", "missing"]
    'persons with severe disabilities'
    """
    rows = [_people(pack), *(_subject(pack, name, parts) for name, parts in SUBJECTS), *_of_schemes(pack)]
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
        "quality": weakest(filter(None, rows["quality"])) if rows["quality"].any() else "",
        "source": source,
        "reason": "" if years else NOT_FOUND,
    }


def _editions(pack: Pack, source: str) -> str:
    """The sources of a subject as a caption names them, at most three."""
    known = pack.sources.set_index("id")
    rows = [known.loc[name] for name in source.split(";") if name in known.index]
    words = list(dict.fromkeys(row["short"] or row["publisher"] for row in rows))
    return "; ".join(words[:3]) + (f"; and {len(words) - 3} more" if len(words) > 3 else "")


def _people(pack: Pack) -> dict:
    people = pack.used_population
    years = people.loc[people["year"] <= pack.settings.reference_year, "year"].unique()
    births = pack.latest("births", year=pack.settings.reference_year)
    lacking = [words for words, empty in (("population by age", people.empty), ("births", births.empty)) if empty]
    known = pd.concat([people[["quality", "source"]].drop_duplicates(), births[["quality", "source"]]])
    return _evidence(pack, "Population and births", [*years[-1:], *births["year"]], known, "; ".join(lacking))


def _subject(pack: Pack, name: str, parts: dict[str, tuple]) -> dict:
    found = {words: pack.latest(*key, year=pack.settings.reference_year) for words, key in parts.items()}
    rows = pd.concat(found.values())
    return _evidence(pack, name, rows["year"], rows, "; ".join(words for words, fact in found.items() if fact.empty))


def _of_schemes(pack: Pack) -> list[dict]:
    figures, standing = pack.scheme_figures, set(standing_schemes(pack)["id"])
    figures = figures[figures["year"] <= pack.settings.reference_year]
    rates = figures[figures["measure"].str.startswith("rate_")]
    contributory = set(pack.schemes.loc[pack.schemes["type"].isin(terms.CONTRIBUTORY_TYPES), "id"]) & standing
    persons = figures[figures["counted_in"].isin(["persons", "households", "families", "subscribers"])]
    money = figures[figures["measure"].isin(["expenditure", "income", "administration"])]
    return [
        _scheme_evidence(pack, "Schemes: persons reached", persons, standing, "schemes without a count"),
        _scheme_evidence(pack, "Schemes: expenditure and income", money, standing, "schemes without money"),
        _scheme_evidence(
            pack, "Schemes: contribution rates", rates, contributory, "contributory schemes without a rate"
        ),
        _evidence(
            pack,
            "Pensionable ages",
            pack.pensionable_ages["year"].dropna(),
            pack.pensionable_ages.assign(quality=""),
            "",
        ),
    ]


def _scheme_evidence(pack: Pack, subject: str, figures: pd.DataFrame, schemes: set[str], words: str) -> dict:
    newest = figures.sort_values("year").drop_duplicates("scheme", keep="last")
    without = len(schemes - set(figures["scheme"]))
    return _evidence(pack, subject, newest["year"], newest, f"{without} of {len(schemes)} {words}" if without else "")
