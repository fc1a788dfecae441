"""Figures to collect: in the order of what they would change, and gone from the list once they are known."""

import pandas as pd
import pytest
from stories import ALL, pack_of

from nasssap_lib.display.texts import reason_words
from nasssap_lib.stocktaking.collection import figures_to_collect
from nasssap_lib.stocktaking.context import conventions


@pytest.mark.parametrize("country", ALL)
def test_figures_to_collect_are_ordered_by_what_they_would_change(country):
    wanted = figures_to_collect(pack_of(country))
    assert wanted["rank"].tolist() == list(range(1, len(wanted) + 1))
    for _, part in wanted.groupby("aim", sort=False):
        assert part["persons"].dropna().is_monotonic_decreasing
    assert (wanted.loc[wanted["persons"].isna(), "reason"] != "").all()


def test_a_published_prevalence_takes_the_number_of_persons_with_disabilities_off_the_list():
    pack = pack_of("SEN")
    row = pack.facts.iloc[[0]].assign(
        indicator="severe_disability_prevalence",
        group="total",
        sex="total",
        breakdown="",
        area="",
        year=2023,
        value=1.5,
    )
    richer = pack.with_tables(facts=pd.concat([pack.facts, row], ignore_index=True))
    assert "collect_disability" in set(figures_to_collect(pack)["figure"])
    assert "collect_disability" not in set(figures_to_collect(richer)["figure"])


@pytest.mark.parametrize("country", ALL)
def test_the_conventions_to_check_are_those_that_the_section_on_conventions_names(country):
    pack = pack_of(country)
    wanted, known = figures_to_collect(pack).set_index("figure")["missing"], conventions(pack)
    told = reason_words(wanted.get("collect_ratification", ""))
    assert told.removeprefix("check NORMLEX: ") == ", ".join(known.loc[known["check"], "convention"])
