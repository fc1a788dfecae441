"""Rules by year, sex and single age, and mortality at single ages."""

import numpy as np
import pandas as pd
import pytest
from stories import pack_of

from nasssap_lib.budget.scheme_rules import LAST_AGE, SchemeRules, mortality_of, rules_of
from nasssap_lib.population.outlook import life_tables


def rules(*rows):
    names = ["rule", "value", "sex", "age_from", "age_to", "from_year"]
    table = pd.DataFrame([dict(zip(names, row, strict=False)) for row in rows], columns=names)
    return SchemeRules(table.astype({"age_from": "Int64", "age_to": "Int64"}))


def test_the_newest_rows_hold_and_replace_all_older_ones():
    given = rules(("leaving", 0.1, "total", 20, 39), ("leaving", 0.2, "total", 30, 39, 2030))
    assert given.by_age("leaving", 2029)[0, [25, 35]].tolist() == [0.1, 0.1]
    assert given.by_age("leaving", 2030)[0, [25, 35, 40]].tolist() == [0.0, 0.2, 0.0]


def test_a_sex_goes_before_both():
    given = rules(
        ("married", 0.5, "female", 30, 40), ("married", 0.7, "total", None, None), ("pensionable_age", 58, "female")
    )
    assert given.by_age("married", 2025)[:, [35, 41]].tolist() == [[0.5, 0.7], [0.7, 0.7]]
    assert given.by_sex("pensionable_age", 2025).tolist() == [58, 60]


def test_without_rates_everybody_retires_at_the_pensionable_age_and_at_the_last_one_at_the_latest():
    given = rules(("pensionable_age", 62, "total"))
    assert given.retirement(2025)[0, [61, 62]].tolist() == [0, 1]
    some = rules(("retirement", 0.3, "total", 60, 80)).retirement(2025)
    assert some[1, [59, 60, LAST_AGE]].tolist() == [0, 0.3, 1]


def test_entry_is_spread_over_the_ages_of_a_group_and_adds_up_to_one():
    entry = rules(("entry_age", 0.6, "female", 20, 24), ("entry_age", 0.4, "total", 30, 30)).entry(2025)
    assert entry.sum() == pytest.approx(1)
    assert entry[:, [20, 24, 25, 30]].tolist() == [pytest.approx([0.12, 0.12, 0, 0.2]), pytest.approx([0, 0, 0, 0.2])]


def test_what_follows_prices_and_wages_in_part():
    given = rules(("pension_with_prices", 0.5, "total"), ("pension_with_wages", 0.25, "total"), ("inflation", 0.04, "total"),
                  ("wage_growth", 0.06, "total"), ("wage_growth", 0.02, "total", None, None, 2030))  # fmt: skip
    assert [given.indexing("pension", year) for year in (2025, 2030)] == pytest.approx([0.035, 0.025])


def test_rules_of_the_training_country_are_those_of_its_law():
    given = rules_of(pack_of("XTC"), "npf")
    assert given.at("accrual", 2025) == 0.016 and given.at("vesting", 2025) == 15
    assert given.retirement(2025)[0, [54, 58]].tolist() == [0, 0.6]


def test_survivors_at_the_ends_of_groups_are_those_of_the_life_table():
    pack = pack_of("XTC")
    mortality = mortality_of(pack)
    alive = np.cumprod(1 - mortality.of(2032), axis=1)
    table = life_tables(pack)
    for at, sex in enumerate(("female", "male")):
        rows = table[(table["period"] == "2030-2035") & (table["sex"] == sex)].set_index("age")["lx"]
        assert alive[at, rows.index[1:] - 1].tolist() == pytest.approx(rows.iloc[1:].tolist(), rel=1e-12)


def test_mortality_stays_after_the_last_period_and_before_the_first():
    mortality = mortality_of(pack_of("XTC"))
    assert (mortality.of(2074) == mortality.of(2150)).all()
    assert (mortality.of(1990) == mortality.of(2015)).all()
    assert (mortality.of(2029) != mortality.of(2030)).any()
    assert (mortality.of(2025)[:, -1] == 1).all()
