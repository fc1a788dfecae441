"""What a chapter shows, as messages of Jupyter: sentences, figures of note, pictures with alternative text, tables."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd
from matplotlib.figure import Figure

from nasssap_lib.display.drawing import draw
from nasssap_lib.display.pixels import small_png
from nasssap_lib.display.style import add_number, figure_title
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    link_html,
    to_html,
    to_text,
    write_code,
    write_name,
    write_year,
)
from nasssap_lib.display.texts import _, current_language, join_clauses, named, ngettext
from nasssap_lib.pack.model import Settings
from nasssap_lib.rows import as_records
from nasssap_lib.terms import SOURCE_GRADES

PNG_DPI = 110  # legible


def country_name(settings: Settings) -> str:
    """The country's name in the reader's language; in English where the pack has none in it."""
    return settings.names.get(current_language(), settings.name_en)


def show_sentence(sentence: str, css: str = "", anchor: str = "", metadata: dict | None = None) -> None:
    """A paragraph of text, or several with an empty line between them; nothing of a pack runs in it."""
    style = f' class="{css}"' if css else ""
    identity = f' id="{escape(anchor)}"' if anchor else ""
    first, *others = sentence.split("\n\n")
    html = "".join([f"<p{style}{identity}>{escape(first)}</p>", *(f"<p{style}>{escape(text)}</p>" for text in others)])
    _display({"text/html": html, "text/plain": sentence}, metadata)


def show_figures_of_note(figures: list[tuple[str, str]]) -> None:
    """Figures, large, each with its words."""
    tiles = "".join(f"<div><dt>{escape(value)}</dt><dd>{escape(words)}</dd></div>" for value, words in figures)
    plain = "; ".join(f"{value} {words}" for value, words in figures)
    _display({"text/html": f'<dl class="figures">{tiles}</dl>', "text/plain": plain})


def show_answer(findings: Iterable[tuple[str, str, str]]) -> None:
    """The findings of a chapter in a list, each with how sure it is and a link to the exhibit that shows it."""
    findings = list(findings)
    items = "".join(
        f'<li><p>{escape(words)}</p> <p class="quiet">{escape(sure)}</p> '
        f'<p><a class="here" href="#{escape(exhibit)}">{escape(_("evidence"))}</a></p></li>'
        for words, sure, exhibit in findings
    )
    plain = "\n".join(f"{i}. {' '.join(filter(None, finding[:2]))}" for i, finding in enumerate(findings, 1))
    _display({"text/html": f'<ol class="answer">{items}</ol>', "text/plain": plain})


def show_table(table: ReportTable, number: str, anchor: str, sources: str, metadata: dict | None = None) -> None:
    """A table for readers with its sources; text for terminals."""
    cited = escape(_("Source: {sources}.", sources=sources)) if sources else ""
    html = to_html(table, number, anchor) + (f'<p class="source">{cited}</p>' if cited else "")
    _display({"text/html": html, "text/plain": f"{number} {table.title}\n{to_text(table)}"}, metadata)


def folding(thing: ReportTable | Figure, number: str) -> dict[str, dict]:
    """Metadata of outputs that a page folds together under the title of their exhibit."""
    title = thing.title if isinstance(thing, ReportTable) else figure_title(thing)
    return {"nasssap": {"fold": _("{number} · {title}", number=number, title=title)}}


def show_picture(figure: Figure, number: str, anchor: str, metadata: dict | None = None) -> None:
    """A picture as SVG and, for viewers that show none, as a small PNG; both with the same alternative text."""
    add_number(figure, number)
    alt = _("{number}. {title}", number=number, title=figure.get_label())
    svg, pixels = draw(figure, PNG_DPI)
    link = f'<p class="link" id="{anchor}">{link_html(anchor, number)}</p>'
    _display({"text/html": link, "text/plain": number}, metadata)
    described = {"anchor": anchor, "alt": alt, "title": figure_title(figure), **(metadata or {}).get("nasssap", {})}
    metadata = {"nasssap": described, "image/svg+xml": {"isolated": True}, "image/png": {"alt": alt}}
    # JupyterLab shows no SVG of a notebook that somebody else has run
    png = base64.b64encode(small_png(pixels)).decode("ascii")
    _display({"image/svg+xml": svg, "image/png": png, "text/plain": alt}, metadata)


def _display(bundle: dict[str, str], metadata: dict | None = None) -> None:
    from IPython.display import display

    display(bundle, raw=True, metadata=metadata or {})


def svg_data_address(svg: str) -> str:
    """An SVG picture as a data address for ``<img>``, where no script of it can run."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")


def short_reference(source: Mapping) -> str:
    """How a caption names a source: its short name where the pack gives one, else publisher and year."""
    if source.get("short", ""):
        return named(source["short"])
    publisher = named(source["publisher"])
    return publisher if pd.isna(source["year"]) else f"{publisher}, {int(source['year'])}"


def cited_references(ids: Iterable[str], sources: pd.DataFrame) -> list[str]:
    """How a caption names these sources, each once, in their order; sources : of a pack."""
    ids = list(ids)
    named_by = [name for name in ("id", "short", "publisher", "year") if name in sources]
    known = {row["id"]: row for row in as_records(sources.loc[sources["id"].isin(ids), named_by])}
    return list(dict.fromkeys(short_reference(known[name]) for name in ids if name in known))


def cited_words(ids: Iterable[str], sources: pd.DataFrame, most: int = 5) -> str:
    """These sources in the order in which they are cited, at most so many, and how many more there are; sources : of a pack."""
    unique = cited_references(ids, sources)
    first, more = join_clauses(unique[:most]), len(unique) - most
    if more <= 0:
        return first
    return ngettext(
        "{sources}; and {n} more, listed at the end", "{sources}; and {n} more, listed at the end", more,
        sources=first, n=more,
    )  # fmt: skip


def source_table(sources: pd.DataFrame) -> ReportTable:
    """The sources that a chapter used: rows of a pack's ``sources``."""
    views = {
        "id": View(_("Source")),
        "publisher": View(_("Publisher"), write_name),
        "title": View(_("Title"), write_name, long=True),
        "edition": View(_("Edition"), write_name),
        "year": View(_("Year"), write_year, numeric=True),
        "grade": View(_("Kind"), write_code(SOURCE_GRADES)),
        "licence": View(_("Terms"), write_name),
    }
    return ReportTable(sources, _("Sources of this chapter"), views)
