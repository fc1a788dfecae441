"""Writes docs/outturns.md: for the real countries, the model against outturn with what explains each difference."""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT))

from nasssap_lib.costing.outturn import model_against_outturn  # noqa: E402
from nasssap_lib.costing.tables_outturn import not_recomputed, outturn_table  # noqa: E402
from nasssap_lib.display.texts import use_language  # noqa: E402
from nasssap_lib.pack.folders import countries, data_root  # noqa: E402
from nasssap_lib.pack.reader import read_pack  # noqa: E402

PAGE = PROJECT / "docs" / "outturns.md"
HEAD = """# The model against outturn

What the model makes of each scheme that exists, recipients × benefit × payments, beside what was published of its spending in the
same year (figures at most one year apart; a budget is no outturn). A costing that cannot recompute what is paid already says little of
what is not paid yet. Explanations are data: `outturns.csv` of the pack; `nasssap check` doubts a difference of 1 % or more that nothing
explains. Administration is not in the model's side. The page is written by `python3 tasks.py tables`.
"""


def compose_page() -> str:
    """The whole page, real countries in alphabetical order."""
    use_language()
    packs = [read_pack(code) for code in countries(data_root())]
    parts = [line for pack in packs if not pack.settings.fictional for line in country_part(pack)]
    return "\n".join([HEAD, *parts])


def country_part(pack) -> list[str]:
    """A country's rows, then the schemes that cannot be recomputed."""
    outturn = model_against_outturn(pack)
    table = outturn_table(outturn, pack.settings.currency)
    rows = [[view.write(row[name]) for name, view in table.views.items()] for row in table.rows.to_dict("records")]
    grid = [_line([view.words for view in table.views.values()]), _line(["---"] * len(table.views)), *map(_line, rows)]
    return [f"## {pack.settings.name_en}", "", *([*grid, ""] if rows else []), not_recomputed(outturn), ""]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(compose_page(), encoding="utf-8", newline="\n")
