"""Doubts: one figure that is odd by itself, a zero in law beside a scheme, or a note that says misprint; and how a figure is named.

What two figures say against each other is in ``consistency``.
"""

from __future__ import annotations

import re

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.errors import Problem, by_kind
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.schema import TABLES
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.schemes.inventory import STANDING

DOUBT = re.compile(
    r"misprint|printed error|do not plot|\bprints\b|\bprinted \d|\banother (?:press|source)\b|\bother press\b|\bsays \d",
    re.I,
)
SCHEMES_OF_GROUP = {"unemployed": "unemployment"}
SCHEME_FIGURE_KEY = ["scheme", "measure", "detail", "year", "unit"]
SUBJECTS = {  # first word of an indicator -> what it is about
    **{"aspire": "surveys", "health": "health_insurance", "social": "spending"},
    **{"poverty": "poverty", "national": "poverty", "gini": "distribution"},
}


def with_origin(about: dict, rows: pd.DataFrame) -> dict:
    """A row of a contradiction with the weakest quality and all sources of the figures it rests on."""
    return about | {"quality": weakest(filter(None, rows["quality"])), "source": join_sources(*rows["source"])}


def published_figure(pack: Pack, row: pd.Series) -> str:
    """A figure as a reason cell: its indicator by the codebook's name, with group, sex and breakdown."""
    names = pack.codebook.set_index("id")["name_en"]
    group = "" if row["group"] == "total" else reason("of_group", group=row["group"])
    told = row["sex"] == "total" or row["group"] == "mothers"
    of_sex = (
        reason("of_child", child_sex=row["sex"]) if row["group"] == "children" else reason("of_sex", sex=row["sex"])
    )
    sex = "" if told else of_sex
    name = names.get(row["indicator"], row["indicator"])
    return join_reasons(reason("indicator", name=name), group, sex, _part(row["breakdown"]))


def _part(breakdown: str) -> str:
    """The part of the population or the line that a figure is of."""
    if breakdown in terms.QUINTILES:
        return reason("of_fifth", fifth=breakdown)
    part = breakdown.removeprefix("line=").replace("_", " ")
    if breakdown.startswith("line="):
        return "of_national_line" if part == "national" else reason("of_line", line=part)
    return reason("of_part", part=part) if part else ""


def subject_of(row: pd.Series) -> str:
    """The group or subject that a figure is about: a code."""
    if row["indicator"] == "effective_coverage":
        return row["group"]
    return SUBJECTS.get(row["indicator"].split("_")[0], "country")


def scheme_figure(pack: Pack, row: pd.Series) -> tuple[str, str]:
    """The short name of a figure's scheme, and the figure as a reason cell."""
    scheme = dict(zip(pack.schemes["id"], pack.schemes["short_name"], strict=True)).get(row["scheme"], row["scheme"])
    figure = reason("of_scheme", scheme=scheme, measure=row["measure"])
    return scheme, join_reasons(figure, reason("of_part", part=row["detail"]) if row["detail"] else "")


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
        "subject": branch,
        "figure": published_figure(pack, rate.iloc[0]),
        "first": 0.0,
        "second": float("nan"),
        "unit": rate["unit"].iat[0],
        "years": str(rate["year"].iat[0]),
        "explanation": reason("no_programme_though_listed", schemes=list(listed["short_name"])),
        "what_to_do": "ask_loss_of_work",
    }
    return with_origin(about, pd.concat([rate, listed.assign(quality="")]))


def marked_figures(pack: Pack) -> list[dict]:
    """Figures whose own note says that something is wrong with them; competing counts are said once, by their own rule."""
    facts, figures, ages = (_doubted(table) for table in (pack.facts, pack.scheme_figures, pack.pensionable_ages))
    said = figures[SCHEME_FIGURE_KEY].apply(tuple, axis=1).isin(_competing_keys(pack)) if len(figures) else []
    return [
        *(_marked(row, subject_of(row), published_figure(pack, row)) for _, row in facts.iterrows()),
        *(_marked(row, *scheme_figure(pack, row)) for _, row in figures[[not known for known in said]].iterrows()),
        *(_marked(_age_as_figure(row), row["scheme_name"], "pensionable_age") for _, row in ages.iterrows()),
    ]


def odd_figures(pack: Pack) -> list[dict]:
    """Figures that ``nasssap check`` finds odd and that may be so; those of one kind are one row, with their number."""
    return [_odd(pack, same) for same in by_kind(pack.doubts)]


def _odd(pack: Pack, same: list[Problem]) -> dict:
    first = same[0]
    frame = next((getattr(pack, table.attribute) for table in TABLES if first.file.endswith(f"/{table.file}")), None)
    there = frame is not None and first.at in frame.index
    row = frame.loc[first.at] if there else pd.Series(dtype=object)
    subject, figure = _odd_subject(pack, row, first)
    expected, what_to_do = first.doubt
    year, is_figure = row.get("year"), "unit" in row  # else its cell is told with its place
    return {
        "kind": "odd",
        "subject": subject,
        "figure": figure,
        "first": float(pd.to_numeric(first.value if is_figure else "", errors="coerce")),
        "second": float("nan"),
        "unit": row.get("unit", ""),
        "years": "" if year is None or pd.isna(year) else str(int(year)),
        "explanation": join_reasons(
            expected,
            reason("such_figures", count=len(same)) if len(same) > 1 else "",
            "published_so" if first.explained else "",
        ),
        "what_to_do": what_to_do,
        "quality": row.get("quality", ""),
        "source": row.get("source", ""),
    }


def _odd_subject(pack: Pack, row: pd.Series, problem: Problem) -> tuple[str, str]:
    """Subject and figure of an odd row: as figures are named elsewhere, else by file and line."""
    if "indicator" in row and "group" in row and "value" in row:
        return subject_of(row), published_figure(pack, row)
    if "scheme" in row and "measure" in row:
        return scheme_figure(pack, row)
    if not problem.row:
        return "country", reason("whole_file", file=problem.file)
    place = {"file": problem.file, "row": problem.row, "column": problem.column, "value": problem.value}
    return "country", reason("line_of_file", **place)


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
        "years": "" if pd.isna(row["year"]) else str(int(row["year"])),
        "explanation": reason("its_note", note=row["note"]),
        "what_to_do": "read_original",
    }
    return about | {"quality": row["quality"], "source": row["source"]}
