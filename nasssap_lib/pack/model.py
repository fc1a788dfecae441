"""A country pack in memory: frozen tables of figures, and the one rule that says which edition of a figure is used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, make_dataclass, replace
from functools import cached_property, partial, wraps
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.arguments import fault_of
from nasssap_lib.errors import NasssapError, Problem
from nasssap_lib.pack.schema import CODEBOOK, TABLES, Table, stem_and_language
from nasssap_lib.terms import FACT_KEY, SERIES_KEY

CLAUSE_END = re.compile(r"\s*; ")  # French has a no-break space before it


@dataclass(frozen=True)
class Settings:
    """What ``country.toml`` says; ``further_names`` maps name_pt, name_ar … to the country's name in that language."""

    schema: int
    code: str
    name_en: str
    name_fr: str
    name_es: str
    currency: str
    language: str
    reference_year: int
    fictional: bool = False
    plans: list[str] = field(default_factory=list)
    further_names: dict[str, str] = field(default_factory=dict)
    prose: str = "en"

    @property
    def names(self) -> dict[str, str]:
        """Language → name of the country in it."""
        return {"en": self.name_en, "fr": self.name_fr, "es": self.name_es} | {
            key.removeprefix("name_"): name for key, name in self.further_names.items()
        }


def is_name(key: str) -> bool:
    """Whether a key of country.toml is the country's name in some language."""
    return stem_and_language(key)[0] == "name"


def to_settings(values: Mapping) -> Settings:
    """Settings from the checked values of country.toml."""
    further = {key: name for key, name in values.items() if key not in Settings.__dataclass_fields__}
    return Settings(**{key: value for key, value in values.items() if key not in further}, further_names=further)


_FRAMES = [(table.attribute, pd.DataFrame) for table in (*TABLES, CODEBOOK)]
_READING = [("doubts", tuple[Problem, ...], field(default=())), ("digits", Mapping, field(default_factory=dict))]
_Frames = make_dataclass(
    "_Frames",
    [("country", str), ("settings", Settings), *_FRAMES, ("digest", str), *_READING],
    frozen=True,
    eq=False,
)


class _Answer(NamedTuple):
    """What a calculation gave, and the parts of the pack (tables, settings …) that it read for it."""

    given: Any
    read: frozenset[str]


def once_a_pack(function: Callable) -> Callable:
    """Decorator for a calculation on a pack: asked again with the same arguments, the same pack gives the same answer.

    The first argument is the pack; the others are plain values, rows (dicts) or iterables of values. Everybody gets a copy, so that
    whoever changes an answer changes nobody else's. A pack is frozen: what is written into its tables afterwards is not seen.
    The pack notes which of its tables were read: one with other tables (:meth:`Pack.with_tables`) gives the same answer where none
    of those was.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> @once_a_pack
    ... def asked(pack, year):
    ...     print("working")
    ...     return pd.DataFrame({"year": [year]})
    >>> pack = read_pack("SEN")
    >>> asked(pack, 2024).equals(asked(pack, 2024))
    working
    True
    """

    @wraps(function)
    def answer(pack: Pack, *args, **kwargs):
        args = tuple(map(_plain, args))
        kwargs = {name: _plain(value) for name, value in kwargs.items()}
        question = (function, *map(_key, args), *((name, _key(kwargs[name])) for name in sorted(kwargs)))
        return _own_copy(pack._ask(question, partial(function, pack, *args, **kwargs)))

    return answer


def _made_once(function: Callable) -> property:
    """A part of a pack made of its tables when first asked: not copied, so that nobody changes it."""
    return property(lambda pack: pack._ask(function.__name__, partial(function, pack)))


def _noted(name: str) -> property:
    """A table or another part of a pack that notes in each answer being worked out that it was read."""

    def read(pack: Pack) -> Any:
        for parts in tuple(pack._open.values()):
            parts.add(name)
        return pack.__dict__[name]

    return property(read, lambda pack, value: pack.__dict__.__setitem__(name, value))


def _plain(value: Any) -> Any:
    """An argument that can be read twice: iterables as tuples."""
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str | Mapping) else value


def _key(value: Any) -> Any:
    """An argument as part of a key; what is missing in a row is the same wherever it is missing."""
    if not isinstance(value, Mapping):
        return value
    return tuple((name, None if pd.isna(cell) else cell) for name, cell in value.items())


def _own_copy(answer: Any) -> Any:
    """Tables, arrays and rows (dicts), and those in a list or tuple, as copies."""
    if isinstance(answer, dict):
        return {name: _own_copy(cell) for name, cell in answer.items()}
    if isinstance(answer, list | tuple):
        parts = map(_own_copy, answer)
        return answer._make(parts) if hasattr(answer, "_make") else type(answer)(parts)
    if isinstance(answer, pd.DataFrame):
        return answer.copy(deep=False)  # pandas copies what somebody writes into, then
    return answer.copy() if isinstance(answer, np.ndarray) else answer


class Pack(_Frames):
    """A country's tables, as checked by :func:`nasssap_lib.pack.read_pack`.

    Attributes
    ----------
    country : ISO 3166 alpha-3 code
    settings : what country.toml says
    facts : long table with the columns of ``nasssap_lib.terms.FACT``; values as published, ``unit`` says in what
    population, schemes, measures … : one DataFrame a table of the schema (docs/tables.md); empty where the pack has none
    sources : one row a source; ``edition_rank`` orders editions of one series
    codebook : one row an indicator
    digest : SHA-256 over the files of the pack
    digits : key of a fact (``terms.FACT_KEY``) -> decimals with which it was published, where the last one is a 0
    doubts : figures that are odd and may be so, as :func:`nasssap_lib.pack.read_pack` found them
    """

    def copy(self) -> Pack:
        """The same pack with tables of its own: whoever changes them changes nobody else's."""
        tables = {part.name: getattr(self, part.name) for part in fields(self)}
        settings = replace(
            self.settings, plans=list(self.settings.plans), further_names=dict(self.settings.further_names)
        )
        own = {name: table.copy() for name, table in tables.items() if isinstance(table, pd.DataFrame)}
        return Pack(**(tables | own | {"settings": settings}))

    def with_tables(self, **tables: Any) -> Pack:
        """The same pack with other tables: each knows the other's answers that read none of them.

        Parameters
        ----------
        tables : attribute of a table, or another part of the pack, and what stands there instead

        Examples
        --------
        >>> from nasssap_lib.pack.reader import read_pack
        >>> pack = read_pack("SEN")
        >>> fewer = pack.with_tables(measures=pack.measures.head(1))
        >>> len(fewer.measures), fewer.facts is pack.facts
        (1, True)
        """
        other = replace(self, **tables)
        other.__dict__["_beside"] = (self, frozenset(tables))
        return other

    def know(self, other: Pack) -> None:
        """Take over what was asked of another pack of the same tables."""
        self._answers.update(other._answers)

    @cached_property
    def _answers(self) -> dict[Any, _Answer]:
        return {}

    @cached_property
    def _open(self) -> dict[int, set[str]]:
        """What was read so far for each answer that is being worked out, one within the other."""
        return {}

    @cached_property
    def _beside(self) -> tuple[Pack | None, frozenset[str]]:
        """The pack that this one differs from, and in which tables."""
        return None, frozenset()

    @contextmanager
    def noting(self) -> Iterator[set[str]]:
        """Note which tables and other parts are read meanwhile, also those that a known answer was worked out from.

        Examples
        --------
        >>> from nasssap_lib.pack.reader import read_pack
        >>> pack = read_pack("SEN")
        >>> with pack.noting() as read:
        ...     rows = len(pack.measures)
        >>> read
        {'measures'}
        """
        parts: set[str] = set()
        self._open[id(parts)] = parts
        try:
            yield parts
        finally:
            del self._open[id(parts)]

    def _ask(self, question: Any, work: Callable) -> Any:
        """The answer to a question, worked out if nobody knows it; what it read was read for all answers that needed it."""
        answer = self._known(question)
        if answer is None:
            with self.noting() as parts:
                given = work()
            answer = _Answer(given, frozenset(parts))
            self._keep(question, answer)
        for parts in tuple(self._open.values()):
            parts |= answer.read
        return answer.given

    def _known(self, question: Any) -> _Answer | None:
        if question not in self._answers:
            other, changed = self._beside
            answer = other._known(question) if other else None
            if answer is None or answer.read & changed:
                return None
            self._answers[question] = answer
        return self._answers[question]

    def _keep(self, question: Any, answer: _Answer) -> None:
        self._answers[question] = answer
        other, changed = self._beside
        if other and not answer.read & changed:
            other._keep(question, answer)

    @property
    def used_population(self) -> pd.DataFrame:
        """Rows of ``population`` from the edition that ranks highest: one row a year, sex and age group."""
        return self._newest_population.copy(deep=False)

    @_made_once
    def _newest_population(self) -> pd.DataFrame:
        ordered = in_edition_order(self.population, self.sources)
        newest = ordered[ordered["edition_rank"] == ordered["edition_rank"].max()]
        return newest.drop_duplicates(["year", "sex", "age_group"], keep="last")

    @property
    def grades(self) -> dict[str, str]:
        """Grade of each source by its id, "" where it is not graded."""
        return dict(zip(self.sources["id"], self.sources["grade"], strict=True))

    def translations(self, language: str) -> Mapping[str, str]:
        """Names and prose of the pack in a language, by the text that stands in its tables.

        Parameters
        ----------
        language : two letters of ISO 639

        Returns
        -------
        text as it stands → in the language: of all prose columns and the clauses of their cells, the country's name and the
        codebook; what the pack holds no translation of is left out. Made once a language.

        Examples
        --------
        >>> from nasssap_lib.pack.reader import read_pack
        >>> french = read_pack("SEN").translations("fr")
        >>> french["Senegal"], french["Social pension from age 65"], french["Births"]
        ('Sénégal', 'Pension sociale à partir de 65 ans', 'Naissances')
        """
        return self._ask(("translations", language), partial(self._translated, language))

    def _translated(self, language: str) -> dict[str, str]:
        names = {other: name for other, name in self.settings.names.items() if other != language}
        words = dict.fromkeys(names.values(), self.settings.names.get(language, ""))
        for table in (*TABLES, CODEBOOK):
            _add_translations(words, table, getattr(self, table.attribute), language, self.settings.language)
        _add_clauses(words)
        kept = self._kept(language)
        return {text: said for text, said in words.items() if text and said and text not in kept}

    def untranslated(self, language: str) -> frozenset[str]:
        """Prose that stands in English where a reader reads another language: the pack has no translation of it.

        Parameters
        ----------
        language : two letters of ISO 639; for English there is none, nor of a pack that is not written in English (``prose``)

        Returns
        -------
        texts of all prose columns but titles of documents, names in the country's own language and short names

        Examples
        --------
        >>> from nasssap_lib.pack.reader import read_pack
        >>> read_pack("SEN").untranslated("en")
        frozenset()
        """
        if language in ("", "en") or self.settings.prose != "en":
            return frozenset()
        native: set[str] = self._kept(language) | set(self.translations(language))
        english: set[str] = set()
        for table in TABLES:
            frame = getattr(self, table.attribute)
            for column in (column for column in table.columns if column.prose and column.name in frame):
                own = column.native or column.name == "short_name" or table.name == "sources"
                (native if own else english).update(frame[column.name].unique())
        return frozenset(english - native - {""})

    def _kept(self, language: str) -> set[str]:
        """Texts that are not translated though another column translates them: short names fit into a cell, titles can be looked up."""
        short = set() if f"short_name_{language}" in self.schemes else set(self.schemes["short_name"])
        return short | set(self.links["title"]) - set(self.links["title_en"])

    @_made_once
    def _national(self) -> dict[str, pd.DataFrame]:
        """National facts by indicator, in edition order."""
        return dict(tuple(self._in_order.groupby("indicator", sort=False)))

    @_made_once
    def _in_order(self) -> pd.DataFrame:
        return in_edition_order(self.facts[self.facts["area"] == ""], self.sources)

    @_made_once
    def _national_series(self) -> dict[str, dict[tuple[str, str, str], list[int]]]:
        """Places of national facts by indicator and series (group, sex, breakdown): found once, asked thousands of times."""
        found: dict[str, dict[tuple[str, str, str], list[int]]] = {}
        passed: Counter[str] = Counter()
        columns = (self._in_order[name].tolist() for name in ("indicator", "group", "sex", "breakdown"))
        for indicator, *series in zip(*columns, strict=True):
            found.setdefault(indicator, {}).setdefault(tuple(series), []).append(passed[indicator])
            passed[indicator] += 1
        return found

    @_made_once
    def _no_figures(self) -> pd.DataFrame:
        return in_edition_order(self.facts.iloc[:0], self.sources)

    def _figures(self, indicator: str, *wanted: str | None) -> tuple[pd.DataFrame, np.ndarray]:
        """National facts of an indicator in edition order, and the places of those of a group, sex and breakdown (None: any)."""
        facts = self._national.get(indicator, self._no_figures)
        places = [
            at
            for series, places in self._national_series.get(indicator, {}).items()
            if all(value in (None, own) for value, own in zip(wanted, series, strict=True))
            for at in places
        ]
        return facts, np.sort(np.array(places, dtype=int))

    def decimals(self, fact: Mapping) -> int:
        """Decimals with which a fact was published: 10.0 has one, 10 has none.

        Parameters
        ----------
        fact : a row with the columns of ``terms.FACT``

        Examples
        --------
        >>> from nasssap_lib.pack.reader import read_pack
        >>> pack = read_pack("SEN")
        >>> pack.decimals(pack.latest("effective_coverage", "at_least_one").iloc[0])
        2
        """
        shown = f"{fact['value']:.10f}".rstrip("0").partition(".")[2]
        return max(len(shown), self.digits.get(tuple(fact[name] for name in FACT_KEY), 0))

    @once_a_pack
    def latest(
        self,
        indicator: str,
        group: str | None = "total",
        sex: str | None = "total",
        breakdown: str | None = "",
        year: int | None = None,
    ) -> pd.DataFrame:
        """The newest national figure of a series, from the edition that ranks highest.

        Parameters
        ----------
        indicator, group, sex, breakdown : name the series; None stands for every group, sex or breakdown, one row each
        year : only figures of this year or before; None: no limit

        Returns
        -------
        table with the columns of FACT, one row a series; no row where nothing was published

        Notes
        -----
        Two editions of one series are never chained: the edition is chosen first (highest ``edition_rank`` of the row's
        sources), then its newest year. Where two sources tie on rank and year, the one with the later publication year, then
        the id that sorts last, is used; both stay in ``facts``.

        Examples
        --------
        >>> from nasssap_lib.pack.reader import read_pack
        >>> read_pack("SEN").latest("effective_coverage", "at_least_one")[["year", "value"]].values.tolist()
        [[2022.0, 19.91]]
        """
        if year is not None and (fault := fault_of("year", "int", year)):
            raise NasssapError(f"latest: year: {fault}")
        facts, found = self._figures(indicator, group, sex, breakdown)
        if year is not None:
            found = found[facts["year"].to_numpy()[found] <= year]
        if None not in (group, sex, breakdown):
            return facts.iloc[found[-1:]].reset_index(drop=True)
        return facts.iloc[found].drop_duplicates(SERIES_KEY, keep="last").reset_index(drop=True)

    @once_a_pack
    def series(self, indicator: str, group: str = "total", sex: str = "total", breakdown: str = "") -> pd.DataFrame:
        """All years of a series from the one edition that :meth:`latest` uses, oldest first; columns of FACT.

        Examples
        --------
        >>> from nasssap_lib.pack.reader import read_pack
        >>> read_pack("SEN").series("effective_coverage", "at_least_one")["year"].tolist()
        [2019, 2022]
        """
        facts, found = self._figures(indicator, group, sex, breakdown)
        rank = facts["edition_rank"].to_numpy()[found]
        used = found[rank == rank[-1:]]  # the highest stands last
        newest = dict(zip(facts["year"].to_numpy()[used], used, strict=True))  # of each year the last
        return facts.iloc[list(newest.values())].reset_index(drop=True)


for _part in fields(Pack):
    setattr(Pack, _part.name, _noted(_part.name))


def _add_translations(words: dict[str, str], table: Table, frame: pd.DataFrame, language: str, own: str) -> None:
    """Texts of a table in a language, put beside those of other tables; what is there already stays.

    Prose of the country's own language (``own``), such as the name of a scheme, is itself what other languages translate.
    """
    for column in table.columns:
        if not column.prose or column.name != next(c.name for c in table.columns if c.stem == column.stem):
            continue
        said = {name: frame[name] for name in frame if name == column.name or stem_and_language(name)[0] == column.stem}
        wanted = said.pop(f"{column.stem}_{language}", None)
        if column.native and own == language:
            wanted = said.pop(column.name) if wanted is None else wanted.where(wanted != "", said[column.name])
        for texts in said.values() if wanted is not None else ():
            for text, translation in zip(texts, wanted, strict=True):
                if text and translation:
                    words.setdefault(text, translation)


def _add_clauses(words: dict[str, str]) -> None:
    """Clauses between semicolons, where a text and its translation have as many: tables join the notes of several figures by them."""
    for text, said in tuple(words.items()):
        clauses, wanted = text.split("; "), CLAUSE_END.split(said)
        if len(clauses) == len(wanted) > 1:
            for clause, translation in zip(clauses, wanted, strict=True):
                words.setdefault(clause, translation)


def in_edition_order(facts: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Facts in the order of the edition rule, the used row of each series last; adds ``edition`` and ``edition_rank``."""
    codes, cells = pd.factorize(facts["source"])  # many facts cite the same sources
    cited = _editions(pd.Series(cells, dtype=facts["source"].dtype), sources).iloc[codes].set_axis(facts.index)
    order = cited[["rank", "published"]].assign(year=facts["year"], source=facts["source"])
    index = order.sort_values(["rank", "year", "published", "source"], kind="stable").index
    return facts.assign(edition=cited["edition"], edition_rank=cited["rank"]).loc[index]


def _editions(cells: pd.Series, sources: pd.DataFrame) -> pd.DataFrame:
    """What is known of the sources that each cell cites: their highest rank, their latest year, their editions."""
    ids = cells.str.split(";").explode()
    known = sources.set_index("id")
    rank = ids.map(known["edition_rank"]).groupby(level=0).max()
    published = ids.map(known["year"]).groupby(level=0).max().fillna(0)
    edition = (
        ids.map(known["edition"])
        .fillna("")  # of a source that is not there: a pack is asked before it is known to be sound
        .groupby(level=0)
        .agg(lambda names: "; ".join(dict.fromkeys(name for name in names if name)))
    )
    return pd.DataFrame({"rank": rank, "published": published, "edition": edition})
