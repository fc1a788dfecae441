"""People at work, the process, plans and conventions: against published figures, and where nothing was found."""

import pandas as pd
import pytest
from stories import REAL, one, pack_of

from nasssap_lib.stocktaking.context import conventions, plans_and_laws, process_state, work_status
from nasssap_lib.stocktaking.tables import conventions_table


def test_own_account_is_self_employed_without_family_workers():
    # Senegal 2023 (ILO-modelled): self-employed 69.57439 %, of whom family workers 12.49722 %: on own account 57.077 %
    work = work_status(pack_of("SEN"))
    assert one(work, sex="total", status="own_account")["share"] == pytest.approx(0.6957439 - 0.1249722, abs=1e-6)
    assert one(work, sex="total", status="wage")["share"] == pytest.approx(1 - 0.6957439, abs=1e-6)
    for status in ("own_account", "family"):
        row = one(work, sex="female", status=status)
        assert pd.isna(row["share"])
        assert row["reason"] == "no_family_workers_by_sex"
    assert one(work, sex="female", status="self_employed")["share"] == pytest.approx(0.7825132, abs=1e-6)


def test_more_family_workers_than_self_employed_is_not_turned_into_a_negative_share():
    facts = pack_of("SEN").facts.copy()
    facts.loc[facts["indicator"] == "contributing_family_share", "value"] = 80.0
    row = one(work_status(pack_of("SEN").with_tables(facts=facts)), sex="total", status="own_account")
    assert pd.isna(row["share"])
    assert row["reason"] == "family_above_self_employed"


def test_a_step_without_a_row_is_not_found_and_the_newest_event_gives_the_state():
    steps = process_state(pack_of("HND"))
    assert one(steps, step=6)["reason"] == "nothing_found"
    newest = one(steps[steps["newest"]], step=2)
    assert (newest["state"], newest["date"], newest["events"]) == ("under_way", "2024", 3)
    assert one(steps, step=4)["evidence"].startswith("Framework Act struck down")


def test_conventions_keep_the_mark_and_c102_always_has_a_line():
    tanzania = conventions(pack_of("TZA"))
    assert one(tanzania, convention="C102")["reason"] == "nothing_found"
    assert one(tanzania, convention="C121")["check"]
    assert conventions(pack_of("SEN"))["convention"].tolist().count("C102") == 1


def test_plans_that_have_ended_are_marked():
    """Reference year 2025: what ended in 2025 or later, or names no end, still stands."""
    links = pack_of("SEN").links.iloc[:1]
    periods = {
        "2018-2022": "ended",
        "2020-2024": "ended",
        "2021–2025": "",
        "2016-": "",
        "draft 2022": "",
        "2013": "",
        "": "",
    }
    told = pd.concat([links.assign(title=period, period=period) for period in periods])
    found = plans_and_laws(pack_of("SEN").with_tables(links=told)).set_index("title")
    assert found["state"].to_dict() == periods
    assert found.loc["2018-2022", "until"] == 2022
    rwanda = plans_and_laws(pack_of("RWA")).set_index("period")["state"]
    assert (rwanda["2018-2024"], rwanda["2024-2029"].unique().tolist()) == ("ended", [""])


def test_step_4_is_done_by_parliament_only():
    """What a government published, launched or adopted says so, and by whom."""
    told = {
        country: one(process_state(pack_of(country)).query("newest"), step=4)["state"]
        for country in ("BFA", "LKA", "RWA", "ZMB", "HND", "XTC")
    }
    assert told == {
        "BFA": "adopted_by_government", "LKA": "adopted_by_government", "RWA": "launched_by_government",
        "ZMB": "launched_by_government", "HND": "not_found", "XTC": "planned",
    }  # fmt: skip
    for country in REAL:
        approved = process_state(pack_of(country)).query("step == 4 and state == 'done'")
        assert approved["initiator"].str.contains("arliament|ongress|ssembl", regex=True).all(), country


def test_a_convention_that_replaces_a_part_says_so_where_it_is_ratified():
    """Senegal ratified C121 in 1966: in place of Part VI, whatever Parts of C102 were accepted; XTC did not ratify it."""
    senegal = conventions(pack_of("SEN")).set_index("convention")["replaces"]
    assert senegal["C121"] == "VI"
    assert (senegal.drop("C121") == "").all()
    assert (conventions(pack_of("XTC"))["replaces"] == "").all()
    note = conventions_table(conventions(pack_of("SEN"))).shown.set_index("convention")["says"]["C121"]
    assert note.startswith("binds in place of Part VI of Convention No. 102, whatever Parts were accepted")
