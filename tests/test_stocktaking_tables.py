"""Every table of notebook 01 for every country: a missing value has a reason, a value a source, and the pack stays as it is."""

from functools import cache

import pandas as pd
import pytest
from stories import DRAWN_THEN_ALL, pack_of

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack
from nasssap_lib.schemes.contributions_and_benefits import benefit_levels, contribution_rates
from nasssap_lib.schemes.health import health_affiliation, health_panel
from nasssap_lib.schemes.inventory import branches_without_scheme, relations, scheme_inventory, scheme_matrix
from nasssap_lib.schemes.spending import scheme_spending, sper_matrix
from nasssap_lib.stocktaking.collection import figures_to_collect
from nasssap_lib.stocktaking.consistency import contradictions
from nasssap_lib.stocktaking.context import conventions, past_extensions, plans_and_laws, process_state, work_status
from nasssap_lib.stocktaking.evidence import evidence_by_subject

TABLES = {
    "process": process_state, "evidence": evidence_by_subject, "contradictions": contradictions, "collection": figures_to_collect,
    "work": work_status, "inventory": scheme_inventory, "matrix": scheme_matrix, "without": branches_without_scheme, "relations": relations,
    "rates": contribution_rates, "levels": benefit_levels, "sper": sper_matrix, "spending": scheme_spending, "health": health_panel,
    "affiliation": health_affiliation, "history": past_extensions, "links": plans_and_laws, "conventions": conventions,
}  # fmt: skip


MEASURED = {  # table -> the value that is NaN only with a reason
    "work": "share", "rates": "high", "levels": "share", "sper": "value", "spending": "share", "health": "value", "affiliation": "value",
}  # fmt: skip


@cache
def table_of(name: str, country: str) -> pd.DataFrame:
    """A result table, computed once a process."""
    return TABLES[name](pack_of(country))


def emptied(pack: Pack, *names: str) -> Pack:
    """The pack with some tables cut down to their header."""
    return pack.with_tables(**{name: getattr(pack, name).iloc[:0] for name in names})


@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_every_missing_value_has_a_reason_and_every_value_a_source(country):
    for name, column in MEASURED.items():
        table = table_of(name, country)
        missing = table[column].isna()
        assert (table.loc[missing, "reason"] != "").all(), name
        known = table[~missing]
        assert (known["source"] != "").all(), name
        assert known["quality"].isin(terms.QUALITIES).all(), name


@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_every_source_of_a_result_is_in_the_pack(country):
    known = set(pack_of(country).sources["id"])
    for name in TABLES:
        named = {source for text in table_of(name, country)["source"] for source in text.split(";") if source}
        assert named <= known, name


EMPTIED = ["facts", "schemes", "scheme_figures", "process"]  # of which most results are made; the others wait for soak
LATER = [pytest.param(name, marks=pytest.mark.soak) for name in ("population", "links", "history", "conventions")]


@pytest.mark.parametrize("table", [*EMPTIED, *LATER])
def test_a_table_without_rows_gives_results_that_say_so(table):
    gone = [table, "scheme_figures"] if table == "schemes" else [table]
    pack = emptied(pack_of("SEN"), *gone)
    results = {name: function(pack) for name, function in TABLES.items()}
    assert len(results["process"]) >= len(terms.STEPS)
    assert len(results["matrix"]) == len(terms.BRANCHES) * len(terms.POPULATION_CATEGORIES)
    assert len(results["health"]) == 8
    for name, column in MEASURED.items():
        assert (results[name].loc[results[name][column].isna(), "reason"] != "").all(), name


def test_nothing_is_written_into_the_pack():
    before = {
        name: getattr(pack_of("RWA"), name).copy()
        for name in ("facts", "schemes", "scheme_figures", "process", "history", "links")
    }
    for function in TABLES.values():
        function(pack_of("RWA"))
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(pack_of("RWA"), name), table)
