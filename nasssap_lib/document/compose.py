"""A document out of what the notebooks showed, the chapters of an outline and a ministry's prose; tables and figures are counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain

from matplotlib.figure import Figure as Picture

import nasssap_lib
from nasssap_lib.chapter.chapter import DRAFT, FICTIONAL
from nasssap_lib.chapter.output import PNG_DPI, country_name
from nasssap_lib.display.drawing import draw
from nasssap_lib.display.grid import grid_of
from nasssap_lib.display.pixels import small_png
from nasssap_lib.display.style import figure_foot, figure_head, figure_title, title_height
from nasssap_lib.display.tables import ReportTable
from nasssap_lib.display.texts import _, current_language, join_clauses
from nasssap_lib.display.words import counted, without_subject
from nasssap_lib.document.blocks import NOTE, Block, Document, Figure, Paragraph, Section, Table, texts_of
from nasssap_lib.document.material import Imprint, Material
from nasssap_lib.document.origins import Origin
from nasssap_lib.document.outline import EDITIONS, SHORT, TITLES, TO_COLLECT, Chapter, Outline
from nasssap_lib.document.own import OWN, own_origin
from nasssap_lib.document.record import Exhibit, Record
from nasssap_lib.errors import NasssapError, meant_or_known
from nasssap_lib.pack.model import Pack
from nasssap_lib.run.page_languages import long_texts, parts_of

WORDS, ALONE = (
    ".words",
    ".alone",
)  # behind a place: its sentences without the exhibit, the exhibit without its sentences
KEPT = (  # tables of what goes wrong: an empty one is no lack of data
    "01.branches_without_scheme", "01.contradictions", "05.order_breaks", "05.high_costs", "05.in_the_way", "06.proposal",
)  # fmt: skip
LISTING = "own.origins"  # lists what all other chapters show
SHARP = 2 * PNG_DPI  # pixels an inch of a picture on paper


@dataclass
class _Counter:
    """Numbers of tables and figures, which exhibits the document has shown already, and what it shows from where."""

    tables: int = 0
    figures: int = 0
    shown: set[str] = field(default_factory=set)
    listed: list[tuple[str, Origin]] = field(default_factory=list)


def compose_document(
    pack: Pack,
    record: Record,
    outline: Outline,
    prose: Mapping[str, Iterable[Block]] | None = None,
    imprint: Imprint | None = None,
) -> Document:
    """The strategy document of a country, in the language that is spoken.

    Parameters
    ----------
    pack : the country
    record : result of ``document.record_country`` in the same language
    outline : result of ``document.read_outline``
    prose : blocks of a ministry's own text by chapter id; they open their chapter
    imprint : which edition it is, for its title page and, in an outline :func:`outline.with_changes`, its annex; None: no numbered one

    Returns
    -------
    Document; a chapter without evidence says in one paragraph what to collect

    Raises
    ------
    NasssapError : material that no notebook shows, or prose for no chapter; by name
    """
    _check(record, outline, prose or {})
    imprint, counter = imprint or Imprint(), _Counter()
    material = Material(record, pack, outline.options_by, imprint, counter.listed)
    made = {
        chapter.id: _section(chapter, material, (prose or {}).get(chapter.id, ()), counter)
        for chapter in sorted(outline.chapters, key=lambda chapter: LISTING in chapter.material)
    }
    sections = [made[chapter.id] for chapter in outline.chapters]
    settings, numbered = pack.settings, tuple(_numbered(sections, outline.chapters))
    english = _english(numbered, pack)
    return Document(
        language=current_language(), country=country_name(settings), title=_(EDITIONS[outline.edition]),
        subtitle=country_name(settings), claim=_(FICTIONAL if settings.fictional else DRAFT), contents=_("Contents"),
        sections=numbered, fictional=settings.fictional, facts=_facts(pack, imprint, english), english=english,
        short=outline.edition in SHORT,
    )  # fmt: skip


def _english(sections: Iterable[Section], pack: Pack) -> frozenset[str]:
    """Texts of the pack that a reader of another language meets in English, for it holds no translation of them."""
    english = pack.untranslated(current_language())
    long = long_texts(english)
    texts = {text for section in sections for part in section.walk() for text in (part.title, *texts_of(part.blocks))}
    return frozenset(texts & english).union(*(parts_of(text, long) for text in (texts - english if english else ())))


def _facts(pack: Pack, imprint: Imprint, english: Collection[str]) -> tuple[tuple[str, str], ...]:
    """What this edition stands on: enough to make it again, and to see whether two editions stand on the same."""
    figures = _(
        "{figures} from {sources}",
        figures=counted(len(pack.facts), "{n} figure", "{n} figures"),
        sources=counted(len(pack.sources), "{n} source", "{n} sources"),
    )
    return (
        *([(_("Edition"), imprint.number)] if imprint.number else []),
        (_("Reference year"), str(pack.settings.reference_year)),
        (_("Based on"), figures),
        (_("Digest of the data"), pack.digest[:16]),
        *([(_("Digest of the prose"), imprint.prose[:16])] if imprint.prose else []),
        (_("Made with"), f"nasssap {nasssap_lib.__version__}"),
        *(
            [(_("In English"), counted(len(english), "{n} text without translation", "{n} texts without translation"))]
            if english
            else []
        ),
    )


def _check(record: Record, outline: Outline, prose: Mapping[str, object]) -> None:
    known = [*record.exhibits, *(f"own.{name}" for name in OWN)]
    for chapter in outline.chapters:
        for place in chapter.material:
            if _exhibit_of(place) not in known:
                raise NasssapError(
                    f"chapter {chapter.id}: material: no such exhibit {place!r}; {meant_or_known(place, known)}"
                )
    chapters = [*TITLES, *(chapter.id for chapter in outline.chapters)]
    if strange := sorted(set(prose) - set(chapters)):
        raise NasssapError(f"text/{strange[0]}.md: no such chapter; {meant_or_known(strange[0], chapters)}")


def _section(chapter: Chapter, material: Material, prose: Iterable[Block], counter: _Counter) -> Section:
    """A chapter: a ministry's prose, then its material; what to collect where there is no evidence."""
    made = list(chain.from_iterable(_of(place, material, counter) for place in chapter.material))
    blocks = [part for part in made if not isinstance(part, Section | _Empty)]
    if empty := [part.title for part in made if isinstance(part, _Empty)]:
        blocks.append(Paragraph(_("Nothing in the data of the country on: {what}.", what=join_clauses(empty)), NOTE))
    parts = tuple(part for part in made if isinstance(part, Section))
    told = any(isinstance(block, Table | Figure) or getattr(block, "kind", "") != NOTE for block in blocks)
    if not (told or parts) and chapter.id in TO_COLLECT:
        blocks = [Paragraph(_(TO_COLLECT[chapter.id]))]
    title = chapter.title or _(TITLES[chapter.id])
    return Section(chapter.id, title, 1, blocks=(*prose, *blocks), parts=parts)


@dataclass(frozen=True)
class _Empty:
    """A table without a row: a chapter names all of these in one sentence at its end."""

    title: str


def _exhibit_of(place: str) -> str:
    """The exhibit that a place of an outline names."""
    return place.removesuffix(WORDS).removesuffix(ALONE)


def _of(place: str, material: Material, counter: _Counter) -> Iterator[Block | Section | _Empty]:
    if place.startswith("own."):
        yield from _own(place.removeprefix("own."), material, counter)
        return
    exhibit, record = material.record.exhibits[_exhibit_of(place)], material.record
    if exhibit.place in counter.shown:
        return
    counter.shown.add(exhibit.place)
    country = country_name(material.pack.settings)
    if place.endswith(ALONE):
        yield from _exhibit(exhibit, counter, country)
        return
    yield from (Paragraph(without_subject(sentence, country)) for sentence in exhibit.said)
    if not place.endswith(WORDS):
        for block in _exhibit(exhibit, counter, country):
            if isinstance(block, Table | Figure):
                counter.listed.append((block.caption, record.origins.get(exhibit.place, Origin())))
            yield block
    if exhibit.note:
        yield Paragraph(exhibit.note, NOTE)
    yield from (Paragraph(without_subject(sentence, country)) for sentence in record.after.get(exhibit.place, []))


def _own(name: str, material: Material, counter: _Counter) -> list[Block | Section]:
    """What the document writes itself; its tables are listed with what they were made of."""
    material.cited.clear()
    with material.pack.noting() as read:
        made = OWN[name](material)
    parts = [_counted(part, counter) for part in made]
    origin = own_origin(name, read, material)
    counter.listed += [(caption, origin) for part in parts for caption in _captions(part)]
    return parts


def _captions(part: Block | Section) -> Iterator[str]:
    """Captions of the tables of a block or of a section and all below it."""
    if isinstance(part, Section):
        yield from (caption for inner in (*part.blocks, *part.parts) for caption in _captions(inner))
    elif isinstance(part, Table) and part.caption:
        yield part.caption


def _exhibit(exhibit: Exhibit, counter: _Counter, country: str) -> Iterator[Block | _Empty]:
    anchor = exhibit.place.replace(".", "_")
    if exhibit.nothing and not exhibit.said:  # a sentence before it says why
        yield Paragraph(without_subject(exhibit.nothing, country), NOTE)
    elif exhibit.nothing:
        return
    elif isinstance(exhibit.thing, ReportTable):
        grid = grid_of(exhibit.thing)
        if not len(exhibit.thing.rows):
            yield from () if exhibit.place in KEPT or exhibit.said else (_Empty(exhibit.thing.title),)
        elif grid.nothing:
            yield Paragraph(grid.nothing, NOTE)
        else:
            source = _("Source: {sources}.", sources=exhibit.source) if exhibit.source else ""
            yield _counted(Table(anchor, exhibit.thing.title, grid, source), counter)
    elif exhibit.thing is not None:
        yield _picture(anchor, exhibit.thing, counter, country)


def _picture(anchor: str, figure: Picture, counter: _Counter, country: str) -> Figure:
    """A picture drawn once, lines for paper and pixels for Word, without its title and sources: the caption and the line below say them."""
    counter.figures += 1
    title, (measured, head), (source, foot) = figure_title(figure), figure_head(figure), figure_foot(figure)
    caption, cut = (
        _("Figure {number}. {title}", number=counter.figures, title=without_subject(title, country)),
        title_height(figure),
    )
    with _bare(figure):
        svg, pixels = draw(figure, SHARP, cut, foot)
    width, height = figure.get_size_inches()
    inches, head = (float(width), float(height - cut - foot)), max(0.0, head - cut)
    return Figure(
        anchor,
        caption,
        figure.get_label(),
        svg,
        small_png(pixels),
        inches,
        source,
        title=title,
        measured=measured,
        head=head,
    )


@contextmanager
def _bare(figure: Picture) -> Iterator[None]:
    """Meanwhile a picture of this suite shows neither its title nor its sources."""
    hidden = [figure.texts[0], figure.texts[2]] if title_height(figure) else []
    for text in hidden:
        text.set_visible(False)
    try:
        yield
    finally:
        for text in hidden:
            text.set_visible(True)


def _counted(part: Block | Section, counter: _Counter) -> Block | Section:
    """A table with its number before its caption, also within sections."""
    if isinstance(part, Section):
        blocks = tuple(_counted(block, counter) for block in part.blocks)
        return replace(part, blocks=blocks, parts=tuple(_counted(inner, counter) for inner in part.parts))
    if not isinstance(part, Table) or not part.caption:
        return part
    counter.tables += 1
    return replace(part, caption=_("Table {number}. {title}", number=counter.tables, title=part.caption))


def _numbered(sections: Iterable[Section], chapters: Iterable[Chapter]) -> Iterator[Section]:
    """Chapters counted, front matter without a number, annexes by letters."""
    number, letter = 0, 0
    for section, chapter in zip(sections, chapters, strict=True):
        if chapter.front:
            yield section
        elif chapter.annex:
            yield _with_number(section, chr(ord("A") + letter))
            letter += 1
        else:
            number += 1
            yield _with_number(section, str(number))


def _with_number(section: Section, number: str) -> Section:
    parts = tuple(_with_number(part, f"{number}.{place}") for place, part in enumerate(section.parts, start=1))
    return replace(section, number=number, parts=parts)
