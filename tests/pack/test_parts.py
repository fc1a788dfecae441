"""Wholes and parts: what arithmetic forbids is found, and no shipped pack is doubted."""

import pytest
from odd_packs import frames_of, told, where
from stories import ALL

from nasssap_lib.pack.parts import DECILES, parts_findings


@pytest.mark.parametrize("country", ALL)
def test_the_parts_of_a_shipped_pack_fit_their_wholes(country):
    assert told(parts_findings(frames_of(country))) == set()


def descending(welfare):
    welfare[DECILES] = welfare[DECILES[::-1]].to_numpy()
    return welfare


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        (
            {"facts": where("value", lambda v: 99.0, indicator="self_employed_share", sex="total")},
            ("facts", "value", "between_sexes", True),
        ),
        (
            {"facts": where("value", lambda v: v * 1.5, indicator="wage_and_salaried_share")},
            ("facts", "value", "sum_of_100", True),
        ),
        (
            {"facts": where("sex", lambda _: "total", group="mothers")},
            ("facts", "sex", "mothers_are_women", False),
        ),
        ({"facts": where("value", lambda v: 99.0, indicator="poverty_gap")}, ("facts", "value", "part_up_to", False)),
        (
            {"facts": where("value", lambda v: 0.5, indicator="poverty_headcount", breakdown="line=8.30_ppp2021")},
            ("facts", "value", "poor_at_least", False),
        ),
        (
            {
                "facts": where(
                    "value", lambda v: 90.0, indicator="effective_coverage", group=["children", "older_persons"]
                )
            },
            ("facts", "value", "covered_at_least", True),
        ),
        ({"welfare": where("d10", lambda v: v * 2)}, ("welfare", "d10", "shares_sum_to", False)),
        ({"welfare": where("gini", lambda v: v / 10)}, ("welfare", "gini", "gini_of_shares", True)),
        ({"welfare": where("q1", lambda v: v + 2)}, ("welfare", "q1", "fifth_of_tenths", True)),
        ({"welfare": where("d4", lambda v: float("nan"))}, ("welfare", "d1", "all_shares", False)),
        ({"welfare": descending}, ("welfare", "d2", "shares_ascend", False)),
    ],
    ids=lambda part: part[2] if isinstance(part, tuple) else "",
)
def test_what_does_not_add_up_is_found(changes, finding):
    assert finding in told(parts_findings(frames_of("SEN", **changes)))


def test_a_share_below_0_is_a_distribution_too():
    """Incomes can be negative: the poorest tenth of some surveys has less than nothing."""

    def negative(welfare):
        return welfare.assign(d1=welfare["d1"] - 3, d10=welfare["d10"] + 3, q1=welfare["q1"] - 3, q5=welfare["q5"] + 3)

    assert not [found for found in parts_findings(frames_of("SEN", welfare=negative)) if not found.doubt]
