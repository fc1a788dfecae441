"""The negotiating table read back: what was changed in it, as a scenario of the pack; whatever else was changed is refused by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from nasssap_lib.display.texts import PSEUDO, in_language, label, languages, named
from nasssap_lib.financing.negotiation import Negotiation, Source, negotiation_of
from nasssap_lib.financing.sheet_cells import FORMULA, INPUT, NUMBER, Input, letters
from nasssap_lib.financing.sheet_cells import Cell as Written
from nasssap_lib.financing.sheet_places import FROM, KIND, TAKE_UP, TO, VALUE
from nasssap_lib.financing.sheet_sources import KINDS, source_name
from nasssap_lib.financing.sheet_workbook import MARK, META, SCHEMA, Book, compose_workbook
from nasssap_lib.financing.space import whole_yield
from nasssap_lib.names import alike
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.scenario import Scenario, with_ends
from nasssap_lib.pack.workbooks import Cell, Limits, SheetProblem, Workbook, WorkbookError, read_workbook
from nasssap_lib.reasons import reason

LIMITS = Limits(10_000_000, 10_000_000, 40_000_000, parts=300, sheets=40, rows=5_000, columns=200, letters=10_000)
CODE = re.compile(r"[A-Z]{3}")
OUTSIDE_TEXTS = re.compile(r'"(?:[^"]|"")*"|[^"]+')
SAME = 1e-9  # relative: programs write numbers with 15 digits or more
CHANGE_COLUMNS = ["of", "name", "parameter", "before", "after", "cell"]


@dataclass(frozen=True, eq=False)
class Agreed:
    """What was agreed at the table.

    changes : table of, name, parameter, before, after (numbers as the workbook shows them, texts), cell · scenario : the same as
    assumptions of the pack, under no name yet
    """

    changes: pd.DataFrame
    scenario: Scenario


def read_meta(path: Path, name: str = "") -> tuple[Workbook, dict[str, str]]:
    """A workbook and what it says of itself: country, language, the version of the pack, titles of its sheets.

    Raises
    ------
    WorkbookError : no workbook, one beyond the limits, broken, with macros, or no negotiating table of this version
    """
    book = read_workbook(path, name, LIMITS)
    meta = book.pairs(META)
    write = reason("write_table_again", country=meta.get("country", "ISO3")[:3])
    country, version = meta.get("country", "")[:10], meta.get("schema", "")[:10]
    book.must(meta.get("mark") == MARK, reason("negotiating_table"), write)
    book.must(version == str(SCHEMA), reason("table_version", version=SCHEMA), write, version)
    book.must(CODE.fullmatch(country), reason("table_of_country"), write, country)
    return book, meta


def read_agreed(book: Workbook, meta: Mapping[str, str], pack: Pack) -> Agreed:
    """What was changed in a workbook, if nothing else was.

    Parameters
    ----------
    book, meta : result of :func:`read_meta`
    pack : the country that the workbook is of

    Raises
    ------
    WorkbookError : another version of the pack, a sheet renamed or missing, a formula or a locked cell changed, a link, a value outside its
        bounds or of the wrong kind; all problems together, and nothing is taken
    """
    table = negotiation_of(pack)
    _check_version(book, meta, pack, table)
    language = meta.get("language", "")
    spoken = language if language in (*languages(), PSEUDO) else ""
    titles = {name.removeprefix("sheet:"): title for name, title in meta.items() if name.startswith("sheet:")}
    with in_language(spoken, pack.translations(spoken or "en"), pack.country):
        written = compose_workbook(pack, table, titles=titles)
        problems = [*_foreign(book), *(problem for problem in _changed_cells(book, written))]
        typed, faults = _typed(book, written)
        if problems := [*problems, *faults]:
            raise WorkbookError(problems)
    return Agreed(_changes(table, written, typed), _scenario(pack, table, typed, written))


def _check_version(book: Workbook, meta: Mapping[str, str], pack: Pack, table: Negotiation) -> None:
    write = reason("write_table_again", country=pack.country)
    book.must(meta["country"] == pack.country, reason("table_of_country"), write, meta["country"])
    book.must(meta.get("digest") == table.digest, reason("table_of_this_pack"), write)
    wanted = [title for name, title in meta.items() if name.startswith("sheet:")]
    missing = [title for title in wanted if title not in book.sheets]
    if missing or not wanted:
        again = reason("name_sheet_again")
        raise WorkbookError(
            [SheetProblem(book.file, 0, "", "", reason("sheet_named", title=title), again) for title in missing]
            or [SheetProblem(book.file, 0, "", "", reason("negotiating_table"), write)]
        )


def _foreign(book: Workbook) -> Iterator[SheetProblem]:
    """Links, errors, and what lies beyond the limits; that formulas stand in the workbook is as it should be."""
    return (problem for problem in book.problems if problem.expected != "value_not_formula")


def _changed_cells(book: Workbook, written: Book) -> Iterator[SheetProblem]:
    """Cells that are locked and were changed all the same."""
    for sheet in written.sheets:
        given = {(cell.row, cell.column): cell for cell in book.sheets[sheet.title]}
        for cell in sheet.cells.values():
            if cell.kind != INPUT and (expected := _fault(cell, found := given.get((cell.row + 1, cell.column + 1)))):
                got = "" if found is None else str(found.value)[:80]
                place = (book.file, cell.row + 1, letters(cell.column), got)
                yield SheetProblem(*place, expected, reason("undo_or_new"), sheet.title)


def _fault(cell: Written, given: Cell | None) -> str:
    """What was expected of a locked cell; "" where it is as it was written. Texts may be translated, but not become something else."""
    if cell.kind == FORMULA:
        same = (
            given is not None
            and given.kind == "formula"
            and plain_formula(str(given.value)) == plain_formula(cell.formula)
        )
        return "" if same else reason("our_formula")
    if cell.kind == NUMBER:
        same = given is not None and given.kind == "number" and _same(float(given.value), float(cell.value))
        return "" if same else reason("our_number", value=float(f"{cell.value:.10g}"))
    return reason("locked_cell") if given is not None and given.kind in ("formula", "number", "truth") else ""


def plain_formula(formula: str) -> str:
    """A formula without what programs write in different ways: spaces, signs of fixed cells, quotes around names of sheets, small letters.

    Examples
    --------
    >>> plain_formula("= SUM( '3 By year'!$F$8 ) & \\"a b\\"")
    'SUM(3BYYEAR!F8)&"a b"'
    """
    parts = OUTSIDE_TEXTS.findall(formula.strip().removeprefix("="))
    return "".join(part if part.startswith('"') else re.sub(r"[\s$']", "", part).upper() for part in parts)


def _same(first: float, second: float) -> bool:
    return abs(first - second) <= SAME * max(abs(first), abs(second), 1e-12)


def _typed(book: Workbook, written: Book) -> tuple[dict[tuple[str, str], Any], list[SheetProblem]]:
    """Values of the cells that may be changed, by option or source and parameter; and what is wrong with them."""
    values, problems = {}, []
    for sheet in written.sheets:
        given = {(cell.row, cell.column): cell for cell in book.sheets[sheet.title]}
        for cell in sheet.cells.values():
            if cell.kind != INPUT or not cell.input.of:
                continue
            found = given.get((cell.row + 1, cell.column + 1))
            value, expected, hint = _value(cell, found)
            if not expected and cell.input.after:
                start = values.get((cell.input.of, _begins(cell.input)))
                if value is not None and start is not None and value < start:
                    expected, hint = reason("not_before", year=int(start)), reason("within_bounds")
            values[cell.input.of, cell.input.parameter] = value
            if expected:
                got = "" if found is None else str(found.shown)[:80]
                place = (book.file, cell.row + 1, letters(cell.column), got)
                problems.append(SheetProblem(*place, expected, hint, sheet.title))
    return values, problems + _money_problems(book, written, values, not problems)


def _begins(allowed: Input) -> str:
    return FROM if allowed.parameter == TO else "start_year"


def _value(cell: Written, found: Cell | None) -> tuple[Any, str, str]:
    """What was typed, and what was expected and helps where it cannot be taken."""
    allowed = cell.input
    if allowed.choices:
        words = "" if found is None else str(found.value)
        codes = {alike(said): code for code, said in allowed.choices}
        code = codes.get(alike(words))
        listed = reason("one_of_list", options=", ".join(said for _code, said in allowed.choices))
        return code, "" if code else listed, reason("choose_from_list")
    if found is None or found.value == "":
        lacks = "" if allowed.optional else _between(allowed)
        return None, lacks, reason("type_number")
    if found.kind != "number":
        return None, reason("value_not_formula" if found.kind == "formula" else "a_number"), reason("type_number")
    value = float(found.shown)
    least, most = allowed.least, allowed.most
    inside = least - SAME * abs(least) <= value <= most + SAME * abs(most) and (
        not allowed.whole or value == int(value)
    )
    return value, "" if inside else _between(allowed), reason("within_bounds")


def _between(allowed: Input) -> str:
    if allowed.whole:
        return reason("year_between", low=int(allowed.least), high=int(allowed.most))
    return reason("number_between", low=float(f"{allowed.least:.6g}"), high=float(f"{allowed.most:.6g}"))


def _money_problems(book: Workbook, written: Book, values: Mapping, sound: bool) -> list[SheetProblem]:
    """Money without its first year, what comes once without its last one, and more than a stock holds."""
    sheet, problems = written.sheets[0], []
    cells = {(cell.input.of, cell.input.parameter): cell for cell in sheet.cells.values() if cell.kind == INPUT}

    def wrong(of: str, parameter: str, expected: str, hint: str) -> None:
        cell, value = cells[of, parameter], values.get((of, parameter))
        place = (book.file, cell.row + 1, letters(cell.column), "" if value is None else f"{value:g}")
        problems.append(SheetProblem(*place, expected, hint, sheet.title))

    for source in written.table.sources:
        of = f"pays.{source.id}"
        money, first, last = (values.get((of, name)) for name in (VALUE, FROM, TO))
        if first is None and (source.known or money or last is not None):
            wrong(of, FROM, reason("year_of_money"), reason("type_year"))
        elif last is None and _kind(source, values) != "recurrent" and (source.known or money):
            wrong(of, TO, reason("last_year_of_money"), reason("type_year"))
    if sound and not problems:
        for stock, sources in _overdrawn(written.table, values).items():
            wrong(
                f"pays.{sources[-1].id}",
                VALUE,
                reason("stock_holds", stock=stock, most=sources[-1].stock),
                reason("within_bounds"),
            )
    return problems


def _kind(source: Source, values: Mapping) -> str:
    return source.kind if source.known else values.get((f"pays.{source.id}", KIND)) or "recurrent"


def _overdrawn(table: Negotiation, values: Mapping) -> dict[str, list[Source]]:
    """Stocks of which the sources take more than they hold, with these sources; of an unknown stock only one counts."""
    drawing: dict[str, list[Source]] = {}
    for source in table.sources:
        if source.draws_on and source.stock == source.stock and not source.elsewhere:
            drawing.setdefault(source.draws_on, []).append(source)
    return {
        stock: sources
        for stock, sources in drawing.items()
        if sum(_taken(source, values) for source in sources) > min(source.stock for source in sources) * (1 + SAME)
    }


def _taken(source: Source, values: Mapping) -> float:
    """What a source takes in all its years as it was agreed."""
    money, first, last = (values.get((f"pays.{source.id}", name)) for name in (VALUE, FROM, TO))
    row = {
        "kind": source.kind,
        "value_central": money or 0.0,
        "from_year": first,
        "to_year": pd.NA if last is None else last,
    }
    return float(whole_yield(row))


def _changes(table: Negotiation, written: Book, typed: Mapping) -> pd.DataFrame:
    """What was changed, as the workbook shows it."""
    names = {line.id: named(line.row["name"]) for line in table.lines}
    names |= {f"pays.{source.id}": source_name(source) for source in table.sources}
    rows = []
    for sheet in written.sheets:
        for cell in sheet.cells.values():
            if (
                cell.kind == INPUT
                and (key := (cell.input.of, cell.input.parameter)) in typed
                and _differs(cell, typed[key])
            ):
                before, after = (_shown(cell.input, value) for value in (_was(cell), typed[key]))
                rows.append(
                    (
                        cell.input.of,
                        names[cell.input.of],
                        cell.input.parameter,
                        before,
                        after,
                        f"{letters(cell.column)}{cell.row + 1}",
                    )
                )
    return pd.DataFrame(rows, columns=CHANGE_COLUMNS)


def _was(cell: Written) -> Any:
    """The value with which a cell was written: of a list its code."""
    if cell.input.choices:
        return next(code for code, words in cell.input.choices if words == cell.value)
    return cell.value


def _shown(allowed: Input, value: Any) -> Any:
    return label(KINDS, value) if allowed.choices else value


def _differs(cell: Written, value: Any) -> bool:
    before = _was(cell)
    if before is None or value is None or isinstance(before, str):
        return before != value
    return not _same(float(before), float(value))


def _scenario(pack: Pack, table: Negotiation, typed: Mapping, written: Book) -> Scenario:
    """The changes as assumptions of the pack; low and high ends move with the central value."""
    differing = {
        (cell.input.of, cell.input.parameter)
        for sheet in written.sheets
        for cell in sheet.cells.values()
        if cell.kind == INPUT and cell.input.of and _differs(cell, typed[cell.input.of, cell.input.parameter])
    }
    measures = {}
    for line in table.lines:
        changed = {name: _stored(name, typed[of, name]) for of, name in sorted(differing) if of == line.id}
        if changed:
            measures[line.id] = with_ends(line.row, changed)
    pays = {source.id: _pays(pack, source, typed, differing) for source in table.sources}
    return Scenario("", pack.country, measures=measures, financing={name: row for name, row in pays.items() if row})


def _stored(parameter: str, value: float) -> float | int:
    if parameter == TAKE_UP:
        return float(f"{value / 100:.12g}")
    return int(value) if parameter.endswith("_year") else float(value)


def _pays(pack: Pack, source: Source, typed: Mapping, differing: set) -> dict[str, Any]:
    """Changes of one row of who pays; a row that was empty is new."""
    of = f"pays.{source.id}"
    given = {name: typed.get((of, name)) for name in (VALUE, FROM, TO, KIND)}
    if not source.known:
        if not given[VALUE]:
            return {}
        money = float(given[VALUE])
        years = {name: int(given[name]) for name in (FROM, TO) if given[name] is not None}
        return {"name": source_name(source), "option": source.option, "kind": given[KIND], VALUE: money, **years}
    row = pack.financing.set_index("id", drop=False).loc[source.id].to_dict()
    changed = {name: given[name] for name in (VALUE, FROM, TO) if (of, name) in differing}
    stored = {name: _stored_of(name, value) for name, value in changed.items()}
    return with_ends(row, stored) if VALUE in stored else stored


def _stored_of(name: str, value: float | None) -> float | int:
    """A value of who pays: emptied money is none, an emptied last year is far away."""
    if name == VALUE:
        return float(value or 0.0)
    return int(OPEN_END if value is None else value)


OPEN_END = 2100  # past the last year of any table
