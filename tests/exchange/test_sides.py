"""Packs, bundles, run folders and scenarios set side by side: what changed, what follows, and what cannot be compared."""

import shutil

import pandas as pd
import pytest
from bundle_tools import NOTEBOOK, copy_run, entries, write
from command_line import call
from edition_tools import small_edition
from small_pack import write_small_pack
from stories import pack_of

from nasssap_lib.document.prose import prose_digest
from nasssap_lib.exchange.pack_files import pack_files
from nasssap_lib.exchange.sides import SideError, compare_sides, open_side, read_edition
from nasssap_lib.exchange.verify import open_bundle
from nasssap_lib.pack.folders import data_root


def edit(path, change):
    frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    frame = change(frame)
    frame.to_csv(path, index=False)


@pytest.fixture
def packs(tmp_path):
    """Two copies of the small pack."""
    return [write_small_pack(tmp_path / name) for name in ("old", "new")]


def test_two_equal_packs_have_no_difference_and_no_notebook_runs(packs, tmp_path):
    result = call("compare", *packs)
    assert result.exit_code == 0, result.output
    assert result.output.count("0 changed, 0 from another edition, 0 added, 0 removed") == 2


def test_figures_changed_by_an_edition_settings_rows_and_the_codebook(packs):
    _, new = packs

    def newer(frame):
        frame.loc[frame["group"] == "mothers", ["value", "source"]] = ["30", "NEW"]
        return frame[frame["group"] != "unemployed"]

    edit(new / "indicators.csv", newer)
    toml = new / "country.toml"
    toml.write_text(toml.read_text("utf-8").replace("2025", "2026"), "utf-8")
    output = call("compare", *packs, "--figures-only").output
    assert "Figures: 1 changed, 1 from another edition, 0 added, 1 removed" in output
    assert "reference_year · value: 2025 → 2026" in output
    assert "mothers · female · 2020 · value: 10 → 30 (another edition) [OLD → NEW]" in output
    assert "unemployed · total · 2020 · OLD: removed" in output
    assert "left out" in output


def test_three_changed_figures_are_exactly_those_three_and_what_follows(bundle, tmp_path):
    copy = tmp_path / "a copy of Senegal"
    shutil.copytree(data_root() / "SEN", copy)

    def rates(frame):
        of = frame["indicator"] == "effective_coverage"
        frame.loc[of & (frame["group"] == "at_least_one") & (frame["year"] == "2022"), "value"] = "25"
        frame.loc[of & (frame["group"] == "children") & (frame["year"] == "2019"), "value"] = "7"
        return frame

    def persons(frame):
        frame.loc[(frame["year"] == "2025") & (frame["sex"] == "female") & (frame["age_group"] == "0-4"), "persons"] = (
            "1500000"
        )
        return frame

    edit(copy / "indicators.csv", rates)
    edit(copy / "population.csv", persons)
    files = {"csv": tmp_path / "changes.csv", "html": tmp_path / "changes.html"}
    result = call("compare", bundle.path, copy, "--csv", files["csv"], "--html", files["html"])
    assert result.exit_code == 0, result.output
    changes = pd.read_csv(files["csv"], keep_default_na=False, dtype="str")
    figures = changes[changes["kind"] == "figure"]
    assert figures[["table", "column", "change", "before", "after"]].to_numpy().tolist() == [
        ["indicators.csv", "value", "changed", "19.91", "25"],
        ["indicators.csv", "value", "changed", "1", "7"],
        ["population.csv", "persons", "changed", "1245294", "1500000"],
    ]
    assert set(figures["source_before"]) == set(figures["source_after"]) != {""}
    assert "Figures: 3 changed, 0 from another edition, 0 added, 0 removed" in result.output
    gaps = changes[(changes["table"] == f"{NOTEBOOK}/gaps") & (changes["column"] == "effective_coverage")]
    assert gaps[["before", "after"]].to_numpy().tolist() == [["0.1991", "0.25"], ["0.01", "0.07"]]
    assert "at_least_one · total · whole_population · effective_coverage: 0.1991 → 0.25" in result.output
    page = files["html"].read_text("utf-8")
    assert "<script" not in page
    assert "1,500,000" in page
    assert set(changes["table"].str.split("/").str[0]) == {"indicators.csv", "population.csv", NOTEBOOK}


SCENARIO = """schema = 1
country = "SEN"
title = "{title}"

[measures.social_pension]
amount_central = {level}
{more}"""


@pytest.fixture
def senegals(tmp_path):
    """Two copies of Senegal, and a function that writes a scenario into one of them."""
    folders = [tmp_path / name / "SEN" for name in ("old", "new")]
    for folder in folders:
        shutil.copytree(data_root() / "SEN", folder, ignore=shutil.ignore_patterns("scenarios"))
        shutil.copy(data_root() / "codebook.csv", folder.parent)
        (folder / "scenarios").mkdir()

    def write(number, name, level, title="T", more=""):
        text = SCENARIO.format(level=level, title=title, more=more)
        (folders[number] / "scenarios" / f"{name}.toml").write_text(text, "utf-8")

    return folders, write


def test_scenarios_that_changed_came_and_went_are_named_with_each_parameter(senegals, tmp_path):
    folders, write = senegals
    write(0, "kept", 9.0)
    write(1, "kept", 11.0, more='indexing = "prices"\n')
    write(0, "gone", 8.0)
    write(1, "new", 12.5, title="Higher <b>level</b>")
    files = {"csv": tmp_path / "c.csv", "html": tmp_path / "c.html"}
    result = call("compare", *folders, "--csv", files["csv"], "--html", files["html"])
    assert result.exit_code == 0, result.output
    changes = pd.read_csv(files["csv"], keep_default_na=False, dtype="str")
    assert set(changes["table"]) == {"scenarios"}  # the baseline is the same: nothing follows, and no notebook ran
    found = changes[["row", "column", "change", "before", "after"]].to_numpy().tolist()
    assert sorted(found) == sorted([
        ["kept · social_pension · amount_central", "value", "changed", "9", "11"],
        ["kept · social_pension · indexing", "", "added", "", "value=prices"],
        ["new · title", "", "added", "", "value=Higher <b>level</b>"],
        ["new · social_pension · amount_central", "", "added", "", "value=12.5"],
        ["gone · title", "", "removed", "value=T", ""],
        ["gone · social_pension · amount_central", "", "removed", "value=8", ""],
    ])  # fmt: skip
    assert "kept · social_pension · amount_central · value: 9 → 11" in result.output
    assert "not here: kept, new, gone." in result.output
    assert "<b>level" not in files["html"].read_text("utf-8")


def test_equal_scenarios_have_no_line_and_a_broken_one_is_named(senegals):
    folders, write = senegals
    for number in (0, 1):
        write(number, "same", 9.0)
    assert call("compare", *folders).output.count("0 changed, 0 from another edition, 0 added, 0 removed") == 2
    write(1, "same", -3)
    result = call("compare", *folders)
    assert result.exit_code == 1
    assert "SEN/scenarios/same.toml" in result.output
    assert "Traceback" not in result.output


def test_scenarios_that_a_bundle_does_not_carry_are_not_called_removed(bundle, senegals):
    folders, write = senegals
    write(1, "mine", 9.0)
    for sides in ((bundle.path, folders[1]), (folders[1], bundle.path)):
        output = call("compare", *sides, "--figures-only").output
        assert "Figures: 0 changed, 0 from another edition, 0 added, 0 removed" in output


def test_run_folders_are_compared_without_running_anything(senegal, tmp_path):
    other = tmp_path / "out"
    shutil.copytree(senegal / "data", other / "data")
    shutil.copytree(senegal / "reports" / "SEN", other / "reports" / "SEN")
    table = other / "data" / "processed" / "SEN" / NOTEBOOK / "gaps.csv"
    table.write_text(table.read_text("utf-8").replace("0.1991", "0.3", 1), "utf-8")
    output = call("compare", senegal, other).output
    assert "its figures cannot be compared" in output
    assert "What follows: 1 changed" in output
    assert "0.1991 → 0.3" in output


def test_a_bundle_of_other_code_is_said_so(bundle, tmp_path):
    from dataclasses import replace

    side = open_side(str(bundle.path), tmp_path / "a")
    comparison = compare_sides(side, replace(side, library="0" * 64), tmp_path)
    assert comparison.figures.empty
    assert comparison.results.empty
    assert "different code" in comparison.notes[0]


def test_what_cannot_be_compared_is_said(packs, tmp_path):
    for text, words in (
        (tmp_path / "nowhere", "expected a bundle, a country's code"),
        (tmp_path, "expected country packs with codebook.csv"),
        (data_root(), "--country with one of"),
        ("SEN", "expected one country on both sides"),
    ):
        result = call("compare", packs[0], text)
        assert result.exit_code == 1
        assert words in result.output
        assert "Traceback" not in result.output
    with pytest.raises(SideError):
        open_side(str(data_root()), tmp_path / "w", "XYZ")
    result = call("compare", *packs, "--csv", tmp_path / "nowhere" / "x.csv")
    assert (result.exit_code, "there is no folder" in result.output) == (1, True)


def test_a_run_whose_record_was_cut_counts_as_not_run_and_a_cut_notebook_as_of_unknown_code(senegal, tmp_path):
    out = copy_run(senegal, tmp_path / "out")
    reports, results = out / "reports" / "SEN", out / "data" / "processed" / "SEN"
    (reports / f"{NOTEBOOK}.ipynb").write_text("{", "utf-8")
    assert open_side(str(out), tmp_path / "work").library == ""
    (results / NOTEBOOK / "run.json").write_text('{"status": "do', "utf-8")
    side = open_side(str(out), tmp_path / "work")
    assert side.runs and NOTEBOOK not in side.runs


def with_vision(folder, words):
    (folder / "text").mkdir(exist_ok=True)
    (folder / "text" / "vision.md").write_text(words, encoding="utf-8")


def test_prose_that_changed_is_told_though_no_figure_did(packs):
    for folder in packs:
        with_vision(folder, "By 2040.")
    assert "own prose" not in call("compare", *packs, "--figures-only").output
    with_vision(packs[1], "By 2045.")
    output = call("compare", *packs, "--figures-only").output
    assert "The ministry's own prose is not the same on both sides: vision.md." in output
    assert "texte propre du ministère" in call("compare", *packs, "--figures-only", "--lang", "fr").output


def test_a_numbered_edition_is_read_with_its_number_its_files_and_its_prose(tmp_path):
    path = small_edition(tmp_path, "2027-1")
    found = read_edition("--since", str(path), "XTC", language="en")
    assert (found.number, found.label, found.manifest) == ("2027-1", path.name, open_bundle(path).digest)
    assert found.pack.digest == pack_of("XTC").digest and found.files == pack_files(data_root(), "XTC")
    assert found.prose == prose_digest(data_root() / "XTC", "en") != ""
    with pytest.raises(SideError, match="--since: expected an edition of SEN, got XTC"):
        read_edition("--since", str(path), "SEN")


def test_a_bundle_and_a_folder_are_editions_without_a_number_of_whose_prose_nothing_is_known(bundle):
    for text, manifest in ((str(bundle.path), bundle.digest), (str(data_root() / "SEN"), "")):
        found = read_edition("--approved", text, "SEN")
        assert (found.number, found.prose, found.manifest) == ("", None, manifest)
        assert found.pack.digest == pack_of("SEN").digest and "SEN/country.toml" in found.files


def test_an_edition_that_was_changed_is_no_side(tmp_path):
    path = small_edition(tmp_path)
    files = {**entries(path), "data/raw/XTC/text/vision.md": b"other"}
    result = call("compare", write(path, files), "XTC", "--figures-only")
    assert result.exit_code == 1 and "XTC-brief-1.zip: data/raw/XTC/text/vision.md changed" in result.output


def test_an_edition_beside_todays_pack_has_no_difference(tmp_path):
    result = call("compare", small_edition(tmp_path), "XTC")
    assert result.exit_code == 0 and "own prose" not in result.output
    assert result.output.count("0 changed, 0 from another edition, 0 added, 0 removed") == 2
