"""What a notebook's second cell opens: checked parameters, the country's pack, and ``show`` for what the reader sees."""

from __future__ import annotations

import base64
import difflib
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import matplotlib
import pandas as pd
from matplotlib.figure import Figure

from nasssap_lib.display.style import STYLE, Caption, add_number
from nasssap_lib.display.tables import ReportTable, View, link_html, to_html
from nasssap_lib.display.words import counted
from nasssap_lib.errors import ParameterError
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import countries, data_root, read_pack
from nasssap_lib.pack.scenario import Scenario, apply_scenario, fault_of_names, read_scenario, scenario_differences
from nasssap_lib.priorities.sequence import METHODS
from nasssap_lib.priorities.weights import fault_of_order, fault_of_weights, unknown_criteria
from nasssap_lib.provenance import join_sources
from nasssap_lib.stocktaking.tables import source_table

DRAFT = "Technical working draft, not a government document."
FICTIONAL = "Fictional country: every figure on this page is invented for training."
PNG_DPI, PNG_COLOURS = 110, 48  # legible, and a quarter of the bytes
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


@dataclass(frozen=True)
class Parameter:
    """A parameter of a notebook: its type, its allowed values (empty: any), what it means, and a check of its own."""

    kind: type
    meaning: str
    allowed: tuple = ()
    low: int | None = None
    high: int | None = None
    check: Callable[[Any], str] | None = None

    def fault(self, value: Any) -> str:
        """What is wrong with a value, in words; "" where nothing is."""
        if not isinstance(value, self.kind) or (self.kind is int and isinstance(value, bool)):
            return f"expected {_KINDS[self.kind]}, got {value!r} ({type(value).__name__}); {self.meaning}"
        if self.allowed and value not in self.allowed:
            return f"expected one of {', '.join(map(str, self.allowed))}, got {value!r}; {self.meaning}"
        if self.low is not None and value != 0 and not self.low <= value <= self.high:
            return f"expected 0 or a year from {self.low} to {self.high}, got {value}; {self.meaning}"
        return self.check(value) if self.check else ""


_KINDS = {str: "a text", int: "a whole number", float: "a number", bool: "True or False"}

YEAR = Parameter(int, "0 shows each figure at the year of its own observation", low=2015, high=2050)
WEIGHTS = Parameter(
    str,
    "weights of the criteria; empty: all the same, or the mean of all that respect the order",
    check=fault_of_weights,
)
ORDER = Parameter(str, "criteria from the most important on; empty: any weights", check=fault_of_order)
METHOD = Parameter(str, "second method, as a check of the weighted sum", allowed=METHODS)
CHILD_AGE = Parameter(int, "last age of a child, in years", allowed=(14, 17))


@dataclass(frozen=True)
class Outline:
    """A chapter of the suite: its number, title, and the parameters its notebook has beside country, data and results."""

    number: int
    title: str
    question: str
    parameters: dict[str, Parameter]


CHAPTERS = {
    "01_stocktaking": Outline(1, "Stocktaking", "What exists", {}),
    "02_gap_identification": Outline(
        2, "Gap identification", "Who is not covered", {"year": YEAR, "child_age_to": CHILD_AGE}
    ),
    "03_priority_setting": Outline(
        3, "Priority setting", "Which extension first", {"weights": WEIGHTS, "order": ORDER, "method": METHOD}
    ),
}
WORKBENCH = {
    "explore": Outline(
        0, "Workbench", "What changing one thing does", {"second": Parameter(str, "code of a pack, or empty")}
    )
}
OUTLINES = {**CHAPTERS, **WORKBENCH}
COMMON = {
    "country": Parameter(str, "code of a country pack"),
    "data": Parameter(str, "data folder; empty: found from where the notebook is"),
    "results": Parameter(str, "folder for result tables; empty: none are written"),
    "scenario": Parameter(
        str, "name of a scenario of the pack, or two with a comma; empty: the baseline", check=fault_of_names
    ),
}


class Chapter:
    """A country opened for one notebook; made by :func:`open_chapter`."""

    def __init__(
        self, name: str, pack: Pack, results: str, parameters: dict[str, Any], scenarios: tuple[Scenario, ...] = ()
    ):
        self.name = name
        self.baseline = pack
        self.scenarios = scenarios
        self.outline = OUTLINES[name]
        self.pack = apply_scenario(pack, scenarios[0]) if scenarios else pack
        self.parameters = parameters
        self.language = "en"
        self.country_name = pack.settings.name_en
        self._results = Path(results) if results else None
        self._shown: list[str] = []
        self._numbered = 0
        self._sources = ""

    def _repr_html_(self) -> str:
        """The head of the report: where, what, and what it can claim."""
        place = escape(f"{self.country_name} · {self.outline.number} of 6 · {self.outline.title}")
        style = "border-left:4px solid #e2a03f;padding:.5em 1em"
        return (
            f'<p class="eyebrow">{place}</p><h1>{escape(self.outline.question)}</h1>'
            f'<p class="claim" style="{style}">{escape(self._claim())}</p>'
            f"{''.join(map(self._scenario_html, self.scenarios))}"
        )

    def _scenario_html(self, scenario: Scenario) -> str:
        """What differs from the baseline; the first scenario is the one whose figures the report shows."""
        shown = " (its figures are shown below)" if scenario is self.scenarios[0] else " (compared with the first)"
        differences = scenario_differences(self.baseline, scenario)
        views = {name: View(name.capitalize()) for name in ("measure", "meaning", "baseline", "scenario")}
        title = f"Scenario {scenario.name}: what differs from the baseline{shown}"
        words = f'<p class="note">{escape(scenario.title)} {escape(scenario.description)}</p>' if scenario.title else ""
        return to_html(ReportTable(differences, title, views), "", f"scenario-{scenario.name}") + words

    @property
    def versions(self) -> dict[str, Pack]:
        """The baseline and each scenario, as packs."""
        return {"baseline": self.baseline, **{s.name: apply_scenario(self.baseline, s) for s in self.scenarios}}

    def _claim(self) -> str:
        """What the report can and cannot claim, in two sentences."""
        pack = self.pack
        draft = FICTIONAL if pack.settings.fictional else DRAFT
        size = f"{counted(len(pack.facts), '{n} figure', '{n} figures')} from {counted(len(pack.sources), '{n} source', '{n} sources')}"
        edition = f"Pack {pack.country}: {size}, digest {pack.digest[:12]}."
        return f"{draft} {edition}"

    def caption(self, table: pd.DataFrame) -> Caption:
        """Place and sources for a picture of a result table."""
        return Caption(self.country_name, self.cite(table))

    def cite(self, table: pd.DataFrame, most: int = 5) -> str:
        """The publishers, titles and years of a table's sources, in the order of their first row, at most so many."""
        ids = [name for name in join_sources(*table["source"]).split(";") if name]
        self._sources = join_sources(self._sources, *ids)
        known = self.pack.sources.set_index("id")
        lines = [_short_reference(known.loc[name]) for name in ids if name in known.index]
        unique = list(dict.fromkeys(lines))
        more = f"; and {len(unique) - most} more, listed at the end" if len(unique) > most else ""
        return "; ".join(unique[:most]) + more

    def say(self, sentence: str) -> None:
        """Show a sentence that the library wrote; nothing where there is nothing to say."""
        if sentence:
            _display({"text/html": f"<p>{escape(sentence)}</p>", "text/plain": sentence})

    def highlight(self, figures: list[tuple[str, str]]) -> None:
        """Show two or three figures that matter, large, each with its words."""
        tiles = "".join(f"<div><dt>{escape(value)}</dt><dd>{escape(words)}</dd></div>" for value, words in figures)
        plain = "; ".join(f"{value} {words}" for value, words in figures)
        if figures:
            _display({"text/html": f'<dl class="figures">{tiles}</dl>', "text/plain": plain})

    def show(self, name: str, thing: pd.DataFrame | ReportTable | Figure | None, note: str = "") -> None:
        """Show a result table or a picture, numbered; write ``<results>/<name>.csv`` where the notebook was given a folder.

        Parameters
        ----------
        name : lower-case name of the exhibit; also its anchor and the name of its CSV file
        thing : a result table, a table made for readers, a picture; None shows the note alone (nothing to draw)
        note : a sentence below the exhibit

        Raises
        ------
        ParameterError : a name that is no plain word, or that was shown before
        """
        if not NAME.fullmatch(name) or name in self._shown:
            raise ParameterError({"name": f"expected a new name of small letters, digits and _, got {name!r}"})
        self._shown.append(name)
        self._numbered += thing is not None
        number = f"{self.outline.number}.{self._numbered}"
        if isinstance(thing, Figure):
            _show_figure(thing, f"Figure {number}", name)
        elif thing is not None:
            table = thing if isinstance(thing, ReportTable) else ReportTable(thing, name.replace("_", " ").capitalize())
            self._show_table(table, f"Table {number}", name)
        if note:
            _display({"text/html": f'<p class="note">{escape(note)}</p>', "text/plain": note})

    def _show_table(self, table: ReportTable, number: str, name: str) -> None:
        html = to_html(table, number, name)
        cited = self.cite(table.data) if "source" in table.data and len(table.data) else ""
        html += f'<p class="source">Source: {escape(cited)}.</p>' if cited else ""
        _display(
            {
                "text/html": html,
                "text/plain": f"{number} {table.title}\n{table.data.to_string(max_rows=60, na_rep='n/a')}",
            }
        )
        if self._results is not None:
            self._results.mkdir(parents=True, exist_ok=True)
            table.data.to_csv(self._results / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")

    def show_sources(self) -> None:
        """Show every source that this chapter has cited so far, with its terms of use."""
        used = self.pack.sources[self.pack.sources["id"].isin(self._sources.split(";"))]
        self.show("sources", source_table(used))


def open_chapter(
    name: str, country: str, data: str = "", results: str = "", scenario: str = "", **parameters: Any
) -> Chapter:
    """Open a chapter for a country: all parameters are checked before anything is read.

    Parameters
    ----------
    name : name of the notebook without its ending, a key of ``CHAPTERS``
    country : code of a country pack
    data : data folder; "": found by :func:`nasssap_lib.pack.data_root`
    results : folder that receives the result tables as CSV; "": none are written
    scenario : name of a scenario of the pack; two with a comma: the second is compared with the first; "": the baseline
    parameters : the notebook's own parameters

    Raises
    ------
    ParameterError : names every parameter that does not exist or has a value that is not allowed, and what is allowed
    PackError : the country's pack has problems

    Examples
    --------
    >>> open_chapter("01_stocktaking", "SEN").country_name
    'Senegal'
    """
    check_parameters(name, {"country": country, "data": data, "results": results, "scenario": scenario, **parameters})
    pack = read_pack(country, data)
    check_criteria(pack, parameters)
    return Chapter(name, pack, results, parameters, read_scenarios(pack, scenario, data))


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


def check_parameters(name: str, given: dict[str, Any]) -> None:
    """Raise ParameterError with all that is wrong with a notebook's parameters.

    Examples
    --------
    >>> check_parameters("02_gap_identification", {"country": "SEN", "yaer": 2020})
    Traceback (most recent call last):
    nasssap_lib.errors.ParameterError: yaer: no parameter of 02_gap_identification; did you mean 'year'?
    """
    if name not in OUTLINES:
        raise ParameterError({"name": f"no notebook {name!r}; there are {', '.join(OUTLINES)}"})
    known = {**COMMON, **OUTLINES[name].parameters}
    wrong = {key: _unknown(name, key, known) for key in given if key not in known}
    wrong |= {key: fault for key, value in given.items() if key in known and (fault := known[key].fault(value))}
    if "country" in given and "country" not in wrong and "data" not in wrong:
        wrong |= _country_fault(given["country"], given.get("data", ""))
    if wrong:
        raise ParameterError(wrong)


def check_criteria(pack: Pack, parameters: Mapping[str, Any]) -> None:
    """Raise ParameterError where weights or a stated order name a criterion that the country does not have, or knows nothing of.

    Examples
    --------
    >>> check_criteria(read_pack("SEN"), {"order": "equity>cost", "method": "topsis"})
    """
    if wrong := unknown_criteria(pack, parameters.get("weights", ""), parameters.get("order", "")):
        raise ParameterError(wrong)


def _unknown(name: str, key: str, known: dict[str, Parameter]) -> str:
    near = difflib.get_close_matches(key, list(known), n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(known)}"
    return f"no parameter of {name}; {hint}"


def _country_fault(country: str, data: str) -> dict[str, str]:
    known = countries(data_root(data))
    return {} if country in known else {"country": f"no pack {country[:40]!r}; there are {', '.join(known)}"}


def _short_reference(source: pd.Series) -> str:
    """How a caption names a source: its short name where the pack gives one, else publisher and year."""
    if source.get("short", ""):
        return source["short"]
    year = f", {int(source['year'])}" if not pd.isna(source["year"]) else ""
    return f"{source['publisher']}{year}"


def _show_figure(figure: Figure, number: str, name: str) -> None:
    add_number(figure, number)
    alt = f"{number}. {figure.get_label()}"
    with matplotlib.rc_context(STYLE):
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    _display({"text/html": f'<p class="link" id="{name}">{link_html(name, number)}</p>', "text/plain": number})
    metadata = {"nasssap": {"anchor": name, "alt": alt}, "image/svg+xml": {"isolated": True}, "image/png": {"alt": alt}}
    svg = " ".join(buffer.getvalue().split())  # a notebook stores each line of a text for itself: a third of its size
    _display({"image/svg+xml": svg, "image/png": _small_png(figure), "text/plain": alt}, metadata)


def _small_png(figure: Figure) -> str:
    """The picture for viewers that show no SVG, such as JupyterLab with a notebook that somebody else has run; in base64."""
    from PIL import Image

    drawn, small = io.BytesIO(), io.BytesIO()
    with matplotlib.rc_context(STYLE):
        figure.savefig(drawn, format="png", dpi=PNG_DPI)
    Image.open(drawn).convert("RGB").quantize(PNG_COLOURS).save(small, "png", optimize=True)
    return base64.b64encode(small.getvalue()).decode("ascii")


def _display(bundle: dict[str, str], metadata: dict | None = None) -> None:
    from IPython.display import display

    display(bundle, raw=True, metadata=metadata or {})


def svg_data_address(svg: str) -> str:
    """An SVG picture as a data address for ``<img>``, where no script of it can run."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")
