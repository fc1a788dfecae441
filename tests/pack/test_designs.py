"""Rows that contradict themselves are found; those of the nine packs do not."""

import pandas as pd
import pytest
from odd_packs import frames_of, told, where
from stories import ALL

from nasssap_lib.pack.designs import design_findings

TODAY = 2026


@pytest.mark.parametrize("country", ALL)
def test_no_row_of_a_shipped_pack_contradicts_itself(country):
    assert list(design_findings(frames_of(country), TODAY)) == []


def found(country="XTC", **changes):
    return set(told(design_findings(frames_of(country, **changes), TODAY)))


OLDER, CHILDREN = {"group": "older_persons"}, {"group": "children"}


@pytest.mark.parametrize(
    ("table", "column", "value", "of", "finding"),
    [
        ("scheme_figures", "unit", "lcu_billion", {"measure": "contributors"}, ("unit", "unit_of_people", False)),
        ("scheme_figures", "unit", "percent_of_earnings", {"measure": "pensioners"}, ("unit", "unit_of_people", False)),
        ("scheme_figures", "unit", "persons", {"measure": "expenditure"}, ("unit", "unit_of_money", False)),
        ("scheme_figures", "unit", "years", {"measure": "benefit"}, ("unit", "unit_of_money", False)),
        ("scheme_figures", "unit", "households", {"measure": "rate_employer"}, ("unit", "unit_of_rate", False)),
        ("scheme_figures", "counted_in", "money", {"measure": "contributors"}, ("counted_in", "counted_as_unit", False)),
        ("scheme_figures", "counted_in", "persons", {"measure": "expenditure"}, ("counted_in", "counted_as_unit", False)),
        ("schemes", "excluded", "private_employees", {"mandatory_for": "private_employees"}, ("excluded", "not_also", False)),
        ("schemes", "voluntary_for", "private_employees", {"mandatory_for": "private_employees"}, ("voluntary_for", "not_also", True)),
        ("schemes", "related_scheme", "", {}, ("related_scheme", "scheme_of_relation", False)),
        ("schemes", "relation", "", {}, ("relation", "relation_to_scheme", True)),
        ("measures", "related_scheme", "", {}, ("related_scheme", "scheme_of_relation", False)),
        ("measures", "relation", "", {}, ("relation", "relation_to_scheme", True)),
        ("measures", "age_to", 4, OLDER, ("age_to", "ages_of_group", False)),
        ("measures", "age_from", 40, OLDER, ("age_from", "ages_of_group", True)),
        ("measures", "age_from", 65, CHILDREN, ("age_to", "ages_of_group", False)),
        ("measures", "age_from", 18, CHILDREN, ("age_from", "ages_of_group", True)),
        ("measures", "sex", "male", {"group": "mothers"}, ("sex", "mothers_are_women", False)),
        ("measures", "start_year", 1850, {}, ("start_year", "planned_from", False)),
        ("measures", "start_year", 2140, {}, ("start_year", "planned_up_to", True)),
        ("measures", "own_payment", 900.0, {}, ("own_payment", "amount_up_to", False)),
        ("measures", "inclusion_error_high", 1.0, {}, ("inclusion_error_high", "less_than_1", False)),
        ("financing", "value_low", -3.0, {}, ("value_low", "not_negative", False)),
        ("financing", "value_high", 300.0, {}, ("value_high", "yield_up_to", False)),
        ("financing", "value_high", 30.0, {}, ("value_high", "yield_up_to", True)),
        ("financing", "from_year", 1850, {}, ("from_year", "planned_from", False)),
        ("targets", "year", 1990, {}, ("year", "planned_from", False)),
        ("targets", "year", 2100, {}, ("year", "planned_up_to", True)),
        ("outturns", "year", 1999, {}, ("year", "spending_explained", True)),
        ("outturns", "payments", 0.0, {}, ("payments", "payments_above_0", False)),
        ("judgements", "score", 90_000.0, {}, ("score", "score_of_scale", False)),
        ("judgements", "criterion", "newly_coverd", {}, ("criterion", "is_it", True)),
        ("judgements", "stakeholder", "emploiers", {}, ("stakeholder", "is_it", True)),
        ("judgements", "stakeholder", "somebody", {}, ("stakeholder", "known_judge", True)),
    ],
)  # fmt: skip
def test_what_nobody_can_mean_is_found(table, column, value, of, finding):
    assert (table, *finding) in found(**{table: where(column, lambda _: value, **of)})


def test_an_option_beside_a_scheme_that_it_does_not_name_is_doubted():
    """Community mutuals (chm) of the training country serve informal workers in medical care, as health_mutuals would."""

    def alone(note):
        def measures(rows):
            one = rows[rows["id"] == "health_mutuals"]
            return one.assign(related_scheme="", relation="", note=note)

        return {finding for finding in found(measures=measures) if finding[1] == "related_scheme"}

    assert alone("keeps what exists") == {("measures", "related_scheme", "serves_such_people", True)}
    chm = frames_of("XTC")["schemes"].set_index("id").loc["chm", "short_name"]
    others = [name for name in frames_of("XTC")["schemes"]["short_name"] if name != chm]
    assert alone(f"{chm} end in 2027; no part in it have {', '.join(others)}") == set()


def test_percentages_among_shares_and_options_without_a_judgement_are_doubted():
    def percent(judgements: pd.DataFrame) -> pd.DataFrame:
        return judgements.assign(score=judgements["score"].where(judgements.index > 0, 90.0))

    assert ("judgements", "score", "one_scale", True) in found(judgements=percent)
    assert ("judgements", "criterion", "judged_for_all", True) in found(judgements=lambda rows: rows.iloc[2:])


def test_a_flat_contribution_a_share_of_earnings_as_benefit_and_an_open_last_age_are_sound():
    for measure, unit in (
        ("rate_worker", "lcu_per_month"),
        ("benefit", "percent_of_earnings"),
        ("beneficiaries", "households"),
    ):
        changes = {"scheme_figures": where("unit", lambda _, unit=unit: unit, measure=measure)}
        assert "unit" not in {column for _, column, *_ in found(**changes)}
    assert found(measures=where("age_to", lambda _: pd.NA, group="older_persons")) == set()


def test_empty_tables_are_asked_nothing():
    empty = {name: table.iloc[:0] for name, table in frames_of("XTC").items()}
    assert list(design_findings(empty, TODAY)) == []
