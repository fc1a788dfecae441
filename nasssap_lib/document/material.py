"""What the parts are made of that a document writes itself: results and pack, and which edition it is."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from nasssap_lib.chapter.output import cited_words
from nasssap_lib.display.texts import _
from nasssap_lib.document.origins import Origin
from nasssap_lib.document.record import Record
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources


@dataclass(frozen=True)
class Imprint:
    """What a document says of itself as an edition.

    number : its own; "": none · before, before_number : pack of the edition before (None: there is none), and its number ("": it has
    none) · prose : digest of the ministry's prose; "": there is none · before_prose : that of the edition before; None: not known
    """

    number: str = ""
    before: Pack | None = None
    before_number: str = ""
    prose: str = ""
    before_prose: str | None = None


@dataclass(frozen=True)
class Material:
    """What own material is made of.

    record : what the notebooks showed · pack : the country · options_by : by what options are grouped · imprint : which edition it
    is · listed : captions of the tables and figures that the document shows, each with where it comes from · cited : ids of sources that
    were cited last
    """

    record: Record
    pack: Pack
    options_by: str
    imprint: Imprint = Imprint()
    listed: list[tuple[str, Origin]] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)

    def cite(self, rows: pd.DataFrame) -> str:
        """The line of sources below a table of these rows, kept for the list of sources."""
        ids = list(filter(None, join_sources(*rows["source"]).split(";")))
        self.cited.extend(ids)
        self.record.sources |= dict.fromkeys(ids)
        return _("Source: {sources}.", sources=cited_words(ids, self.pack.sources)) if ids else ""
