"""Money that is counted twice is refused by name, with file and line; the proposals of the shipped packs are not."""

import shutil

import pandas as pd
import pytest
from odd_packs import frames_of, told
from small_pack import problems
from stories import ALL

from nasssap_lib.pack.fiscal_space import fiscal_space_findings, span_of, whole_yield
from nasssap_lib.pack.folders import data_root, pack_folder

SOUND = {
    "id": "x", "name": "Proposal", "option": 6, "kind": "one_off", "value_low": 0.1, "value_central": 0.2, "value_high": 0.3,
    "from_year": 2028, "to_year": 2030, "quality": "illustrative", "source": "XTC-TRAINING", "note": "", "draws_on": "", "stock": None,
    "pays_for": "",
}  # fmt: skip


def found(*rows: dict) -> set[tuple[str, str, str, bool]]:
    """What is found in the training country with these proposals alone."""
    frames = frames_of("XTC")
    table = pd.DataFrame([SOUND | {"id": f"x{at}"} | row for at, row in enumerate(rows)])
    table = table.astype({"to_year": "Int64", "stock": float})
    return {
        (column, code)
        for _, column, code, doubt in told(fiscal_space_findings(table, frames["measures"], frames["schemes"]))
        if not doubt
    }


@pytest.mark.parametrize("country", ALL)
def test_nothing_is_counted_twice_in_a_shipped_pack(country):
    frames = frames_of(country)
    assert list(fiscal_space_findings(frames["financing"], frames["measures"], frames["schemes"])) == []


FUND = {"draws_on": "fund", "stock": 0.5}


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        ([{"pays_for": "no_such"}], ("pays_for", "option_or_scheme")),
        ([{"to_year": None}], ("to_year", "end_of_stock")),
        ([{"kind": "headroom", "option": 8, "to_year": None}], ("to_year", "end_of_stock")),
        ([{"draws_on": "npf", "pays_for": "npf"}], ("pays_for", "no_circle_of_money")),
        ([{"draws_on": "x0"}], ("pays_for", "no_circle_of_money")),
        ([{"draws_on": "x1"}, {"draws_on": "x0"}], ("pays_for", "no_circle_of_money")),
        ([{"draws_on": "npf", "pays_for": "nhif"}, {"draws_on": "nhif", "pays_for": "npf"}], ("pays_for", "no_circle_of_money")),
        ([{"option": 1, "draws_on": "fsg"}], ("draws_on", "money_not_netted")),
        ([FUND, FUND], ("value_high", "takes_up_to_stock")),
        ([FUND | {"stock": 0.2}], ("value_high", "takes_up_to_stock")),
        ([FUND | {"kind": "recurrent", "value_high": 0.2}], ("value_high", "takes_up_to_stock")),
        ([FUND | {"kind": "recurrent", "to_year": None}], ("value_high", "takes_up_to_stock")),
        ([FUND | {"stock": 1.0}, FUND | {"stock": 0.9}], ("stock", "one_size_of_stock")),
        ([FUND | {"stock": 1.0}, FUND | {"stock": None}], ("stock", "one_size_of_stock")),
        ([{"stock": 0.5}], ("draws_on", "stock_has_a_name")),
        ([{"draws_on": "x1", "to_year": 2031}, {}], ("to_year", "yield_before_the_end")),
        ([{"draws_on": "x1", "kind": "recurrent", "to_year": None}, {}], ("to_year", "yield_before_the_end")),
        ([{"draws_on": "ration"}], ("to_year", "yield_before_the_end")),
        ([{"option": 3, "pays_for": "fsg"}], ("pays_for", "pays_for_contributors")),
        ([{"draws_on": "npf", "pays_for": "fsg"}], ("pays_for", "pays_for_contributors")),
        ([{"draws_on": "npf"}], ("pays_for", "says_what_fund_pays")),
    ],
)  # fmt: skip
def test_what_counts_itself_or_is_spent_twice_is_found(rows, finding):
    assert found(*rows) == {finding}


@pytest.mark.parametrize(
    "rows",
    [
        [{}],
        [FUND],
        [FUND | {"stock": 0.6}, FUND | {"stock": 0.6}],
        [FUND | {"kind": "recurrent", "value_high": 0.1}],
        [
            {"draws_on": "fund"},
            {"draws_on": "fund"},
        ],  # of one stock without a size the larger counts: nothing is spent twice
        [{"draws_on": "x1"}, {}],
        [{"option": 3, "pays_for": "npf"}],
        [{"option": 3, "pays_for": "pension_65"}],
        [{"draws_on": "npf", "pays_for": "nhif"}],
        [{"option": 1, "draws_on": "freecare"}],
    ],
)
def test_what_is_sound_is_left_alone(rows):
    assert found(*rows) == set()


def test_a_refused_pack_names_file_and_line(tmp_path):
    folder = pack_folder("XTC", data_root())
    shutil.copytree(folder, tmp_path / "XTC")
    shutil.copy(folder.parent / "codebook.csv", tmp_path)
    path = tmp_path / "XTC" / "financing.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("reserves,"))
    lines[at] = lines[at].replace(",0.4,", ",0.25,")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (problem,) = problems(tmp_path / "XTC")
    assert (problem.file, problem.row, problem.column, problem.value) == (
        "XTC/financing.csv",
        at + 1,
        "value_high",
        "0.3",
    )
    assert "0.25" in problem.expected and "spent twice" in problem.hint


def test_spans_and_yields_by_hand():
    row = SOUND | {"kind": "recurrent"}
    assert span_of(row) == 3 and whole_yield(row) == pytest.approx(0.6) and whole_yield(SOUND, "high") == 0.3
    assert (
        whole_yield(row | {"to_year": pd.NA}) == float("inf")
        and whole_yield(row | {"to_year": pd.NA, "value_central": 0.0}) == 0
    )
