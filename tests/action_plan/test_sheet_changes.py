"""What a returned matrix changes: exactly the cells that were changed, put onto the plan as it is by now."""

import pytest
from plans import plan_of
from returned_plans import refused
from stories import pack_of

from nasssap_lib.action_plan.sheet_changes import change_plan, next_id
from nasssap_lib.action_plan.sheet_columns import BY_NAME, plan_rows
from nasssap_lib.action_plan.sheet_reader import Returned, Row

PLAN = pack_of("XTC").activities
FIRST = 8  # row of the workbook


def returned(changes: dict | None = None, new: tuple = (), without: tuple = (), activities=PLAN) -> Returned:
    """A matrix of the plan with other cells: id → {column: text}."""
    written = plan_rows(activities)
    rows = [
        Row(at, name, texts | (changes or {}).get(name, {})) for at, (name, texts) in enumerate(written.items(), FIRST)
    ]
    rows = [row for row in rows if row.id not in without]
    rows += [
        Row(FIRST + 20 + at, cells.get("id", ""), dict.fromkeys(BY_NAME, "") | cells) for at, cells in enumerate(new)
    ]
    columns = {name: chr(ord("B") + at) for at, name in enumerate(BY_NAME)}
    return Returned("plan.xlsx", "1 Plan", columns, written, rows)


def lines(changed) -> list[list[str]]:
    return changed.table[["id", "change", "column", "before", "after", "cell"]].values.tolist()


def test_two_cells_are_two_changes_and_nothing_else_is():
    changed = change_plan(returned({"a02": {"end": "2027-01"}, "a05": {"cost": "75", "name": PLAN["name"][4]}}), PLAN)
    assert lines(changed) == [
        ["a02", "changed", "end", "2026-12", "2027-01", "H9"],
        ["a05", "changed", "cost", "60", "75", "J12"],
    ]
    assert change_plan(returned(), PLAN).table.empty


def test_quality_and_source_are_changes_too():
    told = lines(change_plan(returned({"a02": {"source": "XTC-COVERAGE-2025"}}), PLAN))
    assert told == [["a02", "changed", "source", "XTC-TRAINING", "XTC-COVERAGE-2025", "R9"]]


def test_a_new_activity_gets_the_next_free_number_and_every_cell_of_it_is_said():
    changed = change_plan(
        returned(new=({"name": "Train", "start": "2027-02"}, {"name": "Tell"}, {"id": "b1", "name": "Own"})), PLAN
    )
    assert list(changed.plan)[-3:] == ["a14", "a15", "b1"]
    assert lines(changed)[:3] == [
        ["a14", "added", "id", "", "a14", "B28"],
        ["a14", "added", "name", "", "Train", "C28"],
        ["a14", "added", "start", "", "2027-02", "G28"],
    ]


def test_a_number_that_somebody_chose_is_given_to_nobody_else():
    changed = change_plan(returned(new=({"name": "One"}, {"id": "a14", "name": "Two"})), PLAN)
    assert {name: changed.plan[name]["name"] for name in ("a14", "a15")} == {"a14": "Two", "a15": "One"}


@pytest.mark.parametrize(
    ("known", "following"),
    [(["a01", "a13"], "a14"), (["x"], "a01"), (["A9", "A10", "b77"], "A11"), (["09"], "10"), ([], "a01")],
)
def test_numbers_go_on_as_they_were(known, following):
    assert next_id(known) == following


def test_what_is_not_there_any_more_is_removed_and_said():
    changed = change_plan(returned(without=("a04", "a09")), PLAN)
    assert [line[:2] for line in lines(changed)] == [["a04", "removed"], ["a09", "removed"]]
    assert list(changed.plan) == [name for name in PLAN["id"] if name not in ("a04", "a09")]


def test_two_copies_filled_in_by_two_institutions_both_count():
    first = change_plan(returned({"a01": {"progress": "0.9"}}, new=({"name": "Train"},)), PLAN)
    second = returned({"a05": {"progress": "0.8"}}, new=({"name": "Tell"},))
    changed = change_plan(second, as_frame(first.plan))
    assert (changed.plan["a01"]["progress"], changed.plan["a05"]["progress"]) == ("0.9", "0.8")
    assert (changed.plan["a14"]["name"], changed.plan["a15"]["name"]) == ("Train", "Tell")


def as_frame(plan):
    """A plan as a pack would hold it."""
    frame = plan_of(*(f"{name} 2027-01 2027-02" for name in plan)).activities
    for column in BY_NAME:
        numbers = column in ("cost", "financed", "progress")
        frame[column] = [float(texts[column] or "nan") if numbers else texts[column] for texts in plan.values()]
    return frame


def test_the_same_copy_a_second_time_changes_nothing():
    copy = returned({"a01": {"cost": "50"}}, new=({"name": "Train"}, {"id": "b1", "name": "Tell"}), without=("a13",))
    once = change_plan(copy, PLAN)
    assert len(once.table) > 3 and change_plan(copy, as_frame(once.plan)).table.empty


def test_a_cell_that_two_changed_is_told_and_taken_only_when_forced():
    first = as_frame(change_plan(returned({"a02": {"end": "2027-01"}}), PLAN).plan)
    second = returned({"a02": {"end": "2027-03", "cost": "950"}})
    assert refused(lambda: change_plan(second, first)) == [("H9", "changed_meanwhile")]
    assert change_plan(second, first, force=True).plan["a02"]["end"] == "2027-03"
    same = returned({"a02": {"end": "2027-01", "cost": "950"}})
    assert [line[2] for line in lines(change_plan(same, first))] == ["cost"]


def test_what_one_took_out_and_another_changed_is_told():
    without = as_frame(change_plan(returned(without=("a13",)), PLAN).plan)
    changed = returned({"a13": {"cost": "30"}})
    assert refused(lambda: change_plan(changed, without)) == [("B20", "gone_meanwhile")]
    assert change_plan(changed, without, force=True).plan["a13"]["cost"] == "30"
    assert change_plan(returned(), without).table.empty  # who changed nothing brings nothing back
    recosted = as_frame(change_plan(changed, PLAN).plan)
    assert refused(lambda: change_plan(returned(without=("a13",)), recosted)) == [("", "changed_meanwhile")]
    assert "a13" not in change_plan(returned(without=("a13",)), recosted, force=True).plan


def test_a_number_that_another_activity_got_meanwhile_is_refused_even_when_forced():
    taken = as_frame(change_plan(returned(new=({"id": "a14", "name": "Train"},)), PLAN).plan)
    other = returned(new=({"id": "a14", "name": "Tell"},))
    for force in (False, True):
        assert refused(lambda force=force: change_plan(other, taken, force)) == [("B28", "free_number")]
