"""A review by hand, and what holds for any slips."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import plan_of
from stories import ALL, REAL, pack_of

from nasssap_lib.action_plan.changes import compare_plans
from nasssap_lib.action_plan.review import review_plan, shifts
from nasssap_lib.action_plan.schedule import Span, spans_of
from nasssap_lib.errors import NasssapError


def with_progress(pack, **done):
    """The pack with other progress: id -> share."""
    plan = pack.activities
    return replace(pack.copy(), activities=plan.assign(progress=plan["id"].map(done).fillna(plan["progress"])))


# In December 2025: a01 3 of 9 months, 0.6 done: 5.4 earned, 2.4 ahead. a02 6 of 18, 0.25 done: 4.5 earned, 1.5 behind, so two whole months.
# a05 4 of 9, 0.4 done: 3.6 earned, 0.4 behind, on plan. a09 2 of 9, 0.3 done: 2.7 earned, 0.7 ahead. Nothing else is due.
def test_the_review_of_the_training_country_by_hand():
    table = review_plan(pack_of("XTC")).progress.set_index("id")
    assert table["behind"][["a01", "a02", "a05", "a09"]].tolist() == pytest.approx([-2.4, 1.5, 0.4, -0.7])
    assert table["planned"][["a01", "a02", "a05", "a09", "a11"]].tolist() == pytest.approx(
        [1 / 3, 1 / 3, 4 / 9, 2 / 9, 0]
    )
    states = {"a01": "ahead", "a02": "slipped", "a05": "on_plan", "a09": "ahead"}
    assert table["state"].to_dict() == {name: states.get(name, "not_due") for name in table.index}
    assert table["slip"][table["slip"] > 0].to_dict() == {"a02": 2}


def test_what_two_slips_move_by_hand_and_one_undone_is_gone():
    # a05 has nothing done of 4 months elapsed: it and a06 behind it slip by four; a02 by two, and with it a03, a04 and a07
    both = review_plan(with_progress(pack_of("XTC"), a05=0.0))
    one = review_plan(pack_of("XTC"))
    moved = both.moved.groupby("slipped")[["moved", "months"]].apply(lambda rows: dict(rows.itertuples(index=False)))
    assert moved.to_dict() == {"a02": {"a02": 2, "a03": 2, "a04": 2, "a07": 2}, "a05": {"a05": 4, "a06": 4}}
    assert set(one.moved["slipped"]) == {"a02"}
    pd.testing.assert_frame_equal(both.moved[both.moved["slipped"] == "a02"].reset_index(drop=True), one.moved)
    none = review_plan(with_progress(pack_of("XTC"), a02=6 / 18))
    assert none.moved.empty and none.proposal.empty and not none.options["delayed"].any()


def test_proposed_dates_by_hand():
    table = review_plan(with_progress(pack_of("XTC"), a05=0.0)).proposal.set_index("id")
    dates = table[["proposed_start", "proposed_end", "because"]].apply(tuple, axis=1).to_dict()
    assert dates == {
        "a02": ("2025-07", "2027-02", "a02"),  # begun: its start stays
        "a03": ("2027-03", "2027-08", "a02"),
        "a04": ("2027-09", "2028-05", "a02"),
        "a05": ("2026-01", "2026-09", "a05"),  # not begun: it begins the month after the review at the earliest
        "a06": ("2026-10", "2028-10", "a05"),
        "a07": ("2027-03", "2027-08", "a02"),
    }
    assert table["proposed"].all()


def test_options_whose_start_is_delayed():
    # ready in January 2028 as planned, three months later now: the same year. A month before the turn of the year it is the next one
    pack = plan_of("a 2025-01 2027-12", a={"measure": "pension_65", "progress": 9 / 36})
    row = review_plan(pack).options.iloc[0]
    assert row[["option", "ready", "ready_expected", "months", "delayed"]].tolist() == [
        "pension_65",
        "2028-01",
        "2028-04",
        3,
        False,
    ]
    assert row["reason"] == 'ready_after_start {"month": "2028-01", "year": 2027}'
    pack = plan_of("a 2025-01 2027-11", a={"measure": "pension_65", "progress": 9 / 35})
    row = review_plan(pack).options.iloc[0]
    assert row[["ready", "start_year", "start_expected", "delayed", "because"]].tolist() == [
        "2027-12",
        2027,
        2028,
        True,
        "a",
    ]


def test_a_pause_takes_up_a_slip():
    pack = plan_of("a 2025-11 2026-02", "b 2026-05 2026-06 a", "c 2026-03 2026-04 a")
    moved = review_plan(pack).moved.set_index("moved")["months"]
    assert moved.to_dict() == {"a": 2, "c": 2}


def test_what_has_begun_waits_no_more():
    pack = plan_of("a 2025-09 2026-02", "b 2025-12 2026-06 a", b={"progress": 0.5})
    assert review_plan(pack).moved["moved"].tolist() == ["a"]


def test_a_delay_goes_on_after_the_planned_end():
    # four months planned from May, 0.75 done by December: three months earned of eight elapsed, so it ends five months late
    pack = plan_of("a 2025-05 2025-08", a={"progress": 0.75})
    row = review_plan(pack).progress.iloc[0]
    assert row[["planned", "behind", "slip"]].tolist() == [1, 5, 5]
    assert review_plan(plan_of("a 2025-05 2025-08", a={"progress": 1.0})).progress["state"].tolist() == ["done"]


def test_a_later_review_says_that_nothing_newer_was_recorded():
    row = review_plan(pack_of("XTC"), "2026-06").progress.set_index("id").loc["a01"]
    assert row["planned_now"] == 1 and row["planned"] == pytest.approx(1 / 3)
    assert row["reason"] == 'progress_of {"date": "2025-12"}'


def test_progress_that_is_not_known_is_no_slip():
    pack = plan_of("a 2025-05 2025-08", "b 2025-05 2025-08", a={"progress": np.nan}, b={"progress_date": ""})
    review = review_plan(pack)
    assert review.progress["reason"].tolist() == ["no_progress_stated", "no_progress_date"]
    assert review.progress["slip"].isna().all() and review.moved.empty


@pytest.mark.parametrize(
    ("done", "told"), [(1.2, "a: progress is 1.2; expected a share"), (0.1, "a: progress 0.1 before its start")]
)
def test_progress_that_cannot_be_is_refused(done, told):
    with pytest.raises(NasssapError, match=told):
        review_plan(plan_of("a 2026-05 2026-08", a={"progress": done}))


@pytest.mark.parametrize("country", REAL)
def test_a_country_without_a_plan_has_nothing_to_review(country):
    assert all(table.empty for table in review_plan(pack_of(country)))


@pytest.mark.parametrize("country", ALL)
def test_every_name_stands_in_the_pack(country):
    pack = pack_of(country)
    review = review_plan(pack)
    assert set(review.moved["moved"]) | set(review.progress["id"]) <= set(pack.activities["id"])
    assert set(review.options["option"]) <= set(pack.measures["id"])


@st.composite
def slipped_plans(draw):
    spans = {}
    for name in "abcdef"[: draw(st.integers(1, 6))]:
        needs = tuple(draw(st.sets(st.sampled_from(sorted(spans)), max_size=2)) if spans else ())
        start = draw(st.integers(0, 20))
        spans[name] = Span(start, start + draw(st.integers(0, 8)), needs)
    slips = draw(st.dictionaries(st.sampled_from(sorted(spans)), st.integers(1, 6), max_size=3))
    return spans, slips, draw(st.sets(st.sampled_from(sorted(spans))))


@given(slipped_plans())
def test_without_a_slip_nothing_moves_and_slips_together_are_the_longest_of_them(case):
    spans, slips, begun = case
    assert shifts(spans, {}, begun) == {}
    alone = [shifts(spans, {name: months}, begun) for name, months in slips.items()]
    longest = {name: max(one.get(name, 0) for one in alone) for name in spans} if alone else {}
    assert shifts(spans, slips, begun) == {name: months for name, months in longest.items() if months}


@given(slipped_plans())
def test_what_was_in_order_stays_in_order(case):
    spans, slips, _ = case
    moved = shifts(spans, slips, set())
    for name, span in spans.items():
        for need in span.needs:
            if spans[need].end < span.start:
                assert spans[need].end + moved.get(need, 0) < span.start + moved.get(name, 0)


def test_the_plan_of_the_proposal_has_no_start_before_a_prerequisite():
    pack = pack_of("XTC")
    proposal = review_plan(pack).proposal.set_index("id")
    plan = pack.activities.set_index("id")
    plan.loc[proposal.index, ["start", "end"]] = proposal[["proposed_start", "proposed_end"]].to_numpy()
    spans = spans_of(plan.reset_index())
    assert all(spans[need].end < span.start for span in spans.values() for need in span.needs)


def test_a_review_with_two_slips_and_three_new_figures_names_exactly_these_and_what_follows():
    before = pack_of("XTC")
    measured = {"at_least_one": 18.0, "children": 13.0, "older_persons": 35.5}
    added = [
        before.latest("effective_coverage", group).assign(year=2025, value=value) for group, value in measured.items()
    ]
    facts = pd.concat([before.facts, *(row[list(before.facts)] for row in added)], ignore_index=True)
    now = replace(with_progress(before, a05=0.0), facts=facts)
    review, changes = review_plan(now), compare_plans(before, now)
    assert set(review.moved["slipped"]) == {"a02", "a05"}
    assert set(review.proposal["id"]) == {"a02", "a03", "a04", "a05", "a06", "a07"}
    named = set(zip(changes["id"], changes["change"], changes["now"], strict=True))
    assert named == {
        ("a05", "progress", "0"),
        ("effective_coverage · at_least_one · total", "measured", "18 (2025)"),
        ("effective_coverage · children · total", "measured", "13 (2025)"),
        ("effective_coverage · older_persons · total", "measured", "35.5 (2025)"),
    }
