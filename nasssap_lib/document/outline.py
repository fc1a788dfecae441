"""Which chapters a document has, of what each is made, and in which order they stand: a list in a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nasssap_lib.display.texts import N_
from nasssap_lib.errors import NasssapError, did_you_mean
from nasssap_lib.files import expanded

SHIPPED = Path(__file__).with_name("outline.toml")
TITLES = {
    "summary": N_("Executive summary"),
    "acronyms": N_("Acronyms"),
    "process": N_("Process and participants"),
    "situation": N_("The situation"),
    "schemes": N_("Existing schemes, formal and informal"),
    "past": N_("Past experience and community practice"),
    "gaps": N_("Who is not covered"),
    "vision": N_("Vision and principles"),
    "priorities": N_("Priorities, and how sure they are"),
    "dialogue": N_("Social dialogue"),
    "options": N_("The options, one by one"),
    "coherence": N_("Coherence"),
    "costing": N_("What it costs"),
    "financing": N_("Who pays"),
    "plan": N_("Roadmap and action plan"),
    "monitoring": N_("Monitoring and evaluation"),
    "review": N_("Periodic review"),
    "risks": N_("Risks"),
    "assumptions": N_("Assumptions"),
    "collect": N_("Figures to collect"),
    "changes": N_("Changes since the edition before"),
    "sources": N_("Sources"),
    "origins": N_("Where each table and figure comes from"),
    "brief": N_("What matters"),
    "request": N_("What help is asked for"),
    "partners": N_("What is missing, and what partners give today"),
    "needs": N_("What has to be prepared and collected"),
    "slide_process": N_("How far the strategy has come"),
    "slide_coverage": N_("Who is covered today"),
    "slide_groups": N_("Which groups are left out"),
    "slide_schemes": N_("Which schemes there are"),
    "slide_status_quo": N_("What happens if nothing changes"),
    "slide_priorities": N_("What comes first, and how sure that is"),
    "slide_costs": N_("What the options cost"),
    "slide_money": N_("What is paid for, and what is missing"),
    "slide_plan": N_("Who does what by when"),
    "slide_targets": N_("What is to be reached"),
    "slide_sources": N_("Sources: see the notes of this slide"),
}
TO_COLLECT = {  # what a chapter without evidence asks for
    "process": N_(
        "No step towards a strategy was found in the sources that were read. To collect: who started it, when, and which "
        "documents say so (process.csv)."
    ),
    "situation": N_(
        "No figure on people, work and the economy. To collect: population by age, employment by status, GDP, and poverty "
        "(indicators.csv, population.csv)."
    ),
    "schemes": N_(
        "No scheme in the inventory. To collect: every scheme, formal and informal, with its members, benefits and money "
        "(schemes.csv, scheme_figures.csv)."
    ),
    "past": N_(
        "No past extension was read. To collect: what was tried, when, for whom, and what came of it (history.csv)."
    ),
    "gaps": N_(
        "No rate of coverage was published. To collect: effective coverage by group, from registers or a survey "
        "(indicators.csv)."
    ),
    "priorities": N_(
        "No option in the country's data. To collect: options with level, people, take-up and start (measures.csv)."
    ),
    "dialogue": N_(
        "No dialogue was recorded. To hold it: nasssap dialogue sheet writes a sheet for each group at the table, nasssap "
        "dialogue collect reads the answers."
    ),
    "options": N_(
        "No option in the country's data. To collect: options with level, people, take-up and start (measures.csv)."
    ),
    "coherence": N_(
        "Nothing is known of how schemes and options stand to one another. To collect: related schemes (schemes.csv, "
        "measures.csv) and what plans and laws name (links.csv)."
    ),
    "costing": N_(
        "No option can be costed. To collect: options (measures.csv), population and GDP."
    ),
    "financing": N_(
        "Nothing is proposed to pay for the options. To collect: proposals of the eight options for fiscal space "
        "(financing.csv)."
    ),
    "plan": N_(
        "There is no action plan. To collect: who does what by when, with whose money (activities.csv)."
    ),
    "monitoring": N_(
        "No target follows. To collect: options, and who measures what how often (measures.csv, targets.csv)."
    ),
    "review": N_(
        "No terms of review were agreed on. To collect: when, by whom and on what grounds the strategy is reviewed "
        "(targets.csv)."
    ),
    "risks": N_(
        "No risk was written down. To collect: what may go wrong with each activity (activities.csv)."
    ),
}  # fmt: skip
TO_COLLECT |= {  # a slide asks for what the chapter of its subject asks for
    "slide_process": TO_COLLECT["process"], "slide_coverage": TO_COLLECT["gaps"], "slide_groups": TO_COLLECT["gaps"],
    "slide_schemes": TO_COLLECT["schemes"], "slide_status_quo": TO_COLLECT["gaps"], "slide_priorities": TO_COLLECT["priorities"],
    "slide_costs": TO_COLLECT["costing"], "slide_money": TO_COLLECT["financing"], "slide_plan": TO_COLLECT["plan"],
    "slide_targets": TO_COLLECT["monitoring"],
}  # fmt: skip
STRATEGY, SLIDES = "strategy", "slides"
CHANGES = "changes"  # the annex on what changed since the edition before
ORIGINS = "origins"  # that on where each table and figure comes from
EDITIONS = {  # title of a document for each kind of readers
    STRATEGY: N_("National Social Security Strategy and Action Plan"),
    "summary": N_("Executive summary of the strategy"),
    "brief": N_("Social protection in brief"),
    "request": N_("Request for cooperation"),
    SLIDES: N_("Social security: evidence for the dialogue"),
}
SHORT = ("summary", "brief")  # editions of two pages: without a title page and a list of contents
BY = ("guarantee", "group", "branch", "payer", "institution")  # what the options can be grouped by
KEYS = {"title", "material", "front", "annex"}


@dataclass(frozen=True)
class Chapter:
    """A chapter of the list: its id, title ("" where the suite has one), of what it is made, and whether it is front matter or an annex."""

    id: str
    title: str = ""
    material: tuple[str, ...] = ()
    front: bool = False
    annex: bool = False


@dataclass(frozen=True)
class Outline:
    """Chapters in their order, by what the options are grouped (one of ``BY``), and for which readers (one of ``EDITIONS``)."""

    chapters: tuple[Chapter, ...]
    options_by: str = "guarantee"
    edition: str = STRATEGY


def with_changes(outline: Outline) -> Outline:
    """The same list with an annex on what changed since the edition before, where it has none; in front of that on where all comes from."""
    if any(chapter.id == CHANGES for chapter in outline.chapters):
        return outline
    changes = _chapters(_shipped()["chapter"], SHIPPED.name)[CHANGES]
    last = [chapter for chapter in outline.chapters if chapter.id == ORIGINS]
    others = [chapter for chapter in outline.chapters if chapter.id != ORIGINS]
    return replace(outline, chapters=(*others, changes, *last))


def orders() -> list[str]:
    """Names of the orders that ship.

    Examples
    --------
    >>> orders()
    ['guarantee', 'group', 'policy_area', 'financing', 'governance']
    """
    return list(_shipped()["order"])


def usual_order(edition: str) -> str:
    """Name of the order in which the chapters of an edition stand where none was asked for; "" where it has one only.

    Examples
    --------
    >>> usual_order("strategy"), usual_order("brief")
    ('guarantee', '')
    """
    return orders()[0] if edition == STRATEGY else ""


def read_outline(organised_by: str = "", edition: str = STRATEGY) -> Outline:
    """The list of chapters of an order that ships, or of a TOML file; or of an edition for other readers.

    Parameters
    ----------
    organised_by : one of :func:`orders`, "" for the first, or the path of a TOML file that lists ``chapters`` and may hold ``options_by``
        and, as ``[chapter.ID]``, chapters of its own (title, material, front, annex)
    edition : one of ``EDITIONS``; only the strategy can be organised in several ways

    Raises
    ------
    NasssapError : no such order or file; a file that is no TOML, names no chapter, an unknown one or unknown material; each by name

    Examples
    --------
    >>> read_outline("financing").chapters[4].id, read_outline("governance").options_by
    ('financing', 'institution')
    """
    shipped = _shipped()
    if edition not in EDITIONS:
        raise NasssapError(f"--edition: no such edition {edition[:60]!r}; {did_you_mean(edition, list(EDITIONS))}")
    if edition != STRATEGY:
        if organised_by:
            raise NasssapError(f"--organised-by: only the strategy has several orders, the edition {edition!r} has one")
        chapters = _chapters(shipped["chapter"], "outline.toml")
        return replace(_outline(shipped["edition"][edition], chapters, edition), edition=edition)
    if not _is_own(organised_by):
        known = shipped["order"]
        name = organised_by or usual_order(edition)
        if name not in known:
            raise NasssapError(
                f"--organised-by: no such order {name[:60]!r}; {did_you_mean(name, list(known))}, or the path of a TOML file"
            )
        return _outline(known[name], _chapters(shipped["chapter"], "outline.toml"), name)
    path = expanded(organised_by)
    own = _parsed(path.name, outline_text(organised_by))
    chapters = _chapters(shipped["chapter"], "outline.toml") | _chapters(own.get("chapter", {}), path.name)
    return _outline(own, chapters, path.name)


def _shipped() -> dict[str, Any]:
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))


def outline_text(organised_by: str) -> str:
    """The text of a list of chapters of one's own; "" of an order that ships.

    Raises
    ------
    NasssapError : no such file, or none in UTF-8

    Examples
    --------
    >>> outline_text("financing")
    ''
    """
    if not _is_own(organised_by):
        return ""
    path = expanded(organised_by)
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise NasssapError(f"--organised-by: {path.name}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise NasssapError(f"{path.name}: expected TOML in UTF-8: {error}") from error


def _is_own(organised_by: str) -> bool:
    return organised_by.lower().endswith(".toml")


def _parsed(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise NasssapError(f"{file}: expected TOML in UTF-8: {error}") from error


def _chapters(tables: Any, file: str) -> dict[str, Chapter]:
    if not isinstance(tables, Mapping):
        raise NasssapError(f"{file}: expected chapters as [chapter.ID]")
    return {name: _chapter(name, table, file) for name, table in tables.items()}


def _chapter(name: str, table: Any, file: str) -> Chapter:
    where = f"{file}: [chapter.{name}]"
    if not isinstance(table, Mapping):
        raise NasssapError(f"{where}: expected a table with material")
    if wrong := [f"{key!r}: {did_you_mean(key, sorted(KEYS))}" for key in table if key not in KEYS]:
        raise NasssapError(f"{where}: no such key {'; '.join(wrong)}")
    material = table.get("material", [])
    if not isinstance(material, list) or not all(isinstance(item, str) for item in material):
        raise NasssapError(f"{where}: material: expected a list of names such as 02.gaps, got {material!r:.80}")
    title = table.get("title", "")
    if not isinstance(title, str) or not (title or name in TITLES):
        raise NasssapError(f"{where}: title: expected words, for the suite has no title for {name!r}")
    flags = {key: table.get(key, False) for key in ("front", "annex")}
    if wrong := [key for key, value in flags.items() if not isinstance(value, bool)]:
        raise NasssapError(f"{where}: {wrong[0]}: expected true or false")
    return Chapter(name, title, tuple(material), **flags)


def _outline(order: Mapping[str, Any], known: Mapping[str, Chapter], file: str) -> Outline:
    names = order.get("chapters", [])
    if not isinstance(names, list) or not names:
        raise NasssapError(f"{file}: chapters: expected a list of chapters, got none; known: {', '.join(known)}")
    if wrong := [f"{name!r}: {did_you_mean(str(name), list(known))}" for name in names if name not in known]:
        raise NasssapError(f"{file}: chapters: no such chapter {'; '.join(wrong)}")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise NasssapError(f"{file}: chapters: {', '.join(twice)} stands twice")
    by = order.get("options_by", BY[0])
    if by not in BY:
        raise NasssapError(f"{file}: options_by: expected one of {', '.join(BY)}, got {by!r:.60}")
    chapters = [known[name] for name in names]
    parts = [
        [c for c in chapters if c.front],
        [c for c in chapters if not (c.front or c.annex)],
        [c for c in chapters if c.annex],
    ]
    return Outline(tuple(replace(chapter) for part in parts for chapter in part), by)
