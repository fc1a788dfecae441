"""The index of all reports: a function of the run.json files that lie there, so that it never says more than was run."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pandas as pd

from nasssap_lib.display.numbers import format_share
from nasssap_lib.pack.cells import read_cells
from nasssap_lib.pack.reader import read_settings
from nasssap_lib.run.folders import Places
from nasssap_lib.run.html import render_page
from nasssap_lib.run.leads import CHAPTER, read_lead


def write_index(place: Places, root: Path) -> Path:
    """Write reports/index.html for every country that has been run.

    Parameters
    ----------
    place : folders of the run
    root : data folder, for the countries' names

    Returns
    -------
    path of the index
    """
    from nasssap_lib.chapter.chapter import CHAPTERS

    codes = sorted(folder.name for folder in place.processed.glob("[A-Z][A-Z][A-Z]") if folder.is_dir())
    rows = [_country(place, root, code, CHAPTERS) for code in codes]
    rows = sorted((row for row in rows if row["reports"]), key=lambda row: row["name"])
    page = render_page("index.html.j2", countries=rows)
    path = place.reports / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".index.{os.getpid()}.html")
    draft.write_text(page, encoding="utf-8", newline="")
    draft.replace(path)
    return path


def _country(place: Places, root: Path, code: str, chapters) -> dict:
    settings, _ = read_settings(root / code / "country.toml", code)
    folders = [
        code,
        *sorted(f"{code}/{path.name}" for path in (place.processed / code).glob("[a-z]*") if path.is_dir()),
    ]
    reports = [
        _report(place, folder, name, outline.title)
        for folder in folders
        for name, outline in chapters.items()
        if _run_file(place, folder, name).is_file()
    ]
    return {
        "name": settings.name_en if settings else code,
        "fictional": bool(settings and settings.fictional),
        "reports": reports,
        "headline": _headline(place, root, code),
        "lead": read_lead(place.processed / code / CHAPTER),
    }


def _run_file(place: Places, code: str, name: str) -> Path:
    return place.processed / code / name / "run.json"


def _report(place: Places, code: str, name: str, title: str) -> dict:
    run = json.loads(_run_file(place, code, name).read_text(encoding="utf-8"))
    title += f" (scenario {code.split('/', 1)[1]})" if "/" in code else ""
    link = f"{code}/{name}.html" if run["status"] == "done" else ""
    where = f"cell {run['cell']}: " if run.get("cell") else ""
    lines = run["message"].splitlines()
    more = f" … and {len(lines) - 3} more problems" if len(lines) > 3 else ""
    return {"title": title, "link": link, "message": where + "; ".join(lines[:3]) + more}


def _headline(place: Places, root: Path, code: str) -> str:
    path = place.processed / code / "02_gap_identification" / "gaps.csv"
    if not path.is_file():
        return "n/a"
    gaps = pd.read_csv(path)
    row = gaps[(gaps["group"] == "at_least_one") & (gaps["sex"] == "total")].iloc[0]
    if pd.isna(row["effective_coverage"]):
        return f"n/a: {row['reason']}"
    return f"{format_share(row['effective_coverage'])} in {int(row['coverage_year'])} · {_edition(root, code, row)}"


def _edition(root: Path, code: str, row: pd.Series) -> str:
    """The edition of a rate as captions name it; its long name where the pack has no short one."""
    path = root / code / "sources.csv"
    cells = read_cells(path, path.name)[0] if path.is_file() else None
    known = cells.frame.set_index("id") if cells is not None and "id" in cells.frame else pd.DataFrame()
    first = str(row["source"]).split(";")[0]
    short = known["short"].get(first, "") if "short" in known else ""
    return short or f"edition {row['edition']}"
