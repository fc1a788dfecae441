"""The index of all reports: a function of the run.json files that lie there, so that it never says more than was run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from nasssap_lib.chapter.notebooks import chapters, read_notebook
from nasssap_lib.chapter.output import country_name
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_share
from nasssap_lib.display.texts import (
    N_,
    _,
    current_language,
    in_language,
    language_fault,
    language_name,
    named,
    ngettext,
    reason_words,
)
from nasssap_lib.errors import NasssapError
from nasssap_lib.files import write_text
from nasssap_lib.pack.cells import read_cells
from nasssap_lib.pack.reader import read_pack, read_settings
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.html import render_page
from nasssap_lib.run.inputs import COMPARISON
from nasssap_lib.run.leads import CHAPTER, read_lead
from nasssap_lib.run.records import read_record
from nasssap_lib.run.sweep import SWEPT

HEADLINE = "02_gap_identification"
MOST_PROBLEMS = 3
NUMBERS = ("effective_coverage", "coverage_year")  # columns of gaps.csv that are read as numbers
DAMAGED = N_("its run.json or its tables are damaged: run it again")


def write_index(folders: Folders, root: Path, digest: str = "") -> Path:
    """Write reports/index.html for every country that has been run, in the language that is spoken.

    Parameters
    ----------
    folders : folders of the run
    root : data folder, for the countries' names
    digest : of all that it is made from, written at its end: while that stays the same, so does the index

    Returns
    -------
    path of the index
    """
    codes = sorted(folder.name for folder in folders.processed.glob("[A-Z][A-Z][A-Z]") if folder.is_dir())
    rows = [_country_in_words(folders, root, code) for code in codes]
    rows = sorted((row for row in rows if row["reports"]), key=lambda row: row["name"])
    path = folders.reports / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, render_page("index.html.j2", countries=rows) + (f"\n<!-- {digest} -->\n" if digest else ""))
    return path


def _country_in_words(folders: Folders, root: Path, code: str) -> dict:
    """A country with the names of its options and sources in the reader's language, as its reports have them."""
    with in_language(current_language(), _names(root, code)):
        return _country(folders, root, code)


def _names(root: Path, code: str) -> Mapping[str, str]:
    """What the pack holds in the reader's language; nothing in English, which its tables speak, or where it cannot be read."""
    if current_language() == "en":
        return {}
    try:
        return read_pack(code, root).translations(current_language())
    except NasssapError:  # the reports were made before the pack was changed
        return {}


def _country(folders: Folders, root: Path, code: str) -> dict:
    settings, _problems = read_settings(root / code / "country.toml", code)
    runs = _runs(folders.processed / code)
    headline, edition = _headline(root, code, _baseline(runs, HEADLINE))
    return {
        "code": code,
        "name": country_name(settings) if settings else code,
        "fictional": bool(settings and settings.fictional),
        "reports": [_report(folders, path, run) for path, run in _not_compared(folders, code, runs)],
        "comparisons": _comparisons(folders, code),
        "headline": headline,
        "edition": edition,
        "lead": read_lead(_baseline(runs, CHAPTER)),
    }


def _runs(folder: Path) -> list[tuple[Path, dict]]:
    """The runs of a country: their folders and records, the baseline in English first, then by folder and notebook."""
    paths = [path for name in chapters() for path in folder.glob(f"**/{name}/run.json") if "/." not in path.as_posix()]
    paths.sort(key=lambda path: (path.parent.parent.relative_to(folder).parts, path.parent.name))
    return [(path.parent, read_record(path.parent)) for path in paths]


def _baseline(runs: list[tuple[Path, dict]], notebook: str) -> Path | None:
    """Where the results of a notebook's run without scenario are, whatever its language; None where there was none."""
    of_notebook = [
        path
        for path, run in runs
        if run and path.name == notebook and not run["parameters"].get("scenario") and not run.get("version")
    ]
    return next(iter(of_notebook), None)


def _report(folders: Folders, folder: Path, run: dict) -> dict:
    where = folder.relative_to(folders.processed).as_posix()
    if not run:
        return {"title": read_notebook(folder.name).title, "link": "", "message": _(DAMAGED)}
    link = f"{where}.html" if run["status"] == "done" else ""
    return {
        "title": _report_title(folder.name, run["parameters"], run.get("version", "")),
        "link": link,
        "message": _message(run),
    }


def _pages(folders: Folders, code: str) -> list[Path]:
    """The pages that set versions of a country beside one another, a language each; a copy that somebody put aside is none."""
    folder = folders.reports / code
    spoken = [page for page in sorted(folder.glob(f"*/{COMPARISON}.html")) if not language_fault(page.parent.name)]
    return [page for page in (folder / f"{COMPARISON}.html", *spoken) if page.is_file()]


def _not_compared(folders: Folders, code: str, runs: list[tuple[Path, dict]]) -> list[tuple[Path, dict]]:
    """The runs without those values of a sweep to whose reports a page of versions leads."""
    pages = "".join(page.read_text(encoding="utf-8", errors="replace") for page in _pages(folders, code))

    def is_compared(path: Path, run: dict) -> bool:
        swept = run and (run.get("version") or run["parameters"].get("scenario", "").startswith(SWEPT))
        return bool(swept) and f'{path.relative_to(folders.processed / code).as_posix()}.html"' in pages

    return [(path, run) for path, run in runs if not is_compared(path, run)]


def _comparisons(folders: Folders, code: str) -> list[dict]:
    """Links to the pages that set versions of a country beside one another."""
    found = []
    for page in _pages(folders, code):
        language = page.parent.name if page.parent.name != code else ""
        title = _("Versions side by side")
        if language:
            title = _("{title}, in {language}", title=title, language=language_name(language))
        found.append({"title": title, "link": page.relative_to(folders.reports).as_posix()})
    return found


def _report_title(notebook: str, parameters: dict, version: str = "") -> str:
    """Title of a report, with its scenario and its language where they are not the usual ones."""
    title, scenario = read_notebook(notebook).title, parameters.get("scenario", "") or version
    if scenario:
        title = _("{title} (scenario {name})", title=title, name=scenario.replace(",", "_and_").replace(" ", ""))
    language = parameters.get("language", "")
    if not language:
        return title
    spoken = language if language_fault(language) else language_name(language)  # its catalogue may be gone
    return _("{title}, in {language}", title=title, language=spoken)


def _message(run: dict) -> str:
    """What a failed run said: its first problems, and how many more there are."""
    lines = run["message"].splitlines()
    words, more = "; ".join(lines[:MOST_PROBLEMS]), len(lines) - MOST_PROBLEMS
    if more > 0:
        words = ngettext("{problems} … and {n} more problem", "{problems} … and {n} more problems", more,
                         problems=words, n=more)  # fmt: skip
    return _("cell {cell}: {problems}", cell=run["cell"], problems=words) if run.get("cell") else words


def _headline(root: Path, code: str, folder: Path | None) -> tuple[str, str]:
    """The share of persons with at least one cash benefit and its year, or why it is n/a; and the edition that says so."""
    path = folder / "gaps.csv" if folder else None
    if path is None or not path.is_file():
        return _(NOT_AVAILABLE), ""
    try:
        gaps = pd.read_csv(path, keep_default_na=False, na_values={name: [""] for name in NUMBERS})
        row = gaps[(gaps["group"] == "at_least_one") & (gaps["sex"] == "total")].iloc[0]
        if pd.isna(row["effective_coverage"]):
            return _("n/a: {reason}", reason=reason_words(row["reason"])), ""
        share, year = format_share(row["effective_coverage"]), int(row["coverage_year"])
        return _("{share} in {year}", share=share, year=year), _edition(root, code, row)
    except (OSError, ValueError, LookupError, TypeError):  # cut, emptied or edited since the run wrote it
        return _("n/a: {reason}", reason=_(DAMAGED)), ""


def _edition(root: Path, code: str, row: pd.Series) -> str:
    """The edition of a rate as captions name it; its long name where the pack has no short one."""
    path = root / code / "sources.csv"
    cells = read_cells(path, path.name)[0] if path.is_file() else None
    known = cells.frame.set_index("id") if cells is not None and "id" in cells.frame else pd.DataFrame()
    first = str(row["source"]).split(";")[0]
    short = known["short"].get(first, "") if "short" in known else ""
    edition = str(row["edition"])
    return named(short) or (_("edition {edition}", edition=edition) if edition else "")
