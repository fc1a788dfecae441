"""Whom an option would reach: the persons that it aims at, or those of them who are not covered."""

import pytest

from nasssap_lib.costing import exploration
from nasssap_lib.costing import options as measures
from nasssap_lib.pack.reader import countries, data_root, read_pack


@pytest.fixture(scope="module")
def ground():
    return exploration.prepare(read_pack("SEN"))


@pytest.mark.parametrize("code", countries(data_root()))
def test_the_workbench_aims_at_whom_the_reports_aim_at(code):
    pack = read_pack(code)
    ground, options = exploration.prepare(pack), measures.assess_options(pack).set_index("option")
    for name, target in ground.targets.items():
        here = target.set_index("year")["persons"][pack.settings.reference_year]
        assert here == pytest.approx(options.loc[name, "target_population"], nan_ok=True), name
