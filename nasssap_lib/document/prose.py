"""A ministry's own prose: ``text/CHAPTER.md`` of a pack, which survives every compilation and may quote figures by name.

``{fact effective_coverage children total}`` is the newest figure of an indicator with its unit, ``{year …}`` its year;
``{result 06.yearly_targets older_persons+2031 low}`` a figure of a result table: exhibit, words that only its row holds, column. A quote
that does not lead to one figure is an error with file and line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import mistune
import pandas as pd

from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_share
from nasssap_lib.display.tables import ReportTable, write_share
from nasssap_lib.display.texts import _
from nasssap_lib.display.words import amount_words
from nasssap_lib.document.blocks import Block, Items, Paragraph
from nasssap_lib.document.record import Record
from nasssap_lib.errors import NasssapError, meant_or_known
from nasssap_lib.pack.model import Pack

FOLDER = "text"
FILE = re.compile(r"([a-z][a-z0-9_]{0,59})(?:\.([a-z]{2}))?\.md")
QUOTE = re.compile(r"\{([^{}]*)\}")
LONGEST = 200_000  # bytes of a file
HIDDEN = ("html", "block_html", "inline_html")


def prose_files(folder: Path, language: str) -> dict[str, Path]:
    """The files of prose of a pack by chapter: in the language where there is one, else those without a language.

    Parameters
    ----------
    folder : of the pack
    language : code, such as fr
    """
    found: dict[str, Path] = {}
    for path in all_prose(folder):
        chapter, spoken = FILE.fullmatch(path.name).groups()
        if spoken == language or (not spoken and chapter not in found):
            found[chapter] = path
    return found


def all_prose(folder: Path) -> list[Path]:
    """The files of prose of a pack in every language, in alphabetical order; what has another name is none."""
    inside = (folder / FOLDER).glob("*.md") if (folder / FOLDER).is_dir() else ()
    return sorted(path for path in inside if FILE.fullmatch(path.name) and path.is_file() and not path.is_symlink())


def prose_digest(folder: Path, language: str) -> str:
    """SHA-256 over the names and bytes of the prose that a document in a language takes; "" where there is none.

    Parameters
    ----------
    folder : of the pack
    language : code, such as fr

    Examples
    --------
    >>> from nasssap_lib.pack.folders import data_root
    >>> prose_digest(data_root() / "SEN", "fr"), len(prose_digest(data_root() / "XTC", "en"))
    ('', 64)
    """
    files = {path.name: path.read_bytes() for path in prose_files(folder, language).values()}
    parts = [f"{name}\0{len(files[name])}\0".encode() + files[name] for name in sorted(files)]
    return hashlib.sha256(b"".join(parts)).hexdigest() if parts else ""


def read_prose(folder: Path, language: str, pack: Pack, record: Record | None) -> dict[str, tuple[Block, ...]]:
    """Blocks of a ministry's prose by chapter, its quotes filled in.

    Parameters
    ----------
    folder : of the pack
    language : code, such as fr
    pack, record : what the quotes lead to; without a record, before the notebooks have run, results are not filled in

    Raises
    ------
    NasssapError : a file that is no UTF-8, too long, or holds HTML; a quote that leads to no figure, or to several: file, line, remedy
    """
    return {chapter: tuple(_blocks(path, pack, record)) for chapter, path in prose_files(folder, language).items()}


def _blocks(path: Path, pack: Pack, record: Record | None) -> Iterator[Block]:
    place = f"{FOLDER}/{path.name}"
    raw = path.read_bytes()
    if len(raw) > LONGEST:
        raise NasssapError(f"{place}: {len(raw)} bytes; expected prose of at most {LONGEST}")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NasssapError(f"{place}, line {line}: expected text in UTF-8; save the file in that encoding") from error
    lines = text.split("\n")
    filled = "\n".join(
        _filled(line, f"{place}, line {number}", pack, record) for number, line in enumerate(lines, start=1)
    )
    tokens = mistune.create_markdown(renderer=None)(filled)
    _check_html(tokens, filled, place)
    for token in tokens if isinstance(tokens, list) else ():
        yield from _of_token(token, place)


def _check_html(tokens: Iterable[dict] | str, text: str, place: str) -> None:
    """Refuse HTML by its line: none of it would be seen, and some of it would run."""
    for token in tokens if isinstance(tokens, list) else ():
        if token["type"] in HIDDEN:
            raw = token.get("raw", "").strip()
            line = text.count("\n", 0, max(text.find(raw), 0)) + 1
            raise NasssapError(
                f"{place}, line {line}: holds HTML, {raw[:60]!r}; expected Markdown: paragraphs, lists and headings"
            )
        _check_html(token.get("children", []), text, place)


def _of_token(token: dict, place: str) -> Iterator[Block]:
    kind = token["type"]
    if kind == "paragraph":
        yield Paragraph(_words(token, place))
    elif kind == "heading":
        yield Paragraph(_words(token, place), "lead")
    elif kind == "list":
        items = tuple(_words(item, place) for item in token["children"])
        yield Items(items, numbered=bool(token["attrs"].get("ordered")))
    elif kind == "block_quote":
        for child in token["children"]:
            yield from _of_token(child, place)
    elif kind not in ("blank_line", "thematic_break"):
        raise NasssapError(
            f"{place}: {kind.replace('_', ' ')} is not known in prose; expected paragraphs, lists and headings"
        )


def _words(token: dict, place: str) -> str:
    """The plain text of a token; emphasis and links keep their words."""
    if token["type"] in ("softbreak", "linebreak"):
        return " "
    if "children" in token:
        return "".join(_words(child, place) for child in token["children"]).strip() if token["type"] != "text" else ""
    return token.get("raw", "")


def _filled(line: str, place: str, pack: Pack, record: Record | None) -> str:
    return QUOTE.sub(lambda quote: _quoted(quote[1], place, pack, record), line)


def _quoted(text: str, place: str, pack: Pack, record: Record | None) -> str:
    kind, *words = text.split() or [""]
    known: dict[str, Callable[[], str]] = {
        "fact": lambda: _fact(words, place, text, pack)[0],
        "year": lambda: _fact(words, place, text, pack)[1],
        "result": lambda: "" if record is None else _result(words, place, text, record),
    }
    if kind not in known:
        raise NasssapError(
            f"{place}: {{{text[:80]}}}: expected fact, year or result, as in {{fact effective_coverage children total}}"
        )
    return known[kind]()


def _fact(words: list[str], place: str, text: str, pack: Pack) -> tuple[str, str]:
    """The newest figure of a series with its unit, and its year."""
    if not 1 <= len(words) <= 3:
        raise NasssapError(f"{place}: {{{text[:80]}}}: expected an indicator, then perhaps a group and a sex")
    indicator, group, sex = [*words, "total", "total"][:3]
    ids = pack.codebook["id"].tolist()
    if indicator not in ids:
        raise NasssapError(f"{place}: {{{text[:80]}}}: no such indicator; {meant_or_known(indicator, ids)}")
    row = pack.latest(indicator, group, sex)
    if row.empty:
        raise NasssapError(f"{place}: {{{text[:80]}}}: the pack has no figure of {indicator} for {group}, {sex}")
    value, unit = float(row["value"].iat[0]), row["unit"].iat[0]
    return amount_words(value, unit, pack.settings.currency), str(int(row["year"].iat[0]))


def _result(words: list[str], place: str, text: str, record: Record) -> str:
    """A figure of a result table: the exhibit, a word that only its row holds, and a column."""
    if len(words) != 3:
        raise NasssapError(
            f"{place}: {{{text[:80]}}}: expected an exhibit, a word of the row and a column, as in "
            "{result 06.yearly_targets older_persons+2031 low}"
        )
    name, key, column = words
    exhibit = record.exhibits.get(name)
    if exhibit is None or not isinstance(exhibit.thing, ReportTable):
        tables = [known for known, one in record.exhibits.items() if isinstance(one.thing, ReportTable)]
        raise NasssapError(f"{place}: {{{text[:80]}}}: no such table {name!r}; {meant_or_known(name, tables)}")
    data = exhibit.thing.data
    if column not in data:
        raise NasssapError(f"{place}: {{{text[:80]}}}: no such column {column!r}; {meant_or_known(column, list(data))}")
    texts = data.astype(str)
    rows = data[pd.concat([(texts == part).any(axis=1) for part in key.split("+")], axis=1).all(axis=1)]
    if len(rows) != 1:
        raise NasssapError(
            f"{place}: {{{text[:80]}}}: {len(rows)} rows of {name} hold {key!r}, expected one; join more words of it with +"
        )
    return _written(exhibit.thing, rows.iloc[0], column)


def _written(table: ReportTable, row: pd.Series, column: str) -> str:
    """A figure as its table shows it; one that the table does not show, in the unit that its column is in."""
    value = row[column]
    if column in table.views:
        return table.views[column].write(value)
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return _(NOT_AVAILABLE)
    if column.endswith("year"):
        return str(int(value))
    shares = any(view.write is write_share for name, view in table.views.items() if name.startswith(f"{column}_"))
    return format_share(value) if shares else format_number(float(value), 1)
