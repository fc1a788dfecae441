"""``nasssap review`` as a council sees it: what slipped, what it moves, new dates to discuss, and what changed since the approval."""

from __future__ import annotations

from pathlib import Path

import click

from nasssap_lib.action_plan.months import fault_of_month
from nasssap_lib.display.texts import _, in_language, language_fault, named
from nasssap_lib.errors import ParameterError
from nasssap_lib.exchange.changes import plain
from nasssap_lib.exchange.review_page import Reviewed, review_of, review_page, review_sentences
from nasssap_lib.exchange.sides import read_edition
from nasssap_lib.files import check_folder, expanded, write_text
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.run.folders import Folders

SOUND = 0
LONG_LINE = 1_500  # letters of a remark on the terminal


def review_country(
    country: str, approved: str, date: str, language: str, to: str | None, data: str, out: str | None
) -> int:
    """Review a country's plan, print what was found, and write it as a page."""
    if faults := {
        name: fault for name, fault in (("--date", fault_of_month(date)), ("--lang", language_fault(language))) if fault
    }:
        raise ParameterError(faults)
    pack, path = read_pack(country, data), _path(country, to, out)
    check_folder(path.parent)
    before = read_edition("--approved", approved, country, data) if approved else None
    reviewed = review_of(pack, date, before.pack, before.label) if before else review_of(pack, date)
    with in_language(language, pack.translations(language or "en"), pack.country):
        page = review_page(reviewed)
        for line in [*review_sentences(reviewed), *_new_dates(reviewed), *_changed(reviewed)]:
            click.echo(plain(line, LONG_LINE))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, page)
    click.echo(str(path))
    return SOUND


def _path(country: str, to: str | None, out: str | None) -> Path:
    """Where the page goes."""
    path = expanded(to) if to else Folders.of(out).reports / country / "review.html"
    if path.suffix.lower() not in (".html", ".htm"):
        raise ParameterError({"--to": f"expected the name of a page that ends in .html, got {path.name!r}"})
    return path


def _new_dates(reviewed: Reviewed) -> list[str]:
    """A line an activity that moves."""
    return [
        _(
            "{id} {name}: {start} to {end} → {new_start} to {new_end}",
            id=row.id, name=named(row.name), start=row.start, end=row.end, new_start=row.proposed_start, new_end=row.proposed_end,
        )
        for row in reviewed.review.proposal.itertuples(index=False)
    ]  # fmt: skip


def _changed(reviewed: Reviewed) -> list[str]:
    """A line a cell that changed since the approval."""
    if reviewed.changes is None:
        return []
    return [
        _(
            "{id} {name}: {column} {before} → {now}",
            id=row.id, name=named(row.name), column=row.column or row.change, before=row.before or _("n/a"), now=row.now or _("n/a"),
        )
        for row in reviewed.changes.itertuples(index=False)
    ]  # fmt: skip
