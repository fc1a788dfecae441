"""What a notebook's second cell opens: checked parameters, the country's pack, and ``show`` for what the reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from nasssap_lib.arguments import fault_of
from nasssap_lib.chapter import output
from nasssap_lib.chapter.notebooks import Notebook, chapters, injected_names, read_notebook, read_opened_notebook
from nasssap_lib.chapter.parameters import check_on_pack, parameter_faults
from nasssap_lib.chapter.scenario_words import changes_in_words
from nasssap_lib.display.drawing import texts_of
from nasssap_lib.display.fonts import STAND_IN, undrawn_letters
from nasssap_lib.display.sheet import nothing_of
from nasssap_lib.display.style import Caption
from nasssap_lib.display.tables import ReportTable, View, to_html, write_name
from nasssap_lib.display.texts import (
    N_,
    _,
    current_language,
    join_sentences,
    named,
    use_language,
)
from nasssap_lib.display.words import counted
from nasssap_lib.errors import ParameterError
from nasssap_lib.files import write_text
from nasssap_lib.pack.csv_text import csv_text
from nasssap_lib.pack.folders import data_root, fault_of_names
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.scenario import POPULATION, Scenario, apply_scenario, read_scenario
from nasssap_lib.provenance import join_sources

DRAFT = N_("Technical working draft, not a government document.")
FICTIONAL = N_("Fictional country: every figure on this page is invented for training.")
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
MOST_LETTERS = 20  # that are named
_opened_as: ContextVar[type[Chapter] | None] = ContextVar("_opened_as", default=None)


class Chapter:
    """A country opened for one notebook; made by :func:`open_chapter`."""

    def __init__(
        self, notebook: Notebook, pack: Pack, results: str = "", parameters: Mapping[str, Any] | None = None,
        scenarios: tuple[Scenario, ...] = (),
    ):  # fmt: skip
        self.notebook = notebook
        self.baseline = pack
        self.scenarios = scenarios
        self.pack = apply_scenario(pack, scenarios[0]) if scenarios else pack
        self.parameters = dict(parameters or {})
        self.language = current_language()
        self._results = Path(results) if results else None
        self._shown: list[str] = []
        self._numbered = 0
        self._sources = ""
        self._undrawn: set[str] = set()

    @property
    def country_name(self) -> str:
        """The country's name in the language of the report."""
        return output.country_name(self.pack.settings)

    def __repr__(self) -> str:
        return self._place()

    def _repr_html_(self) -> str:
        """The head of the report: where, what, and what it can claim."""
        style = "border-left:4px solid #e2a03f;padding:.5em 1em"
        return (
            f'<p class="eyebrow">{escape(self._place())}</p>'
            f"<h1>{escape(self.notebook.question or self.notebook.title)}</h1>"
            f'<p class="claim" style="{style}">{escape(self._claim())}</p>'
            f"{''.join(map(self._scenario_html, self.scenarios))}"
        )

    def _place(self) -> str:
        """Country, number among the chapters, title."""
        number, count = self.notebook.number, len(chapters())
        values = {"country": self.country_name, "title": self.notebook.title}
        if not number or number > count:
            return _("{country} · {title}", **values)
        return _("{country} · {number} of {count} · {title}", number=number, count=count, **values)

    def _scenario_html(self, scenario: Scenario) -> str:
        """What differs from the baseline; the first scenario is the one whose figures the report shows."""
        title = (
            _("Scenario {name}: what differs from the baseline (its figures are shown below)", name=scenario.name)
            if scenario is self.scenarios[0]
            else _("Scenario {name}: what differs from the baseline (compared with the first)", name=scenario.name)
        )
        views = {
            "measure": View(_("Measure"), lambda name: _(POPULATION) if name == POPULATION else write_name(name)),
            "meaning": View(_("Meaning"), _),
            "baseline": View(_("Baseline")),
            "scenario": View(_("Scenario")),
        }
        table = ReportTable(changes_in_words(self.baseline, scenario), title, views)
        described = " ".join(filter(None, [named(scenario.title), named(scenario.description)]))
        note = f'<p class="note">{escape(described)}</p>' if scenario.title else ""
        return to_html(table, "", f"scenario-{scenario.name}") + note

    @property
    def versions(self) -> dict[str, Pack]:
        """The baseline and each scenario, as packs."""
        return {"baseline": self.baseline, **{s.name: apply_scenario(self.baseline, s) for s in self.scenarios}}

    def _claim(self) -> str:
        """What the report can and cannot claim, in two sentences."""
        pack = self.pack
        edition = _(
            "{figures} from {sources}, each named.",
            figures=counted(len(pack.facts), "{n} figure", "{n} figures"),
            sources=counted(len(pack.sources), "{n} source", "{n} sources"),
        )
        return join_sentences([_(FICTIONAL if pack.settings.fictional else DRAFT), edition])

    def caption(self, table: pd.DataFrame) -> Caption:
        """Country and sources for a picture of a result table."""
        return Caption(self.country_name, self.cite(table))

    def cite(self, table: pd.DataFrame, most: int = 5) -> str:
        """The publishers, titles and years of a table's sources, in the order of their first row, at most so many.

        Raises
        ------
        ParameterError : no table, or one without a column ``source``
        """
        if fault := fault_of("table", "pd.DataFrame", table) or _lacks_source(table):
            raise ParameterError({"table": fault})
        ids = [name for name in join_sources(*table["source"]).split(";") if name]
        self._sources = join_sources(self._sources, *ids)
        return output.cited_words(ids, self.pack.sources, most)

    def say(self, sentence: str) -> None:
        """Show a sentence that the library wrote; nothing where there is nothing to say."""
        if sentence:
            _check_text("sentence", sentence)
            output.show_sentence(sentence)

    def highlight(self, figures: list[tuple[str, str]]) -> None:
        """Show two or three figures that matter, large, each with its words."""
        if figures:
            if not isinstance(figures, list | tuple) or not all(_are_texts(figure, 2) for figure in figures):
                raise ParameterError({"figures": f"expected pairs of a figure and its words, got {figures!r:.60}"})
            output.show_figures_of_note(figures)

    def answer(self, findings: list[tuple[str, str, str]]) -> None:
        """Show the chapter's answer: three to five findings, each with how sure it is and the exhibit that shows it.

        Parameters
        ----------
        findings : (finding, how sure, name of the exhibit) each; one without words is left out

        Raises
        ------
        ParameterError : no list of three texts each
        """
        if not isinstance(findings, list | tuple) or not all(_are_texts(finding, 3) for finding in findings):
            raise ParameterError(
                {"findings": f"expected (finding, how sure, name of its exhibit) each, got {findings!r:.60}"}
            )
        if told := [finding for finding in findings if finding[0]]:
            output.show_answer(told)

    def show(
        self, name: str, thing: pd.DataFrame | ReportTable | Figure | None, note: str = "", fold: bool = False
    ) -> None:
        """Show a result table or a picture, numbered; write ``<results>/<name>.csv`` where the notebook was given a folder.

        A picture of nothing, and a table without a row or without any figure, is one sentence.

        Parameters
        ----------
        name : lower-case name of the exhibit; also its anchor and the name of its CSV file
        thing : a result table, a table made for readers, a picture; None shows the note alone (nothing to draw)
        note : a sentence below the exhibit
        fold : True: a detail, which the report folds under its title

        Raises
        ------
        ParameterError : a name that is no plain word, or that was shown before; a thing that cannot be shown
        """
        if not isinstance(name, str) or not NAME.fullmatch(name) or name in self._shown:
            raise ParameterError({"name": f"expected a new name of small letters, digits and _, got {name!r:.60}"})
        if thing is not None and not isinstance(thing, pd.DataFrame | ReportTable | Figure):
            raise ParameterError(
                {"thing": f"expected a table or a picture, got {thing!r:.60} ({type(thing).__name__})"}
            )
        _check_text("note", note or "")
        self._shown.append(name)
        nothing = nothing_of(thing) if isinstance(thing, Figure) else ""
        self._numbered += thing is not None and not nothing
        number, metadata = f"{self.notebook.number}.{self._numbered}", None
        if nothing:
            output.show_sentence(nothing, "note", name)
        elif isinstance(thing, Figure):
            number = _("Figure {number}", number=number)
            metadata = output.folding(thing, number) if fold else None
            output.show_picture(thing, number, name, metadata)
            self._tell_undrawn(thing)
        elif thing is not None:
            table = thing if isinstance(thing, ReportTable) else ReportTable(thing, name.replace("_", " ").capitalize())
            cited = self.cite(table.data) if "source" in table.data and len(table.data) else ""
            number = _("Table {number}", number=number)
            metadata = output.folding(table, number) if fold and len(table.rows) else None
            output.show_table(table, number, name, cited, metadata)
            self._write(table.data, name)
        if note:
            output.show_sentence(note, "note", metadata=metadata)

    def _tell_undrawn(self, figure: Figure) -> None:
        """Say once which letters pictures cannot draw, for no font that ships with the suite has them."""
        new = set(undrawn_letters("".join(texts_of(figure)))) - self._undrawn
        self._undrawn |= new
        if new:
            first, more = " ".join(sorted(new)[:MOST_LETTERS]), " …" if len(new) > MOST_LETTERS else ""
            sentence = _("Pictures have no font for some letters and draw {sign} instead: {letters}.",
                         sign=STAND_IN, letters=first + more)  # fmt: skip
            output.show_sentence(sentence, "note")

    def _write(self, table: pd.DataFrame, name: str) -> None:
        if self._results is not None:
            self._results.mkdir(parents=True, exist_ok=True)
            write_text(self._results / f"{name}.csv", csv_text(table))

    def show_sources(self) -> None:
        """Show every source that this chapter has cited so far, with its terms of use."""
        used = self.pack.sources[self.pack.sources["id"].isin(self._sources.split(";"))]
        self.show("sources", output.source_table(used), fold=True)


def _are_texts(parts: Any, number: int) -> bool:
    return isinstance(parts, list | tuple) and len(parts) == number and all(isinstance(part, str) for part in parts)


def _check_text(name: str, value: Any) -> None:
    if fault := fault_of(name, "str", value):
        raise ParameterError({name: fault})


def _lacks_source(table: pd.DataFrame) -> str:
    return "" if "source" in table else "expected a table with a column 'source', as every result has it"


def open_chapter(
    name: str,
    country: str,
    data: str = "",
    results: str = "",
    scenario: str = "",
    language: str = "",
    **parameters: Any,
) -> Chapter:
    """Open a chapter for a country: all parameters are checked before anything is read.

    Parameters
    ----------
    name : name of the notebook without its ending
    country : code of a country pack
    data : data folder; "": found by :func:`nasssap_lib.pack.data_root`
    results : folder that receives the result tables as CSV; "": none are written
    scenario : name of a scenario of the pack; two with a comma: the second is compared with the first; "": the baseline
    language : code of the language that the process speaks from now on, such as "fr"; "": English
    parameters : the notebook's own parameters, as its parameter cell declares them

    Raises
    ------
    ParameterError : names every parameter that does not exist or has a value that is not allowed, and what is allowed
    PackError : the country's pack has problems

    Examples
    --------
    >>> open_chapter("01_stocktaking", "SEN").country_name
    'Senegal'
    """
    common = {"country": country, "data": data, "results": results, "scenario": scenario, "language": language}
    kind, root = _opened_as.get(), data_root(data if isinstance(data, str) else "")
    notebook = (
        read_opened_notebook(name) if kind is None else read_notebook(name)
    )  # no kernel: no copy that somebody changed
    declared = notebook.parameters
    misspelled = {key: None for key in (injected_names() if declared else ()) if key not in declared}
    if wrong := parameter_faults(name, declared, {**misspelled, **common, **parameters}, root):
        raise ParameterError(wrong)
    pack = read_pack(country, root)
    check_on_pack(pack, parameters)
    use_language(language, pack.translations(language or "en"), country)
    scenarios = read_scenarios(pack, scenario, data) if scenario else ()
    return (kind or Chapter)(notebook, pack, results, parameters, scenarios)


@contextmanager
def opened_as(kind: type[Chapter]) -> Iterator[None]:
    """For a while :func:`open_chapter` opens a chapter of another kind, such as one that keeps what it is told to show."""
    before = _opened_as.set(kind)
    try:
        yield
    finally:
        _opened_as.reset(before)


def read_scenarios(pack: Pack, names: str, data: str = "") -> tuple[Scenario, ...]:
    """The scenarios that a parameter names, one or two; none for an empty one.

    Raises
    ------
    ParameterError : no names, or more than two; PackError : a scenario that does not exist or has problems

    Examples
    --------
    >>> read_scenarios(read_pack("SEN"), "")
    ()
    """
    if fault := fault_of_names(names):
        raise ParameterError({"scenario": fault})
    return tuple(read_scenario(pack, name.strip(), data_root(data)) for name in names.split(",") if names)
