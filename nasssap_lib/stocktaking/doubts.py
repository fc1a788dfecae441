"""Figures in doubt by themselves: competing counts of a scheme, a zero in law beside a scheme, and notes that say misprint."""

from __future__ import annotations

import re

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.schemes.inventory import STANDING

COLUMNS = [
    "kind", "subject", "figure", "first", "second", "unit", "years", "explanation", "what_to_do", "quality", "source",
]  # fmt: skip
KINDS = {
    "revised": "Two editions or sources of one figure",
    "jump": "Jump within one series",
    "above_employees": "More covered than there are employees",
    "competing": "Competing counts of one scheme",
    "poverty_line": "Two poverty lines of one year",
    "zero_though_listed": "Zero in law, though a scheme is listed",
    "marked": "Doubted by its own note",
}
DOUBT = re.compile(
    r"misprint|printed error|do not plot|\bprints\b|\bprinted \d|\banother (?:press|source)|other press|\bsays \d", re.I
)
SCHEMES_OF_GROUP = {"unemployed": "unemployment"}
SCHEME_FIGURE_KEY = ["scheme", "measure", "detail", "year", "unit"]
FIFTHS = {"q1": "poorest fifth", "q2": "second fifth", "q3": "third fifth", "q4": "fourth fifth", "q5": "richest fifth"}
SUBJECTS = {  # first word of an indicator -> what it is about
    "aspire": "Social protection in surveys", "poverty": "Poverty", "national": "Poverty", "gini": "Distribution",
    "health": "Health insurance", "social": "Spending on social protection",
}  # fmt: skip


def with_origin(about: dict, rows: pd.DataFrame) -> dict:
    """A row of ``COLUMNS`` with the weakest quality and all sources of the figures it rests on."""
    return about | {"quality": weakest(filter(None, rows["quality"])), "source": join_sources(*rows["source"])}


def figure_words(pack: Pack, row: pd.Series) -> str:
    """An indicator's name with its group, sex and breakdown."""
    names = pack.codebook.set_index("id")["name_en"]
    breakdown = row["breakdown"]
    line = breakdown.removeprefix("line=").replace("_", " ") + (" line" if breakdown.startswith("line=") else "")
    parts = [
        names.get(row["indicator"], row["indicator"]),
        "" if row["group"] == "total" else terms.label(terms.GROUPS, row["group"]).lower(),
        "" if row["sex"] == "total" or row["group"] == "mothers" else terms.SEXES[row["sex"]],
        FIFTHS.get(breakdown, line),
    ]
    return ", ".join(filter(None, parts))


def subject_of(row: pd.Series) -> str:
    """The group or subject that a figure is about."""
    if row["indicator"] == "effective_coverage":
        return terms.GROUPS[row["group"]].split(",")[0]
    return SUBJECTS.get(row["indicator"].split("_")[0], "Country")


def _scheme_words(pack: Pack, row: pd.Series) -> tuple[str, str]:
    """The short name of a figure's scheme, and the figure in words."""
    scheme = dict(zip(pack.schemes["id"], pack.schemes["short_name"], strict=True)).get(row["scheme"], row["scheme"])
    measure = terms.SCHEME_MEASURES[row["measure"]].lower()
    return scheme, f"{scheme}: {measure}" + (f", {row['detail']}" if row["detail"] else "")


def competing_counts(pack: Pack) -> list[dict]:
    """Two values of one scheme, measure, detail and year; counts of the years beside it stand in the explanation."""
    groups = pack.scheme_figures.groupby(SCHEME_FIGURE_KEY, sort=False)
    return [_competing(pack, same) for _, same in groups if same["value"].nunique() > 1]


def _competing(pack: Pack, same: pd.DataFrame) -> dict:
    first, figures = same.iloc[0], pack.scheme_figures
    series = figures[
        (figures[["scheme", "measure", "detail", "unit"]] == first[["scheme", "measure", "detail", "unit"]]).all(axis=1)
    ]
    near = series[(series["year"] - first["year"]).abs() == 1]
    values = same["value"].drop_duplicates().tolist()
    counts = " and ".join(f"{value:,.10g}" for value in values) + f" for {first['year']}"
    subject, figure = _scheme_words(pack, first)
    about = {
        "kind": "competing",
        "subject": subject,
        "figure": figure,
        "first": values[0],
        "second": values[1],
        "unit": first["unit"],
        "years": str(first["year"]),
        "explanation": "; ".join([counts, *(f"{row.value:,.10g} for {row.year}" for row in near.itertuples())]),
        "what_to_do": "ask the scheme for its own register; show all counts, prefer none",
    }
    return with_origin(about, pd.concat([same, near]))


def zero_though_listed(pack: Pack) -> list[dict]:
    """A published rate of zero for a group, and a scheme of its branch in the inventory."""
    rows = [_zero_though_listed(pack, group, branch) for group, branch in SCHEMES_OF_GROUP.items()]
    return [row for row in rows if row]


def _zero_though_listed(pack: Pack, group: str, branch: str) -> dict | None:
    rate = pack.latest("effective_coverage", group)
    listed = pack.schemes[pack.schemes["status"].isin(STANDING)]
    listed = listed[listed["branches"].str.split(";").map(lambda codes: branch in codes).astype(bool)]
    if rate.empty or rate["value"].iat[0] != 0 or listed.empty:
        return None
    about = {
        "kind": "zero_though_listed",
        "subject": terms.BRANCHES[branch],
        "figure": figure_words(pack, rate.iloc[0]),
        "first": 0.0,
        "second": float("nan"),
        "unit": rate["unit"].iat[0],
        "years": str(rate["year"].iat[0]),
        "explanation": f"no programme, says the source of the rate; the inventory lists {', '.join(listed['short_name'])}",
        "what_to_do": "ask whether the scheme pays on loss of work, and to whom; correct its branch, or the rate",
    }
    return with_origin(about, pd.concat([rate, listed.assign(quality="")]))


def marked_figures(pack: Pack) -> list[dict]:
    """Figures whose own note says that something is wrong with them; competing counts are said once, by their own rule."""
    facts, figures, ages = (_doubted(table) for table in (pack.facts, pack.scheme_figures, pack.pensionable_ages))
    said = figures[SCHEME_FIGURE_KEY].apply(tuple, axis=1).isin(_competing_keys(pack)) if len(figures) else []
    return [
        *(_marked(row, subject_of(row), figure_words(pack, row)) for _, row in facts.iterrows()),
        *(_marked(row, *_scheme_words(pack, row)) for _, row in figures[[not known for known in said]].iterrows()),
        *(_marked(_age_as_figure(row), row["scheme_name"], "Pensionable age") for _, row in ages.iterrows()),
    ]


def _doubted(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["note"].map(lambda note: bool(DOUBT.search(note))).astype(bool)]


def _competing_keys(pack: Pack) -> set[tuple]:
    counts = pack.scheme_figures.groupby(SCHEME_FIGURE_KEY)["value"].nunique()
    return set(counts[counts > 1].index)


def _age_as_figure(row: pd.Series) -> pd.Series:
    return pd.concat([row.rename({"age": "value"}), pd.Series({"unit": "years", "quality": "observed"})])


def _marked(row: pd.Series, subject: str, figure: str) -> dict:
    about = {
        "kind": "marked",
        "subject": subject,
        "figure": figure,
        "first": float(row["value"]),
        "second": float("nan"),
        "unit": row["unit"],
        "years": "not dated" if pd.isna(row["year"]) else str(int(row["year"])),
        "explanation": f"its note: {row['note']}",
        "what_to_do": "read the original; until then the figure stands with its note and is not drawn",
    }
    return about | {"quality": row["quality"], "source": row["source"]}
