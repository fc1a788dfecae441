"""Numbered editions for tests: of the training country's pack, with a small document instead of one that takes all notebooks."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from PIL import Image
from stories import pack_of

from nasssap_lib.document.blocks import Document, Figure, Paragraph, Section
from nasssap_lib.document.compilation import render
from nasssap_lib.exchange.edition import Frozen, Title, edition_files, freeze

MADE = datetime(2026, 3, 1, 10, 20, 30, tzinfo=UTC)
FORMATS = ("html", "docx", "pdf")


@cache
def small_document(words: str = "12 % are covered.", width: int = 50) -> Document:
    """A document of one chapter with a sentence and a picture, a bar as wide as is asked for."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="10"><rect width="{width}" height="10"/></svg>'
    png = io.BytesIO()
    Image.new("RGB", (width, 10)).save(png, "PNG")
    bar = Figure("covered", "Figure 1. Covered", "A bar.", svg, png.getvalue(), (1.0, 0.2))
    chapter = Section("brief", "What matters", number="1", blocks=(Paragraph(words), bar))
    return Document("en", "Testland", "In brief", "Testland", "", "Contents", (chapter,))


@cache
def rendered(words: str = "12 % are covered.", width: int = 50) -> dict[str, bytes]:
    """The small document in every format."""
    return render(small_document(words, width), FORMATS, pack_of("XTC"))


def small_edition(folder: Path, number: str = "1", data: str = "", before=None, outline: str = "") -> Path:
    """The archive of an edition in brief, as ``nasssap document --number`` writes it."""
    title = Title("strategy" if outline else "brief", number, "en", "own.toml" if outline else "", outline)
    frozen = Frozen.of(title, pack_of("XTC"), data, before)
    return freeze(folder / frozen.name, edition_files(frozen, rendered(), MADE)).path
