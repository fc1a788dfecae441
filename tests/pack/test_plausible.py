"""What cannot be though it is well formed: the calendar, the unit, whole persons; and how a finding becomes a problem."""

import numpy as np
import pytest
from odd_packs import frames_of, told, where
from small_pack import write_small_pack
from stories import ALL

from nasssap_lib.errors import PackError
from nasssap_lib.pack.plausible import off_by, single_findings
from nasssap_lib.pack.reader import read_pack

TODAY = 2026


@pytest.mark.parametrize("country", ALL)
def test_nothing_of_a_shipped_pack_is_impossible_by_itself(country):
    assert told(single_findings(frames_of(country), TODAY)) == set()


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        (
            {"facts": where("year", lambda year: 2099, indicator="adult_literacy", year=2011)},
            ("facts", "year", "observed_up_to", False),
        ),
        (
            {"scheme_figures": where("year", lambda year: year + 40, measure="beneficiaries")},
            ("scheme_figures", "year", "observed_up_to", False),
        ),
        (
            {"scheme_figures": where("year", lambda year: 2099, measure="rate_employer")},
            ("scheme_figures", "year", "observed_up_to", False),
        ),
        ({"sources": where("year", lambda year: 2031)}, ("sources", "year", "year_up_to", False)),
        ({"history": where("year", lambda year: 2040)}, ("history", "year", "year_up_to", False)),
        ({"process": where("date", lambda date: "2041-05")}, ("process", "date", "year_up_to", False)),
        (
            {"facts": where("value", lambda value: np.inf, indicator="births")},
            ("facts", "value", "number_with_18_digits", False),
        ),
        (
            {"population": where("persons", lambda persons: persons / 1000)},
            ("population", "persons", "whole_persons", True),
        ),
        (
            {"scheme_figures": where("value", lambda value: value * 100, measure="rate_employer")},
            ("scheme_figures", "value", "rate_up_to_100", False),
        ),
        ({"measures": where("months", lambda months: 0.0)}, ("measures", "months", "above_0", True)),
        (
            {"measures": lambda table: table.assign(admin_rate=1.0, admin_base="gross")},
            ("measures", "admin_rate", "less_than_1", False),
        ),
        (
            {
                "scheme_figures": where(
                    "value", lambda value: value / 100, unit=["percent_of_earnings", "percent_of_pension"]
                )
            },
            ("scheme_figures", "value", "rates_not_shares", True),
        ),
        (
            {"scheme_figures": where("value", lambda value: -value, measure="expenditure")},
            ("scheme_figures", "value", "not_negative", False),
        ),
    ],
    ids=lambda part: "-".join(part[:3]) if isinstance(part, tuple) else "",
)
def test_what_cannot_be_is_found(changes, finding):
    frames = frames_of("SEN", **changes)
    if finding[2] == "observed_up_to":
        frames = frames | {finding[0]: frames[finding[0]].assign(quality="observed")}
    assert finding in told(single_findings(frames, TODAY))


def test_an_activity_that_begins_before_the_one_it_needs_is_doubted():
    frames = frames_of("XTC", activities=where("start", lambda start: "2020-01"))
    assert ("activities", "start", "predecessor_ends_first", True) in told(single_findings(frames, TODAY))


def test_what_law_fixes_for_later_years_may_lie_ahead():
    later = where("year", lambda year: TODAY + 4, measure="rate_employer")
    assert told(single_findings(frames_of("SEN", scheme_figures=later), TODAY)) == set()


def test_an_estimate_of_a_later_year_is_no_observation():
    later = where("year", lambda year: 2050, indicator="births", year=2025)
    frames = frames_of("SEN", facts=later)
    assert set(frames["facts"].query("year == 2050")["quality"]) == {"estimated"}
    assert told(single_findings(frames, TODAY)) == set()


@pytest.mark.parametrize(
    ("value", "other", "times"), [(5.0, 500.0, 100.0), (500.0, 5.0, 100.0), (3.0, 3.0, 1.0), (0.0, 3.0, np.nan)]
)
def test_how_many_times_two_numbers_are_apart(value, other, times):
    assert off_by([value], [other])[0] == pytest.approx(times, nan_ok=True)


def test_a_finding_is_told_with_file_line_column_value_and_remedy(tmp_path):
    folder = write_small_pack(tmp_path)
    path = folder / "sources.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = lines[0].split(",").index("year")
    cells = lines[2].split(",")
    cells[at] = "2140"
    path.write_text("\n".join([*lines[:2], ",".join(cells), *lines[3:]]) + "\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"XTS/sources.csv:3 year: '2140' — expected a year up to \d{4}; mend the year"):
        read_pack("XTS", tmp_path)


def test_a_doubt_stops_nothing_and_a_note_explains_an_error_of_size(tmp_path):
    folder = write_small_pack(tmp_path)
    path = folder / "indicators.csv"
    row = "XTS,,effective_coverage,at_least_one,total,,2021,0.2,percent,,observed,NEW,{note}\n"
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound + row.format(note=""), encoding="utf-8")
    with pytest.raises(PackError, match=r"value: '0.2' — expected about 20, as in the years beside it"):
        read_pack("XTS", tmp_path)
    path.write_text(sound + row.format(note="as published"), encoding="utf-8")
    (doubt,) = [doubt for doubt in read_pack("XTS", tmp_path).doubts if doubt.value == "0.2"]
    assert doubt.explained and doubt.row == len(sound.splitlines()) + 1


@pytest.mark.parametrize(
    ("column", "change", "expected"),
    [("value", lambda value: 820.0, "rate_up_to_100"), ("unit", lambda unit: "lcu_billion", "rate_up_to_100")],
)
def test_lump_sums_are_a_percentage_of_benefits(column, change, expected):
    changed = where(column, change, measure="lump_sums_share")
    found = told(single_findings(frames_of("TZA", scheme_figures=changed), TODAY))
    assert ("scheme_figures", column, expected, False) in found
