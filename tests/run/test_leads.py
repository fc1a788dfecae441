"""Whom the index names first, what decides and what is missing; never more than was run."""

import json

import pandas as pd
import pytest
from stories import ALL, story
from written_results import results, write_results

from nasssap_lib.display.numbers import format_share
from nasssap_lib.pack.folders import data_root
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.index import write_index
from nasssap_lib.run.leads import CHAPTER, describe_lead, read_lead


@pytest.mark.parametrize("country", ALL)
def test_whoever_missing_figures_allow_to_come_first_is_named(country, batch_of_all):
    folder = batch_of_all / "data" / "processed" / country / CHAPTER
    lead, ranking = read_lead(folder), pd.read_csv(folder / "ranking.csv")
    first = ranking[(ranking["rank_best"] == 1) & (ranking["kind"] == "benefit")]  # a subsidy is not set against these
    assert [name for name, _ in lead.options] == first["name"].tolist()
    assert (lead.first == "open between") == (len(first) > 1)
    shares = pd.read_csv(folder / "acceptability_by_rank.csv").set_index("option")["rank_1"]
    assert [share for _, share in lead.options] == [format_share(shares[name], 0) for name in first["option"]]
    assert "of all views" in lead.views and "nan" not in f"{lead.decides} {lead.missing}".replace("inan", "")
    assert ("figure" in lead.missing) and lead.decides


def lead_of(best: list[int], worst: list[int], decisive: str = "", changes: tuple[dict, ...] = ()):
    ids = list("abc")[: len(best)]
    kind = {"option": ids, "name": [name.upper() for name in ids], "kind": "benefit"}
    ranking = pd.DataFrame(kind | {"rank_best": best, "rank_worst": worst, "decisive": decisive})
    rows = [
        {"list": "benefit", "within": "inside", "leaders": "a", "new_leader": "b", "source": "", "change": 0.1} | row
        for row in changes
    ]
    table = pd.DataFrame(rows) if rows else pd.DataFrame({"needed": []})
    return describe_lead(ranking, pd.DataFrame(kind | {"rank_1": [0.6, 0.3, 0.1][: len(best)], "views": ""}), table)


def test_one_that_leads_within_all_ranges_stands_alone():
    weight = {
        "kind": "weight",
        "option": None,
        "criterion": "cost",
        "now": 0.5,
        "needed": 0.6,
        "side": "above",
        "within": "",
    }
    level = {"kind": "level", "option": "a", "criterion": None, "now": 4.0, "needed": 5.0, "side": "above"}
    lead = lead_of([1, 2, 2], [1, 3, 3], "b: readiness", (level, weight))
    assert lead.first == "" and lead.options == (("A", format_share(0.6, 0)),)
    assert (
        lead.decides.startswith("the weight of “Cost, % of GDP” from 50")
        and "nearest of all: the level of “A”" in lead.decides
    )
    assert lead.missing == "1 figure: readiness (1 option)"


def test_one_whose_ranges_let_another_come_first_is_open_between_both():
    lead = lead_of([1, 1, 3], [2, 2, 3])
    assert lead.first == "open between" and [name for name, _ in lead.options] == ["A", "B"]


def test_a_subsidy_is_no_lead_beside_benefits():
    """Senegal's injury cover comes first in most views of its own list; the lead names benefits alone."""
    names = {name for name, _ in describe_lead(*results("SEN").values()).options}
    options = story("SEN")["options"].set_index("name")["kind"]
    assert {options[name] for name in names} == {"benefit"}


def test_the_weight_that_decides_in_senegal():
    """What was not read of the PNBSF does not decide: 2 or 3 of 3 for both. At equal weights the child benefit leads the transfer by its
    cost; with a weight w of cost, at worst, by 0.558 w + (1 − w) ÷ 2 × (0.004 − 1/3): none from w = 0.228 down. Only the disability
    benefit waits for its cost.
    """
    lead = describe_lead(*results("SEN").values())
    names = ["Child benefit, ages 0 to 4", "Cash transfer to all poor persons (PNBSF)"]
    assert lead.first == "open between" and [name for name, _ in lead.options] == names
    assert lead.decides.startswith(
        "the weight of “Cost, % of GDP” from 33.3\N{NO-BREAK SPACE}% to 22.8\N{NO-BREAK SPACE}%"
    )
    assert lead.missing == "1 figure: cost, % of GDP (1 option)"


def test_the_missing_figure_of_sri_lanka_is_what_decides():
    lead = describe_lead(*results("LKA").values())
    assert lead.decides.startswith(
        "the missing persons newly covered of “Cash transfer to all poor persons (Aswesuma)”, if it turns out"
    )
    assert "which leaves “" in lead.decides and "; the weight of" in lead.decides


def test_of_several_missing_figures_the_one_that_settles_most_is_named():
    """One leaves two of three that can come first, the other one: the latter decides, however near the first is."""
    ranking = pd.DataFrame(
        {"option": list("abc"), "name": list("ABC"), "rank_best": 1, "rank_worst": 3, "decisive": ""}
    )
    acceptance = pd.DataFrame({"option": list("abc"), "name": list("ABC"), "rank_1": [0.5, 0.3, 0.2], "views": ""})
    row = {"kind": "missing", "criterion": "equity", "now": float("nan"), "needed": 0.3, "side": "above", "within": "inside",
           "change": 0.1, "leaders": "a;b;c", "source": ""}  # fmt: skip
    changes = pd.DataFrame([row | {"option": "b", "new_leader": "a;b"}, row | {"option": "c", "new_leader": "c"}])
    decides = describe_lead(ranking, acceptance, changes).decides
    assert decides.startswith("the missing reach of the poorest fifth of “C”") and "which leaves “C”" in decides
    assert "which leaves 2 of 3" in describe_lead(ranking, acceptance, changes.head(1)).decides


def test_a_stated_order_stands_beside_the_leader(tmp_path):
    """Where the run was given an order, the index names it, and does not speak of all views."""
    folders = Folders.of(tmp_path)
    folder = folders.processed / "SEN" / CHAPTER
    write_results(folder, "SEN")
    table = pd.read_csv(folder / "acceptability_by_rank.csv").assign(views="readiness > cost")
    table.to_csv(folder / "acceptability_by_rank.csv", index=False)
    lead = read_lead(folder)
    assert lead.stated == (
        "with the mean of all weights that respect the stated order “Readiness” before “Cost, % of GDP”"
    )
    assert lead.views == "In brackets the share of admissible views that put it first"
    page = write_index(folders, data_root("")).read_text(encoding="utf-8")
    assert (
        lead.stated in page and "unless a card names an order or weights" in page and "admissible views respect" in page
    )
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    run |= {"parameters": {"weights": "cost=1", "order": "readiness>cost"}}
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    assert read_lead(folder).stated == (
        "with the stated weights cost=1; the stated order “Readiness” before “Cost, % of GDP” restricts the views"
    )
    assert describe_lead(*results("SEN").values()).stated == ""


def test_the_option_that_is_first_in_most_views_is_named_where_it_cannot_come_first():
    ranking = pd.DataFrame(
        {"option": list("ab"), "name": list("AB"), "rank_best": [1, 2], "rank_worst": [1, 2], "decisive": ""}
    )
    acceptance = pd.DataFrame({"option": list("ba"), "name": list("BA"), "rank_1": [0.7, 0.3], "views": "cost"})
    changes = pd.DataFrame({"needed": []})
    lead = describe_lead(ranking, acceptance, changes)
    assert lead.options == (("A", format_share(0.3, 0)),)
    assert lead.most == f"first more often, in {format_share(0.7, 0)} of admissible views: “B”"
    assert describe_lead(ranking.assign(name=list("BA"), option=list("ba")), acceptance, changes).most == ""


@pytest.mark.parametrize("name", ["run.json", "ranking.csv", "acceptability_by_rank.csv", "changes.csv"])
def test_what_was_cut_or_lost_its_rows_is_said_and_ends_nothing(tmp_path, name):
    write_results(tmp_path / "03", "SEN")
    path = tmp_path / "03" / name
    text = path.read_text(encoding="utf-8")
    for damaged in ("", text[: len(text) // 2], text.partition("\n")[0][:-1] + "\n", '{"status": 1}'):
        path.write_text(damaged, encoding="utf-8")
        lead = read_lead(tmp_path / "03")
        assert lead.first, damaged
        if name == "run.json":
            assert lead.first == "n/a: its run.json is damaged, run it again"
