"""What a part of a document cites is kept for its list of sources and for the annex on where everything comes from."""

import pandas as pd
from stories import pack_of

from nasssap_lib.document.material import Imprint, Material
from nasssap_lib.document.record import Record


def test_what_a_table_cites_is_named_below_it_once_and_kept():
    pack = pack_of("SEN")
    first, second = pack.sources["id"].iloc[:2]
    material = Material(Record(), pack, "guarantee")
    told = material.cite(pd.DataFrame({"source": [f"{first};{second}", first, ""]}))
    assert told.startswith("Source: ") and material.cited == [first, second]
    assert list(material.record.sources) == [first, second]
    material.cite(pd.DataFrame({"source": [second]}))
    assert material.cited == [first, second, second] and list(material.record.sources) == [first, second]


def test_a_table_without_a_source_has_no_line_of_sources():
    material = Material(Record(), pack_of("SEN"), "guarantee")
    assert material.cite(pd.DataFrame({"source": ["", ""]})) == "" and material.cited == []


def test_an_edition_without_number_has_none_before_it():
    assert (
        Imprint() == Imprint("", None, "", "", None)
        and Material(Record(), pack_of("SEN"), "group").imprint == Imprint()
    )
