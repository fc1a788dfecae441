"""Which plan, programme or law of the country each option serves, as far as somebody has read one that names it."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.pack.model import Pack
from nasssap_lib.reasons import reason
from nasssap_lib.stocktaking.context import plans_and_laws

ALIGNMENT_COLUMNS = [
    "option",
    "name",
    "title",
    "title_en",
    "kind",
    "period",
    "year",
    "article",
    "content",
    "state",
    "source",
    "reason",
]
OF_DOCUMENT = ALIGNMENT_COLUMNS[2:-1]


def option_alignment(pack: Pack) -> pd.DataFrame:
    """The documents that name each option or ask for it, newest first within their kind; a row that says so where none was read.

    Returns
    -------
    table, an option and a document a row: option, name (of ``measures.csv``), title, title_en, kind, period, year, article (or outcome,
    or section; "" where it was not told), content (as ``links.csv``), state ("ended" where the period lies before the reference year),
    source, reason (codes: none was read that names the option, or its article was not told)

    Notes
    -----
    Who enters a document says in the column ``options`` of ``links.csv`` which options it names or asks for. Nothing is guessed from words.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = option_alignment(read_pack("LKA")).set_index("option")
    >>> table.loc["cash_transfer", "title"], table.loc["public_works", "reason"]
    ('Welfare Benefits Act, No. 24 of 2002', 'no_document_names_option')
    """
    documents = plans_and_laws(pack)
    documents = documents.assign(**{name: documents.get(name, "") for name in ("article", "options")})
    named = documents.assign(option=documents["options"].str.split(";")).explode("option", ignore_index=True)
    table = (
        pack.measures[["id", "name"]]
        .rename(columns={"id": "option"})
        .merge(named[["option", *OF_DOCUMENT]], how="left", on="option")
    )
    none, bare = table["title"].isna(), table["article"] == ""
    told = [
        reason("no_document_names_option") if row else reason("no_article_told") if also else ""
        for row, also in zip(none, bare, strict=True)
    ]
    table = table.assign(reason=told)
    texts = [name for name in OF_DOCUMENT if name != "year"]
    return table.fillna(dict.fromkeys(texts, ""))[ALIGNMENT_COLUMNS]
