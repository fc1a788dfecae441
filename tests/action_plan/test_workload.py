"""Activities of an institution at the same time, counted by hand."""

import pytest
from plans import plan_of
from stories import ALL, REAL, pack_of

from nasssap_lib.action_plan.workload import institution_workload
from nasssap_lib.errors import NasssapError


def work(pack, by, institution, role="responsible"):
    table = institution_workload(pack, by)
    rows = table[(table["institution"] == institution) & (table["role"] == role)]
    return rows.set_index("period")[["activities", "begin", "end"]].apply(tuple, axis=1).to_dict()


def test_the_ministry_of_health_by_hand():
    # a09 November 2025 to July 2026, a08 April 2026 to December 2027
    found = work(pack_of("XTC"), "quarter", "Ministry of Health")
    assert found == {
        "2025-Q4": (1, 1, 0), "2026-Q1": (1, 0, 0), "2026-Q2": (2, 1, 0), "2026-Q3": (2, 0, 1), "2026-Q4": (1, 0, 0),
        "2027-Q1": (1, 0, 0), "2027-Q2": (1, 0, 0), "2027-Q3": (1, 0, 0), "2027-Q4": (1, 0, 1),
    }  # fmt: skip


def test_two_activities_in_months_and_their_partners():
    pack = plan_of("a 2027-01 2027-02", "b 2027-02 2027-02", a={"support": "ILO, World Bank"}, b={"support": "ILO"})
    assert work(pack, "month", "Ministry of Labour") == {"2027-01": (1, 1, 0), "2027-02": (2, 1, 2)}
    assert work(pack, "month", "ILO", "support") == {"2027-01": (1, 1, 0), "2027-02": (2, 1, 2)}
    assert work(pack, "month", "World Bank", "support") == {"2027-01": (1, 1, 0), "2027-02": (1, 0, 1)}


def test_months_of_all_institutions_are_the_months_of_all_activities():
    table = institution_workload(pack_of("XTC"), "month")
    # 9 + 18 + 6 + 9 + 9 + 25 + 6 + 21 + 9 + 20 + 13 + 10 + 7
    assert table.loc[table["role"] == "responsible", "activities"].sum() == 162


def test_another_period_is_refused():
    with pytest.raises(NasssapError, match="expected one of month, quarter"):
        institution_workload(pack_of("XTC"), "week")


@pytest.mark.parametrize("country", ALL)
def test_no_institution_is_invented(country):
    pack = pack_of(country)
    cells = [*pack.activities["institution"], *pack.activities["support"]]
    names = institution_workload(pack)["institution"]
    assert all(any(name in cell for cell in cells) for name in names)
    assert names.empty == (country in REAL)
