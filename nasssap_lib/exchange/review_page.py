"""The page of a periodic review: what slipped and what it moves, new dates to discuss, and every change since the approved edition."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from nasssap_lib.action_plan.changes import compare_plans
from nasssap_lib.action_plan.charts_review import plot_progress
from nasssap_lib.action_plan.review import Review, review_plan
from nasssap_lib.action_plan.tables_review import (
    changes_table,
    delayed_table,
    moved_table,
    progress_table,
    proposal_table,
)
from nasssap_lib.action_plan.words_review import changes_sentence, proposal_sentence, review_answer
from nasssap_lib.chapter.chapter import DRAFT, FICTIONAL
from nasssap_lib.chapter.output import PNG_DPI, cited_references, country_name, svg_data_address
from nasssap_lib.display.drawing import draw
from nasssap_lib.display.style import Caption
from nasssap_lib.display.tables import ReportTable, to_html
from nasssap_lib.display.texts import _, join_clauses, join_sentences
from nasssap_lib.monitoring.agreed import review_terms
from nasssap_lib.monitoring.tables import review_terms_table
from nasssap_lib.monitoring.words import review_terms_sentence
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources
from nasssap_lib.run.html import render_page
from nasssap_lib.run.page_tables import with_labels


@dataclass(frozen=True)
class Section:
    """A heading, what it says in a sentence, a picture with its words, and tables."""

    title: str
    words: str = ""
    tables: list[str] = field(default_factory=list)
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Reviewed:
    """What a periodic review found.

    pack : the edition of today · review : result of ``action_plan.review_plan`` · changes : result of ``action_plan.compare_plans``; None
    where no approved edition was given · approved : what the approved edition is called
    """

    pack: Pack
    review: Review
    changes: pd.DataFrame | None = None
    approved: str = ""


def review_of(pack: Pack, date: str = "", before: Pack | None = None, approved: str = "") -> Reviewed:
    """Review a plan, beside the edition that was approved where there is one.

    Parameters
    ----------
    pack : the edition of today
    date : month of the review, as in 2026-03; "": the latest month in which progress was recorded
    before : the approved edition; None: there is none
    approved : what it is called

    Raises
    ------
    NasssapError : as ``action_plan.review_plan``
    """
    changes = None if before is None else compare_plans(before, pack)
    return Reviewed(pack, review_plan(pack, date), changes, approved)


def review_sentences(reviewed: Reviewed) -> list[str]:
    """What the review found, in the language that is spoken: progress, what changed, and the terms of review."""
    told = [finding for finding, _sure, _exhibit in review_answer(reviewed.review)]
    changed = [] if reviewed.changes is None else [changes_sentence(reviewed.changes)]
    return [*told, *changed, review_terms_sentence(review_terms(reviewed.pack))]


def review_page(reviewed: Reviewed) -> str:
    """The review as a page without script, in the language that is spoken."""
    pack, review = reviewed.pack, reviewed.review
    terms = review_terms(pack)
    country, cited = country_name(pack.settings), _cited(pack, review.progress, terms)
    sections = [_progress(review, Caption(country, cited))]
    if len(review.proposal):
        sections.append(Section(_("New dates to discuss"), proposal_sentence(review), _html(proposal_table(review))))
    if reviewed.changes is not None:
        words = join_sentences(
            [_("Compared with {edition}.", edition=reviewed.approved), changes_sentence(reviewed.changes)]
        )
        sections.append(
            Section(_("Changes since the edition that was approved"), words, _html(changes_table(reviewed.changes)))
        )
    sections.append(
        Section(_("Terms of the periodic review"), review_terms_sentence(terms), _html(review_terms_table(terms)))
    )
    return render_page(
        "review.html.j2", country=country, fictional=pack.settings.fictional, claim=_(FICTIONAL if pack.settings.fictional else DRAFT),
        sections=sections, sources=cited,
    )  # fmt: skip


def _progress(review: Review, caption: Caption) -> Section:
    told = [finding for finding, _sure, _exhibit in review_answer(review)]
    if review.progress.empty:
        return Section(_("Progress against the plan"), join_sentences(told))
    figure = plot_progress(review.progress, caption)
    tables = _html(progress_table(review), moved_table(review), delayed_table(review))
    svg, _pixels = draw(figure, PNG_DPI)
    return Section(
        _("Progress against the plan"), join_sentences(told), tables, svg_data_address(svg), figure.get_label()
    )


def _html(*tables: ReportTable) -> list[str]:
    return [with_labels(to_html(table)) for table in tables if len(table.rows)]


def _cited(pack: Pack, *tables: pd.DataFrame) -> str:
    ids = join_sources(*(cell for table in tables for cell in table["source"])).split(";")
    return join_clauses(cited_references([name for name in ids if name], pack.sources))
