"""What the notebooks say and show of a country, kept instead of displayed: a document is compiled of it, and nothing is written twice.

The installed notebooks are executed in this process, each in a namespace of its own; notebooks of the folder where one stands are not.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Picture

from nasssap_lib.chapter.chapter import Chapter, opened_as
from nasssap_lib.chapter.notebooks import chapters, read_notebook
from nasssap_lib.display.sheet import nothing_of
from nasssap_lib.display.style import WIDTH, drawn_as_wide_as
from nasssap_lib.display.tables import ReportTable
from nasssap_lib.document.origins import Origin, Trail, rooms_of, statements_of
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.reader import keep_answers
from nasssap_lib.provenance import join_sources

Finding = tuple[str, str, str]  # what was found, how sure it is, the exhibit that shows it


@dataclass(frozen=True)
class Exhibit:
    """A table or picture as a notebook shows it.

    place : as "02.gaps", number of the notebook and name · thing : None where a note stands alone · nothing : the sentence that stands for
    a picture of nothing · note : below it · said : sentences of its cell before it · source : references of a table
    """

    place: str
    thing: ReportTable | Picture | None
    nothing: str = ""
    note: str = ""
    said: tuple[str, ...] = ()
    source: str = ""


@dataclass
class Record:
    """What all notebooks of a country showed.

    exhibits : by place · findings : by number of the notebook, such as "02" · after : sentences said behind the last exhibit of a cell, by
    that exhibit's place · sources : ids of all that were cited · origins : where each exhibit, by its place, and each sentence comes from
    """

    exhibits: dict[str, Exhibit] = field(default_factory=dict)
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    after: dict[str, list[str]] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)


def record_country(
    country: str,
    data: str = "",
    language: str = "",
    given: Mapping[str, Any] | None = None,
    step: Callable[[str], None] = lambda notebook: None,
    notebooks: Iterable[str] | None = None,
    width: float = WIDTH,
) -> Record:
    """Run the notebooks of a country in this process and keep what they show.

    Parameters
    ----------
    country : code of a country pack
    data : data folder; "": found
    language : code of the language; "": English
    given : values of the notebooks' parameters by name; a notebook takes those that it declares
    step : called with the name of each notebook before it runs
    notebooks : names; None: all numbered ones
    width : inches that pictures are wide: their letters are larger on a slide where this is less

    Raises
    ------
    NasssapError : what a notebook raises, with its name

    Examples
    --------
    >>> found = record_country("SEN", notebooks=["06_monitoring"])
    >>> found.exhibits["06.review_terms"].said[0][:28]
    'There are no terms of review'
    """
    record = Record()
    for name in chapters() if notebooks is None else notebooks:
        step(name)
        notebook = read_notebook(name)
        declared = notebook.parameters or {}
        values = {key: parameter.default for key, parameter in declared.items()}
        values |= {key: value for key, value in (given or {}).items() if key in declared}
        values |= {"country": country, "data": data, "results": "", "language": language, "record": record}
        with drawn_as_wide_as(width):
            _execute(name, notebook.code, values, record)
    return record


def _execute(name: str, cells: Iterable[str], values: dict[str, Any], record: Record) -> None:
    keeper, trail = _keeper(name[:2], record), Trail()
    with opened_as(keeper):
        for place, source in enumerate(cells, start=1):
            keeper.waiting.clear()
            keeper.last = ""
            try:
                for statement in statements_of(source):
                    _run(statement, f"{name}, code cell {place}", values, keeper, trail)
            except NasssapError as error:
                raise NasssapError(f"{name}, code cell {place}: {error}") from error
    if "chapter" in values:
        keep_answers(values["chapter"].pack)  # the next notebook asks much of the same


def _run(statement: ast.stmt, place: str, values: dict[str, Any], keeper: type[Keeper], trail: Trail) -> None:
    """Execute a statement, and keep where what it says and shows comes from."""
    keeper.told.clear()
    keeper.cited.clear()
    opened = values.get("chapter")
    with opened.pack.noting() if opened else nullcontext(()) as read:
        exec(compile(ast.Module([statement], []), place, "exec"), values)
    origin = trail.follow(statement, rooms_of(values), read, keeper.cited)
    keeper.record.origins |= dict.fromkeys(keeper.told, origin)


def _keeper(number: str, record: Record) -> type[Keeper]:
    """A kind of chapter that keeps what one notebook shows."""
    kept = {"number": number, "record": record, "waiting": [], "last": "", "told": [], "cited": []}
    return type("Keeper", (Keeper,), kept)


class Keeper(Chapter):
    """A chapter that keeps what it is told to show; made by :func:`record_country`."""

    number = ""
    record: Record
    waiting: list[str]  # sentences of the cell that no exhibit has taken yet
    last = ""  # place of the cell's last exhibit
    told: list[str]  # sentences and places of exhibits of the statement
    cited: list[str]  # ids of sources that the statement cites

    def say(self, sentence: str) -> None:
        """Keep a sentence for the next exhibit of the cell, or behind the last one."""
        self.told.append(sentence)
        if sentence and self.last:
            self.record.after.setdefault(self.last, []).append(sentence)
        elif sentence:
            self.waiting.append(sentence)

    def highlight(self, figures: list[tuple[str, str]]) -> None:
        """Figures of note are of the page, not of a document."""

    def answer(self, findings: list[Finding]) -> None:
        """Keep the chapter's findings."""
        self.record.findings[self.number] = [finding for finding in findings if finding[0]]
        self.told.extend(text for what, sure, _exhibit in findings for text in (what, sure) if text)

    def show(
        self, name: str, thing: pd.DataFrame | ReportTable | Picture | None, note: str = "", fold: bool = False
    ) -> None:
        """Keep an exhibit with the sentences before it."""
        place = f"{self.number}.{name}"
        if isinstance(thing, pd.DataFrame):
            thing = ReportTable(thing, name.replace("_", " ").capitalize())
        nothing = nothing_of(thing) if isinstance(thing, Picture) else ""
        source = (
            self.cite(thing.data)
            if isinstance(thing, ReportTable) and "source" in thing.data and len(thing.data)
            else ""
        )
        self.record.exhibits[place] = Exhibit(place, thing, nothing, note, tuple(self.waiting), source)
        self.waiting.clear()
        self.told.extend(filter(None, (place, nothing, note)))
        type(self).last = place

    def cite(self, table: pd.DataFrame, most: int = 5) -> str:
        """As a chapter cites, and kept for the document's list of sources."""
        told = super().cite(table, most)
        self.cited.extend(filter(None, join_sources(*table["source"]).split(";")))
        self.record.sources |= dict.fromkeys(filter(None, self._sources.split(";")))
        return told

    def show_sources(self) -> None:
        """A document lists its sources once."""
