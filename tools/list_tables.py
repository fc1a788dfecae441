"""Writes docs/tables.md: every table of a pack, its columns, units, references and code lists, from the schema."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from nasssap_lib import terms  # noqa: E402
from nasssap_lib.pack import schema  # noqa: E402
from nasssap_lib.pack.cells import MAX_ROWS  # noqa: E402

PAGE = PROJECT / "docs" / "tables.md"
MANY = 6  # codes; a longer list of one column has a section of its own
HEAD = f"""# Tables of a country pack

A pack is a folder `data/raw/ISO3` with `country.toml` and one CSV file (UTF-8, commas, decimals with a point) for each table
below; `codebook.csv` stands beside the packs and holds for all of them. `nasssap check` holds a pack against exactly this page:
both follow from `nasssap_lib/pack/schema.py`, schema {schema.SCHEMA}. `nasssap migrate` brings older packs there. The page is
written by `python3 tasks.py tables`.

- **Kinds.** *text*: words · *code*, *codes*: an id, several separated by `;` · *choice*, *choices*: of a code list · *number*,
  *integer* · *year*: four digits, {schema.FIRST_YEAR} to {schema.LAST_YEAR} · *date*: YYYY, YYYY-MM or YYYY-MM-DD.
- **Spreadsheets.** What they save is read where it means one thing: semicolons with decimal commas, tabulators, a line `sep=;`,
  Excel's Unicode Text, empty columns and rows, an age group 5-9 that became 05-Sep. A table of at most {MAX_ROWS:,} rows.
- **Unit.** "by NAME": the column NAME of the row says it.
- **required**: no row without a value. Other cells may be empty: what is not known is not there, never 0.
- **†**: prose. Beside it may stand columns with translations, one a language: `name_fr`, `name_es`, `name_sw` (two letters of
  ISO 639). Reports take them from there; a language asks for no change of the schema.
- A table that is not required may be missing; it is then an empty frame of the `Pack` in Python, where `pack.NAME` holds the
  table NAME.
"""


def compose_page() -> str:
    """The whole page."""
    tables = (*schema.TABLES, schema.CODEBOOK)
    parts = [HEAD, *settings_part(), *(line for table in tables for line in table_part(table))]
    return "\n".join([*parts, *code_lists(tables), *unit_part(), ""])


def settings_part() -> list[str]:
    """What country.toml holds."""
    rows = [
        (f"`{key}`", kind.__name__, "yes" if required else "", meaning)
        for key, (kind, required, meaning) in schema.SETTINGS.items()
    ]
    return ["## country.toml", "", *grid(("key", "type", "required", "meaning"), rows), ""]


def table_part(table: schema.Table) -> list[str]:
    """A table and its columns."""
    held = f" In Python `pack.{table.attribute}`." if table.frame else ""
    orders = "; ".join(" ≤ ".join(f"`{name}`" for name in order) for order in table.orders)
    key = ", ".join(f"`{name}`" for name in table.key)
    needed = "Required." if table.required else "May be missing."
    rows = [column_row(column) for column in table.columns]
    return [
        f"## {table.file}",
        "",
        f"{table.meaning} {needed} Unique: {key}.{f' In order: {orders}.' if orders else ''}{held}",
        "",
        *grid(("column", "kind", "unit and range, length", "required", "refers to", "meaning"), rows),
        "",
    ]


def column_row(column: schema.Column) -> tuple[str, ...]:
    """A column in cells."""
    name = f"`{column.name}`{' †' if column.prose else ''}"
    state = "yes" if column.required else "no, nor the column" if column.optional else ""
    return name, column.kind, unit_words(column), state, reference_words(column), meaning_words(column)


def unit_words(column: schema.Column) -> str:
    """Unit of a number, and its range where one is set; letters that a text may have."""
    if column.kind == "text":
        return f"at most {column.longest:,} letters"
    low, high = column.range
    words = {**terms.UNITS, **schema.COLUMN_UNITS}.get(column.unit, column.unit)
    if low is None and high is None:
        return words
    limits = (
        f"{low:g} to {high:g}" if None not in (low, high) else f"at least {low:g}" if high is None else f"≤ {high:g}"
    )
    return words if limits in words else f"{words}; {limits}"


def reference_words(column: schema.Column) -> str:
    """What a column refers to, and in which rows."""
    name, values = column.where
    rows = f" where `{name}` is {', '.join(values)}" if name else ""
    return f"`{column.references}`{rows}" if column.references else ""


def meaning_words(column: schema.Column) -> str:
    """What a column says, and its codes or where they are listed."""
    if title := title_of(column.codes):
        return f"{column.meaning}; codes: [{title}](#{title.replace(' ', '-')})"
    codes = " · ".join(
        f"`{code}`{f' {words}' if words not in ('', code) else ''}" for code, words in column.codes.items()
    )
    return f"{column.meaning}: {codes}" if codes else column.meaning


def title_of(codes: Mapping[object, str]) -> str:
    """The name of a code list of the field in small letters; "" for a short list of one column."""
    names = (name for name, value in vars(terms).items() if value is codes and len(codes) > MANY - 3)
    return next(names, "").lower().replace("_", " ")


def code_lists(tables: Iterable[schema.Table]) -> list[str]:
    """The code lists that columns name, each once."""
    lists = {title_of(column.codes): column.codes for table in tables for column in table.columns}
    lines = ["## Code lists", ""]
    for title in sorted(filter(None, lists)):
        rows = [(f"`{code}`", words) for code, words in lists[title].items()]
        lines += [f"### {title}", "", *grid(("code", "words"), rows), ""]
    return lines


def unit_part() -> list[str]:
    """What units admit."""
    rows = [
        (
            f"`{unit}`",
            {**terms.UNITS, **schema.COLUMN_UNITS}[unit],
            *("" if end is None else f"{end:g}" for end in ends),
        )
        for unit, ends in schema.RANGES.items()
    ]
    words = (
        "Least and greatest value of a figure by its unit. The codebook's `low` and `high` go before: a share of persons lies "
        "between 0 and 100, a rate of growth does not. Units that are not listed admit every number."
    )
    return ["## Ranges of units", "", words, "", *grid(("unit", "words", "least", "greatest"), rows)]


def grid(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A table in Markdown."""
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines]


if __name__ == "__main__":
    PAGE.write_text(compose_page(), encoding="utf-8", newline="\n")
