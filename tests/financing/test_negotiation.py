"""What is bargained over: bounds, persons, who pays when, and the hash by which versions of a pack are told apart."""

import numpy as np
import pytest
from negotiating_tables import COUNTRIES, table_of
from stories import pack_of

from nasssap_lib.errors import NasssapError
from nasssap_lib.financing.negotiation import negotiation_of


@pytest.mark.parametrize("country", COUNTRIES)
def test_persons_of_the_table_are_those_of_the_package(country):
    for line in table_of(country).lines:
        np.testing.assert_allclose(line.persons.sum(axis=0)[1:], line.results["persons"][1:], rtol=1e-12)


@pytest.mark.parametrize("country", COUNTRIES)
def test_parts_of_the_ages_make_up_everybody_whom_an_option_can_reach(country):
    table = table_of(country)
    pension = next(
        at
        for at, line in enumerate(table.lines)
        if line.row["group"] == "older_persons" and line.measure.age_from == 65
    )
    for sex in ("female", "male"):
        kept = [runs for runs, belongs in zip(table.ages[sex], table.belongs[sex], strict=True) if belongs[pension]]
        assert min(first for runs in kept for first, _last in runs) == 65


def test_who_is_covered_already_bounds_the_take_up_of_what_builds_on_a_scheme():
    lines = {line.id: line for line in table_of("SEN").lines}
    assert lines["cash_transfer"].take_up.least == 0.32  # PNBSF reaches 32 % of poor persons
    assert lines["social_pension"].take_up.least == 0.01


def test_a_changed_figure_makes_another_version_and_a_changed_note_does_not():
    pack = pack_of("SEN")
    digest = table_of("SEN").digest
    noted = pack.with_tables(measures=pack.measures.assign(note="read again"))
    dearer = pack.with_tables(measures=pack.measures.assign(admin_rate=0.2))
    assert negotiation_of(noted).digest == digest != negotiation_of(dearer).digest


def test_a_pack_without_options_has_no_table():
    pack = pack_of("SEN")
    with pytest.raises(NasssapError, match="SEN: no option whose cost could be laid on the table"):
        negotiation_of(pack.with_tables(measures=pack.measures.head(0)))
