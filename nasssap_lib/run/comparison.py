"""One page a country that sets versions beside one another: what was changed, who leads in each and how surely, what each option costs.

Everything is read from the result tables that the runs wrote; a version whose run failed stands there with the reason.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from nasssap_lib.chapter.chapter import DRAFT, FICTIONAL
from nasssap_lib.chapter.notebooks import read_notebook
from nasssap_lib.chapter.output import PNG_DPI, cited_references, country_name, svg_data_address
from nasssap_lib.chapter.scenario_words import changes_in_words
from nasssap_lib.costing.words import quoted
from nasssap_lib.display.drawing import draw
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_persons, format_share
from nasssap_lib.display.style import Caption
from nasssap_lib.display.tables import ReportTable, View, to_html, write_code, write_persons, write_share
from nasssap_lib.display.texts import N_, _, in_language, join_clauses, join_sentences, named, ngettext
from nasssap_lib.display.words import join_words
from nasssap_lib.errors import PackError
from nasssap_lib.files import write_text
from nasssap_lib.pack.csv_text import csv_text
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.scenario import POPULATION, Scenario
from nasssap_lib.pack.toml_files import toml_values
from nasssap_lib.priorities.charts_scenarios import drawn_note, plot_versions
from nasssap_lib.priorities.scenarios import BASELINE, FIGURES, RANKS, TOLERANCE, mark_differences
from nasssap_lib.priorities.tables_scenarios import comparison_table
from nasssap_lib.provenance import join_sources
from nasssap_lib.rows import as_records
from nasssap_lib.run.compared import page_of
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.html import render_page
from nasssap_lib.run.inputs import COMPARISON
from nasssap_lib.run.leads import CHAPTER
from nasssap_lib.run.page_tables import with_labels
from nasssap_lib.run.records import read_record
from nasssap_lib.terms import COVERAGE_GROUPS

GAPS = "02_gap_identification"
MOST_CHANGES = 4  # of a version that are named on the page
GIVEN = ["cost_low", "cost_central", "cost_high", "newly_covered_low", "newly_covered_central", "newly_covered_high"]
COLUMNS = [
    "version", "changed", "option", "name", "gap_closed", *GIVEN, *RANKS, "first", "figures_differ", "rank_differs", "quality",
    "source", "reason", "message",
]  # fmt: skip
GAP_COLUMNS = ["version", "group", "sex", "gap", "gap_share", "differs", "quality", "source", "reason"]
SEQUENCE = N_("Parameters of options are assumptions; a ranking is a sequence: the four guarantees are due to all.")
DAMAGED = N_("its tables are damaged: run it again")


@dataclass(frozen=True)
class Side:
    """One version: its name for readers, what was changed, where its products are, its options and gaps, and why there are none."""

    called: str
    changed: list[str]
    folder: str
    links: list[tuple[str, str]]
    options: pd.DataFrame
    gaps: pd.DataFrame
    fault: str


def write_comparison(task: Mapping[str, Any], folders: Folders, digest: str = "") -> Path | None:
    """Write the page of one country and its table: ``comparison.html`` in reports/SEN, ``comparison.csv`` in data/processed/SEN.

    Parameters
    ----------
    task : of :func:`nasssap_lib.run.compared.comparisons`
    folders : of the run
    digest : written at the end of the page, see :func:`nasssap_lib.run.compared.digest_of`

    Returns
    -------
    path of the page; None where the pack has problems, so that nothing ran
    """
    try:
        pack = read_pack(task["country"], task["data"])
    except PackError:
        return None
    with in_language(task["language"], pack.translations(task["language"] or "en"), pack.country):
        page = page_of(task, folders)
        sides = [_side(version, pack, folders, page.parent) for version in task["versions"]]
        options, gaps = _options(sides), _gaps(sides)
        text = _render(sides, options, gaps, pack, task["language"])
    results = folders.processed / task["country"]
    for folder in (page.parent, results):
        folder.mkdir(parents=True, exist_ok=True)
    if not task["language"]:
        write_text(results / f"{COMPARISON}.csv", csv_text(_table(sides, options)))
    write_text(page, text + (f"\n<!-- {digest} -->\n" if digest else ""))
    return page


def _side(version: Mapping[str, Any], pack: Pack, folders: Folders, beside: Path) -> Side:
    folder, called = version["folder"], version["label"] or version["name"] or BASELINE
    links, faults = [], []
    for notebook in version["notebooks"]:
        record, report = (
            read_record(folders.processed / folder / notebook),
            folders.reports / folder / f"{notebook}.html",
        )
        title = read_notebook(notebook).title
        if record.get("status") == "done" and report.is_file():
            links.append((Path(os.path.relpath(report, beside)).as_posix(), title))
        else:
            said = (record.get("message", "").splitlines() or [_("not run")])[0]
            faults.append(_("{title}: {message}", title=title, message=said[:300]))
    options, gaps = _read_options(folders.processed / folder / CHAPTER), _read_gaps(folders.processed / folder / GAPS)
    if CHAPTER in version["notebooks"] and options.empty and not faults:
        faults.append(_(DAMAGED))
    return Side(called, _changed(version, pack), folder, links, options, gaps, join_clauses(faults))


def _changed(version: Mapping[str, Any], pack: Pack) -> list[str]:
    """What a version changes, in words: the values of a sweep, or what a scenario's file says."""
    if not version["scenario"]:
        return _parameter_words(version)
    try:
        values, _problems = toml_values(version["scenario"], version["name"])
        changes = {name: values.get(name, {}) for name in ("measures", "population", "financing")}
        scenario = Scenario(version["name"], pack.country, **changes)
        table = changes_in_words(pack, scenario)
    except (LookupError, TypeError, AttributeError, ValueError, OverflowError):  # its run says what is wrong
        return []
    central = table[~table["parameter"].str.endswith(("_low", "_high"))]
    lines = [_change_words(rows) for _key, rows in central.groupby(["part", "parameter", "scenario"], sort=False)]
    more = len(lines) - MOST_CHANGES
    if more > 0:
        lines = [*lines[:MOST_CHANGES], ngettext("and {n} more", "and {n} more", more, n=more)]
    return lines


def _change_words(rows: pd.DataFrame) -> str:
    """One parameter at its new value, of one option or of several."""
    row = rows.iloc[0]
    subject = _(POPULATION) if row["measure"] == POPULATION else named(row["measure"])
    values = {"option": subject, "meaning": _(row["meaning"]), "now": row["scenario"]}
    if len(rows) > 1:
        return _("{meaning} → {now}: {n} options", n=len(rows), **values)
    return _("{option}: {meaning} {before} → {now}", before=row["baseline"] or _(NOT_AVAILABLE), **values)


def _parameter_words(version: Mapping[str, Any]) -> list[str]:
    """What a swept parameter means, as its notebook says it."""
    name = version["label"].partition(" = ")[0]
    declared = [(read_notebook(notebook).parameters or {}).get(name) for notebook in version["notebooks"]]
    return list(dict.fromkeys(_(parameter.meaning) for parameter in declared if parameter and parameter.meaning))


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, encoding="utf-8")
    except (OSError, ValueError):  # not there, empty, or no table
        return pd.DataFrame()


def _read_options(folder: Path) -> pd.DataFrame:
    """Figures and ranks of a version's options; empty where its run has not written them."""
    if read_record(folder).get("status") != "done":
        return pd.DataFrame()
    costs, ranking, views = (_read(folder / f"{name}.csv") for name in ("costs", "ranking", "acceptability_by_rank"))
    try:
        ranks = ranking.set_index("option")[RANKS]
        first = views.set_index("option")["rank_1"].rename("first")
        central = {name: costs[f"{name}_central"] for name in FIGURES}
        kept = costs[["option", "name", *GIVEN, "quality", "source", "reason"]]
    except LookupError:
        return pd.DataFrame()
    found = kept.assign(**central).join(ranks, on="option").join(first, on="option")
    return found.assign(**{name: found[name].fillna("") for name in ("source", "reason")})


def _read_gaps(folder: Path) -> pd.DataFrame:
    """The first published gap of each group and sex of a version; empty where its run has not written them."""
    if read_record(folder).get("status") != "done":
        return pd.DataFrame()
    gaps = _read(folder / "gaps.csv")
    if not {"primary", *GAP_COLUMNS[1:5], "quality", "source", "reason"} <= set(gaps.columns):
        return pd.DataFrame()
    gaps = gaps[gaps["primary"].astype(bool)].drop_duplicates(["group", "sex"])
    return gaps[["group", "sex", "gap", "gap_share", "quality", "source", "reason"]].fillna(
        {"source": "", "reason": ""}
    )


def _options(sides: list[Side]) -> pd.DataFrame:
    """Options of all versions, with what differs from the baseline; empty where the baseline has none."""
    if not sides or sides[0].options.empty:
        return pd.DataFrame()
    frames = [side.options.assign(version=side.called) for side in sides if len(side.options)]
    same = set(frames[0]["option"])
    frames = [frame for frame in frames if set(frame["option"]) == same]
    return mark_differences(pd.concat(frames, ignore_index=True))


def _gaps(sides: list[Side]) -> pd.DataFrame:
    """Gaps of all versions, and whether one differs between them."""
    frames = [side.gaps.assign(version=side.called) for side in sides if len(side.gaps)]
    if len(frames) < 2:
        return pd.DataFrame(columns=GAP_COLUMNS)
    gaps = pd.concat(frames, ignore_index=True)
    first = gaps.groupby(["group", "sex"])["gap"].transform("first")  # of the baseline
    return gaps.assign(differs=(gaps["gap"] - first).abs() > TOLERANCE * first.abs())[GAP_COLUMNS]


def _table(sides: list[Side], options: pd.DataFrame) -> pd.DataFrame:
    """comparison.csv: a row a version and option; one row with the message where a version has none."""
    rows = [] if options.empty else [options]
    known = set() if options.empty else set(options["version"])
    rows += [
        pd.DataFrame({"version": [side.called], "message": [side.fault]}) for side in sides if side.called not in known
    ]
    table = pd.concat(rows, ignore_index=True)
    changed = {side.called: join_clauses(side.changed) for side in sides}
    order = pd.Categorical(table["version"], [side.called for side in sides]).codes.argsort(kind="stable")
    return table.assign(changed=table["version"].map(changed)).reindex(columns=COLUMNS).iloc[order]


def _render(sides: list[Side], options: pd.DataFrame, gaps: pd.DataFrame, pack: Pack, language: str) -> str:
    country = country_name(pack.settings)
    tables = [with_labels(to_html(table, "", anchor)) for anchor, table in _tables(options, gaps)]
    figure = None
    if len(options):
        figure = plot_versions(options, Caption(country, _cited(options, pack)))
    return render_page(
        f"{COMPARISON}.html.j2", country=country, fictional=pack.settings.fictional,
        claim=join_sentences([_(FICTIONAL if pack.settings.fictional else DRAFT), _(SEQUENCE)]), summary=_summary(sides, options),
        rows=[_row(side) for side in sides], tables=tables, picture=_svg(figure) if figure else "",
        alt=figure.get_label() if figure else "", note=drawn_note(options) if figure else "",
        sources=_cited(pd.concat([options, gaps], ignore_index=True), pack, 12),
        index="../" * (2 if language else 1) + "index.html",
    )  # fmt: skip


def _tables(options: pd.DataFrame, gaps: pd.DataFrame) -> list[tuple[str, ReportTable]]:
    """The tables below the first one: options, and the gaps that differ."""
    found = []
    if len(options) and (table := comparison_table(options)):
        found.append(("options", table))
    any_differs = gaps.groupby(["group", "sex"])["differs"].transform("any").astype(bool)
    differing = gaps[gaps["differs"].astype(bool) | (any_differs & (gaps["version"] == BASELINE))]
    if len(differing):
        views = {
            "group": View(_("Group"), write_code(COVERAGE_GROUPS)), "version": View(_("Version")),
            "gap": View(_("Persons not covered"), write_persons, "quality", True),
            "gap_share": View(_("Share not covered"), write_share, "", True),
        }  # fmt: skip
        order = differing.groupby(["group", "sex"], sort=False).ngroup().argsort(kind="stable")
        shown = differing.iloc[order].assign(version=lambda rows: rows["version"].map(_called))
        found.append(("gaps", ReportTable(differing, _("Gaps that differ between versions"), views, shown)))
    return found


def _called(version: str) -> str:
    return _("baseline") if version == BASELINE else version


def _row(side: Side) -> dict[str, Any]:
    """What the first table says of a version: a line for each option that can come first."""
    leaders = side.options[side.options["rank_best"] == 1] if len(side.options) else side.options
    return {
        "version": _called(side.called),
        "changed": side.changed,
        "leaders": [_leader(row) for row in as_records(leaders)],
        "unchanged": _("nothing") if side.called == BASELINE else "",
        "nobody": _("no option can be ranked yet")
        if len(side.options)
        else _("not a version of the notebook that ranks options"),
        "fault": side.fault,
        "links": side.links,
    }


def _leader(row: Mapping[str, Any]) -> dict[str, str]:
    cost = format_share(row["cost_central"], 2)
    low, high = (format_share(row[name], 2) for name in ("cost_low", "cost_high"))
    return {
        "name": named(row["name"]),
        "views": format_share(row["first"], 0),
        "surely": _("surely first") if row["rank_worst"] == 1 else _("may come first"),
        "cost": cost,
        "range": "" if pd.isna(row["cost_low"]) else _("{low} to {high}", low=low, high=high),
        "newly_covered": format_persons(row["newly_covered"]),
        "gap_closed": format_share(row["gap_closed"], 0),
    }


def _summary(sides: list[Side], options: pd.DataFrame) -> str:
    """Who can come first in which versions, and how much differs from the baseline."""
    by_leaders: dict[tuple[str, ...], list[str]] = {}
    for side in sides:
        if len(side.options):
            first = side.options.loc[side.options["rank_best"] == 1, "name"]
            by_leaders.setdefault(tuple(sorted(first)), []).append(_called(side.called))
    if not by_leaders:
        return ""
    if len(by_leaders) == 1:
        (names, versions), *_rest = by_leaders.items()
        leads = _("In all {n} versions first comes {names}.", n=len(versions), names=_either(names))
    else:
        leads = join_sentences([
            _("First comes {names}: {versions}.", names=_either(names), versions=join_words(versions))
            for names, versions in by_leaders.items()
        ])  # fmt: skip
    if options.empty:
        return leads
    counts = {
        what: options.groupby("option")[f"{what}_differ{end}"].any().sum()
        for what, end in (("figures", ""), ("rank", "s"))
    }
    differs = _(
        "Of {n} options {figures} have other figures in some version, {ranks} another rank.",
        n=options["option"].nunique(), figures=int(counts["figures"]), ranks=int(counts["rank"]),
    )  # fmt: skip
    return join_sentences([leads, differs])


def _either(names: Iterable[str]) -> str:
    listed = quoted(names)
    if not listed:
        return _("no option")
    return listed[0] if len(listed) == 1 else _("one of {names}", names=join_words(listed))


def _cited(table: pd.DataFrame, pack: Pack, most: int = 5) -> str:
    """The sources of a table, at most so many."""
    if "source" not in table:
        return ""
    lines = cited_references(join_sources(*table["source"].dropna()).split(";"), pack.sources)
    more = len(lines) - most
    listed = [ngettext("and {n} more", "and {n} more", more, n=more)] if more > 0 else []
    return join_clauses([*lines[:most], *listed])


def _svg(figure) -> str:
    svg, _pixels = draw(figure, PNG_DPI)
    return svg_data_address(svg)
