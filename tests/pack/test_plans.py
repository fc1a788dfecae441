"""Progress of what has not begun, and targets behind their baseline, are named with file and line; the nine packs have none."""

import pytest
from odd_packs import frames_of, told, where
from stories import ALL, REAL

from nasssap_lib.errors import PackError
from nasssap_lib.pack.plans import plan_findings
from nasssap_lib.pack.reader import read_pack

OLDER, HEALTH = {"indicator": "effective_coverage", "group": "older_persons"}, {"indicator": "out_of_pocket_share"}


@pytest.mark.parametrize("country", ALL)
def test_no_plan_of_a_shipped_pack_contradicts_itself(country):
    assert list(plan_findings(frames_of(country))) == []


def found(**changes):
    return told(plan_findings(frames_of("XTC", **changes)))


def test_progress_before_the_start_is_an_error_whatever_its_size():
    assert found(activities=where("progress", lambda done: 0.01, id="a08")) == {
        ("activities", "progress", "nothing_before_start", False)
    }
    assert found(activities=where("progress", lambda done: 0.01, id="a05")) == set()


@pytest.mark.parametrize(
    ("date", "wrong"), [("2026-03", True), ("2026", False), ("2025", True), ("2026-04-01", False), ("", False)]
)
def test_dates_are_compared_as_exactly_as_both_are_known(date, wrong):
    def changed(table):
        mine = table["id"] == "a08"  # it begins in April 2026
        return table.assign(
            progress=table["progress"].mask(mine, 0.1), progress_date=table["progress_date"].mask(mine, date)
        )

    assert bool(found(activities=changed)) == wrong


@pytest.mark.parametrize(
    ("of", "value", "code"),
    [
        (OLDER, 5.0, "target_above"),
        (HEALTH, 60.0, "target_below"),
        (OLDER, 99.0, ""),
        (HEALTH, 1.0, ""),
    ],
)
def test_a_target_behind_its_baseline_is_named(of, value, code):
    expected = {("targets", "value", code, False)} if code else set()
    assert found(targets=where("value", lambda _: value, **of)) == expected


def test_a_target_equal_to_its_baseline_keeps_what_there_is():
    frames = frames_of("XTC")
    facts = frames["facts"]
    rows = facts[(facts["indicator"] == "social_assistance_expenditure_gdp") & (facts["year"] == 2024)]
    value = float(rows["value"].iat[0])
    of = {"indicator": "social_assistance_expenditure_gdp"}
    assert found(targets=where("value", lambda _: value, **of)) == set()
    assert found(targets=where("value", lambda _: value - 0.01, **of)) != set()


def edited(folder, old, new):
    text = folder.read_text(encoding="utf-8")
    assert old in text
    folder.write_text(text.replace(old, new), encoding="utf-8")


def test_check_names_file_and_line(training_folder):
    edited(training_folder / "activities.csv", "Assessment of functioning,0.0,", "Assessment of functioning,0.05,")
    edited(training_folder / "targets.csv", "total,2030,65.0", "total,2030,6.0")
    with pytest.raises(PackError) as caught:
        read_pack("XTC", training_folder.parent)
    told = str(caught.value)
    assert "XTC/activities.csv:9 progress: '0.05' — expected 0 before its start, 2026-04" in told
    assert "XTC/targets.csv:10 value: '6.0' — expected at least " in told


@pytest.mark.parametrize("column", ["progress", "financed"])
def test_more_than_all_is_refused(training_folder, column):
    cells = {"progress": ("laws,0.6,", "laws,1.6,"), "financed": ("45,1.0,", "45,1.2,")}
    edited(training_folder / "activities.csv", *cells[column])
    with pytest.raises(PackError, match=rf"activities.csv:2 {column}: .* expected at most 1"):
        read_pack("XTC", training_folder.parent)


def test_real_countries_have_no_plan_to_contradict():
    assert all(len(frames_of(country)[name]) == 0 for country in REAL for name in ("activities", "targets"))
