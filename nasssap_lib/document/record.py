"""What the notebooks say and show of a country, kept instead of displayed: a document is compiled of it, and nothing is written twice.

The installed notebooks are executed in this process, each in a namespace of its own; notebooks of the folder where one stands are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from matplotlib.figure import Figure as Picture

from nasssap_lib.chapter.chapter import Chapter, opened_as
from nasssap_lib.chapter.notebooks import chapters, read_notebook
from nasssap_lib.display.sheet import nothing_of
from nasssap_lib.display.tables import ReportTable
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack

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
    that exhibit's place · sources : ids of all that were cited
    """

    exhibits: dict[str, Exhibit] = field(default_factory=dict)
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    after: dict[str, list[str]] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Material:
    """What own material is made of: what the notebooks showed, the pack, by what options are grouped, the edition before (None: none)."""

    record: Record
    pack: Pack
    options_by: str
    before: Pack | None = None


def record_country(
    country: str,
    data: str = "",
    language: str = "",
    given: Mapping[str, Any] | None = None,
    step: Callable[[str], None] = lambda notebook: None,
    notebooks: Iterable[str] | None = None,
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

    Raises
    ------
    NasssapError : what a notebook raises, with its name

    Examples
    --------
    >>> found = record_country("SEN", notebooks=["06_monitoring"])
    >>> found.exhibits["06.review_terms"].said[0][:28]
    'The pack has no terms of rev'
    """
    record = Record()
    for name in chapters() if notebooks is None else notebooks:
        step(name)
        notebook = read_notebook(name)
        declared = notebook.parameters or {}
        values = {key: parameter.default for key, parameter in declared.items()}
        values |= {key: value for key, value in (given or {}).items() if key in declared}
        values |= {"country": country, "data": data, "results": "", "language": language, "record": record}
        _execute(name, notebook.code, values, record)
    return record


def _execute(name: str, cells: Iterable[str], values: dict[str, Any], record: Record) -> None:
    keeper = _keeper(name[:2], record)
    with opened_as(keeper):
        for place, source in enumerate(cells, start=1):
            keeper.waiting.clear()
            keeper.last = ""
            try:
                exec(compile(source, f"{name}, code cell {place}", "exec"), values)
            except NasssapError as error:
                raise NasssapError(f"{name}, code cell {place}: {error}") from error


def _keeper(number: str, record: Record) -> type[Keeper]:
    """A kind of chapter that keeps what one notebook shows."""
    return type("Keeper", (Keeper,), {"number": number, "record": record, "waiting": [], "last": ""})


class Keeper(Chapter):
    """A chapter that keeps what it is told to show; made by :func:`record_country`."""

    number = ""
    record: Record
    waiting: list[str]  # sentences of the cell that no exhibit has taken yet
    last = ""  # place of the cell's last exhibit

    def say(self, sentence: str) -> None:
        """Keep a sentence for the next exhibit of the cell, or behind the last one."""
        if sentence and self.last:
            self.record.after.setdefault(self.last, []).append(sentence)
        elif sentence:
            self.waiting.append(sentence)

    def highlight(self, figures: list[tuple[str, str]]) -> None:
        """Figures of note are of the page, not of a document."""

    def answer(self, findings: list[Finding]) -> None:
        """Keep the chapter's findings."""
        self.record.findings[self.number] = [finding for finding in findings if finding[0]]

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
        type(self).last = place

    def cite(self, table: pd.DataFrame, most: int = 5) -> str:
        """As a chapter cites, and kept for the document's list of sources."""
        told = super().cite(table, most)
        self.record.sources |= dict.fromkeys(filter(None, self._sources.split(";")))
        return told

    def show_sources(self) -> None:
        """A document lists its sources once."""
